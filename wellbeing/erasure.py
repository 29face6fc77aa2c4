"""A person's erasure: account, roles, what they signed, and every answer not yet released (R9)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import withdraw
from wellbeing.cases import writing as cases
from wellbeing.diary import keeping
from wellbeing.models.accounts import Person, Unit
from wellbeing.storage import one_by_one
from wellbeing.talk import posts


class NobodyFound(Exception):
    """No single person goes by that name; the text says what to add."""


def find(session: Session, name: str, unit: str = "") -> Person:
    """Return the one person of that name, in a unit of that name if given; raise NobodyFound."""
    query = sa.select(Person).join(Unit, Unit.id == Person.unit_id).where(Person.name == name)
    found = session.scalars(query.where(Unit.name == unit) if unit else query).all()
    if not found:
        raise NobodyFound("Nobody on the roster has that name.")
    if len(found) > 1:
        raise NobodyFound("Several people have that name: say which team with --unit.")
    return found[0]


def erase(session: Session, server_key: bytes, person: Person) -> None:
    """Delete a person and everything of theirs that has not been released, in one transaction. Commits."""
    # A check-in of theirs that is under way ends first; none can come after.
    one_by_one(session.connection(), person.id)
    withdraw.take_back(session.connection(), server_key, person.id)
    keeping.forget(session.connection(), server_key, person.id)
    withdraw.take_back_checkup(session.connection(), server_key, person.id)
    posts.forget_person(session, person.id)
    cases.leave_without_owner(session, person.id)
    session.delete(person)
    session.commit()
