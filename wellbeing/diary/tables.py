"""Tables that other mood trackers and spreadsheets write: any delimiter, UTF-8, UTF-16 or Windows letters.

Unlike the site's own files (csvfile), a cell may hold line ends: people's notes do.
"""

import csv
import io
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask_babel import gettext as _

from wellbeing.csvfile import BadLine, CsvFileError

LARGEST = 1_000_000
MOST_LINES = 10_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
# No day, time or mood is longer. What is longer stays as it is written: thousands of accents on one letter
# would take minutes to be put in order.
LONGEST_COMPOSED = 200
LONGEST_NAME = 80
DELIMITERS = ",;\t|"
LOOKED_AT = 20
# Pictures, archives, PDF and databases, for whoever picks the wrong file; Daylio's own backup is an archive.
OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3")


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file (the first is 1), and its cells, stripped."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The names of the columns, the lines below them, and those that cannot be read."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[BadLine, ...] = ()


def text_of(content: bytes) -> str:
    """Return a file as text; raise CsvFileError for one that is empty, too large or no text."""
    if len(content) > LARGEST:
        raise CsvFileError(too_large())
    if content.startswith(OTHER_FILES):
        raise CsvFileError(_not_a_table())
    text = _decoded(content)
    if "\0" in text:
        raise CsvFileError(_not_a_table())
    if not text.strip():
        raise CsvFileError(_("The file is empty."))
    return text


def too_large() -> str:
    """Return the sentence for a file that is too large."""
    return _("This file is larger than %(most)s MB.", most=LARGEST // 1_000_000)


def _not_a_table() -> str:
    return _("This is not a CSV file. Export your history as CSV, and choose that file; a backup is not one.")


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def table_of(text: str) -> Table:
    """Return the table that a text holds; raise CsvFileError where it is none or too long."""
    records = _records(text, _delimiter(text))
    header = next((row for row in records if len(_filled(row)) > 1), None)
    if header is None:
        raise CsvFileError(_("No line of this file has two columns: a day and a mood are needed."))
    if len(header.cells) > MOST_COLUMNS:
        raise CsvFileError(_not_a_table())
    names, first = _header(header)
    rows = [] if first is None else [first]
    bad: list[BadLine] = []
    for row in records:
        if len(rows) + len(bad) == MOST_LINES:
            raise CsvFileError(_("The file has more than %(most)s lines.", most=MOST_LINES))
        if reason := _wrong(row, len(names)):
            bad.append(BadLine(row.number, reason))
        else:
            rows.append(row)
    if not rows:
        raise CsvFileError(_("The file has a header, but no line below it."))
    return _joined(Table(names, tuple(rows), tuple(bad)))


def _delimiter(text: str) -> str:
    """Return the sign that divides most of the first lines into the same number of columns."""
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[int, int]:
    """Return how many of the first lines have one number of columns, above one, and that number."""
    first = islice(_records(text, sign), LOOKED_AT)
    lengths = Counter(len(row.cells) for row in first if len(row.cells) > 1)
    columns, lines = max(lengths.items(), key=lambda found: (found[1], found[0]), default=(1, 0))
    return lines, columns


def _records(text: str, sign: str) -> Iterator[Row]:
    """Yield the lines that are not blank, each under the number of its first one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True)
    number = 1
    try:
        for cells in reader:
            row = Row(number, tuple(_composed(cell).strip() for cell in cells))
            if any(row.cells):
                yield row
            number = reader.line_num + 1
    except csv.Error:
        yield Row(number, ("x" * (LONGEST_CELL + 1),))


def _composed(cell: str) -> str:
    return cell if len(cell) > LONGEST_COMPOSED else unicodedata.normalize("NFC", cell)


def _filled(row: Row) -> list[str]:
    return [cell for cell in row.cells if cell]


def _header(first: Row) -> tuple[tuple[str, ...], Row | None]:
    """Return the names of the columns, and the first line again where it is not a header but an entry."""
    if any(cell[:1].isdigit() for cell in first.cells):
        numbers = range(1, len(first.cells) + 1)
        return tuple(_("Column %(number)s", number=number) for number in numbers), first
    return tuple(cell[:LONGEST_NAME] for cell in first.cells), None


def _wrong(row: Row, columns: int) -> str | None:
    if any(len(cell) > LONGEST_CELL for cell in row.cells):
        return _("A quotation mark is opened here and not closed: what follows cannot be read.")
    if len(row.cells) != columns:
        return _(
            "The line has %(values)s values where the header has %(columns)s.",
            values=len(row.cells),
            columns=columns,
        )
    return None


def _joined(table: Table) -> Table:
    """Return a table with those columns in one that say something only together.

    iMoodJournal writes hour and minute apart, and older exports of Daylio the year and "18 May".
    """
    places = {name.lower(): place for place, name in reversed(list(enumerate(table.header)))}
    for left, right, sign in (("hour", "minute", ":"), ("date", "year", " ")):
        if left in places and right in places:
            table = _with(table, places[left], places[right], sign)
    return table


def _with(table: Table, left: int, right: int, sign: str) -> Table:
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        cells[left] = sign.join(cell.zfill(2) for cell in (cells[left], cells[right]) if cell)
        rows.append(Row(row.number, tuple(cells)))
    return Table(table.header, tuple(rows), table.bad)
