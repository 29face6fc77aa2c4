"""Who was appointed to read what somebody sends by name; no role, and no part in any figure."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import codes
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ContactRequest, IncidentReport, Reader, ReaderOf


class StillWaiting(Exception):
    """The last reader cannot go while something waits to be read."""


class CannotRead(Exception):
    """Somebody without a sign-in of their own cannot read anything."""


def readers(reader: Session | sa.Connection, subject: ReaderOf) -> list[sa.Row]:
    """Return the id and name of everybody who reads something, by name."""
    query = sa.select(Person.id, Person.name).join(Reader, Reader.person_id == Person.id)
    query = query.where(Reader.subject == subject, Person.active, Person.login.is_not(None))
    return list(reader.execute(query.order_by(Person.name, Person.id)).all())


def reads(session: Session, person_id: int) -> set[ReaderOf]:
    """Return what somebody was appointed to read."""
    return set(session.scalars(sa.select(Reader.subject).where(Reader.person_id == person_id)))


def everybody(session: Session) -> set[int]:
    """Return the ids of all who were appointed to read anything."""
    return set(session.scalars(sa.select(Reader.person_id)))


def candidates(session: Session) -> list[Person]:
    """Return everybody who could be appointed: they work here, and have a sign-in of their own."""
    query = sa.select(Person).where(Person.active, Person.login.is_not(None))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def appoint(session: Session, subject: ReaderOf, person: Person) -> None:
    """Appoint somebody; once more changes nothing. Commits. Raises CannotRead.

    Codes of before open nothing any more: whoever made one may not read what is sent by name.
    """
    if not person.active or person.login is None:
        raise CannotRead
    if session.get(Reader, (subject, person.id)) is None:
        codes.withdraw(session, person.id)
        session.add(Reader(subject=subject, person_id=person.id))
    session.commit()


def dismiss(session: Session, subject: ReaderOf, person_id: int) -> None:
    """Take an appointment back. Commits. Raises StillWaiting where nobody would read what waits."""
    others = [row for row in readers(session, subject) if row.id != person_id]
    if not others and waits(session, subject):
        raise StillWaiting
    session.execute(sa.delete(Reader).where(Reader.subject == subject, Reader.person_id == person_id))
    session.commit()


def waits(session: Session, subject: ReaderOf) -> bool:
    """Tell whether a request is unanswered, or a report unread; not how many, and not whose."""
    return session.execute(_WAITING[subject].limit(1)).first() is not None


_WAITING = {
    ReaderOf.CONTACT: sa.select(ContactRequest.id).where(ContactRequest.answered_on.is_(None)),
    ReaderOf.INCIDENT: sa.select(IncidentReport.id).where(IncidentReport.read_on.is_(None)),
}
