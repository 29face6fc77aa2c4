"""What a cell of a file from outside may hold."""

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import gettext as _

MAX_NAME = 80
MAX_DEPTH = 5

Cells = Mapping[str, str]
Value = TypeVar("Value")


class LineError(Exception):
    """One line cannot be taken; the text says why, in a sentence that names nobody."""


def name_in(cells: Cells, column: str) -> str:
    """Return a name of 1 to MAX_NAME characters, or raise LineError."""
    name = cells[column]
    if not name:
        raise LineError(_("%(column)s is empty.", column=column))
    if len(name) > MAX_NAME:
        raise LineError(_("%(column)s is longer than %(limit)s characters.", column=column, limit=MAX_NAME))
    return name


def team_path(team: str) -> tuple[str, ...]:
    """Return the names of the units that "Site/Team" passes through, topmost first.

    Raises LineError for an empty or overlong part, or more than MAX_DEPTH of them.
    """
    path = tuple(part.strip() for part in team.split("/"))
    if len(path) > MAX_DEPTH:
        raise LineError(_("team has more than %(limit)s parts.", limit=MAX_DEPTH))
    return tuple(name_in({"team": part}, "team") for part in path)


def word_in(cells: Cells, column: str, known: Mapping[str, Value]) -> Value | None:
    """Return what the cell's word stands for, None for an empty cell, or raise LineError.

    Words are taken in any case, and whole numbers as spreadsheets write them (3.0). The error names the
    words that are known and does not repeat the cell, which may hold an answer.
    """
    word = cells[column].lower().removesuffix(".0")
    if word and word not in known:
        raise LineError(_("%(column)s is not one of: %(known)s.", column=column, known=", ".join(known)))
    return known.get(word)
