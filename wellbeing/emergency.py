"""The number to call in danger, as every box for free text names it."""

from datetime import date

from wellbeing.content import entries

# Which of the helplines it is; others may be added for a country that has several.
KEY = "emergency"
EVERYWHERE = "112"


def number(reader: entries.Reader, today: date) -> str:
    """Return the site's emergency number: the first such helpline, or the one that phones know in any country."""
    lines = entries.shown(reader, "helpline", today, "en")
    return next((str(line["number"]) for line in lines if line["key"].startswith(KEY)), EVERYWHERE)
