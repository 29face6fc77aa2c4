"""Everybody an admin looks after: found by name, unit and state, and somebody new added.

A search is sent as a form, so that no name stands in an address, a history or a log.
"""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing import lending, people, site
from wellbeing.audit import Act
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.roster import NewPerson
from wellbeing.staffing import accounts, finding
from wellbeing.staffing.accounts import AccountRefused
from wellbeing.staffing.finding import State, Wanted
from wellbeing.units import below, read_tree
from wellbeing.web import person_page
from wellbeing.web.access import requires, units_with
from wellbeing.web.forms import whole_number
from wellbeing.web.my_units import open_teams
from wellbeing.web.noted import noted
from wellbeing.web.only_reading import only_reading
from wellbeing.web.roster_forms import AddForm

bp = Blueprint("roster", __name__)

STATES = {
    State.ACTIVE: _l("Everybody who works here"),
    State.WAITING: _l("Waits to be confirmed"),
    State.NO_PIN: _l("No PIN yet"),
    State.NO_SIGN_IN: _l("No sign-in yet"),
    State.ROLE: _l("Has a role"),
    State.LENT: _l("Lent to another team"),
    State.CLOSED: _l("Closed accounts"),
}


@bp.get("/admin/people")
@requires(Permission.ADMINISTER)
def roster() -> ResponseReturnValue:
    """Everybody, or those of a unit or in a state, by name."""
    return _page("", request.args.get("unit", ""), request.args.get("state", ""), 1)


@bp.post("/admin/people/find")
@requires(Permission.ADMINISTER)
def find() -> ResponseReturnValue:
    """Those whose names hold what was typed, and further pages of them."""
    asked = request.form
    with only_reading():
        page = whole_number(asked.get("page", "")) or 1
        return _page(asked.get("name", ""), asked.get("unit", ""), asked.get("state", ""), page)


def _page(name: str, unit: str, state: str, page: int) -> str:
    mine = below(db.session(), units_with(Permission.ADMINISTER))
    chosen = next((found for found in mine if str(found.id) == unit), None)
    where = below(db.session(), {chosen.id}) if chosen else mine
    wanted = Wanted(
        {found.id for found in where},
        name=name.strip()[: finding.LONGEST_SEARCH],
        state=State(state) if state in set(State) else State.ACTIVE,
        page=page,
    )
    today = site.today(db.session())
    found = finding.find(db.session(), wanted, today)
    return render_template(
        "roster/roster.html",
        units=mine,
        unit=chosen,
        wanted=wanted,
        found=found,
        loans=lending.of_people(db.session(), [person.id for person in found.people], today),
        states=STATES,
        today=today,
        confirmed=site.settings().confirmed_at is not None,
    )


@bp.get("/admin/people/new")
@requires(Permission.ADMINISTER)
def new() -> ResponseReturnValue:
    """The form for somebody new."""
    return _new_page(AddForm(formdata=None))


def _new_page(form: AddForm) -> str:
    form.unit.offer(open_teams(Permission.ADMINISTER))
    confirmed = site.settings().confirmed_at is not None
    return render_template(
        "roster/new.html", form=form, confirmed=confirmed, activation_days=site.settings().activation_days
    )


@bp.post("/admin/people/new")
@requires(Permission.ADMINISTER)
def add() -> ResponseReturnValue:
    """Somebody new; their page opens."""
    form = AddForm()
    form.unit.offer(open_teams(Permission.ADMINISTER))
    if not form.validate():
        return _new_page(form), 422
    try:
        made = _added(form)
    except AccountRefused as refused:
        db.session.rollback()
        form[refused.field].errors = [str(refused)]
        return _new_page(form), 422
    session[person_page.CHOSEN] = made
    flash(_("Added. Hand a code for a PIN over in person: then they can begin."), "success")
    return redirect(url_for("staff.person"))


def _added(form: AddForm) -> int:
    team = next(unit for unit in open_teams(Permission.ADMINISTER) if unit.id == form.unit.data)
    name, login = accounts.name_of(form.name.data or ""), accounts.login_of(form.login.data or "")
    accounts.refuse_namesake(db.session(), name, team.id)
    accounts.refuse_login(db.session(), login)
    path = read_tree(db.session()).path_of(team)
    new_person = NewPerson(0, name, path, login, language=form.language.data or None)
    [person] = people.place_people(db.session(), [new_person], site.now())
    made = person.id
    noted(Act.PERSON_ADDED, person_id=made, unit_id=team.id)
    accounts.commit(db.session())
    return made
