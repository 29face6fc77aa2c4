"""Rough interactions in a diary: the mood before each, right then and later, and whether a break followed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import zip_longest

from wellbeing.answer import BREAK_COUNTS_FROM_MINUTES
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.shifts import Shift, in_time
from wellbeing.shifts import BREAK_FOLLOWS_WITHIN

FOLLOW_UP_AFTER = timedelta(minutes=20)
FOLLOW_UP_AFTER_BREAK = timedelta(minutes=10)
SHORTEST_BREAK = timedelta(minutes=BREAK_COUNTS_FROM_MINUTES)
FOREVER = datetime.max.replace(tzinfo=UTC)


class Outcome(Enum):
    """Whether mood was seen to come back to where it had been before, or why nobody can say."""

    RECOVERED = "recovered"
    NOT_SEEN = "not_seen"
    NO_FOLLOW_UP = "no_follow_up"
    OVERTAKEN = "overtaken"
    NO_BASELINE = "no_baseline"
    NOT_IN_TIME = "not_in_time"


@dataclass(frozen=True)
class Event:
    """One rough interaction. Moods are 1 to 5: ``before`` at the latest check-in before it, ``at_event``
    right then, and ``later`` at every check-in that can follow it up.

    ``in_time`` is False where it was entered late or its shift holds something whose time nobody knows: then
    nothing else is said. ``overtaken``: another rough interaction came before any follow-up.
    """

    rough: Entry
    in_time: bool
    before: int | None = None
    at_event: int | None = None
    later: tuple[int, ...] = ()
    overtaken: bool = False
    took_break: bool = False
    break_kind: str | None = None

    @property
    def after(self) -> int | None:
        """The mood at the first follow-up."""
        return self.later[0] if self.later else None

    @property
    def reactivity(self) -> int | None:
        """How far mood fell, in points."""
        return None if self.before is None or self.at_event is None else self.before - self.at_event

    @property
    def outcome(self) -> Outcome:
        """What can be said of recovery; one not seen by the last check-in is never called failed."""
        if not self.in_time:
            return Outcome.NOT_IN_TIME
        if self.before is None:
            return Outcome.NO_BASELINE
        if not self.later:
            return Outcome.OVERTAKEN if self.overtaken else Outcome.NO_FOLLOW_UP
        return Outcome.RECOVERED if max(self.later) >= self.before else Outcome.NOT_SEEN


@dataclass(frozen=True)
class _Break:
    kind: str | None
    began: datetime
    ended: datetime
    is_over: bool = False


@dataclass(frozen=True)
class _Told:
    """What of a shift an event is looked up in, each in order."""

    moods: tuple[tuple[datetime, int], ...]
    breaks: tuple[_Break, ...]


def events_of(shifts: Iterable[Shift]) -> tuple[Event, ...]:
    """Return every rough interaction of some shifts, oldest first."""
    return tuple(event for shift in shifts for event in _events(shift))


def _events(shift: Shift) -> Iterator[Event]:
    rough = [found for found in shift.entries if found.kind is Kind.ROUGH]
    acts = [found for found in shift.entries if found.kind in (Kind.ROUGH, Kind.BREAK)]
    all_timed = all(found.felt_at for found in acts)
    told = _Told(tuple(_moods(shift)), tuple(_breaks(shift)))
    for found, following in zip_longest(rough, rough[1:]):
        if found.felt_at is None or not all_timed or not in_time(found):
            yield Event(found, in_time=False)
        else:
            yield _event(found, found.felt_at, following.felt_at if following else None, told)


def _moods(shift: Shift) -> Iterator[tuple[datetime, int]]:
    for found in shift.entries:
        if found.kind in (Kind.CHECK_IN, Kind.BACK) and found.felt_at and found.mood and in_time(found):
            yield found.felt_at, found.mood


def _breaks(shift: Shift) -> list[_Break]:
    """Return the breaks that count; each ends when somebody says that they are back, or after its minutes."""
    breaks: list[_Break] = []
    for found in shift.entries:
        if found.felt_at is None:
            continue
        if found.kind is Kind.BREAK:
            ended = found.felt_at + timedelta(minutes=found.minutes)
            breaks.append(_Break(found.break_kind, found.felt_at, ended))
        elif found.kind is Kind.BACK and breaks and not breaks[-1].is_over:
            breaks[-1] = replace(breaks[-1], ended=found.felt_at, is_over=True)
    return [one for one in breaks if one.ended - one.began >= SHORTEST_BREAK]


def _event(rough: Entry, at: datetime, overtaken_at: datetime | None, told: _Told) -> Event:
    """Follow up one rough interaction until the next; a break that begins after that one follows that one.

    Times are whole minutes, so that a break in the same minute comes after it, and a check-in neither
    before nor after.
    """
    until = overtaken_at or FOREVER
    linked = [
        one for one in told.breaks if at <= one.began <= at + BREAK_FOLLOWS_WITHIN and one.began < until
    ]
    since = max([at + FOLLOW_UP_AFTER, *(one.ended + FOLLOW_UP_AFTER_BREAK for one in linked)])
    before = [mood for felt_at, mood in told.moods if felt_at < at]
    later = tuple(mood for felt_at, mood in told.moods if since <= felt_at < until)
    return Event(
        rough,
        in_time=True,
        before=before[-1] if before else None,
        at_event=rough.mood,
        later=later,
        overtaken=overtaken_at is not None and not later,
        took_break=bool(linked),
        break_kind=linked[0].kind if linked else None,
    )
