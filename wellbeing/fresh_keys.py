"""Keys for what a backup leaves without: epochs and check-ups whose tick is to come (R15)."""

import sqlalchemy as sa
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from wellbeing import keys
from wellbeing.backup import BackupRefused
from wellbeing.models.accounts import Person
from wellbeing.models.checkup import Quarter, QuarterKey
from wellbeing.models.diary import DiaryEntry
from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Tick


def give(connection: sa.Connection, server_key: bytes) -> None:
    """Give each epoch and check-up that is not released a key, or see that the server can open its own.

    Raises BackupRefused where answers that wait were written under another SERVER_KEY.
    """
    _give_epochs(connection, server_key)
    _give_checkups(connection, server_key)


def _give_epochs(connection: sa.Connection, server_key: bytes) -> None:
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    to_come = sa.select(Epoch.id, Epoch.wrapped_key).where(~ran)
    for epoch_id, wrapped in connection.execute(to_come).tuples().all():
        if wrapped is not None:
            _check_key(server_key, wrapped)
            continue
        fresh = keys.wrapped(server_key, keys.new_key())
        connection.execute(sa.update(Epoch).where(Epoch.id == epoch_id).values(wrapped_key=fresh))


def _give_checkups(connection: sa.Connection, server_key: bytes) -> None:
    found = dict(connection.execute(sa.select(QuarterKey.quarter_id, QuarterKey.wrapped_key)).tuples().all())
    to_come = connection.execute(sa.select(Quarter.id).where(Quarter.released_on.is_(None))).scalars().all()
    for quarter_id in to_come:
        if quarter_id in found:
            _check_key(server_key, found[quarter_id])
            continue
        fresh = keys.wrapped(server_key, keys.new_key())
        connection.execute(sa.insert(QuarterKey).values(quarter_id=quarter_id, wrapped_key=fresh))


def _check_key(server_key: bytes, wrapped: bytes) -> None:
    try:
        keys.unwrapped(server_key, wrapped)
    except InvalidUnwrap:
        raise BackupRefused(
            "This backup holds answers that wait, and they were written under another SERVER_KEY: start with "
            "that key, or restore a backup without them. Nothing was restored."
        ) from None


def knows_diaries(connection: sa.Connection, server_key: bytes) -> bool:
    """Tell whether the diaries stand under names of this SERVER_KEY; with another, nobody finds theirs."""
    owners = set(connection.execute(sa.select(DiaryEntry.owner).distinct()).scalars())
    people = connection.execute(sa.select(Person.id)).scalars()
    return not owners or any(keys.diary_owner(server_key, person) in owners for person in people)
