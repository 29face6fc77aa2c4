"""Make it right: customers' open cases of the units that somebody works in or looks after."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import site
from wellbeing.cases import writing
from wellbeing.cases.checks import CaseRefused
from wellbeing.cases.writing import ChangedMeanwhile, Start
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.permissions import Permission
from wellbeing.web.access import requires
from wellbeing.web.case_form import CaseForm, form_of, new_case
from wellbeing.web.case_page import case_page, form_page, list_page
from wellbeing.web.case_scope import Scope, asked, case_or_404, owners_in, scope

bp = Blueprint("cases", __name__, url_prefix="/cases")
LENGTH_OF_A_FORM = 32


@bp.get("/", endpoint="every")
@requires(Permission.HANDLE_CASES)
def every_case() -> ResponseReturnValue:
    """The cases of my units, or those that I look for."""
    seen = scope()
    return list_page(asked(request.args, seen), seen)


def _choices(seen: Scope, case: Case | None = None) -> list[tuple[int, str]]:
    """Return the units that a case can go to; its own stays among them even when it is closed."""
    units = seen.open_units()
    if case is not None and case.unit not in units:
        units = [case.unit, *units]
    names = seen.names
    return [(unit.id, names[unit.id]) for unit in units]


@bp.get("/new", endpoint="new")
@requires(Permission.HANDLE_CASES)
def new() -> ResponseReturnValue:
    """The form of a new case; nothing in it comes from anywhere else."""
    units = _choices(scope())
    own = next((unit for unit, _name in units if unit == current_user.unit_id), None)
    return form_page(new_case(own or next((unit for unit, _name in units), None)).fill(units))


@bp.post("/new")
@requires(Permission.HANDLE_CASES)
def write() -> ResponseReturnValue:
    """A new case; the same form sent twice makes one."""
    units = _choices(scope())
    form = CaseForm().fill(units)
    token = form.sent("form")
    if form.unit.data not in dict(units) or not (token.isalnum() and len(token) == LENGTH_OF_A_FORM):
        abort(404)
    try:
        draft = form.draft()
    except CaseRefused as refused:
        form.say(refused)
        return form_page(form), 422
    start = Start(token, current_user.id if form.mine.data else None, form.start)
    made = writing.open_case(db.session(), form.unit.data, draft, start, site.now(), site.zone())
    if made.is_new:
        flash(_("The case is open."), "success")
    else:
        flash(_("This form was sent before: here is its case."), "warning")
    return redirect(url_for("cases.case", case_id=made.id))


@bp.get("/<int(max=2147483647):case_id>")
@requires(Permission.HANDLE_CASES)
def case(case_id: int) -> ResponseReturnValue:
    """One case: what happened, what was done, and what comes next."""
    return case_page(case_or_404(case_id))


@bp.get("/<int(max=2147483647):case_id>/change")
@requires(Permission.HANDLE_CASES)
def changing(case_id: int) -> ResponseReturnValue:
    """A case in its form."""
    found = case_or_404(case_id)
    return form_page(form_of(found).fill(_choices(scope(), found), found), found)


@bp.post("/<int(max=2147483647):case_id>/change")
@requires(Permission.HANDLE_CASES)
def change(case_id: int) -> ResponseReturnValue:
    """A case written anew; whoever comes second is told, and sees what stands."""
    found = case_or_404(case_id)
    units = _choices(scope(), found)
    form = CaseForm().fill(units, found)
    if form.unit.data not in dict(units):
        abort(404)
    try:
        held = writing.held(db.session(), case_id, form.version.number)
        draft = form.draft(found)
    except CaseRefused as refused:
        form.say(refused)
        return form_page(form, found), 422
    except ChangedMeanwhile:
        form.version.data, form.version.raw_data = found.version, None
        return form_page(form, found, changed_meanwhile=True), 409
    owners = {person.id for person in owners_in(db.session.get_one(Unit, form.unit.data))}
    writing.change(db.session(), held, form.unit.data, draft, site.zone(), owners)
    flash(_("Saved."), "success")
    return redirect(url_for("cases.case", case_id=case_id))
