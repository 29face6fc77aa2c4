"""Codes for many people at once, to be printed and handed over; each is told once and kept nowhere."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import audit, codes
from wellbeing.audit import Act
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.audit import AuditEntry

MOST = 200
ACTS = {CodePurpose.PIN: Act.PIN_CODE_MADE, CodePurpose.PASSWORD: Act.PASSWORD_CODE_MADE}
TOLD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """What is printed for one person; a code that was not wanted is None."""

    name: str
    team: str
    login: str | None
    pin_code: str | None
    password_code: str | None


def invite(
    session: Session, people: Sequence[Person], purposes: Collection[CodePurpose], by: int, now: datetime
) -> list[Invitation]:
    """Make a code of each purpose for each of some people, and note each. Commits."""
    made = [_invited(session, person, purposes, by, now) for person in people]
    session.commit()
    return made


def _invited(
    session: Session, person: Person, purposes: Collection[CodePurpose], by: int, now: datetime
) -> Invitation:
    found: dict[CodePurpose, str] = {}
    for purpose in purposes:
        audit.note(session, ACTS[purpose], by, now, person_id=person.id, unit_id=person.unit_id)
        found[purpose] = codes.make_code(session, purpose, person.id, now)
    return Invitation(
        name=person.name,
        team=person.unit.name,
        login=person.login,
        pin_code=found.get(CodePurpose.PIN),
        password_code=found.get(CodePurpose.PASSWORD),
    )


def code_was_made(session: Session, person_id: int, now: datetime) -> datetime | None:
    """Return when somebody else last made a code for a person, within the seven days that it is good for."""
    acts = [act.value for act in ACTS.values()]
    query = sa.select(sa.func.max(AuditEntry.at)).where(
        AuditEntry.person_id == person_id, AuditEntry.act.in_(acts), AuditEntry.at > now - TOLD_FOR
    )
    others = query.where(AuditEntry.actor_id.is_distinct_from(person_id))
    return session.execute(others).scalar_one()
