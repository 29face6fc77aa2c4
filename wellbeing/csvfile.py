"""Comma-separated files from outside: each bad line is named by number and reason, none stops the program.

A record is one line. Quoted cells may hold commas but no line ends, so one open quotation mark spoils
one line and not the rest of the file.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from os import PathLike
from typing import IO, TypeVar

from flask_babel import gettext as _

from wellbeing.cells import Cells, LineError

MAX_LINE_BYTES = 10_000
# No name or word is longer. What is longer stays as it is written: thousands of accents on one letter would
# take minutes to be put in order.
LONGEST_COMPOSED = 200
# How a workbook, and one of before 2007, begin.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

# A tab is white space and zero-width joiners belong to some scripts' spelling; other invisible characters
# only make look-alikes.
KEPT = dict.fromkeys(map(ord, "\t\u200c\u200d"))
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})

Parsed = TypeVar("Parsed")
Source = str | PathLike[str] | bytes


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be taken: its number in the file (the header is 1) and why, as a sentence."""

    number: int
    reason: str


class CsvFileError(Exception):
    """The file as a whole cannot be read; the text says why, in a sentence."""


def read_lines(
    source: Source,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    parse: Callable[[int, Cells], Parsed],
) -> tuple[list[Parsed], list[BadLine]]:
    """Return what ``parse(line number, cells)`` makes of each line, and the lines refused by LineError.

    ``source`` is a path, or the bytes of a file. The header may put the columns in any order; cells come
    stripped, in Unicode NFC, and empty where an optional column is absent. Blank lines are passed over.
    Raises CsvFileError.
    """
    good: list[Parsed] = []
    bad: list[BadLine] = []
    try:
        with _open(source) as file:
            lines = _numbered_lines(file)
            header = _header(lines, required, optional)
            for number, line in lines:
                try:
                    cells = _cells(line, header)
                    if cells:
                        good.append(parse(number, dict.fromkeys(optional, "") | cells))
                except LineError as error:
                    bad.append(BadLine(number, str(error)))
    except OSError as error:
        raise CsvFileError(_("The file cannot be read: %(reason)s.", reason=error.strerror)) from error
    if not good and not bad:
        raise CsvFileError(_("The file has a header, but no line below it."))
    return good, bad


def _open(source: Source) -> IO[bytes]:
    if isinstance(source, bytes):
        return BytesIO(source)
    try:
        return open(source, "rb")
    except ValueError as error:
        raise CsvFileError(_("The file's name is not one that a file can have.")) from error


def _numbered_lines(file: IO[bytes]) -> Iterator[tuple[int, str | None]]:
    """Yield each line with its number; None stands for one that is too long to be looked at."""
    number = 0
    while line := file.readline(MAX_LINE_BYTES):
        number += 1
        if number == 1 and line.startswith(WORKBOOKS):
            raise CsvFileError(_("This is a spreadsheet's own file. Open it there and save it as CSV UTF-8."))
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            yield number, None
            _pass_over_the_rest(file)
            continue
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise CsvFileError(
                _("The file is not UTF-8 text (line %(number)s). Save it as CSV UTF-8.", number=number)
            ) from None


def _pass_over_the_rest(file: IO[bytes]) -> None:
    while (piece := file.readline(MAX_LINE_BYTES)) and not piece.endswith(b"\n"):
        pass


def _header(
    lines: Iterator[tuple[int, str | None]], required: tuple[str, ...], optional: tuple[str, ...]
) -> list[str]:
    first = next(lines, None)
    if first is None:
        raise CsvFileError(_("The file is empty."))
    try:
        header = [name.lower() for name in _split(first[1])]
    except LineError as error:
        raise CsvFileError(_("The header cannot be read: %(reason)s", reason=str(error))) from error
    _check_header(header, required, optional)
    return header


def _check_header(header: list[str], required: tuple[str, ...], optional: tuple[str, ...]) -> None:
    if len(header) == 1 and ";" in header[0]:
        raise CsvFileError(_("The columns are divided by semicolons; save the file with commas."))
    if missing := [name for name in required if name not in header]:
        raise CsvFileError(_("The header lacks: %(columns)s.", columns=", ".join(missing)))
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise CsvFileError(_("The header has a column twice: %(columns)s.", columns=", ".join(twice)))
    if unknown := [name or '""' for name in header if name not in required + optional]:
        raise CsvFileError(
            _(
                "The header has an unknown column: %(unknown)s. Known are: %(known)s.",
                unknown=", ".join(unknown),
                known=", ".join(required + optional),
            )
        )


def _cells(line: str | None, header: list[str]) -> dict[str, str]:
    """Return the cells by column, or nothing for a blank line."""
    values = _split(line)
    if not any(values):
        return {}
    if len(values) != len(header):
        raise LineError(
            _(
                "The line has %(values)s values where the header has %(columns)s.",
                values=len(values),
                columns=len(header),
            )
        )
    return dict(zip(header, values, strict=True))


def _split(line: str | None) -> list[str]:
    if line is None:
        raise LineError(_("The line is longer than %(limit)s bytes.", limit=MAX_LINE_BYTES))
    text = line.removesuffix("\n").removesuffix("\r")
    if not text.isprintable() and any(map(_invisible, text.translate(KEPT))):
        raise LineError(_("The line has a control character or another that cannot be seen."))
    try:
        values = next(csv.reader([text], strict=True), [])
    except csv.Error:
        raise LineError(_("The quotation marks of the line do not match.")) from None
    return [_composed(value).strip() for value in values]


def _composed(value: str) -> str:
    return unicodedata.normalize("NFC", value) if len(value) <= LONGEST_COMPOSED else value


def _invisible(sign: str) -> bool:
    return unicodedata.category(sign) in INVISIBLE
