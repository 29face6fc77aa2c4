"""Beginning a diary, opening it with what its owner knows, and reading it."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import keys
from wellbeing.diary import agreements, entry, sealing, wraps
from wellbeing.diary.entry import Entry
from wellbeing.models.diary import DiaryEntry, DiaryKey

RECOVERY = "recovery"


@dataclass(frozen=True, repr=False)
class Begun:
    """A new diary: its private key, and the recovery code, which is told once and kept nowhere."""

    private: bytes
    recovery_code: str


@dataclass(frozen=True, repr=False)
class Found:
    """An entry as it was read, with the id of its row, for whoever takes it away."""

    id: bytes
    entry: Entry


def diary_of(session: Session, person_id: int) -> DiaryKey | None:
    """Return what is known of somebody's diary without opening it; None where there is none."""
    return session.get(DiaryKey, person_id)


def begin(session: Session, person_id: int, password: str | None) -> Begun:
    """Begin a diary for somebody who has none, opened by a password if one is given. Does not commit."""
    pair, code = sealing.new_pair(), wraps.new_recovery_code()
    session.add(
        DiaryKey(
            person_id=person_id,
            public_key=pair.public,
            by_password=wraps.by_password(password, pair.private) if password else None,
            by_recovery=_by_code(code, pair.private),
            agreed_version=agreements.newest().number,
        )
    )
    session.flush()
    return Begun(pair.private, code)


def _by_code(code: str, private: bytes) -> bytes:
    return wraps.by_secret(wraps.recovery_secret(code) or b"", RECOVERY, private)


class Wrapped(Protocol):
    """A diary's private key as it is stored, or that there is no diary: then both are None."""

    @property
    def by_password(self) -> bytes | None:
        """Wrapped by the password; None where none opens it any more."""

    @property
    def by_recovery(self) -> bytes | None:
        """Wrapped by the recovery code."""


def with_password(diary: Wrapped, password: str) -> bytes:
    """Return a diary's private key; raise WrongSecret.

    Where no password opens it, or there is none, it takes as long to say no.
    """
    return wraps.with_password(password, diary.by_password or _nobodys())


@cache
def _nobodys() -> bytes:
    return wraps.by_password(secrets.token_urlsafe(), bytes(wraps.KEY_BYTES))


def with_recovery_code(diary: Wrapped, code: str) -> bytes:
    """Return a diary's private key; raise WrongSecret."""
    return wraps.with_secret(wraps.recovery_secret(code) or b"", RECOVERY, diary.by_recovery or b"")


def new_recovery_code(diary: DiaryKey, private: bytes) -> str:
    """Return a new recovery code for a diary; the one before opens nothing any more. Does not commit."""
    code = wraps.new_recovery_code()
    diary.by_recovery = _by_code(code, private)
    return code


def read(connection: sa.Connection, server_key: bytes, person_id: int, private: bytes) -> list[Found]:
    """Return somebody's entries, those that were felt first in front; empty ones are left out.

    Raises sealing.CannotOpen for a key that is not theirs, or where another stands in its place to seal to.
    """
    own_public_key(connection, person_id, private)
    owner = keys.diary_owner(server_key, person_id)
    rows = connection.execute(sa.select(DiaryEntry.id, DiaryEntry.sealed).where(DiaryEntry.owner == owner))
    return sorted(_opened(rows.tuples().all(), private), key=_when)


def own_public_key(connection: sa.Connection, person_id: int, private: bytes) -> bytes:
    """Return what somebody's entries are sealed to; raise sealing.CannotOpen if that is not their own key.

    Whoever put another there could read what comes in and seal it anew to the right one: all would open.
    """
    public = sealing.public_of(private)
    stored = sa.select(DiaryKey.public_key).where(DiaryKey.person_id == person_id)
    if connection.execute(stored).scalar_one_or_none() not in (public, None):
        raise sealing.CannotOpen
    return public


def _opened(rows: Iterable[tuple[bytes, bytes]], private: bytes) -> Iterator[Found]:
    reader = sealing.Reader(private)
    for row_id, box in rows:
        found = entry.read(reader.opened(box))
        if found is not None:
            yield Found(row_id, found)


def _when(found: Found) -> tuple:
    said = found.entry
    return (said.moment, said.entered_at, said.kind)
