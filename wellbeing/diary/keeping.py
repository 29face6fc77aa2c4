"""Adding to a diary, for which nobody needs to be able to read it; the only writer of its entries."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.diary import sealing
from wellbeing.diary.entry import NOTHING, Entry, Kind, written
from wellbeing.models.accounts import SignIn
from wellbeing.models.diary import DiaryEntry, DiaryKey, DiaryOpened, Passkey
from wellbeing.prepared import Prepared, adding
from wellbeing.storage import one_by_one

# A diary's length must not be somebody's number of answers. One or two empty ones beside each entry would
# hide little, because chance evens out; so one entry in eight has company, and then of up to sixteen.
COMPANY_IN, MOST_COMPANY = 8, 16

_KEY = Prepared(
    sa.select(DiaryKey.public_key, DiaryKey.paused, DiaryKey.kept_days, DiaryKey.note_days).where(
        DiaryKey.person_id == sa.bindparam("person")
    )
)
_ADD = adding(DiaryEntry.__table__)


def add(connection: sa.Connection, server_key: bytes, person_id: int, entries: Iterable[Entry]) -> None:
    """Keep what its owner writes or loads themselves, within the caller's transaction.

    Where the diary is begun anew in this moment, that comes first: what is sealed to a key that is gone
    nobody can open, and no page with it.
    """
    one_by_one(connection, person_id)
    keep(connection, server_key, person_id, entries)


def keep(
    connection: sa.Connection, server_key: bytes, person_id: int, entries: Iterable[Entry]
) -> list[bytes]:
    """Seal entries into somebody's diary and return their ids, within the caller's transaction.

    The ids of empty ones are not among them: those stay when an entry is taken out again. Nothing is written
    for somebody who has no diary. While it is paused, only what its owner writes or loads there themselves is
    kept.
    """
    key = _KEY.one(connection, person=person_id)
    if key is None:
        return []
    owner = keys.diary_owner(server_key, person_id)
    kept = [entry for entry in entries if not key.paused or entry.kind in (Kind.NOTE, Kind.IMPORTED)]
    return [_keep(connection, owner, key, entry) for entry in kept]


def _keep(connection: sa.Connection, owner: bytes, key: sa.Row, entry: Entry) -> bytes:
    days = key.note_days if entry.kind is Kind.NOTE else key.kept_days
    expires = month_of_expiry(entry.entered_at, days)
    company = 0 if entry.kind is Kind.IMPORTED else _company()
    ids = [keys.new_id() for _ in range(1 + company)]
    for row_id, content in zip(ids, [written(entry), *[NOTHING] * (len(ids) - 1)], strict=True):
        row = {"owner": owner, "sealed": sealing.sealed(key.public_key, content), "expires": expires}
        _ADD.run(connection, id=row_id, **row)
    return ids[0]


def _company() -> int:
    """Draw how many empty ones stand beside an entry."""
    return secrets.randbelow(MOST_COMPANY + 1) if secrets.randbelow(COMPANY_IN) == 0 else 0


def month_of_expiry(entered_at: datetime, days: int) -> date:
    """Return the first day of the month in which an entry's days are over; at that month's end it goes."""
    return (entered_at + timedelta(days=days)).date().replace(day=1)


def forget_old(connection: sa.Connection, today: date) -> int:
    """Delete the entries of months that are over, empty ones too, and return how many."""
    over = sa.delete(DiaryEntry).where(DiaryEntry.expires < today.replace(day=1))
    return int(connection.execute(over).rowcount)


def forget(connection: sa.Connection, server_key: bytes, person_id: int) -> None:
    """Delete all of somebody's entries, and their diary's key wherever it stands wrapped.

    An act of theirs in this very moment comes first: what it sealed to a key that is gone would stay, and
    nobody could open it.
    """
    one_by_one(connection, person_id)
    owner = keys.diary_owner(server_key, person_id)
    connection.execute(sa.delete(DiaryEntry).where(DiaryEntry.owner == owner))
    connection.execute(sa.delete(DiaryKey).where(DiaryKey.person_id == person_id))
    browsers = sa.select(SignIn.token_mac).where(SignIn.person_id == person_id)
    connection.execute(sa.delete(DiaryOpened).where(DiaryOpened.token_mac.in_(browsers)))
    connection.execute(sa.update(Passkey).where(Passkey.person_id == person_id).values(by_passkey=None))


def drop(connection: sa.Connection, ids: Iterable[bytes]) -> None:
    """Delete single rows."""
    connection.execute(sa.delete(DiaryEntry).where(DiaryEntry.id.in_(list(ids))))
