"""The page about one person, as an admin sees it; whom it is about stands in no address."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wellbeing import lending, moves, site
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import may, may_reset, person_or_404
from wellbeing.web.my_units import open_units
from wellbeing.web.roster_forms import ChangeForm, EraseForm, LoanForm, OpenAgainForm, RoleForm

# Of whom the page is that this browser opened last, in its signed cookie.
CHOSEN = "roster_person"


@dataclass(frozen=True)
class Sent:
    """The forms that were sent and found wrong, with what was typed; the others stand empty."""

    change: ChangeForm | None = None
    role: RoleForm | None = None
    loan: LoanForm | None = None
    again: OpenAgainForm | None = None
    erase: EraseForm | None = None
    refused: str = ""


def person_of(person_id: int | None) -> Person:
    """Return somebody I look after, whose page is the one to show from now on; nobody else exists (404)."""
    if person_id is None:
        abort(400)
    found = person_or_404(person_id, Permission.ADMINISTER)
    session[CHOSEN] = found.id
    return found


def within_reach(person_id: int | None) -> Person:
    """Return somebody who holds no role above my reach: whoever could undo them could become them (404)."""
    person = person_of(person_id)
    if not may_reset(person):
        abort(404)
    return person


def back() -> ResponseReturnValue:
    """Lead back to the page."""
    return redirect(url_for("staff.person"))


def show(person: Person, sent: Sent | None = None) -> str:
    """Return the page, with forms that were found wrong as they were sent."""
    sent = sent or Sent()
    today = site.today(db.session())
    units = open_units(Permission.ADMINISTER)
    teams = [unit for unit in units if unit.level is Level.TEAM]
    change = ChangeForm(formdata=None, obj=person, person=person.id)
    return render_template(
        "roster/person.html",
        person=person,
        loan=lending.of_people(db.session(), [person.id], today).get(person.id),
        waiting=_waiting_move(person),
        day=moves.effective_on(db.session(), site.now()),
        today=today,
        forms=_forms(person, sent, units, teams),
        change=sent.change or change,
        teams=[team for team in teams if team.id != person.unit_id],
        reach=may_reset(person),
        may_take={grant.id for grant in person.grants if may(Permission.ADMINISTER, grant.unit)},
        refused=sent.refused,
        me=person.id == current_user.id,
        confirmed=site.settings().confirmed_at is not None,
        activation_days=site.settings().activation_days,
    )


def _waiting_move(person: Person) -> object:
    waiting = moves.waiting_moves(db.session(), {person.unit_id})
    return next((move for move in waiting if move.person_id == person.id), None)


def _forms(person: Person, sent: Sent, units: list[Unit], teams: list[Unit]) -> Sent:
    role = sent.role or RoleForm(formdata=None, person=person.id)
    loan = sent.loan or LoanForm(formdata=None, person=person.id, first=site.today(db.session()))
    again = sent.again or OpenAgainForm(formdata=None, person=person.id, unit=person.unit_id)
    role.unit.offer(units)
    loan.unit.offer([team for team in teams if team.id != person.unit_id])
    home = [] if person.unit in teams or person.unit.closed_on else [person.unit]
    again.unit.offer([*home, *teams])
    erase = sent.erase or EraseForm(formdata=None, person=person.id)
    return Sent(role=role, loan=loan, again=again, erase=erase)
