"""For how long a diary is kept: its owner's choice, for entries and for notes apart."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.diary import opening, sealing
from wellbeing.diary.entry import NOTHING, Entry, Kind, read, written
from wellbeing.diary.keeping import month_of_expiry
from wellbeing.models.diary import DiaryEntry, DiaryKey
from wellbeing.storage import one_by_one

ENTRY_DAYS = (90, 180, 365, 1825)
NOTE_DAYS = (30, 90, 180)


class DaysRefused(Exception):
    """A number of days that is not offered."""


@dataclass(frozen=True, repr=False)
class _Opened:
    """A row, opened: its entry, or None for an empty one."""

    entry: Entry | None
    expires: date


def change_days(
    connection: sa.Connection,
    server_key: bytes,
    person_id: int,
    private: bytes,
    kept_days: int,
    note_days: int,
) -> None:
    """Keep somebody's entries and notes for another number of days, past ones too; in one transaction.

    All is sealed anew under new ids: month against month, row by row, would tell the day of an entry. What is
    too old for the new number goes with the next job. Raises DaysRefused, and sealing.CannotOpen for a key
    that is not theirs, with nothing changed.
    """
    if kept_days not in ENTRY_DAYS or note_days not in NOTE_DAYS:
        raise DaysRefused
    public = _own_key(connection, person_id, private)
    owner = keys.diary_owner(server_key, person_id)
    opened = _take_out(connection, owner, private)
    mine = sa.update(DiaryKey).where(DiaryKey.person_id == person_id)
    connection.execute(mine.values(kept_days=kept_days, note_days=note_days))
    rows: list[dict[str, Any]] = [
        {"id": keys.new_id(), "owner": owner, "sealed": sealing.sealed(public, content), "expires": expires}
        for content, expires in _with_new_months(opened, kept_days, note_days)
    ]
    if rows:
        # Not the empty ones last: PostgreSQL keeps the order of writing until the next shuffle.
        connection.execute(sa.insert(DiaryEntry), sorted(rows, key=lambda row: row["id"]))


def _own_key(connection: sa.Connection, person_id: int, private: bytes) -> bytes:
    """Return the key to seal to, and let nobody else change this diary's days meanwhile.

    It is its owner's, and never just what stands in the database: all that was ever kept is sealed anew.
    """
    one_by_one(connection, person_id)
    mine = sa.select(DiaryKey.person_id).where(DiaryKey.person_id == person_id)
    connection.execute(mine.with_for_update()).scalar_one()
    return opening.own_public_key(connection, person_id, private)


def _take_out(connection: sa.Connection, owner: bytes, private: bytes) -> list[_Opened]:
    """Open all rows and delete them; an undo that comes now waits, and then finds none of them."""
    mine = sa.select(DiaryEntry.id, DiaryEntry.sealed, DiaryEntry.expires).where(DiaryEntry.owner == owner)
    rows = connection.execute(mine.with_for_update()).all()
    reader = sealing.Reader(private)
    opened = [_Opened(read(reader.opened(row.sealed)), row.expires) for row in rows]
    # Those that were read, and no other: an act of this moment adds one that stays as it is.
    gone = sa.delete(DiaryEntry).where(DiaryEntry.id == sa.bindparam("row"))
    if rows:
        connection.execute(gone, [{"row": row.id} for row in rows])
    return opened


def _with_new_months(
    opened: Sequence[_Opened], kept_days: int, note_days: int
) -> Iterator[tuple[bytes, date]]:
    """Yield what to seal and its new month.

    There are as many empty ones as before, because other numbers, time after time, would tell how many are
    not empty. Each goes with some entry of its old month, or stays where there is none.
    """
    by_old_month: dict[date, list[date]] = {}
    for row in opened:
        if row.entry is not None:
            days = note_days if row.entry.kind is Kind.NOTE else kept_days
            expires = month_of_expiry(row.entry.entered_at, days)
            by_old_month.setdefault(row.expires, []).append(expires)
            yield written(row.entry), expires
    for row in opened:
        if row.entry is None:
            yield NOTHING, secrets.choice(by_old_month.get(row.expires, [row.expires]))
