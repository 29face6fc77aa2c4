"""Own phones: set up while signed in, known by a token that records for its owner and reads nothing."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from wellbeing import keys, site
from wellbeing.models.accounts import Person
from wellbeing.models.diary import Phone
from wellbeing.prepared import Prepared

MOST = 10
# What browsers call themselves, by what stands in it; the list of one's phones needs no more.
KINDS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
OTHER = "Browser"


class TooManyPhones(ValueError):
    """Somebody has as many phones as anybody may have."""

    sentence = _l("You have ten phones here. Remove one that you no longer use, then set this one up.")


@dataclass(frozen=True)
class PhoneFacts:
    """The phone that speaks, whose it is, and the team in which what they hang up and ask for is seen."""

    id: int
    person_id: int
    unit_id: int
    person: str
    counts_from: date | None


def set_up(session: Session, person_id: int, browser: str, now: datetime) -> str:
    """Make the phone somebody holds their own and return its token, which is told once. Commits.

    ``browser`` is what its browser calls itself; only the kind is kept. Raises TooManyPhones.
    """
    if len(of_person(session, person_id)) >= MOST:
        raise TooManyPhones
    token = secrets.token_urlsafe(32)
    day = now.astimezone(site.zone()).date()
    session.add(Phone(person_id=person_id, name=kind_of(browser), token_mac=_mac(token), set_up_on=day))
    session.commit()
    return token


def kind_of(browser: str) -> str:
    """Return what kind of phone a browser's own description speaks of."""
    return next((kind for kind in KINDS if kind in browser), OTHER)


def of_person(session: Session, person_id: int) -> list[Phone]:
    """Return somebody's phones, the newest first."""
    newest = (Phone.set_up_on.desc(), Phone.id.desc())
    return list(session.scalars(sa.select(Phone).where(Phone.person_id == person_id).order_by(*newest)))


def remove(session: Session, person_id: int, phone_id: int) -> bool:
    """Refuse a phone's token from now on; False where somebody has no such phone. Commits."""
    theirs = sa.delete(Phone).where(Phone.id == phone_id, Phone.person_id == person_id)
    removed = session.connection().execute(theirs).rowcount == 1
    session.commit()
    return removed


def remove_all(session: Session, person_id: int) -> None:
    """Refuse the tokens of all of somebody's phones from now on. Does not commit."""
    session.execute(sa.delete(Phone).where(Phone.person_id == person_id))


_KNOWN = Prepared(
    sa.select(Phone.id, Phone.person_id, Person.unit_id, Person.name, Person.counts_from)
    .join(Person, Person.id == Phone.person_id)
    .where(Phone.token_mac == sa.bindparam("mac"), Person.active)
)


def phone_of(connection: sa.Connection, token: str) -> PhoneFacts | None:
    """Return the phone that speaks with a token, or None for one that is unknown or was removed."""
    found = _KNOWN.one(connection, mac=_mac(token))
    return PhoneFacts(*found) if found else None


def _mac(token: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "phone", token)
