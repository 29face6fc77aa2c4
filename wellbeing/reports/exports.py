"""What every file for HR holds, and the plainest of them, CSV: whole blocks and their rules (R13).

The text of CSV is UTF-8 with a byte order mark, because the spreadsheet that opens most of these files takes
one without it for an older encoding and spoils every accent; readers of CSV skip the mark. Nothing in a file
comes from the clock, the settings of today or the reader, so the same request gives the same bytes for ever.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, LedgerKind, Tick
from wellbeing.reports import units, words

FORMAT_VERSION = 1
MARK = "\N{BYTE ORDER MARK}"
# A spreadsheet runs a cell that begins with one of these, wide forms included, as a formula.
FORMULA_SIGNS = frozenset("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}")
BLOCKS_AT_ONCE = 2000

COLUMNS = (
    "unit",
    "tick",
    "week_from",
    "week_to",
    "people",
    "mood",
    "mood_word",
    "rough",
    "breaks",
    "tick_days",
    "people_needed",
    "own_pool_from",
)

Sessions = Callable[[], AbstractContextManager[Session]]
Cell = str | int | Decimal | date | None
Read = TypeVar("Read")


class TooLong(ValueError):
    """A choice that is too large for a format; says so in a sentence for its reader."""


@dataclass(frozen=True)
class Selection:
    """Whole blocks of some units, from one weekly tick number to another, both included."""

    units: tuple[int, ...]
    first: int
    last: int

    def file_name(self, format: str) -> str:
        """Return a name that says which ticks, and nothing about anybody."""
        return f"second-wind-ticks-{self.first}-to-{self.last}.{format}"


def pieces(sessions: Sessions, selection: Selection) -> Iterator[str]:
    """Yield the CSV file piece by piece: its rules and columns first, its blocks as they are asked for."""
    with sessions() as session:
        opening = [[comment(line)] for line in rules(session, selection)]
    yield MARK + written([*opening, COLUMNS])
    for lines in steps(sessions, selection, rows):
        yield written(lines)


def steps(
    sessions: Sessions, selection: Selection, read: Callable[[Session, Selection], list[Read]]
) -> Iterator[list[Read]]:
    """Yield what ``read`` returns for the selection, some thousand blocks at a time, without empty parts.

    Each part has a session of its own that has ended when the part is handed on, so that a slow download
    holds no transaction and no memory.
    """
    step = max(1, BLOCKS_AT_ONCE // len(selection.units))
    for start in range(selection.first, selection.last + 1, step):
        part = Selection(selection.units, start, min(start + step - 1, selection.last))
        with sessions() as session:
            found = read(session, part)
        if found:
            yield found


def rows(session: Session, selection: Selection, most: int | None = None) -> list[list[str]]:
    """Return the chosen blocks as cells, by tick and then unit; at most so many of them."""
    names = units.paths(session)
    query = sa.select(Block, Tick).join(Tick, Block.tick_id == Tick.id).where(*_chosen(selection))
    found = session.execute(query.order_by(Tick.number, Block.unit_id).limit(most)).tuples()
    return [_cells(names[block.unit_id], block, tick) for block, tick in found]


def hashes(session: Session, selection: Selection) -> list[str]:
    """Return the chain hash of each chosen block, in the order of the rows."""
    query = sa.select(Block.hash).join(Tick, Block.tick_id == Tick.id).where(*_chosen(selection))
    found = session.scalars(query.order_by(Tick.number, Block.unit_id))
    return [digest.hex() for digest in found]


def count(session: Session, selection: Selection) -> int:
    """Return how many blocks were chosen."""
    query = sa.select(sa.func.count(Block.position)).join(Tick, Block.tick_id == Tick.id)
    return session.execute(query.where(*_chosen(selection))).scalar_one()


def _chosen(selection: Selection) -> tuple[sa.ColumnElement[bool], ...]:
    within = Tick.number.between(selection.first, selection.last)
    return Tick.ledger == LedgerKind.WEEKLY, within, Block.unit_id.in_(selection.units)


def _cells(unit: str, block: Block, tick: Tick) -> list[str]:
    return [
        unit,
        str(tick.number),
        tick.opened_on.isoformat(),
        (tick.closed_on - timedelta(days=1)).isoformat(),
        _people(block.people_floor),
        "" if block.mood is None else f"{block.mood:.1f}",
        block.mood_word or "",
        block.rough_word or str(block.rough_count),
        block.break_word or str(block.break_count),
        str(block.tick_days),
        str(block.people_needed),
        str(block.own_pool_from),
    ]


def _people(floor: int) -> str:
    # With a hyphen, a spreadsheet would read 5-7 as a day in July.
    return f"{floor} to {words.BAND_TOPS[floor]}" if floor in words.BAND_TOPS else f"{floor} or more"


def rules(session: Session, selection: Selection) -> list[str]:
    """Return what stands above the lines of a CSV file, in sentences."""
    version = _("Second Wind: released blocks; format version %(version)s.", version=FORMAT_VERSION)
    return [version, *method(session, selection)]


def method(session: Session, selection: Selection) -> list[str]:
    """Return what a reader must know, in sentences; settings are those the chosen blocks were made with."""
    made = sa.select(Block.people_needed, Block.own_pool_from, Block.tick_days, Block.rules_version)
    made = made.join(Tick, Block.tick_id == Tick.id).where(*_chosen(selection)).distinct()
    found = sorted(tuple(row) for row in session.execute(made))
    return [
        _("A block is all that was released about one unit for one tick. A block never changes."),
        *(_settings_line(*row) for row in found),
        _("Fewer people than that: the answers are held and no block is written for that tick."),
        _("So a tick without a line was not shown: its answers were held or nobody answered."),
        _("people: the band of how many answered; the exact number is kept nowhere."),
        _("mood: one vote per person from 1 to 5; the mean in tenths and cut at both ends."),
        _("The cut is 8 divided by the first number of the band away from 1 and from 5."),
        _("mood_word: from 5 to 7 people the mood is in words only (low up to 2.6; high from 3.4)."),
        _("rough and breaks: people with a rough interaction and people who took a break."),
        _("few: at most two people. most: all but two or more."),
        _("Released at 04:00 on the day after week_to; answers until then are in the block."),
        _("A unit above teams holds answers of people without a team figure of their own: do not add up."),
    ]


def _settings_line(people_needed: int, own_pool_from: int, tick_days: int, version: int) -> str:
    return _(
        "Rules version %(version)s: blocks of at least k = %(needed)s people every %(days)s days; "
        "own figures from %(own)s people who can be counted.",
        version=version,
        needed=people_needed,
        days=tick_days,
        own=own_pool_from,
    )


def comment(sentence: str) -> str:
    """Return a sentence as a comment line that stays one cell and runs nothing, wherever it is split."""
    parts = re.split(r"([,;\t\r\n])", sentence.replace('"', "'"))
    safe = [guarded(part.strip()) if at % 2 == 0 else ";" for at, part in enumerate(parts)]
    return "# " + "".join(part if part == ";" else f" {part}" for part in safe).strip()


def written(lines: Iterable[Sequence[str]]) -> str:
    """Return lines as the CSV file has them."""
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in line] for line in lines)
    return text.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in FORMULA_SIGNS else cell


def typed(column: str, cell: str) -> Cell:
    """Return a cell of a column as what it is: a number, a day, a word, or None where it is empty."""
    if not cell:
        return None
    if column in ("week_from", "week_to"):
        return date.fromisoformat(cell)
    if column == "mood":
        return Decimal(cell)
    if column in ("unit", "people", "mood_word") or not cell.isdecimal():
        return cell
    return int(cell)
