"""A document as it is read: a title, sections, and in them texts, lists, tables and lines to write on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

# Between these stands what is missing, so that a page and a file can mark it; nobody types them.
OPENS, CLOSES = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}", "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
_GAP = re.compile(f"{OPENS}([^{CLOSES}]*){CLOSES}")


@dataclass(frozen=True)
class Said:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under columns; without ``columns`` each row is a name and what it says."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """Something to be written by hand, on paper."""

    text: str


Part: TypeAlias = Said | Points | Table | Line


@dataclass(frozen=True)
class Section:
    """A part of a document with a title."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Document:
    """A whole document in one language; ``note`` says what it is not."""

    language: str
    title: str
    organisation: str
    version: str
    note: str
    changed_title: str
    changed: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Run:
    """A piece of a text, and whether it stands for something that is missing."""

    text: str
    missing: bool


def gap(text: str) -> str:
    """Return a text marked as standing for something that is missing."""
    return f"{OPENS}{text}{CLOSES}"


def typed(text: str) -> str:
    """Return what somebody typed, without the signs that would mark it as missing."""
    return text.replace(OPENS, "[").replace(CLOSES, "]")


def runs(text: str) -> Iterator[Run]:
    """Yield the pieces of a text; what is missing stands in a piece of its own."""
    for number, piece in enumerate(_GAP.split(text)):
        if piece:
            yield Run(piece, number % 2 == 1)
