"""An account closed, opened again, or erased with all that is unreleased."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import appointed, audit, erasure, leaving, people
from wellbeing.audit import Act
from wellbeing.cases import writing as cases
from wellbeing.models.accounts import OneTimeCode, Person, PinFailure, RoleGrant, SignIn, Unit
from wellbeing.models.asking import Reader
from wellbeing.models.badges import Badge
from wellbeing.models.changes import TeamChange
from wellbeing.models.diary import Phone
from wellbeing.models.lending import Loan
from wellbeing.staffing.accounts import AccountRefused, check_team, refuse_namesake
from wellbeing.storage import one_by_one

# What opens something in somebody's name, and what waits for them.
OPENS = (SignIn, Phone, OneTimeCode, Badge, PinFailure, Loan, Reader, RoleGrant)


class ClosingRefused(Exception):
    """An account that has to stay open; the text says why, and what to do first."""


@dataclass(frozen=True)
class Doer:
    """Who does it, by id, and when."""

    id: int
    now: datetime


def close(session: Session, person: Person, doer: Doer) -> None:
    """Close an account: nothing opens in its name from now on, and its answers go on to their tick. Commits.

    Sessions, own phones, codes, badge, PIN, roles, appointments, loan and waiting move end; the password,
    passkeys and the diary behind them stay for whoever comes back. Raises ClosingRefused.
    """
    _refuse(session, person, doer)
    one_by_one(session.connection(), person.id)
    for grant in person.grants:
        _note(session, Act.ROLE_TAKEN, person, doer, grant.unit_id, role=grant.role.value)
    _note(session, Act.PERSON_DEACTIVATED, person, doer, person.unit_id)
    session.flush()
    cases.leave_without_owner(session, person.id)
    _shut(session, person)
    session.execute(sa.delete(TeamChange).where(TeamChange.person_id == person.id, ~TeamChange.done))
    person.active, person.pin_mac, person.pin_length = False, None, None
    session.commit()


def _shut(session: Session, person: Person) -> None:
    for table in OPENS:
        session.execute(sa.delete(table).where(table.person_id == person.id))


def _refuse(session: Session, person: Person, doer: Doer) -> None:
    if person.id == doer.id:
        raise ClosingRefused(_("Somebody else does this for you; to leave for good, go to “My data”."))
    for subject in appointed.reads(session, person.id):
        others = [row for row in appointed.readers(session, subject) if row.id != person.id]
        if not others and appointed.waits(session, subject):
            raise ClosingRefused(
                _("What was sent by name waits, and nobody else reads it. Appoint somebody else first.")
            )
    try:
        leaving.refuse_last_admin(session, person.id)
    except leaving.LastAdmin:
        raise ClosingRefused(
            _("Nobody else could look after the organisation. Make somebody else its admin first.")
        ) from None


def _note(
    session: Session, act: Act, person: Person, doer: Doer, unit_id: int, **facts: str | int | None
) -> None:
    audit.note(session, act, doer.id, doer.now, person_id=person.id, unit_id=unit_id, facts=facts)


def open_again(session: Session, person: Person, team: Unit, doer: Doer) -> None:
    """Open a closed account again, in a team that is open; it counts as late as a new one. Commits.

    Roles do not come back, and a PIN is chosen anew; nor does what somebody opened in the very moment of the
    closing. Raises AccountRefused.
    """
    if team.id != person.unit_id or team.closed_on is not None:
        check_team(session, team)
    try:
        refuse_namesake(session, person.name, team.id, person.id)
    except AccountRefused as refused:
        raise AccountRefused("unit", str(refused)) from None
    _note(session, Act.PERSON_REACTIVATED, person, doer, team.id)
    _shut(session, person)
    person.active, person.unit_id = True, team.id
    people.begin_anew(person, doer.now)
    session.commit()


def erase(session: Session, server_key: bytes, person: Person, doer: Doer) -> None:
    """Erase somebody as the command does; released figures stay. Commits. Raises ClosingRefused."""
    _refuse(session, person, doer)
    audit.note(session, Act.PERSON_ERASED, doer.id, doer.now, unit_id=person.unit_id)
    erasure.erase(session, server_key, person)
