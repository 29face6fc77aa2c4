"""Takes a backup up in an empty database: all or nothing, chains whole, and keys for open epochs (R15)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import sqlalchemy as sa
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from sqlalchemy.exc import DBAPIError

from wellbeing import archive, keys, portable
from wellbeing.archive import ArchiveBroken, Manifest
from wellbeing.backup import ANSWERS, BATCH, MOMENTARY, BackupRefused, revision, tables
from wellbeing.disclosure import checkup_ledger, detail_ledger, ledger
from wellbeing.models.accounts import Person
from wellbeing.models.checkup import Quarter, QuarterKey
from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Block, Tick
from wellbeing.portable import NoSuchRow


@dataclass(frozen=True)
class Restored:
    """What was taken up, and from which hour it is."""

    people: int
    blocks: int
    hour: str
    with_pending: bool


def restore(engine: sa.Engine, server_key: bytes, path: Path) -> Restored:
    """Fill an empty, migrated database from a backup, in one transaction; raise BackupRefused."""
    try:
        with archive.opened(path) as found:
            manifest = archive.read_manifest(found)
            with engine.begin() as connection:
                return _restore(connection, server_key, found, manifest)
    except (ArchiveBroken, NoSuchRow) as error:
        raise BackupRefused(f"{error} Nothing was restored.") from None
    except DBAPIError as error:
        why = type(error.orig).__name__
        raise BackupRefused(
            f"The database took not all of the backup ({why}). Nothing was restored."
        ) from None


def _restore(connection: sa.Connection, server_key: bytes, found: ZipFile, manifest: Manifest) -> Restored:
    _check_fit(connection, manifest)
    for table in tables():
        if table.name in manifest.members:
            _fill(connection, table, archive.read_member(found, table.name), manifest)
    _give_keys(connection, server_key)
    _give_checkup_keys(connection, server_key)
    _go_on_counting(connection)
    _check_chains(connection)
    people, blocks = (_count(connection, table) for table in (Person, Block))
    return Restored(people, blocks, manifest.hour, manifest.with_pending)


def _check_fit(connection: sa.Connection, manifest: Manifest) -> None:
    if manifest.revision != revision(connection):
        raise BackupRefused(
            f"This backup's tables are of another version of Second Wind ({manifest.version}, schema "
            f"{manifest.revision}). Restore it there, then move on. Nothing was restored."
        )
    needed = {table.name for table in tables()} - (set() if manifest.with_pending else ANSWERS | MOMENTARY)
    if set(manifest.members) != needed:
        raise BackupRefused("This backup does not have the tables that it should. Nothing was restored.")
    if any(_count(connection, table) for table in tables()):
        raise BackupRefused(
            "A backup can only be restored into an empty database, and there is a site in this one. "
            "Nothing was restored."
        )


def _count(connection: sa.Connection, table: type | sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _fill(
    connection: sa.Connection, table: sa.Table, rows: Iterator[archive.Row], manifest: Manifest
) -> None:
    for batch in _batches(rows):
        connection.execute(sa.insert(table), [portable.read(table, row) for row in batch])
    told = manifest.members[table.name].rows
    if told is not None and told != _count(connection, table):
        raise BackupRefused(f"{table.name}.jsonl has not as many rows as it should. Nothing was restored.")


def _batches(rows: Iterable[archive.Row]) -> Iterator[list[archive.Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _give_keys(connection: sa.Connection, server_key: bytes) -> None:
    """Give each epoch whose tick is to come a key: a backup leaves them out, and check-ins must go on."""
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    to_come = sa.select(Epoch.id, Epoch.wrapped_key).where(~ran)
    for epoch_id, wrapped in connection.execute(to_come).tuples().all():
        if wrapped is not None:
            _check_key(server_key, wrapped)
            continue
        fresh = keys.wrapped(server_key, keys.new_key())
        connection.execute(sa.update(Epoch).where(Epoch.id == epoch_id).values(wrapped_key=fresh))


def _give_checkup_keys(connection: sa.Connection, server_key: bytes) -> None:
    """Give each check-up that is not released a key, in the same way and for the same reason."""
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


def _go_on_counting(connection: sa.Connection) -> None:
    """Let PostgreSQL's sequences go on after the numbers that were restored; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        column = table.autoincrement_column
        if column is not None:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.key}'), "  # noqa: S608
                f"coalesce(max({column.key}), 1), max({column.key}) IS NOT NULL) FROM {table.name}"
            )


def _check_chains(connection: sa.Connection) -> None:
    chains = (("ledger", ledger), ("detail ledger", detail_ledger), ("check-up ledger", checkup_ledger))
    for name, chain in chains:
        broken = chain.first_broken(connection)
        if broken is not None:
            raise BackupRefused(
                f"The {name} in this backup is broken at block {broken}: it was changed after its release. "
                "Nothing was restored."
            )
