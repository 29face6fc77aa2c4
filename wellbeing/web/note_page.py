"""The page of what a unit changed: its figures come through the session that sees released ones alone."""

from dataclasses import dataclass

from flask import render_template

from wellbeing import notes, site
from wellbeing.models.access_log import Act
from wellbeing.notes import NoteRefused
from wellbeing.permissions import Permission
from wellbeing.reports import before_after, board, reading
from wellbeing.reports.changed import Changed, notes_over
from wellbeing.reports.owners import owners
from wellbeing.web.access import may, unit_or_404
from wellbeing.web.opened import log_opening

# Three years of weeks, as far back as a page of figures looks.
TICKS = 156


@dataclass(frozen=True)
class Line:
    """A note, and what the figures say about the weeks before it and after."""

    note: Changed
    said: tuple[str, ...]


def page(unit_id: int, day: str = "", text: str = "", refused: NoteRefused | None = None) -> str:
    """Return the page of a unit's notes, with what was typed where that was refused; 404 where not theirs."""
    unit = unit_or_404(unit_id, Permission.READ_LEDGER)
    may_remove = may(Permission.WRITE_NOTE, unit)
    with reading.session() as session:
        found = board.board(session, unit_id, TICKS, site.moment(session))
        written = notes_over(session, found.path)
        today = site.today(session).isoformat()
    log_opening([unit_id], Act.OPENED, owners(found))
    return render_template(
        "notes/notes.html",
        board=found,
        lines=[Line(note, before_after.said(found.weeks, note.day)) for note in reversed(written)],
        may_write=may_remove and not (found.unit.closed_on or found.unit.opens_on),
        may_remove=may_remove,
        today=today,
        day=day if refused else today,
        text=text,
        refused=refused,
        longest=notes.LONGEST,
    )
