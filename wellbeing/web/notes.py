"""What a unit changed: everybody reads it who may read the figures, and managers write it down."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import notes, site
from wellbeing.models.base import db
from wellbeing.notes import NoteRefused
from wellbeing.permissions import Permission
from wellbeing.units import is_open
from wellbeing.web import note_page
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.agreed import once_agreed
from wellbeing.web.forms import whole_number

bp = Blueprint("notes", __name__)


@bp.get("/team/<int(max=2147483647):unit_id>/changed", endpoint="notes")
@requires(Permission.READ_LEDGER)
@once_agreed
def notes_of(unit_id: int) -> ResponseReturnValue:
    """The notes of a unit and of those above it, each with before and after."""
    return note_page.page(unit_id)


@bp.post("/team/<int(max=2147483647):unit_id>/changed")
@requires(Permission.WRITE_NOTE)
@once_agreed
def write(unit_id: int) -> ResponseReturnValue:
    """A new note of a unit."""
    unit = unit_or_404(unit_id, Permission.WRITE_NOTE)
    if not is_open(db.session(), unit):
        abort(404)
    day, text = request.form.get("day", ""), request.form.get("text", "")
    try:
        notes.write(db.session(), unit_id, day, text, site.now())
    except NoteRefused as refused:
        db.session.rollback()
        return note_page.page(unit_id, day, text, refused), 400
    flash(_("Saved. The pictures show it, and so do tablets within a minute."), "success")
    return redirect(url_for("notes.notes", unit_id=unit_id))


@bp.post("/team/<int(max=2147483647):unit_id>/changed/remove")
@requires(Permission.WRITE_NOTE)
@once_agreed
def remove(unit_id: int) -> ResponseReturnValue:
    """A note that is gone from pages, pictures and tablets."""
    unit_or_404(unit_id, Permission.WRITE_NOTE)
    note_id = whole_number(request.form.get("note", ""))
    if note_id is None or not notes.remove(db.session(), unit_id, note_id):
        abort(404)
    flash(_("The note is removed."), "success")
    return redirect(url_for("notes.notes", unit_id=unit_id))
