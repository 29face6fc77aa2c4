"""A team's pledge: one line that it chose, and the names of those who said "I'm in"."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from wellbeing.floor import short_name
from wellbeing.models.accounts import Person
from wellbeing.models.talk import Pledge, Signature
from wellbeing.talk.posts import one_line
from wellbeing.ticks import Reader


@dataclass(frozen=True)
class Standing:
    """The pledge that stands, with who is in: ids and names as tiles show them, in the same order."""

    id: int
    text: str
    made_on: date
    people: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


def of_unit(reader: Reader, unit_id: int) -> Standing | None:
    """Return the pledge of a unit, or None where it has none."""
    newest = sa.select(Pledge.id, Pledge.text, Pledge.made_on).where(Pledge.unit_id == unit_id)
    row = reader.execute(newest.order_by(Pledge.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    signed = sa.select(Person.id, Person.name).join(Signature, Signature.person_id == Person.id)
    people = reader.execute(signed.where(Signature.pledge_id == row.id).order_by(Person.name)).all()
    ids, names = tuple(one.id for one in people), tuple(short_name(one.name) for one in people)
    return Standing(row.id, row.text, row.made_on, ids, names)


def make(reader: Reader, unit_id: int, typed: str, day: date) -> Standing:
    """Write a unit's pledge and return it; names stood under the old words, so they go with them.

    The same words again change nothing. Runs in the caller's transaction. Raises TalkRefused.
    """
    text, standing = one_line(typed), of_unit(reader, unit_id)
    if standing is not None and standing.text == text:
        return standing
    take_down(reader, unit_id)
    new = sa.insert(Pledge).values(unit_id=unit_id, text=text, made_on=day).returning(Pledge.id)
    return Standing(int(reader.execute(new).scalar_one()), text, day)


def take_down(reader: Reader, unit_id: int) -> None:
    """Take a unit's pledge off the wall, with the names under it."""
    quiet = {"synchronize_session": False}
    theirs = sa.select(Pledge.id).where(Pledge.unit_id == unit_id)
    reader.execute(sa.delete(Signature).where(Signature.pledge_id.in_(theirs)).execution_options(**quiet))
    reader.execute(sa.delete(Pledge).where(Pledge.unit_id == unit_id).execution_options(**quiet))


def join(reader: Reader, pledge: Standing, person_id: int) -> None:
    """Put somebody's name under a pledge, once; under one that was just taken down, nothing happens."""
    reader.execute(_SIGN, {"pledge": pledge.id, "person": person_id})


# As text, because each database has this by another name in SQLAlchemy: two taps at once are one name.
_SIGN = sa.text(
    "INSERT INTO pledge_signature (pledge_id, person_id)"
    " SELECT id, CAST(:person AS INTEGER) FROM pledge WHERE id = :pledge ON CONFLICT DO NOTHING"
)


def leave(reader: Reader, pledge: Standing, person_id: int) -> None:
    """Take somebody's name off a pledge."""
    mine = sa.delete(Signature).where(Signature.pledge_id == pledge.id, Signature.person_id == person_id)
    reader.execute(mine.execution_options(synchronize_session=False))
