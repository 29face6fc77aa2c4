"""The table of a unit's page: every tick in words, the same as its pictures."""

from dataclasses import dataclass
from functools import lru_cache

from wellbeing.reports import dates, words
from wellbeing.reports.intervals import interval
from wellbeing.reports.trends import Week


@dataclass(frozen=True)
class Row:
    """One tick in the table, in words; ``shown`` is False where nothing was released."""

    days: str
    shown: bool
    people: str
    mood: str
    likely: str
    rough: str
    breaks: str


@lru_cache(maxsize=512)
def rows_of(weeks: tuple[Week, ...], _language: str) -> tuple[Row, ...]:
    """Say the same as some ticks in words, newest first; a block never changes, so equal ticks share them."""
    return tuple(_row(week) for week in reversed(weeks))


def _row(week: Week) -> Row:
    likely = interval(week)
    return Row(
        days=dates.week(week.opened_on, week.closed_on),
        shown=week.shown,
        people="" if week.people_floor is None else words.band(week.people_floor),
        mood=words.mood(week),
        likely=words.likely(*likely) if likely else "",
        rough=words.count(week.rough),
        breaks=words.count(week.breaks),
    )
