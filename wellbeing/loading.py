"""Opens a backup of this or an earlier version in a scratch database, where everything in it is checked.

Nothing reaches the site's own database before a whole backup has been loaded, migrated and found sound here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from wellbeing import archive, copying, full_disk, portable, schema, tables
from wellbeing.archive import ArchiveBroken, Manifest
from wellbeing.backup import ANSWERS, MOMENTARY, BackupRefused, Written
from wellbeing.doctor import chains
from wellbeing.models.accounts import Person
from wellbeing.models.base import Base, db
from wellbeing.models.ledger import Block
from wellbeing.portable import NoSuchRow
from wellbeing.scratch import scratch


@dataclass(frozen=True)
class Loaded:
    """A backup that was found sound, as a database of this version, and its file."""

    connection: sa.Connection
    manifest: Manifest
    file: ZipFile

    def count(self, table: type[Base]) -> int:
        """Return how many rows a table has."""
        query = sa.select(sa.func.count()).select_from(table)
        return int(self.connection.execute(query).scalar_one())


@contextmanager
def loaded(path: Path) -> Iterator[Loaded]:
    """Yield a backup loaded into a scratch database; raise BackupRefused with the reason in a sentence."""
    with _in_sentences(), archive.opened(path) as found, scratch() as engine, engine.connect() as connection:
        manifest = archive.read_manifest(found)
        with connection.begin():
            _load(connection, found, manifest)
        yield Loaded(connection, manifest, found)


@contextmanager
def _in_sentences() -> Iterator[None]:
    try:
        yield
    except (ArchiveBroken, NoSuchRow) as error:
        raise BackupRefused(f"{error} Nothing was restored.") from None
    except DBAPIError as error:
        if full_disk.is_full(error):
            raise
        why = type(error.orig).__name__
        raise BackupRefused(
            f"The database took not all of the backup ({why}). Nothing was restored."
        ) from None


def _load(connection: sa.Connection, found: ZipFile, manifest: Manifest) -> None:
    _make_tables(connection, manifest)
    standing = tables.standing(connection)
    _check_tables(standing, manifest)
    for table in standing:
        if table.name in manifest.members:
            _fill(connection, table, found, manifest)
    _bring_up_to_date(connection, manifest)
    for name, position in chains.broken(connection).items():
        raise BackupRefused(
            f"The {name} in this backup is broken at block {position}: it was changed after its release. "
            "Nothing was restored."
        )


def _bring_up_to_date(connection: sa.Connection, manifest: Manifest) -> None:
    if manifest.revision == schema.newest():
        return
    try:
        schema.migrate(connection)
    except DBAPIError as error:
        why = type(error.orig).__name__
        raise BackupRefused(
            f"Its tables could not be brought to this version ({why}). Nothing was restored."
        ) from None


def _make_tables(connection: sa.Connection, manifest: Manifest) -> None:
    if not schema.knows(manifest.revision):
        raise BackupRefused(
            f"This backup's tables are of another version of Second Wind ({manifest.version}, schema "
            f"{manifest.revision}), which this version does not know: install that version or a newer one, "
            "then restore it there. Nothing was restored."
        )
    if manifest.revision == schema.newest():
        db.metadata.create_all(connection)
    else:
        schema.migrate(connection, manifest.revision)


def _check_tables(standing: list[sa.Table], manifest: Manifest) -> None:
    needed = {table.name for table in standing} - (set() if manifest.with_pending else ANSWERS | MOMENTARY)
    if set(manifest.members) != needed:
        raise BackupRefused("This backup does not have the tables that it should. Nothing was restored.")


def _fill(connection: sa.Connection, table: sa.Table, found: ZipFile, manifest: Manifest) -> None:
    for batch in copying.batches(archive.read_member(found, table.name)):
        connection.execute(sa.insert(table), [portable.read(table, row) for row in batch])
    told = manifest.members[table.name].rows
    count = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    if told is not None and told != count:
        raise BackupRefused(f"{table.name}.jsonl has not as many rows as it should. Nothing was restored.")


def check(path: Path, written: Written) -> None:
    """Open a backup that was just written, and see that all of it is there; raise BackupRefused."""
    try:
        with loaded(path) as found:
            counts = (found.count(Person), found.count(Block), len(found.manifest.clips))
    except BackupRefused as refused:
        why = str(refused).removesuffix(" Nothing was restored.")
        raise BackupRefused(f"The backup was opened again and thrown away. {why}") from None
    if counts != (written.people, written.blocks, written.clips):
        raise BackupRefused("The backup does not hold what was written into it. It was thrown away.")
