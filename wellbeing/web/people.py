"""The people of my teams: who has chosen a PIN, from when they count, and a code for those who need one."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from wellbeing import directory, people, site
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.units import below
from wellbeing.web.access import may, requires, unit_or_404, units_with
from wellbeing.web.forms import PersonForm

bp = Blueprint("people", __name__)


@bp.get("/people/")
@requires(Permission.MAKE_CODE)
def teams() -> ResponseReturnValue:
    """The units whose people I look after; a single one opens at once."""
    counts = directory.headcounts(db.session())
    mine = [unit for unit in below(db.session(), units_with(Permission.MAKE_CODE)) if unit.id in counts]
    if len(mine) == 1:
        return redirect(url_for("people.in_unit", unit_id=mine[0].id))
    return render_template("people/teams.html", units=mine, counts=counts)


@bp.get("/people/<int(max=2147483647):unit_id>")
@requires(Permission.MAKE_CODE)
def in_unit(unit_id: int) -> ResponseReturnValue:
    """The people on one unit's own roster."""
    unit = unit_or_404(unit_id, Permission.MAKE_CODE)
    return render_template(
        "people/people.html",
        unit=unit,
        people=directory.in_unit(db.session(), unit.id),
        may_reset=may_reset,
        today=site.now().astimezone(site.zone()).date(),
        confirmed=site.settings().confirmed_at is not None,
    )


@bp.post("/people/pin-code")
@requires(Permission.MAKE_CODE)
def pin_code() -> ResponseReturnValue:
    """A code with which somebody chooses a PIN at the tablet."""
    person = _person_or_404()
    if not may_reset(person):
        abort(404)
    return _code(CodePurpose.PIN, person)


@bp.post("/people/password-code")
@requires(Permission.MAKE_CODE)
def password_code() -> ResponseReturnValue:
    """A code with which somebody chooses a password."""
    person = _person_or_404()
    if not may_reset(person):
        abort(404)
    return _code(CodePurpose.PASSWORD, person)


def may_reset(person: Person) -> bool:
    """Tell whether the signed-in person may make a code for another.

    Whoever makes the code could sign in with it, so nobody makes one for a role above their own reach:
    for managers, HR and admins only an admin of the same unit does.
    """
    return all(may(Permission.ADMINISTER, grant.unit) for grant in person.grants)


def _person_or_404() -> Person:
    form = PersonForm()
    if not form.validate():
        abort(400)
    person = db.session.get(Person, form.person.data)
    if person is None or not person.active:
        abort(404)
    unit_or_404(person.unit_id, Permission.MAKE_CODE)
    return person


def _code(purpose: CodePurpose, person: Person) -> ResponseReturnValue:
    name, login, unit_id = person.name, person.login, person.unit_id
    code = people.make_code(db.session(), purpose, person.id, site.now())
    return render_template(
        "people/code.html", purpose=purpose.value, name=name, login=login, unit_id=unit_id, code=code
    )
