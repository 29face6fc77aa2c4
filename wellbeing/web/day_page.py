"""What the page of days shows: each day with its thread and hours, in the site's words and at its times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from wellbeing import choices, lists, site
from wellbeing.diary.days import Day, days_of
from wellbeing.diary.opening import Found
from wellbeing.diary.thread import Thread, thread_of
from wellbeing.lists import Words
from wellbeing.models.base import db

# So many days stand on a page: three weeks of shifts, and less than 100 kB.
A_PAGE = 14
# A weekend without an entry needs no word.
GAP_TOLD = 3


@dataclass(frozen=True, repr=False)
class Shown:
    """A day as the page shows it; ``empty_after`` are the days since then with nothing, if told."""

    day: Day
    thread: Thread
    hours: str
    empty_after: int


@dataclass(frozen=True, repr=False)
class Page:
    """Some days, newest first; ``number`` counts pages from 1."""

    days: tuple[Shown, ...]
    number: int
    has_older: bool


def page_of(found: Sequence[Found], number: int) -> Page:
    """Return a page of a diary's days; one that is too high or too low is the nearest there is."""
    zone, today = site.zone(), site.today(db.session())
    days = days_of(found, zone)
    last = max(1, -(-len(days) // A_PAGE))
    at = min(max(1, number), last)
    first = (at - 1) * A_PAGE
    shown = tuple(
        Shown(day, thread_of(day.lines), _hours(day, zone), _told_gap(days, first + place, today))
        for place, day in enumerate(days[first : first + A_PAGE])
    )
    return Page(shown, at, at < last)


def _told_gap(days: Sequence[Day], at: int, today: date) -> int:
    """Return how many days after a day have nothing, or 0 where that is not worth a word."""
    empty = days[at - 1].empty_before if at else (today - days[0].day).days - 1
    return empty if empty >= GAP_TOLD else 0


def _hours(day: Day, zone: tzinfo) -> str:
    """Return from when to when a day's acts were felt; "" where there are notes alone."""
    if not day.lines:
        return ""
    begins, ends = min(line.entry.moment for line in day.lines), max(line.last for line in day.lines)
    first, last = clock(begins, zone), clock(ends, zone)
    return first if first == last else f"{first}–{last}"


def clock(at: datetime, zone: tzinfo) -> str:
    """Return a moment as the site's clocks show it, such as "14:20"."""
    return f"{at.astimezone(zone):%H:%M}"


def words() -> Mapping[str, Mapping[str, Words]]:
    """Return the words of every key that an entry may hold, by what it is about."""
    return lists.all_words(db.session()) | {
        "severity": {choice.key: choice.label for choice in choices.SEVERITIES}
    }
