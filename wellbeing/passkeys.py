"""Passkeys to sign in with, and to open a diary with where the browser can: made, used, named, removed."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing import keys, passkey_answers, site
from wellbeing.diary import sealing, wraps
from wellbeing.models.accounts import Person
from wellbeing.models.diary import DiaryKey, Passkey, PasskeyChallenge
from wellbeing.passkey_answers import ALGORITHMS, Made, Party, Used, text_of
from wellbeing.passkey_refusals import PasskeyRefused, Refusal

WAITS = timedelta(minutes=5)
CHALLENGE_BYTES = 32
MOST = 10
# Anybody may ask, so more than these make the oldest go.
MOST_CHALLENGES = 5000
PURPOSE = "passkey"
# What every passkey is asked for a secret with. The answers differ all the same, because each passkey has a
# key of its own for it; and whoever signs in has not said yet which passkey it will be.
SALT = hashlib.sha256(b"second wind: diary").digest()


class TooMany(Exception):
    """Somebody has as many passkeys as there may be."""


class KnownAlready(Exception):
    """This passkey was added before."""


class OnlyWayIn(Exception):
    """Without this passkey, and with no password, its owner could not sign in any more."""


def ask(session: Session, now: datetime) -> bytes:
    """Return a new challenge, good for one answer within five minutes. Commits."""
    forget_old(session.connection(), now)
    _make_room(session.connection())
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    session.add(PasskeyChallenge(challenge=challenge, expires_at=now + WAITS))
    session.commit()
    return challenge


def _make_room(connection: sa.Connection) -> None:
    newest = sa.select(PasskeyChallenge.challenge).order_by(PasskeyChallenge.expires_at.desc())
    too_old = newest.limit(MOST_CHALLENGES).offset(MOST_CHALLENGES - 1)
    connection.execute(sa.delete(PasskeyChallenge).where(PasskeyChallenge.challenge.in_(too_old)))


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete the challenges that nobody answered in time."""
    connection.execute(sa.delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now))


def take(session: Session, challenge: bytes, now: datetime) -> None:
    """Use a challenge up; raise PasskeyRefused where it was used, is over or never was. Commits."""
    waits = sa.delete(PasskeyChallenge).where(
        PasskeyChallenge.challenge == challenge, PasskeyChallenge.expires_at > now
    )
    found = session.execute(waits.returning(PasskeyChallenge.challenge)).all()
    session.commit()
    if not found:
        raise PasskeyRefused(Refusal.OVER)


def to_make(session: Session, party: Party, person: Person, challenge: bytes) -> dict[str, Any]:
    """Return what a browser needs to make a passkey; raise TooMany."""
    mine = of_person(session, person.id)
    if len(mine) >= MOST:
        raise TooMany
    return {
        "challenge": text_of(challenge),
        "rp": {"id": party.name, "name": "Second Wind"},
        "user": {"id": text_of(_handle(person.id)), "name": person.name, "displayName": person.name},
        "pubKeyCredParams": [{"type": "public-key", "alg": number} for number in ALGORITHMS],
        "excludeCredentials": _named(mine),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
        **_asked(),
    }


def _handle(person_id: int) -> bytes:
    """Return what a passkey keeps of its owner: the same each time, and meaning nothing elsewhere."""
    return keys.text_mac(site.config().secrets.pin_pepper, "passkey", str(person_id))


def _named(passkeys: Sequence[Passkey]) -> list[dict[str, str]]:
    return [{"type": "public-key", "id": text_of(passkey.credential_id)} for passkey in passkeys]


def _asked() -> dict[str, Any]:
    return {
        "timeout": int(WAITS / timedelta(milliseconds=1)),
        "extensions": {"prf": {"eval": {"first": text_of(SALT)}}},
    }


def to_use(party: Party, challenge: bytes, mine: Sequence[Passkey] = ()) -> dict[str, Any]:
    """Return what a browser needs to use one of some passkeys, or any that it finds for this site."""
    return {
        "challenge": text_of(challenge),
        "rpId": party.name,
        "allowCredentials": _named(mine),
        "userVerification": "required",
        **_asked(),
    }


def of_person(session: Session, person_id: int) -> list[Passkey]:
    """Return somebody's passkeys, in the order of their making."""
    query = sa.select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)
    return list(session.scalars(query))


def add(session: Session, person_id: int, name: str, made: Made, today: date) -> Passkey:
    """Keep a new passkey; raise KnownAlready. Does not commit."""
    passkey = Passkey(
        person_id=person_id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        made_on=today,
    )
    session.add(passkey)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise KnownAlready from None
    return passkey


def use(
    session: Session, party: Party, challenge: bytes, answer: object, person_id: int | None = None
) -> tuple[Passkey, Used]:
    """Return which passkey answered rightly, and what; of one person's only, if given. Does not commit.

    Raises PasskeyRefused. Its row is locked until the end: two answers cannot both be the next by its count.
    """
    claimed = passkey_answers.credential_id(answer)
    query = sa.select(Passkey).where(Passkey.credential_id == claimed)
    if person_id is not None:
        query = query.where(Passkey.person_id == person_id)
    passkey = session.scalars(query.with_for_update()).one_or_none()
    if passkey is None:
        raise PasskeyRefused(Refusal.UNKNOWN)
    found = passkey_answers.used(party, challenge, answer, passkey.public_key, passkey.sign_count)
    passkey.sign_count = found.sign_count
    return passkey, found


def rename(session: Session, person_id: int, passkey_id: int, name: str) -> bool:
    """Call one of somebody's passkeys otherwise, and tell whether it is theirs. Commits."""
    mine = sa.update(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == person_id)
    done = session.execute(mine.values(name=name).returning(Passkey.id)).all()
    session.commit()
    return bool(done)


def remove(session: Session, person_id: int, passkey_id: int) -> bool:
    """Delete one of somebody's passkeys, and tell whether it was theirs; raise OnlyWayIn. Commits."""
    person = session.get_one(Person, person_id, with_for_update=True)
    mine = of_person(session, person_id)
    gone = next((passkey for passkey in mine if passkey.id == passkey_id), None)
    if gone is not None:
        if len(mine) == 1 and person.password_hash is None:
            raise OnlyWayIn
        session.delete(gone)
    session.commit()
    return gone is not None


def let_open(passkey: Passkey, secret: bytes, private: bytes) -> None:
    """Let a passkey's secret open its owner's diary from now on. Does not commit."""
    passkey.by_passkey = wraps.by_secret(secret, PURPOSE, private)


def private_key(session: Session, passkey: Passkey, secret: bytes | None) -> bytes | None:
    """Return the private key of the diary that a passkey's secret opens; None where it opens none."""
    diary = session.get(DiaryKey, passkey.person_id)
    if secret is None or diary is None or passkey.by_passkey is None:
        return None
    try:
        private = wraps.with_secret(secret, PURPOSE, passkey.by_passkey)
    except wraps.WrongSecret:
        return None
    return private if sealing.public_of(private) == diary.public_key else None
