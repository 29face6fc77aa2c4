"""The ledger as JSON for HR's own programs: the rules, the columns and one block a line (R13)."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from wellbeing.reports import dictionary, exports
from wellbeing.reports.exports import COLUMNS, Cell, Selection, Sessions

FORMAT_VERSION = 1


def pieces(sessions: Sessions, selection: Selection) -> Iterator[str]:
    """Yield the file piece by piece: what a reader must know first, blocks as they are asked for."""
    with sessions() as session:
        opening = _opening(session, selection)
    yield opening
    between = ""
    for blocks in exports.steps(sessions, selection, _blocks):
        yield between + ",\n".join(blocks)
        between = ",\n"
    yield "\n]}\n"


def _opening(session: Session, selection: Selection) -> str:
    about = {
        "format": "second-wind-blocks",
        "format_version": FORMAT_VERSION,
        "ticks": {"first": selection.first, "last": selection.last},
        "method": exports.method(session, selection),
        "columns": dictionary.meanings(),
    }
    return json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "blocks": [\n'


def _blocks(session: Session, selection: Selection) -> list[str]:
    """Return a line for each block: its cells as what they are, null where empty, and its chain hash."""
    found = zip(exports.rows(session, selection), exports.hashes(session, selection), strict=True)
    return [json.dumps(_block(row) | {"hash": digest}, ensure_ascii=False) for row, digest in found]


def _block(row: list[str]) -> dict[str, str | int | float | None]:
    return {column: _plain(exports.typed(column, cell)) for column, cell in zip(COLUMNS, row, strict=True)}


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
