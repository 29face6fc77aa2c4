"""Whose PIN or badge is it: wrong tries count for a quarter of an hour and a day, right ones leave none."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from wellbeing import badges, keys, phones
from wellbeing.models.accounts import Person, PinFailure
from wellbeing.phones import PhoneFacts
from wellbeing.prepared import Prepared
from wellbeing.storage import one_by_one

TRIES_AT_ONE_TABLET = 5
TRIES_IN_ALL = 10
# At ten in a quarter of an hour, a PIN of four digits would be found within days. More than anybody mistypes.
TRIES_A_DAY = 30
WINDOW, DAY = timedelta(minutes=15), timedelta(days=1)


class Refusal(StrEnum):
    """Why a PIN, a badge, a code or an own phone opened nothing."""

    WRONG = "pin_wrong"
    LOCKED = "pin_locked"
    LOCKED_FOR_A_DAY = "pin_locked_today"
    BADGE_UNKNOWN = "badge_unknown"
    PIN_NEEDED = "pin_needed"
    PHONE_UNKNOWN = "phone_unknown"


@dataclass(frozen=True)
class Known:
    """Somebody whose PIN was right, or whose badge or own phone was enough."""

    id: int
    name: str
    counts_from: date | None


_recent = sa.select(sa.func.count()).where(
    PinFailure.person_id == sa.bindparam("person"), PinFailure.at > sa.bindparam("since")
)
_today = sa.select(sa.func.count()).where(
    PinFailure.person_id == sa.bindparam("person"), PinFailure.at > sa.bindparam("yesterday")
)
_PERSON = Prepared(
    sa.select(
        Person.id,
        Person.name,
        Person.pin_mac,
        Person.counts_from,
        _recent.scalar_subquery().label("everywhere"),
        _recent.where(PinFailure.tablet_id == sa.bindparam("tablet")).scalar_subquery().label("here"),
        _today.scalar_subquery().label("today"),
    ).where(Person.id == sa.bindparam("person"), Person.active)
)


def known(
    connection: sa.Connection, pepper: bytes, tablet_id: int, person_id: int, pin: str, now: datetime
) -> Known | Refusal:
    """Return who this is, or why not; a wrong try is written down within the caller's transaction.

    Five wrong tries at one tablet, or ten anywhere, lock a person out until the first of them is a quarter
    of an hour old; thirty until the first is a day old, or a code has made a new PIN. An unknown person is
    refused like a wrong PIN.
    """
    one_by_one(connection, person_id)
    person = _person(connection, tablet_id, person_id, now)
    tried = keys.pin_mac(pepper, person_id, pin)
    if person is None:
        return Refusal.WRONG
    if locked := _locked(person):
        return locked
    if hmac.compare_digest(person.pin_mac or bytes(keys.KEY_BYTES), tried):
        return Known(person.id, person.name, person.counts_from)
    connection.execute(sa.insert(PinFailure), {"person_id": person_id, "tablet_id": tablet_id, "at": now})
    return Refusal.WRONG


def _person(connection: sa.Connection, tablet_id: int, person_id: int, now: datetime) -> Any:
    moments = {"since": now - WINDOW, "yesterday": now - DAY}
    return _PERSON.one(connection, person=person_id, tablet=tablet_id, **moments)


def _locked(person: Any) -> Refusal | None:
    if person.today >= TRIES_A_DAY:
        return Refusal.LOCKED_FOR_A_DAY
    return Refusal.LOCKED if person.here >= TRIES_AT_ONE_TABLET or person.everywhere >= TRIES_IN_ALL else None


def known_by_badge(
    connection: sa.Connection, pepper: bytes, tablet_id: int, badge: str, pin: str | None, now: datetime
) -> Known | Refusal:
    """Return whose badge this is, or why it opens nothing; with a PIN, the PIN is judged like any other.

    Without one, the badge is enough only where the site says so, and not while its owner is locked out.
    """
    owner = badges.find(connection, pepper, badge)
    if owner is None:
        return Refusal.BADGE_UNKNOWN
    if pin is not None:
        return known(connection, pepper, tablet_id, owner.id, pin, now)
    if not owner.alone:
        return Refusal.PIN_NEEDED
    return _by_badge_alone(connection, tablet_id, owner.id, now)


def _by_badge_alone(
    connection: sa.Connection, tablet_id: int, person_id: int, now: datetime
) -> Known | Refusal:
    one_by_one(connection, person_id)
    person = _person(connection, tablet_id, person_id, now)
    if person is None:  # Erased in this very moment.
        return Refusal.BADGE_UNKNOWN
    return _locked(person) or Known(person.id, person.name, person.counts_from)


def known_by_phone(connection: sa.Connection, token: str) -> PhoneFacts | None:
    """Return the own phone of a token, its owner's affairs in order; None for one that is unknown."""
    phone = phones.phone_of(connection, token)
    if phone is None:
        return None
    one_by_one(connection, phone.person_id)
    # They may have removed it, or left, in this very moment.
    return phones.phone_of(connection, token)


def owner_of(phone: PhoneFacts) -> Known:
    """Return whose phone it is, as somebody whose PIN was right."""
    return Known(phone.person_id, phone.person, phone.counts_from)


def forget_old_failures(connection: sa.Connection, now: datetime) -> None:
    """Delete wrong tries that no longer count."""
    connection.execute(sa.delete(PinFailure).where(PinFailure.at <= now - DAY))
