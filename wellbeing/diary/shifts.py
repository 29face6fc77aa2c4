"""The shifts in a diary: there is no rota, so one is over after ten idle hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from wellbeing.diary.entry import Entry, Kind

# Longer than the eight hours for which the server remembers a running shift (R18): whoever checks in when a
# working day begins and when it ends, and not between, has one shift. Between two lie eleven hours of rest.
ENDS_AFTER_IDLE = timedelta(hours=10)
# A mood that is entered later than this after it was felt is a memory of it.
LATE_AFTER = timedelta(minutes=30)
# A second check-in within the first hour is still about the start: a change of mind, or a second tap.
END_AFTER = timedelta(minutes=60)
# Notes are nobody's figures, and what was imported was asked in another app, in other words.
LEFT_OUT = (Kind.NOTE, Kind.IMPORTED)
# Entries know whole minutes; in one of them, things come in this order.
IN_A_MINUTE = (Kind.CHECK_IN, Kind.IMPORTED, Kind.ROUGH, Kind.DETAIL, Kind.BREAK, Kind.BACK)


@dataclass(frozen=True)
class Shift:
    """What one person told within a shift, oldest first; it belongs to the day on which it began."""

    day: date
    entries: tuple[Entry, ...]

    @property
    def check_ins(self) -> tuple[Entry, ...]:
        """The check-ins that were entered when they were felt; not those after a break."""
        return tuple(found for found in self.entries if found.kind is Kind.CHECK_IN and is_mood(found))

    @property
    def start(self) -> Entry | None:
        """The first check-in."""
        return next(iter(self.check_ins), None)

    @property
    def end(self) -> Entry | None:
        """The last check-in; None where none lies an hour or more after the first."""
        checked = self.check_ins
        far = bool(checked) and checked[-1].moment - checked[0].moment >= END_AFTER
        return checked[-1] if far else None

    @property
    def moods(self) -> tuple[int, ...]:
        """The moods of the check-ins."""
        return tuple(found.mood for found in self.check_ins if found.mood is not None)

    @property
    def change(self) -> int | None:
        """How much higher mood was at the end than at the start, in points; None without both."""
        return self.moods[-1] - self.moods[0] if self.end is not None else None

    @property
    def rough_ones(self) -> tuple[Entry, ...]:
        """The rough interactions."""
        return tuple(found for found in self.entries if found.kind is Kind.ROUGH)

    @property
    def is_rough(self) -> bool:
        """Whether a rough interaction lies after the start and before the end."""
        start, end = self.start, self.end
        if start is None or end is None:
            return False
        return any(start.moment < found.moment < end.moment for found in self.rough_ones if found.felt_at)

    @property
    def is_quiet(self) -> bool:
        """Whether it has a start and an end, and no rough interaction at all."""
        return self.end is not None and not self.rough_ones


def is_mood(entry: Entry) -> bool:
    """Whether an entry has a mood that was entered within half an hour of being felt."""
    return entry.mood is not None and in_time(entry)


def in_time(entry: Entry) -> bool:
    """Whether it is known when an entry was felt, and it was entered within half an hour of that."""
    return entry.felt_at is not None and entry.entered_at - entry.felt_at <= LATE_AFTER


def shifts_of(entries: Sequence[Entry], zone: tzinfo) -> tuple[Shift, ...]:
    """Return the shifts of one person's entries, oldest first; notes and imported entries belong to none.

    An entry of an unknown time lies in the shift that was running when it was entered, and makes none longer.
    """
    told = sorted((found for found in entries if found.kind not in LEFT_OUT), key=in_order)
    runs: list[list[Entry]] = []
    touched: datetime | None = None
    for found in told:
        if touched is None or found.moment - touched > ENDS_AFTER_IDLE:
            runs.append([])
            touched = found.moment
        runs[-1].append(found)
        touched = found.felt_at or touched
    return tuple(Shift(run[0].moment.astimezone(zone).date(), tuple(run)) for run in runs)


def in_order(entry: Entry) -> tuple[datetime, int]:
    """Return by what the entries of a shift are sorted; a return comes after a break of the same minute."""
    return entry.moment, IN_A_MINUTE.index(entry.kind)
