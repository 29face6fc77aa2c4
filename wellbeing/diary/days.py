"""The days of a diary as its owner reads them: shift by shift, newest first, with notes where they belong."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Found
from wellbeing.diary.shifts import ENDS_AFTER_IDLE, LATE_AFTER, LEFT_OUT, in_order, shifts_of

# What is told after an act of these kinds belongs to it: what happened, and how one came back.
TOLD_AFTER = {Kind.DETAIL: Kind.ROUGH, Kind.BACK: Kind.BREAK}


@dataclass(frozen=True, repr=False)
class Line:
    """One thing of a day, with what was told of it afterwards; ``ids`` are the rows it is kept in."""

    entry: Entry
    later: Entry | None
    ids: tuple[bytes, ...]

    @property
    def moods(self) -> tuple[int, ...]:
        """The faces of this line, in the order in which they were tapped."""
        return tuple(one.mood for one in (self.entry, self.later) if one is not None and one.mood is not None)

    @property
    def last(self) -> datetime:
        """The moment of the last of it."""
        return (self.later or self.entry).moment

    @property
    def told(self) -> Entry:
        """Where its behaviours, cause, channel and area stand."""
        return self.later if self.later is not None and self.later.kind is Kind.DETAIL else self.entry

    @property
    def is_late(self) -> bool:
        """Whether it was entered more than half an hour after it was felt."""
        return self.entry.felt_at is not None and self.entry.entered_at - self.entry.felt_at > LATE_AFTER


@dataclass(frozen=True, repr=False)
class Day:
    """A shift with its notes, or a day with notes alone; between it and the one before lie empty days."""

    day: date
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    empty_before: int

    @property
    def moods(self) -> tuple[int, ...]:
        """Every face of this day, first one first."""
        return tuple(mood for line in self.lines for mood in line.moods)

    @property
    def last(self) -> datetime:
        """The moment of its last entry."""
        return max(line.last for line in (*self.lines, *self.notes))


@dataclass
class _Draft:
    day: date
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    @property
    def begins(self) -> datetime:
        """The moment of its first entry."""
        return min(line.entry.moment for line in self.lines or self.notes)


def days_of(found: Sequence[Found], zone: tzinfo) -> tuple[Day, ...]:
    """Return the days of a diary, newest first.

    A note belongs to the shift in which it was written, up to ten hours after its last entry; every other
    note, and what was imported, to its own day.
    """
    shifts = _shifts(found, zone)
    by_day = {draft.day: draft for draft in shifts}
    alone: list[_Draft] = []
    place = _places(shifts)
    for one in found:
        if one.entry.kind in LEFT_OUT:
            day = one.entry.moment.astimezone(zone).date()
            draft = place(one.entry) or by_day.get(day)
            if draft is None:
                draft = by_day[day] = _Draft(day)
                alone.append(draft)
            lines = draft.notes if one.entry.kind is Kind.NOTE else draft.lines
            lines.append(Line(one.entry, None, (one.id,)))
    drafts = sorted(shifts + alone, key=lambda draft: (draft.day, draft.begins))
    return tuple(reversed(list(_with_gaps(drafts))))


def _shifts(found: Sequence[Found], zone: tzinfo) -> list[_Draft]:
    """Group what belongs to shifts; equal entries can stand for each other, so that ids go by entry."""
    ids: dict[Entry, deque[bytes]] = {}
    for one in found:
        ids.setdefault(one.entry, deque()).append(one.id)
    shifts = shifts_of([one.entry for one in found], zone)
    return [_Draft(shift.day, list(_lines(shift.entries, ids))) for shift in shifts]


def _lines(entries: Sequence[Entry], ids: dict[Entry, deque[bytes]]) -> Iterator[Line]:
    """Join what was told afterwards to the nearest act before it that waits for it."""
    joined: list[tuple[Entry, Entry | None]] = []
    for entry in sorted(entries, key=in_order):
        wanted = TOLD_AFTER.get(entry.kind)
        waiting = [at for at, (act, later) in enumerate(joined) if act.kind is wanted and later is None]
        if waiting:
            joined[waiting[-1]] = (joined[waiting[-1]][0], entry)
        else:
            joined.append((entry, None))
    for act, later in joined:
        told = [act] if later is None else [act, later]
        yield Line(act, later, tuple(ids[one].popleft() for one in told))


def _places(shifts: Sequence[_Draft]) -> Callable[[Entry], _Draft | None]:
    """Return what finds the shift that a note was written in, or soon after."""
    begins = [draft.begins for draft in shifts]
    ends = [max(line.last for line in draft.lines) + ENDS_AFTER_IDLE for draft in shifts]

    def place(entry: Entry) -> _Draft | None:
        before = bisect_right(begins, entry.moment) - 1
        is_within = entry.kind is Kind.NOTE and before >= 0 and entry.moment <= ends[before]
        return shifts[before] if is_within else None

    return place


def _with_gaps(drafts: Sequence[_Draft]) -> Iterator[Day]:
    """Yield the days, oldest first, each with how many days before it have nothing."""
    before: date | None = None
    for draft in drafts:
        empty = (draft.day - before).days - 1 if before is not None else 0
        lines = sorted(draft.lines, key=lambda line: line.entry.moment)
        yield Day(draft.day, tuple(lines), tuple(draft.notes), max(0, empty))
        before = draft.day
