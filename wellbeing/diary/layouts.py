"""Which columns say the day, the time and the mood, in the files of known mood trackers and in others.

Daylio exports ``full_date, date, weekday, time, mood, activities, [scales,] note_title, note`` (older ones
``year, date, weekday, ...``), MicroMood ``Date, Mood, Notes``, MiniMoods day and mood without a header,
iMoodJournal ``Date, Day of Week, Hour, Minute, Level, ...``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date

from wellbeing.diary import written_days
from wellbeing.diary.mood_scales import number_in, proposed_mood
from wellbeing.diary.tables import Table
from wellbeing.diary.written_days import Unreadable

DAYS = ("full_date", "date", "day", "datetime", "date and time", "timestamp", "fecha", "día", "dia", "when")
TIMES = ("time", "hour", "hora", "time of day")
MOODS = (
    *("mood", "mood rating", "level", "rating", "score", "feeling", "value", "estado de ánimo", "ánimo"),
    *("estado", "humor", "valor", "nivel"),
)
LOOKED_AT = 50
ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Columns:
    """The places of the columns, the first being 0; ``time`` is None where no column has it alone."""

    day: int
    time: int | None
    mood: int


def columns_of(table: Table) -> Columns:
    """Return the columns that most likely say the day, the time and the mood."""
    day = _named(table, DAYS)
    if day is None:
        day = _first(table, _reads_as_day, set()) or 0
    time = _named(table, TIMES)
    if time is not None and not _mostly(table, _reads_as_time, time):
        time = None
    mood = _named(table, MOODS)
    if mood is None:
        taken = {day} if time is None else {day, time}
        mood = _first(table, _reads_as_mood, taken)
        mood = next(place for place in range(len(table.header)) if place != day) if mood is None else mood
    return Columns(day, time, mood)


def _named(table: Table, names: tuple[str, ...]) -> int | None:
    """Return the column with the foremost of these names."""
    lower = [name.lower() for name in table.header]
    return next((lower.index(name) for name in names if name in lower), None)


def _first(table: Table, reads: Callable[[str], bool], taken: set[int]) -> int | None:
    places = (place for place in range(len(table.header)) if place not in taken)
    return next((place for place in places if _mostly(table, reads, place)), None)


def _mostly(table: Table, reads: Callable[[str], bool], place: int) -> bool:
    rows = table.rows[:LOOKED_AT]
    return sum(reads(row.cells[place]) for row in rows) * 2 > len(rows)


def _reads_as_day(cell: str) -> bool:
    try:
        return bool(written_days.day_of(cell, month_first=False))
    except Unreadable:
        return False


def _reads_as_time(cell: str) -> bool:
    """Tell whether a cell is a time; some trackers write "morning" instead."""
    try:
        return bool(written_days.moment_of(ANY_DAY, "", cell, UTC))
    except Unreadable:
        return False


def _reads_as_mood(cell: str) -> bool:
    return proposed_mood(cell) is not None or number_in(cell) is not None
