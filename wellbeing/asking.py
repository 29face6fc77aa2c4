"""Asking to be contacted: by name and by choice, and only what was ticked is sent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.asking import ContactRequest

LONGEST_REACH, LONGEST_WORDS = 120, 240
WORKING_DAYS = 2
SATURDAY = 5
KEPT_AFTER_ANSWER = timedelta(days=30)


class NothingToGoBy(Exception):
    """Neither a name nor a way to reach somebody was ticked: nobody could answer."""


@dataclass(frozen=True)
class Ticked:
    """What somebody ticked; what is empty was not sent."""

    name: str = ""
    team: str = ""
    reach: str = ""
    words: str = ""


def of(reader: Session | sa.Connection, person_id: int, **ticked: object) -> Ticked:
    """Return what is ticked of somebody: name and team come from the roster, the rest as it was typed."""
    query = sa.select(Person.name, Unit.name.label("team")).join(Unit, Unit.id == Person.unit_id)
    row = reader.execute(query.where(Person.id == person_id)).one()
    return Ticked(
        name=row.name if ticked.get("name") else "",
        team=row.team if ticked.get("team") else "",
        reach=str(ticked.get("reach") or "").strip(),
        words=str(ticked.get("words") or "").strip(),
    )


def ask(connection: sa.Connection, person_id: int, ticked: Ticked, today: date) -> int:
    """Keep a request for its readers in the caller's transaction, and return its id. Raises NothingToGoBy."""
    if not ticked.name and not ticked.reach:
        raise NothingToGoBy
    row = {"person_id": person_id, "asked_on": today, **asdict(ticked)}
    asked = sa.insert(ContactRequest).values(row).returning(ContactRequest.id)
    return int(connection.execute(asked).scalar_one())


def undo(connection: sa.Connection, request_id: int) -> None:
    """Delete a request that nobody has answered yet, for whoever has just sent it."""
    waits = ContactRequest.answered_on.is_(None)
    connection.execute(sa.delete(ContactRequest).where(ContactRequest.id == request_id, waits))


def answer_by(asked_on: date) -> date:
    """Return the day until which an answer is promised: two working days later, Monday to Friday."""
    day, left = asked_on, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def own(session: Session, person_id: int) -> Sequence[ContactRequest]:
    """Return what somebody asked, the newest first."""
    mine = sa.select(ContactRequest).where(ContactRequest.person_id == person_id)
    return session.scalars(mine.order_by(ContactRequest.asked_on.desc(), ContactRequest.id.desc())).all()


def every(session: Session) -> Sequence[ContactRequest]:
    """Return all requests for their readers: those that wait first, the oldest on top."""
    order = (ContactRequest.answered_on.is_not(None), ContactRequest.asked_on, ContactRequest.id)
    return session.scalars(sa.select(ContactRequest).order_by(*order)).all()


def answer(session: Session, request_id: int, today: date) -> bool:
    """Mark a request as answered, and return whether it waited. Commits."""
    waits = sa.update(ContactRequest).where(
        ContactRequest.id == request_id, ContactRequest.answered_on.is_(None)
    )
    done = session.connection().execute(waits.values(answered_on=today)).rowcount == 1
    session.commit()
    return done


def take_back(session: Session, request_id: int, person_id: int) -> bool:
    """Delete somebody's own unanswered request, and return whether it was there. Commits."""
    mine = sa.delete(ContactRequest).where(
        ContactRequest.id == request_id,
        ContactRequest.person_id == person_id,
        ContactRequest.answered_on.is_(None),
    )
    done = session.connection().execute(mine).rowcount == 1
    session.commit()
    return done


def forget_old(connection: sa.Connection, today: date) -> None:
    """Delete requests that were answered thirty days ago or earlier."""
    old = ContactRequest.answered_on <= today - KEPT_AFTER_ANSWER
    connection.execute(sa.delete(ContactRequest).where(old))
