"""The number to call in danger, as every box for free text names it."""

from datetime import date

from wellbeing.content import entries

# What phones know as the number for danger, in one country or in many.
NUMBERS = frozenset({"000", "112", "911", "999"})
EVERYWHERE = "112"


def number(reader: entries.Reader, today: date) -> str:
    """Return the emergency number among the site's helplines, or the one that phones know in any country."""
    lines = entries.shown(reader, "helpline", today, "en")
    return next((str(line["number"]) for line in lines if line["number"] in NUMBERS), EVERYWHERE)
