"""One person: what the list says about them, their account closed, opened again and erased."""

from flask import Blueprint, abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import site
from wellbeing.audit import Act
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.staffing import accounts, closing
from wellbeing.staffing.accounts import AccountRefused
from wellbeing.staffing.closing import ClosingRefused, Doer
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.forms import PersonForm
from wellbeing.web.noted import noted
from wellbeing.web.person_page import CHOSEN, Sent, back, person_of, show, within_reach
from wellbeing.web.roster_forms import ChangeForm, EraseForm, OpenAgainForm

bp = Blueprint("staff", __name__)


@bp.post("/admin/people/one")
@requires(Permission.ADMINISTER)
def open_person() -> ResponseReturnValue:
    """Somebody chosen from the list."""
    person_of(_person_id())
    return back()


def _person_id() -> int | None:
    form = PersonForm()
    if not form.validate():
        abort(400)
    return form.person.data


@bp.get("/admin/people/one")
@requires(Permission.ADMINISTER)
def person() -> ResponseReturnValue:
    """The page about whoever was chosen last; without one, the list."""
    chosen = db.session.get(Person, session.get(CHOSEN, 0))
    if chosen is None:
        return redirect(url_for("roster.roster"))
    return show(person_of(chosen.id))


@bp.post("/admin/people/change")
@requires(Permission.ADMINISTER)
def change() -> ResponseReturnValue:
    """Another name, sign-in name or language."""
    form = ChangeForm()
    someone = within_reach(form.person.data)
    if not form.validate():
        return show(someone, Sent(change=form)), 422
    try:
        name, login = accounts.name_of(form.name.data or ""), accounts.login_of(form.login.data or "")
        noted(Act.PERSON_CHANGED, person_id=someone.id, unit_id=someone.unit_id)
        accounts.change(db.session(), someone, name, login, form.language.data or None)
    except AccountRefused as refused:
        db.session.rollback()
        form[refused.field].errors = [str(refused)]
        return show(within_reach(form.person.data), Sent(change=form)), 422
    flash(_("Saved."), "success")
    return back()


@bp.post("/admin/people/close")
@requires(Permission.ADMINISTER)
def close() -> ResponseReturnValue:
    """An account closed: nothing opens in its name any more."""
    someone = within_reach(_person_id())
    if not someone.active:
        abort(404)
    try:
        closing.close(db.session(), someone, _me())
    except ClosingRefused as refused:
        return _refused(_person_id(), str(refused))
    flash(_("The account is closed. Nothing opens in its name from now on."), "success")
    return back()


def _me() -> Doer:
    return Doer(current_user.id, site.now())


def _refused(person_id: int | None, why: str) -> ResponseReturnValue:
    db.session.rollback()
    return show(within_reach(person_id), Sent(refused=why)), 422


@bp.post("/admin/people/open-again")
@requires(Permission.ADMINISTER)
def open_again() -> ResponseReturnValue:
    """A closed account opened again, as young as a new one."""
    form = OpenAgainForm()
    someone = within_reach(form.person.data)
    if someone.active:
        abort(404)
    if form.unit.data is None:
        form.unit.errors = [_("Choose a team.")]
        return show(someone, Sent(again=form)), 422
    team = unit_or_404(form.unit.data, Permission.ADMINISTER)
    try:
        closing.open_again(db.session(), someone, team, _me())
    except AccountRefused as refused:
        db.session.rollback()
        form.unit.errors = [str(refused)]
        return show(within_reach(form.person.data), Sent(again=form)), 422
    flash(_("The account is open again. Hand a code for a new PIN over in person."), "success")
    return back()


@bp.post("/admin/people/erase")
@requires(Permission.ADMINISTER)
def erase() -> ResponseReturnValue:
    """Everything of somebody that is not released, deleted for good."""
    form = EraseForm()
    someone = within_reach(form.person.data)
    if " ".join((form.name.data or "").split()).casefold() != someone.name.casefold():
        form.name.errors = [_("This is not the name. Type it as it stands at the top.")]
        return show(someone, Sent(erase=form)), 422
    try:
        closing.erase(db.session(), site.config().secrets.server_key, someone, _me())
    except ClosingRefused as refused:
        return _refused(form.person.data, str(refused))
    session.pop(CHOSEN, None)
    flash(_("Erased. Figures that were already released stay as they are."), "success")
    return redirect(url_for("roster.roster"))
