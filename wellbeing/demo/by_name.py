"""What made-up people sent by name: requests to be contacted, incident reports, and who reads them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import appointed, asking, incidents
from wellbeing.incidents import Told
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ReaderOf

READER, SENDER = "hr", "staff"


def send(session: Session, now: datetime, zone: ZoneInfo) -> None:
    """Appoint HR as the reader, and send what two people of one team had to say. Commits."""
    reader, sender = _of_login(session, READER), _of_login(session, SENDER)
    colleague = _colleague(session, sender)
    for subject in ReaderOf:
        appointed.appoint(session, subject, reader)
    _ask(session, sender, colleague, now, zone)
    _report(session, sender, colleague, now, zone)


def _of_login(session: Session, login: str) -> Person:
    return session.scalars(sa.select(Person).where(Person.login == login)).one()


def _colleague(session: Session, person: Person) -> Person:
    """Return somebody of the same team who has no sign-in of their own."""
    same = sa.select(Person).where(Person.unit_id == person.unit_id, Person.login.is_(None))
    return session.scalars(same.order_by(Person.id).limit(1)).one()


def _ask(session: Session, sender: Person, colleague: Person, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    asked = {
        sender.id: ({"name": True, "words": "Could we talk for ten minutes? Mornings are best."}, 9),
        colleague.id: ({"name": True, "team": True, "reach": "after my shift, at the back door"}, 1),
    }
    for person, (ticked, days) in asked.items():
        found = asking.of(session, person, **ticked)
        asking.ask(session.connection(), person, found, today - timedelta(days=days))
    session.commit()
    asking.answer(session, asking.own(session, sender.id)[0].id, today - timedelta(days=8))


def _report(session: Session, sender: Person, colleague: Person, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    first = Told(
        happened_on=today - timedelta(days=12),
        about_when="shortly before closing",
        whereabouts="at the service counter",
        what="The customer of an open job leaned over the desk, shouted that I was useless, and said they "
        "would wait for me outside. I went to the back office. They left after ten minutes.",
        kinds=("shouting", "insult", "threat"),
        hurt="Nobody was hurt. I slept badly.",
        witnesses="Reception heard it.",
        wish="That two of us hand over this car.",
    )
    second = Told(
        happened_on=today - timedelta(days=1),
        whereabouts="on the phone",
        what="Four calls within an hour, each with insults about where I come from. I ended the last one.",
        kinds=("insult", "remark", "online"),
        wish="That somebody else takes calls about this job.",
    )
    read = incidents.send(session, sender, first, now - timedelta(days=11))
    incidents.mark_read(session, read, today - timedelta(days=10))
    incidents.send(session, colleague, second, now - timedelta(hours=3))
