"""Backups, portable between the databases: without the answers that wait, unless somebody insists (R15)."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import sqlalchemy as sa
from alembic.migration import MigrationContext

from wellbeing import archive, clock, keys, portable, shuffle
from wellbeing.archive import Manifest, Member
from wellbeing.models import accounts, every
from wellbeing.models.base import db
from wellbeing.storage import reading_only
from wellbeing.version import version

# Named here, so that every table is known whoever else was imported.
ROOMS = every.ROOMS
# What waits for a tick, with the count of ticks that it waited, the memory of running shifts and acts, and
# the keys that open what tablets have still to send.
ANSWERS = {
    *("pending", "pending_detail", "pending_spillover", "shift_state", "held_pool", "receipt", "tablet_key"),
    *("pending_checkup", "checkup_key"),
}
# What is over in minutes or days, and would come to life again: sign-ins, wrong tries, used codes, cover.
MOMENTARY = {"sign_in", "password_failure", "pin_failure", "one_time_code", "cover_request"}
BATCH = 1000
KEPT = timedelta(days=14)
ABANDONED = timedelta(days=1)

logger = logging.getLogger(__name__)


class BackupRefused(Exception):
    """A backup cannot be made or taken up; the text says why, in a sentence."""


@dataclass(frozen=True)
class Written:
    """What a backup holds."""

    path: Path
    people: int
    blocks: int


def tables() -> list[sa.Table]:
    """Return every table, each after those that it refers to."""
    return db.metadata.sorted_tables


def write(engine: sa.Engine, path: Path, with_pending: bool = False) -> Written:
    """Write a backup of one moment of the database to a new file that only its owner can read.

    Nothing half-written ever has the file's name. Raises BackupRefused, also where the file is there already.
    """
    shuffle.shuffle(engine)
    unfinished = path.with_name(f".{path.name}.{keys.new_id().hex()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            raise BackupRefused(f"{path} is there already; a backup overwrites nothing.")
        written = _write(engine, unfinished, path, with_pending)
        os.replace(unfinished, path)
    except OSError as error:
        raise BackupRefused(f"{path} cannot be written: {error.strerror}. No backup was made.") from None
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return written


def _write(engine: sa.Engine, unfinished: Path, path: Path, with_pending: bool) -> Written:
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with ZipFile(file, "w") as found, _one_moment(engine) as connection:
            members = _write_tables(found, connection, with_pending)
            archive.write_manifest(found, _manifest(connection, members, with_pending))
        file.flush()
        os.fsync(file.fileno())
    return Written(path, members["person"].rows or 0, members["block"].rows or 0)


@contextmanager
def _one_moment(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection that sees one state of the database, while others go on writing."""
    with reading_only(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        shuffle.keep_away(connection)
        yield connection


def _write_tables(found: ZipFile, connection: sa.Connection, with_pending: bool) -> dict[str, Member]:
    members = {}
    for table in tables():
        if with_pending or table.name not in ANSWERS | MOMENTARY:
            rows = _rows(connection, table, with_pending)
            member = archive.write_member(found, table.name, rows)
            members[table.name] = Member(member.sha256, None) if table.name in ANSWERS else member
    return members


def _rows(connection: sa.Connection, table: sa.Table, with_pending: bool) -> Iterator[archive.Row]:
    query = _parents_first() if table.name == "unit" else sa.select(table).order_by(*table.primary_key)
    for row in connection.execute(query.execution_options(yield_per=BATCH)).mappings():
        told = portable.told(dict(row))
        if table.name == "epoch" and not with_pending:
            told["wrapped_key"] = None
        yield told


def _parents_first() -> sa.Select:
    """Return all units from the organisation down: a merged unit can be older than its parent."""
    unit = accounts.Unit.__table__
    top = sa.select(unit.c.id, sa.literal(0).label("depth")).where(unit.c.parent_id.is_(None))
    tree = top.cte("tree", recursive=True)
    tree = tree.union_all(sa.select(unit.c.id, tree.c.depth + 1).where(unit.c.parent_id == tree.c.id))
    return sa.select(unit).join(tree, tree.c.id == unit.c.id).order_by(tree.c.depth, unit.c.id)


def _manifest(connection: sa.Connection, members: dict[str, Member], with_pending: bool) -> Manifest:
    return Manifest(
        format=archive.FORMAT,
        revision=revision(connection),
        version=version(),
        hour=clock.now().strftime("%Y-%m-%dT%HZ"),
        with_pending=with_pending,
        members=members,
    )


def revision(connection: sa.Connection) -> str:
    """Return which migration the database has seen last."""
    return MigrationContext.configure(connection).get_current_revision() or "none"


def folder(instance: Path) -> Path:
    """Return where backups stand unless somebody says otherwise; only there are old ones deleted."""
    return instance / "backups"


def new_file(instance: Path, now: datetime) -> Path:
    """Return the name of today's next backup."""
    day, number = f"second-wind-{now:%Y-%m-%d}", 1
    path = folder(instance) / f"{day}.zip"
    while path.exists():
        number += 1
        path = folder(instance) / f"{day}-{number}.zip"
    return path


def forget_old(instance: Path, now: datetime) -> None:
    """Delete backups of more than 14 days ago, and what an interrupted one left behind."""
    for pattern, kept in (("second-wind-*.zip", KEPT), (".second-wind-*.part", ABANDONED)):
        for path in folder(instance).glob(pattern):
            try:
                if now.timestamp() - path.stat().st_mtime > kept.total_seconds():
                    path.unlink()
            except FileNotFoundError:  # Somebody else was quicker.
                continue
            except OSError:
                logger.warning("an old backup could not be deleted")
