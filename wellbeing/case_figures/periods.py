"""Which cases a page of figures is about: whole weeks up to the running one, by the day they came."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHOICES = (13, 26, 52)
USUAL = 26
# The trends always show a year, in stretches of four weeks.
STRETCH, STRETCHES = 4, 13


def snapped(asked: str | None) -> int:
    """Return the shortest choice that holds so many weeks; the usual one for what is no number of weeks."""
    if asked is None or not re.fullmatch("[0-9]{1,3}", asked):
        return USUAL
    return next((choice for choice in CHOICES if choice >= int(asked)), CHOICES[-1])


def first_day(today: date, weeks: int) -> date:
    """Return the Monday on which the last so many weeks began; the running week is the last of them."""
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=weeks - 1)


def starts(today: date) -> tuple[date, ...]:
    """Return the Mondays on which the stretches of four weeks of the last year began, oldest first."""
    oldest = first_day(today, STRETCH * STRETCHES)
    return tuple(oldest + timedelta(weeks=STRETCH * number) for number in range(STRETCHES))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a local day begins."""
    return datetime.combine(day, time(), zone)
