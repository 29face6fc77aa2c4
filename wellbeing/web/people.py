"""The people of my teams: who has chosen a PIN, from when they count, and a code for those who need one."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import directory, lending, moves, people, site
from wellbeing.audit import Act
from wellbeing.models.accounts import CodePurpose, Person, Unit
from wellbeing.models.base import db
from wellbeing.moves import MoveRefused
from wellbeing.permissions import Permission
from wellbeing.reports import dates
from wellbeing.units import below
from wellbeing.web.access import may, may_reset, person_or_404, requires, unit_or_404, units_with
from wellbeing.web.forms import MoveForm, PersonForm
from wellbeing.web.my_units import open_teams
from wellbeing.web.noted import noted

bp = Blueprint("people", __name__)

CODES = {CodePurpose.PIN: Act.PIN_CODE_MADE, CodePurpose.PASSWORD: Act.PASSWORD_CODE_MADE}


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
    found, today = directory.in_unit(db.session(), unit.id), site.today(db.session())
    return render_template(
        "people/people.html",
        unit=unit,
        people=found,
        loans=lending.of_people(db.session(), [person.id for person in found], today),
        lent_here=lending.to_unit(db.session(), unit.id, today),
        may_reset=may_reset,
        may_move=may(Permission.ADMINISTER, unit),
        today=today,
        confirmed=site.settings().confirmed_at is not None,
        ledger=people.has_ledger(db.session(), site.now()),
    )


@bp.get("/people/<int(max=2147483647):unit_id>/move")
@requires(Permission.ADMINISTER)
def moving(unit_id: int) -> ResponseReturnValue:
    """Move somebody of a unit to another team, and the moves that wait."""
    return _moving_page(unit_or_404(unit_id, Permission.ADMINISTER), MoveForm(formdata=None))


def _moving_page(unit: Unit, form: MoveForm) -> str:
    return render_template(
        "people/move.html",
        unit=unit,
        form=form,
        people=directory.in_unit(db.session(), unit.id),
        teams=[team for team in open_teams(Permission.ADMINISTER) if team is not unit],
        waiting=moves.waiting_moves(db.session(), {unit.id}),
        day=moves.effective_on(db.session(), site.now()),
    )


@bp.post("/people/move")
@requires(Permission.ADMINISTER)
def move() -> ResponseReturnValue:
    """A move that waits for the tick."""
    form = MoveForm()
    if not form.validate():
        return _incomplete(form)
    person = _person_to_move(form.person.data)
    unit = unit_or_404(form.unit.number, Permission.ADMINISTER)
    name, home = person.name, person.unit_id
    _note_move(person, unit)
    try:
        planned = moves.plan_move(db.session(), person, unit, site.now())
    except MoveRefused as refused:
        db.session.rollback()
        flash(str(refused), "error")
    else:
        flash(_moved(name, planned.takes_effect_on if planned else None), "success")
    return _back(home)


def _back(home: int) -> ResponseReturnValue:
    """Lead to the page that the form stood on: the person's own, or that of their team."""
    if request.form.get("then") == "person":
        return redirect(url_for("staff.person"))
    return redirect(url_for("people.moving", unit_id=home))


def _note_move(person: Person, unit: Unit) -> None:
    if unit.id == person.unit_id:
        noted(Act.MOVE_CANCELLED, person_id=person.id, unit_id=unit.id)
        return
    day = moves.effective_on(db.session(), site.now())
    origin = person.unit.name
    noted(Act.PERSON_MOVED, person_id=person.id, unit_id=unit.id, origin=origin, day=day.isoformat())


@bp.post("/people/cancel-move")
@requires(Permission.ADMINISTER)
def cancel_move() -> ResponseReturnValue:
    """A move taken back before its tick."""
    form = PersonForm()
    if not form.validate():
        abort(400)
    person = _person_to_move(form.person.data)
    name, home = person.name, person.unit_id
    for waiting in moves.waiting_moves(db.session(), {home}):
        if waiting.person_id == person.id:
            noted(Act.MOVE_CANCELLED, person_id=person.id, unit_id=home)
            moves.cancel_move(db.session(), waiting)
    flash(_moved(name, None), "success")
    return _back(home)


def _incomplete(form: MoveForm) -> ResponseReturnValue:
    """The page again, with what was chosen, where it is known which page it was."""
    if form.home.data is None:
        abort(400)
    unit = unit_or_404(form.home.data, Permission.ADMINISTER)
    flash(_("Choose who moves, and to which team."), "error")
    return _moving_page(unit, form), 400


def _moved(name: str, day: date | None) -> str:
    if day is None:
        return _("%(name)s stays.", name=name)
    return _("%(name)s moves at the tick on %(day)s.", name=name, day=dates.weekday(day))


def _person_to_move(person_id: int | None) -> Person:
    return _active(person_or_404(person_id, Permission.ADMINISTER))


def _active(person: Person) -> Person:
    if not person.active:
        abort(404)
    return person


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


def _person_or_404() -> Person:
    form = PersonForm()
    if not form.validate():
        abort(400)
    return _active(person_or_404(form.person.data, Permission.MAKE_CODE))


def _code(purpose: CodePurpose, person: Person) -> ResponseReturnValue:
    name, login, unit_id = person.name, person.login, person.unit_id
    noted(CODES[purpose], person_id=person.id, unit_id=unit_id)
    code = people.make_code(db.session(), purpose, person.id, site.now())
    return render_template(
        "people/code.html", purpose=purpose.value, name=name, login=login, unit_id=unit_id, code=code
    )
