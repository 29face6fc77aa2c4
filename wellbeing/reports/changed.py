"""What a unit and those above it changed: dated notes, as pages, charts and tablets tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Unit
from wellbeing.models.notes import Note
from wellbeing.reports import dates
from wellbeing.reports.units import Line
from wellbeing.units import with_merged


@dataclass(frozen=True)
class Changed:
    """One note; ``unit`` is the name of the unit that it was written for."""

    id: int
    day: date
    text: str
    unit_id: int
    unit: str


def notes_over(session: Session, path: Sequence[Line]) -> tuple[Changed, ...]:
    """Return the notes of a unit, of those above it and of what was merged into them, oldest first.

    ``path`` leads to the unit.
    """
    here = with_merged(session, [line.id for line in path])
    rows = session.execute(_NOTES, {"units": list(here)}).tuples()
    return tuple(Changed(*row) for row in rows)


_NOTE, _UNIT = Note.__table__, Unit.__table__
_NOTES = (
    sa.select(_NOTE.c.id, _NOTE.c.happened_on, _NOTE.c.text, _NOTE.c.unit_id, _UNIT.c.name)
    .join(_UNIT, _UNIT.c.id == _NOTE.c.unit_id)
    .where(_NOTE.c.unit_id.in_(sa.bindparam("units", expanding=True)))
    .order_by(_NOTE.c.happened_on, _NOTE.c.id)
)


def said(note: Changed, unit_id: int) -> str:
    """Return a note as a line of a unit's list; one of a unit above names it."""
    line = _("%(day)s: %(text)s", day=dates.short(note.day), text=note.text)
    return line if note.unit_id == unit_id else f"{line} ({note.unit})"
