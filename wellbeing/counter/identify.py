"""Whose PIN or badge is it: wrong tries count for a quarter of an hour, right ones leave no trace."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from wellbeing import badges, keys
from wellbeing.models.accounts import Person, PinFailure
from wellbeing.prepared import Prepared

TRIES_AT_ONE_TABLET = 5
TRIES_IN_ALL = 10
FAILURES_EXPIRE_AFTER = timedelta(minutes=15)


class Refusal(StrEnum):
    """Why a PIN, a badge or a code opened nothing."""

    WRONG = "pin_wrong"
    LOCKED = "pin_locked"
    BADGE_UNKNOWN = "badge_unknown"
    PIN_NEEDED = "pin_needed"


@dataclass(frozen=True)
class Known:
    """Somebody whose PIN was right, or whose badge was enough."""

    id: int
    name: str
    counts_from: date | None


_recent = sa.select(sa.func.count()).where(
    PinFailure.person_id == sa.bindparam("person"), PinFailure.at > sa.bindparam("since")
)
# Not by a lock on the person's row: it would leave the transaction's number there, and so name the author of
# the answer written with it.
_ONE_BY_ONE = sa.text("SELECT pg_advisory_xact_lock(:person)")
_PERSON = Prepared(
    sa.select(
        Person.id,
        Person.name,
        Person.pin_mac,
        Person.counts_from,
        _recent.scalar_subquery().label("everywhere"),
        _recent.where(PinFailure.tablet_id == sa.bindparam("tablet")).scalar_subquery().label("here"),
    ).where(Person.id == sa.bindparam("person"), Person.active)
)


def known(
    connection: sa.Connection, pepper: bytes, tablet_id: int, person_id: int, pin: str, now: datetime
) -> Known | Refusal:
    """Return who this is, or why not; a wrong try is written down within the caller's transaction.

    Five wrong tries at one tablet, or ten anywhere, lock a person out until the first of them is a quarter
    of an hour old. An unknown person is refused like a wrong PIN.
    """
    found = {"person": person_id, "tablet": tablet_id, "since": now - FAILURES_EXPIRE_AFTER}
    one_by_one(connection, person_id)
    person = _PERSON.one(connection, **found)
    tried = keys.pin_mac(pepper, person_id, pin)
    if person is None:
        return Refusal.WRONG
    if _locked(person):
        return Refusal.LOCKED
    if hmac.compare_digest(person.pin_mac or bytes(keys.KEY_BYTES), tried):
        return Known(person.id, person.name, person.counts_from)
    connection.execute(sa.insert(PinFailure), {"person_id": person_id, "tablet_id": tablet_id, "at": now})
    return Refusal.WRONG


def _locked(person: Any) -> bool:
    return bool(person.here >= TRIES_AT_ONE_TABLET or person.everywhere >= TRIES_IN_ALL)


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
    since = now - FAILURES_EXPIRE_AFTER
    person = _PERSON.one(connection, person=person_id, tablet=tablet_id, since=since)
    if person is None:  # Erased in this very moment.
        return Refusal.BADGE_UNKNOWN
    return Refusal.LOCKED if _locked(person) else Known(person.id, person.name, person.counts_from)


def one_by_one(connection: sa.Connection, person_id: int) -> None:
    """Let what concerns one person happen one after the other, on PostgreSQL as SQLite does by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_BY_ONE, {"person": person_id})


def forget_old_failures(connection: sa.Connection, now: datetime) -> None:
    """Delete wrong tries that no longer count."""
    connection.execute(sa.delete(PinFailure).where(PinFailure.at <= now - FAILURES_EXPIRE_AFTER))
