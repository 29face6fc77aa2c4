"""Several people who come at once, noted one by one: each of them reads that they were added, and as what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wellbeing import audit, people
from wellbeing.audit import Act
from wellbeing.models.accounts import Person, Unit
from wellbeing.roster import NewPerson
from wellbeing.units import read_tree


def add(session: Session, new: Sequence[NewPerson], by: int | None, now: datetime) -> int:
    """Add people and the units that they need, note all of it and every role, and return how many. Commits.

    ``by`` is None for a command. Raises units.PathRefused.
    """
    known = {unit.id for unit in read_tree(session).units}
    made = people.place_people(session, new, now)
    audit.note(session, Act.PEOPLE_IMPORTED, by, now, facts={"added": len(made), "changed": 0})
    for unit in read_tree(session).units:
        if unit.id not in known:
            _note_unit(session, unit, by, now)
    for person in made:
        _note_person(session, person, by, now)
    session.commit()
    return len(made)


def _note_unit(session: Session, unit: Unit, by: int | None, now: datetime) -> None:
    facts = {"unit": unit.name, "parent": unit.parent.name if unit.parent else ""}
    audit.note(session, Act.UNIT_CREATED, by, now, unit_id=unit.id, facts=facts)


def _note_person(session: Session, person: Person, by: int | None, now: datetime) -> None:
    audit.note(session, Act.PERSON_ADDED, by, now, person_id=person.id, unit_id=person.unit_id)
    for grant in person.grants:
        facts = {"role": grant.role.value}
        audit.note(session, Act.ROLE_GIVEN, by, now, person_id=person.id, unit_id=grant.unit_id, facts=facts)
