"""Whose PIN is it: wrong tries count for a quarter of an hour, right ones leave no trace."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.models.accounts import Person, PinFailure

TRIES_AT_ONE_TABLET = 5
TRIES_IN_ALL = 10
FAILURES_EXPIRE_AFTER = timedelta(minutes=15)


class Refusal(StrEnum):
    """Why a PIN or a code opened nothing."""

    WRONG = "pin_wrong"
    LOCKED = "pin_locked"


@dataclass(frozen=True)
class Known:
    """Somebody whose PIN was right."""

    id: int
    name: str
    counts_from: date | None


_recent = PinFailure.at > sa.bindparam("since")
_FAILURES = sa.select(
    sa.func.count().label("everywhere"),
    sa.func.count().filter(PinFailure.tablet_id == sa.bindparam("tablet")).label("here"),
).where(PinFailure.person_id == sa.bindparam("person"), _recent)
_PERSON = sa.select(Person.id, Person.name, Person.pin_mac, Person.counts_from).where(
    Person.id == sa.bindparam("person"), Person.active
)


def known(
    connection: sa.Connection, pepper: bytes, tablet_id: int, person_id: int, pin: str, now: datetime
) -> Known | Refusal:
    """Return who this is, or why not; a wrong try is written down within the caller's transaction.

    Five wrong tries at one tablet, or ten anywhere, lock a person out until the first of them is a quarter
    of an hour old. An unknown person is refused like a wrong PIN.
    """
    person = connection.execute(_PERSON, {"person": person_id}).one_or_none()
    since = now - FAILURES_EXPIRE_AFTER
    tries = connection.execute(_FAILURES, {"person": person_id, "tablet": tablet_id, "since": since}).one()
    if tries.here >= TRIES_AT_ONE_TABLET or tries.everywhere >= TRIES_IN_ALL:
        return Refusal.LOCKED
    stored = person.pin_mac if person is not None and person.pin_mac is not None else bytes(keys.KEY_BYTES)
    right = hmac.compare_digest(stored, keys.pin_mac(pepper, person_id, pin))
    if person is not None and right:
        return Known(person.id, person.name, person.counts_from)
    if person is not None:
        failure = {"person_id": person_id, "tablet_id": tablet_id, "at": now}
        connection.execute(sa.insert(PinFailure), failure)
    return Refusal.WRONG


def forget_old_failures(connection: sa.Connection, now: datetime) -> None:
    """Delete wrong tries that no longer count."""
    connection.execute(sa.delete(PinFailure).where(PinFailure.at <= now - FAILURES_EXPIRE_AFTER))
