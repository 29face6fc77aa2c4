"""What is done with a case: taken, handed over, noted, answered, closed, opened again."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import site
from wellbeing.cases import writing
from wellbeing.cases.checks import CaseRefused
from wellbeing.cases.closing import NotBetter, closing
from wellbeing.cases.drafts import note
from wellbeing.cases.writing import ChangedMeanwhile
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.permissions import Permission
from wellbeing.web.access import requires
from wellbeing.web.case_form import AgainForm, ClosingForm, NoteForm, OwnerForm, VersionForm, closing_of
from wellbeing.web.case_page import case_page, closing_page
from wellbeing.web.case_scope import case_or_404, owners_in

bp = Blueprint("case_acts", __name__, url_prefix="/cases/<int(max=2147483647):case_id>")


def _act(case_id: int, version: int | None, act: Callable[[Case], None], done: str) -> ResponseReturnValue:
    """Do something with a case as the page showed it, and lead back to it."""
    try:
        held = writing.held(db.session(), case_id, version)
    except ChangedMeanwhile:
        db.session.rollback()
        flash(_("Somebody changed this case meanwhile. Look at it, then try again."), "warning")
    else:
        act(held)
        flash(done, "success")
    return redirect(url_for("cases.case", case_id=case_id))


@bp.post("/note")
@requires(Permission.HANDLE_CASES)
def write_note(case_id: int) -> ResponseReturnValue:
    """A line added to a case."""
    found, form = case_or_404(case_id), NoteForm()
    try:
        text = note(form.sent("text"))
    except CaseRefused as refused:
        form.say(refused)
        return case_page(found, note=form), 422
    by, now, zone = current_user.id, site.now(), site.zone()
    return _act(
        case_id, None, lambda case: writing.note(db.session(), case, text, by, now, zone), _("Noted.")
    )


@bp.post("/answered")
@requires(Permission.HANDLE_CASES)
def answered(case_id: int) -> ResponseReturnValue:
    """Somebody has turned to the customer; the first time counts."""
    case_or_404(case_id)
    now, zone = site.now(), site.zone()
    return _act(case_id, None, lambda case: writing.attend(db.session(), case, now, zone), _("Noted."))


@bp.post("/owner")
@requires(Permission.HANDLE_CASES)
def hand_over(case_id: int) -> ResponseReturnValue:
    """A case that is somebody else's from now on, or mine, or nobody's."""
    found, form = case_or_404(case_id), OwnerForm()
    owner = form.owner.data
    if owner not in {None, current_user.id, *(person.id for person in owners_in(found.unit))}:
        abort(404)
    zone, done = site.zone(), _("It is nobody's now.") if owner is None else _("Handed over.")
    done = _("It is yours.") if owner == current_user.id else done
    return _act(
        case_id,
        form.version.number,
        lambda case: writing.hand_over(db.session(), case, owner, zone),
        done,
    )


@bp.post("/again")
@requires(Permission.HANDLE_CASES)
def recontacted(case_id: int) -> ResponseReturnValue:
    """Somebody has been in touch with the customer again."""
    found, form = case_or_404(case_id), AgainForm()
    try:
        text = note(form.sent("text")) if form.sent("text").strip() else ""
    except CaseRefused as refused:
        form.say(refused)
        return case_page(found, again=form), 422
    by, now, zone = current_user.id, site.now(), site.zone()
    return _act(
        case_id,
        form.version.number,
        lambda case: writing.recontacted(db.session(), case, text, by, now, zone),
        _("Well done. Reaching out first makes it easy for them."),
    )


@bp.get("/close")
@requires(Permission.HANDLE_CASES)
def closing_questions(case_id: int) -> ResponseReturnValue:
    """The shoes test, and what came of it."""
    found = case_or_404(case_id)
    if found.closed_at is not None:
        return redirect(url_for("cases.case", case_id=case_id))
    return closing_page(found, closing_of(found))


@bp.post("/close")
@requires(Permission.HANDLE_CASES)
def close(case_id: int) -> ResponseReturnValue:
    """A case that passed the shoes test, and is closed; one that did not is back at its solution."""
    found, form = case_or_404(case_id), ClosingForm()
    if found.closed_at is not None:
        return redirect(url_for("cases.case", case_id=case_id))
    try:
        answers = closing(form.typed(), site.today(db.session()))
    except NotBetter:
        return closing_page(found, form, back_to_a_solution=True), 422
    except CaseRefused as refused:
        form.say(refused)
        return closing_page(found, form), 422
    now, zone = site.now(), site.zone()
    return _act(
        case_id,
        form.version.number,
        lambda case: writing.close(db.session(), case, answers, now, zone),
        _("Closed. Thank you for making it right."),
    )


@bp.post("/reopen")
@requires(Permission.HANDLE_CASES)
def open_again(case_id: int) -> ResponseReturnValue:
    """A closed case that is open again: the customer gives us another chance."""
    found, form = case_or_404(case_id), VersionForm()
    if found.closed_at is None:
        return redirect(url_for("cases.case", case_id=case_id))
    by, now, zone = current_user.id, site.now(), site.zone()
    return _act(
        case_id,
        form.version.number,
        lambda case: writing.open_again(db.session(), case, by, now, zone),
        _("Open again. Another chance is a gift."),
    )
