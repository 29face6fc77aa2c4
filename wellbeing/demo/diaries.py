"""Two people of the made-up dealership keep a diary, so that My days has something to show."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.diary import keeping, opening
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.accounts import Person

# Both sign in with the demo's password, which opens their diaries. Nobody is told the recovery codes.
OWNERS = ("staff", "manager")
WRITER = "staff"
# How long ago, and what was written down then.
NOTES = (
    (
        timedelta(days=16, hours=4),
        "Third call about the same gearbox. I should have gone out for air sooner.",
    ),
    (timedelta(days=9, hours=20), "Walked round the block with a colleague after the loud one. That helped."),
    (timedelta(days=2, hours=6), "Quiet morning. Slept well, and lunch outside."),
)


def begin(session: Session, password: str) -> None:
    """Begin the diaries, before anybody says anything. Commits."""
    for person_id in session.scalars(_owners(OWNERS)).all():
        opening.begin(session, person_id, password)
    session.commit()


def _owners(logins: tuple[str, ...]) -> sa.Select[tuple[int]]:
    return sa.select(Person.id).where(Person.login.in_(logins)).order_by(Person.id)


def write_notes(session: Session, server_key: bytes, now: datetime) -> None:
    """Let one of them write some notes, as far back as notes are kept. Commits."""
    (writer,) = session.scalars(_owners((WRITER,))).all()
    notes = [Entry(Kind.NOTE, now - ago, now - ago, text=text) for ago, text in NOTES]
    keeping.keep(session.connection(), server_key, writer, notes)
    session.commit()
