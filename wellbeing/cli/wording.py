"""How commands put figures and moments into a sentence."""

from datetime import UTC, datetime

from wellbeing.reports import dates


def counted(number: int, thing: str) -> str:
    """Return a number with its thing, such as "1 tick" or "2 ticks"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def hour(told: str) -> str:
    """Return the hour that a backup is from, such as "16 Nov 2026, 04:00 UTC"; what is no hour, as it is."""
    try:
        moment = datetime.strptime(told, "%Y-%m-%dT%HZ").replace(tzinfo=UTC)
    except ValueError:
        return told
    return f"{dates.whole(moment.date())}, {moment:%H:%M} UTC"
