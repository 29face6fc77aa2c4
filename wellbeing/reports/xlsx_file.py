"""The ledger as a workbook for HR: native charts first, then data, dictionary, method and hash (R13).

Nothing in it comes from the clock or the reader: equal requests give equal bytes in one version of the app.
Every text is written as a text, so that a unit called like a formula stays a name.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wellbeing.reports import chosen, dates, dictionary, exports, xlsx_charts
from wellbeing.reports.exports import COLUMNS, Cell, Selection, Sessions, TooLong
from wellbeing.reports.intervals import limits
from wellbeing.version import version

# More lines than these make a workbook that few spreadsheets open with pleasure; CSV has no such limit.
MOST_BLOCKS = 20_000
PIECE = 64 * 1024
WIDTHS = {"unit": 52, "week_from": 12, "week_to": 12, "people": 13, "mood_word": 12, "people_needed": 15}
OTHER_WIDTH = 11
# This column alone is in no other file: their lines have the same bytes in every version of the app.
LIMIT = "mood_limit"
TEXT_WIDTH = 110
A4 = 9
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def refuse_long(blocks: int) -> None:
    """Raise TooLong for more blocks than a workbook takes."""
    if blocks > MOST_BLOCKS:
        raise TooLong(
            _(
                "A workbook takes at most %(most)s blocks, and these are %(blocks)s. "
                "Take CSV, or choose fewer units or weeks.",
                most=dates.thousands(MOST_BLOCKS),
                blocks=dates.thousands(blocks),
            )
        )


def pieces(sessions: Sessions, selection: Selection) -> Iterator[bytes]:
    """Yield the workbook's bytes; it is built in a folder of its own that is gone afterwards."""
    with TemporaryDirectory(prefix="second-wind-") as folder:
        path = Path(folder) / "summary.xlsx"
        _build(path, sessions, selection)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _build(path: Path, sessions: Sessions, selection: Selection) -> None:
    with Workbook(path, OPTIONS | {"tmpdir": str(path.parent)}) as book:
        looks = _looks(book)
        charts = book.add_worksheet(_("charts"))
        digest = _data(book.add_worksheet(_("data")), looks, sessions, selection)
        _dictionary(book.add_worksheet(_("dictionary")), looks)
        sheets = book.add_worksheet(_("method")), book.add_worksheet(_("hash"))
        with sessions() as session:
            told, found = exports.method(session, selection), chosen.chosen(session, selection)
            made_on = chosen.released_on(session, selection)
        _method(sheets[0], looks, told)
        _hash(sheets[1], looks, _how_to_check(len(told) + 1, digest), sessions, selection)
        xlsx_charts.write(book, charts, found)
        _properties(book, made_on, selection)
        for sheet in book.worksheets():
            _on_paper(sheet)


@dataclass(frozen=True)
class _Looks:
    """The few ways in which a cell can look."""

    head: Format
    day: Format
    tenth: Format
    wrapped: Format
    fixed: Format


def _looks(book: Workbook) -> _Looks:
    return _Looks(
        head=book.add_format({"bold": True, "bottom": 1}),
        day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        tenth=book.add_format({"num_format": "0.0"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        fixed=book.add_format({"font_name": "Consolas", "font_size": 9}),
    )


def _data(sheet: Worksheet, looks: _Looks, sessions: Sessions, selection: Selection) -> str:
    """Write the blocks as typed cells; return the SHA-256 of the same lines in CSV, the columns first."""
    columns = [*COLUMNS, LIMIT]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, WIDTHS.get(column, OTHER_WIDTH))
    _heads(sheet, looks, columns)
    line, digest = 0, hashlib.sha256(exports.written([COLUMNS]).encode())
    for rows in exports.steps(sessions, selection, exports.rows):
        digest.update(exports.written(rows).encode())
        for row in rows:
            line += 1
            for at, (column, cell) in enumerate(zip(COLUMNS, row, strict=True)):
                _write(sheet, looks, line, at, exports.typed(column, cell))
            _write(sheet, looks, line, len(COLUMNS), _limit(dict(zip(COLUMNS, row, strict=True))))
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, line, len(COLUMNS))
    return digest.hexdigest()


def _limit(cells: Mapping[str, str]) -> Cell:
    """Return that a mood stands at a limit, beyond which it may lie; None for any other."""
    if not cells["mood"]:
        return None
    lowest, highest = limits(int(cells["people"].split()[0]))
    mood = Decimal(cells["mood"])
    if mood <= lowest:
        return "or lower"
    return "or higher" if mood >= highest else None


def _heads(sheet: Worksheet, looks: _Looks, heads: Sequence[str]) -> None:
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, looks.head)
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, looks: _Looks, line: int, at: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, at, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(line, at, datetime.combine(cell, time()), looks.day)
    elif isinstance(cell, Decimal):
        sheet.write_number(line, at, float(cell), looks.tenth)
    elif cell is not None:
        sheet.write_number(line, at, cell)


def _dictionary(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, TEXT_WIDTH, looks.wrapped)
    _heads(sheet, looks, [_("column"), _("meaning")])
    limit = _(
        "Says or higher, or lower, where the mood was cut: what people answered may lie beyond it. Only "
        "workbooks have this column."
    )
    for line, (column, meaning) in enumerate({**dictionary.meanings(), LIMIT: limit}.items(), start=1):
        sheet.write_string(line, 0, column)
        sheet.write_string(line, 1, meaning, looks.wrapped)


def _method(sheet: Worksheet, looks: _Looks, told: Sequence[str]) -> None:
    sheet.set_column(0, 0, TEXT_WIDTH, looks.wrapped)
    made_by = _("Second Wind: released blocks; made by version %(version)s.", version=version())
    for line, sentence in enumerate([made_by, *told]):
        sheet.write_string(line, 0, sentence, looks.wrapped)


def _how_to_check(comments: int, digest: str) -> list[str]:
    """``comments`` is how many lines stand above the columns of the CSV file of the same choice."""
    return [
        _("SHA-256 of the data: %(digest)s", digest=digest),
        _(
            "To check it, download CSV for the same choice and take the SHA-256 of everything after its "
            "%(number)s lines of rules: tail -n +%(first)s FILE.csv | sha256sum",
            number=comments,
            first=comments + 1,
        ),
        _(
            "Below stands each block's hash in the chain of all releases, line by line as in the data. "
            "Each covers the block and the hash before it, so no block can be changed or left out later "
            "unnoticed. Whoever runs the site checks the whole chain with: flask ledger verify"
        ),
    ]


def _hash(
    sheet: Worksheet, looks: _Looks, told: Sequence[str], sessions: Sessions, selection: Selection
) -> None:
    sheet.set_column(0, 0, TEXT_WIDTH)
    for line, sentence in enumerate(told):
        sheet.write_string(line, 0, sentence, looks.wrapped)
    line = len(told) - 1
    for digests in exports.steps(sessions, selection, exports.hashes):
        for digest in digests:
            line += 1
            sheet.write_string(line, 0, digest, looks.fixed)


def _on_paper(sheet: Worksheet) -> None:
    """Print a sheet as wide as a page."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _properties(book: Workbook, made_on: date, selection: Selection) -> None:
    """The day of the last release stands for that of making, which would be another one every time."""
    book.set_properties(
        {
            "title": _(
                "Second Wind: releases %(first)s to %(last)s", first=selection.first, last=selection.last
            ),
            "author": "Second Wind",
            "comments": _("Made by version %(version)s of Second Wind.", version=version()),
            "created": datetime.combine(made_on, time(4)),
        }
    )
