"""Weeks as a page reads them, without a database."""

from datetime import date, timedelta
from decimal import Decimal

from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports.trends import Week

MONDAY = date(2026, 3, 2)

Count = int | CountWord


def weeks_of(*moods: str | MoodWord | None, people: int = 12) -> tuple[Week, ...]:
    """Return one week after the other; a word is a week in words, None a week that is not shown."""
    return tuple(week_of(mood, people, at) for at, mood in enumerate(moods))


def week_of(
    mood: str | MoodWord | None, people: int = 12, at: int = 0, rough: Count = 3, breaks: Count = 3
) -> Week:
    """Return one week, so many weeks after the first."""
    opened_on = MONDAY + timedelta(weeks=at)
    closed_on = opened_on + timedelta(weeks=1)
    if mood is None:
        return Week(at + 1, opened_on, closed_on)
    if isinstance(mood, MoodWord):
        return Week(at + 1, opened_on, closed_on, 5, None, mood, rough, breaks)
    return Week(at + 1, opened_on, closed_on, people, Decimal(mood), None, rough, breaks)
