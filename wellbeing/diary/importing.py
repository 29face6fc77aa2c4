"""A history from elsewhere on its way into a diary: what would be loaded, and what is left out and why.

Only the day, the time and the mood are taken; notes and activities stay in the file.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing.cells import LineError
from wellbeing.csvfile import BadLine
from wellbeing.diary import mood_scales, written_days
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.layouts import Columns, columns_of
from wellbeing.diary.mood_scales import NoMood, Scale
from wellbeing.diary.opening import Found
from wellbeing.diary.tables import Row, Table
from wellbeing.diary.written_days import Unreadable

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MOST_WORDS = 60
# Fifty years of a mood a day, or five of ten a day. A diary is read as a whole each time that it is opened.
MOST_LOADED = 20_000

# What makes two entries the same: the minute, and the mood.
Same = tuple[datetime, int | None]


@dataclass(frozen=True)
class Choices:
    """How a table is read: its columns, whether days begin with the month, and which mood a cell means."""

    columns: Columns
    month_first: bool
    scale: Scale


@dataclass(frozen=True)
class Plan:
    """What would be loaded, oldest first, the lines left out, and how many are in the diary already."""

    entries: tuple[Entry, ...]
    left_out: tuple[BadLine, ...]
    already: int


def proposed(table: Table) -> Choices:
    """Return how a table is most likely meant."""
    columns = columns_of(table)
    return Choices(columns, month_first(table, columns, False), proposed_scale(table, columns))


def proposed_scale(table: Table, columns: Columns) -> Scale:
    """Return what the cells of the mood's column most likely mean."""
    cells = cells_in(table, columns.mood)
    known = {word: mood_scales.proposed_mood(word) for word in mood_scales.words_in(cells)}
    return Scale({word: mood for word, mood in known.items() if mood}, *mood_scales.proposed_scale(cells))


def month_first(table: Table, columns: Columns, chosen: bool) -> bool:
    """Tell whether days begin with the month: as the file shows, or as chosen where it does not."""
    shown = written_days.month_first(cells_in(table, columns.day))
    return chosen if shown is None else shown


def asks_for_order(table: Table, columns: Columns) -> bool:
    """Tell whether nothing in the file shows which of two numbers is the month."""
    cells = cells_in(table, columns.day)
    return written_days.is_ambiguous(cells) and written_days.month_first(cells) is None


def cells_in(table: Table, place: int) -> list[str]:
    """Return the cells of a column, the first being 0."""
    return [row.cells[place] for row in table.rows]


def planned(table: Table, choices: Choices, zone: ZoneInfo, now: datetime, known: Collection[Same]) -> Plan:
    """Return what loading would do; ``known`` are the moments and moods that the diary holds already."""
    taken: dict[Same, Entry] = {}
    left_out = list(table.bad)
    already = 0
    for row in table.rows:
        try:
            entry = _entry(row, choices, zone, now)
        except LineError as error:
            left_out.append(BadLine(row.number, str(error)))
            continue
        if same(entry) in known:
            already += 1
        elif taken.setdefault(same(entry), entry) is not entry:
            left_out.append(BadLine(row.number, _("The same moment and mood stand in another line.")))
    entries = sorted(taken.values(), key=lambda entry: entry.felt_at or now)
    return Plan(tuple(entries), tuple(sorted(left_out, key=lambda line: line.number)), already)


def same(entry: Entry) -> Same:
    """Return by what an entry is known again."""
    return entry.moment.astimezone(UTC).replace(second=0, microsecond=0), entry.mood


def _entry(row: Row, choices: Choices, zone: ZoneInfo, now: datetime) -> Entry:
    felt_at = _moment(row, choices, zone)
    if felt_at > now:
        raise LineError(_("This moment is still to come."))
    if felt_at < EARLIEST:
        raise LineError(_("This is before the year 2000."))
    entered_at = now.replace(second=0, microsecond=0)
    return Entry(Kind.IMPORTED, entered_at, felt_at, mood=_mood(row, choices))


def _moment(row: Row, choices: Choices, zone: ZoneInfo) -> datetime:
    columns = choices.columns
    cell = row.cells[columns.day]
    try:
        day = written_days.day_of(cell, choices.month_first)
    except Unreadable:
        raise LineError(_("The day cannot be read.")) from None
    try:
        time = None if columns.time is None else row.cells[columns.time]
        return written_days.moment_of(day, cell, time, zone).astimezone(UTC)
    except (Unreadable, OverflowError):
        raise LineError(_("The time cannot be read.")) from None


def _mood(row: Row, choices: Choices) -> int:
    cell = row.cells[choices.columns.mood]
    if not cell:
        raise LineError(_("No mood stands in this line."))
    try:
        return choices.scale.mood_of(cell)
    except NoMood:
        raise LineError(_unexplained(cell)) from None


def _unexplained(cell: str) -> str:
    if mood_scales.number_in(cell) is None:
        return _("This word for a mood means none of the five.")
    return _("This number is outside the scale.")


def imported(found: Iterable[Found]) -> list[Found]:
    """Return what was loaded from elsewhere."""
    return [one for one in found if one.entry.kind is Kind.IMPORTED]
