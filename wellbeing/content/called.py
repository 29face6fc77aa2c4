"""Helplines that somebody tried: the day is written down beside each number that is offered."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from wellbeing.content.checks import PLAIN
from wellbeing.content.editing import lock, say
from wellbeing.content.entries import Entry, every
from wellbeing.content.kinds import KINDS
from wellbeing.models.content import Origin

KIND = "helpline"


def offered(session: Session) -> list[Entry]:
    """Return the helplines that people are shown."""
    return [entry for entry in every(session, KIND) if entry.offered]


def keep(session: Session, day: date, now: datetime) -> None:
    """Write down that every helpline on offer was tried on a day. Does not commit."""
    lock(session)
    for entry in offered(session):
        plain = {**entry.words.get(PLAIN, {}), "checked": day.isoformat()}
        words = {where: dict(part) for where, part in entry.words.items()} | {PLAIN: plain}
        say(session, KINDS[KIND], entry.key, words, Origin.SITE, now)
