"""Backups, portable between the databases: without the answers that wait, unless somebody insists (R15).

A database at an older revision is written as it stands, so that an upgrade can begin with a backup.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import sqlalchemy as sa

from wellbeing import archive, clock, portable, readiness, shuffle, tables, whole_file
from wellbeing.archive import Manifest, Member
from wellbeing.models.content import Upload
from wellbeing.storage import reading_only
from wellbeing.version import version

# What waits for a tick, with the count of ticks that it waited, the memory of running shifts and acts, and
# the keys that open what tablets have still to send.
ANSWERS = {
    *("pending", "pending_detail", "pending_spillover", "shift_state", "held_pool", "receipt", "tablet_key"),
    *("pending_checkup", "checkup_key"),
}
# What is over in minutes or days, and would come to life again: sign-ins, wrong tries, used codes, cover, and
# what watches this machine.
MOMENTARY = {"sign_in", "password_failure", "pin_failure", "one_time_code", "cover_request"} | {
    "diary_opened",
    "passkey_challenge",
    "regular_work",
    "alert",
}
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
    clips: int = 0


Check = Callable[[Path, Written], None]


def write(
    engine: sa.Engine,
    path: Path,
    with_pending: bool = False,
    clips: Path | None = None,
    check: Check | None = None,
    marks: Mapping[str, str] | None = None,
) -> Written:
    """Write a backup of one moment of the database to a new file that only its owner can read.

    ``clips`` is the folder of uploads, and ``marks`` tell which secrets the site has. Nothing half-written,
    and nothing that ``check`` refuses, ever has the file's name. Raises BackupRefused, also where the file is
    there already.
    """
    shuffle.shuffle(engine)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            raise BackupRefused(f"{path} is there already; a backup overwrites nothing.")
        with whole_file.beside(path) as unfinished:
            written = _write(engine, unfinished, path, _Wanted(with_pending, clips, marks or {}))
            if check is not None:
                check(unfinished, written)
            os.replace(unfinished, path)
    except OSError as error:
        raise BackupRefused(f"{path} cannot be written: {error.strerror}. No backup was made.") from None
    return written


@dataclass(frozen=True)
class _Wanted:
    """What goes into a backup beside the tables that always do."""

    with_pending: bool
    clips: Path | None
    marks: Mapping[str, str]


def _write(engine: sa.Engine, unfinished: Path, path: Path, wanted: _Wanted) -> Written:
    with (
        whole_file.private(unfinished) as file,
        ZipFile(file, "w") as found,
        _one_moment(engine) as connection,
    ):
        members = _write_tables(found, connection, wanted.with_pending)
        clips = _write_clips(found, connection, wanted.clips)
        archive.write_manifest(found, _manifest(connection, members, wanted, clips))
    return Written(path, members["person"].rows or 0, members["block"].rows or 0, len(clips))


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
    for table in tables.standing(connection):
        if with_pending or table.name not in ANSWERS | MOMENTARY:
            rows = _rows(connection, table, with_pending)
            member = archive.write_member(found, table.name, rows)
            members[table.name] = Member(member.sha256, None) if table.name in ANSWERS else member
    return members


def _rows(connection: sa.Connection, table: sa.Table, with_pending: bool) -> Iterator[archive.Row]:
    for row in connection.execute(tables.in_order(table).execution_options(yield_per=BATCH)).mappings():
        told = portable.told(dict(row))
        if table.name == "epoch" and not with_pending:
            told["wrapped_key"] = None
        yield told


def _write_clips(found: ZipFile, connection: sa.Connection, folder: Path | None) -> tuple[str, ...]:
    """Write the files of uploads; one that is missing, or is deleted at this moment, is left out."""
    if folder is None:
        return ()
    written = []
    for sha256 in connection.execute(sa.select(Upload.sha256).order_by(Upload.sha256)).scalars():
        with suppress(FileNotFoundError), (folder / sha256).open("rb") as content:
            archive.write_clip(found, sha256, content)
            written.append(sha256)
    return tuple(written)


def _manifest(
    connection: sa.Connection, members: dict[str, Member], wanted: _Wanted, clips: tuple[str, ...]
) -> Manifest:
    return Manifest(
        format=archive.FORMAT,
        revision=readiness.revision(connection),
        version=version(),
        hour=clock.now().strftime("%Y-%m-%dT%HZ"),
        with_pending=wanted.with_pending,
        members=members,
        clips=clips,
        secrets=wanted.marks,
    )


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
