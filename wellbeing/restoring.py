"""Takes a backup up: all or nothing, chains whole, and keys for open epochs (R15).

Into an empty database, or in the place of a site that is there. Either way no answer can be released twice:
what waits is in no backup but those that are made for moving, and these replace nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import (
    archive,
    audit,
    clock,
    copying,
    emptying,
    fresh_keys,
    moved,
    ratchet,
    regular,
    site,
    uploads,
    whole_file,
)
from wellbeing.backup import MOMENTARY, BackupRefused
from wellbeing.disclosure import ledger
from wellbeing.loading import Loaded, loaded
from wellbeing.models.accounts import Person
from wellbeing.models.content import Upload
from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Block
from wellbeing.regular import Work


@dataclass(frozen=True)
class Restored:
    """What a backup holds, or what was taken up from it, and from which hour and version it is."""

    people: int
    blocks: int
    hour: str
    with_pending: bool
    version: str
    clips: int
    clips_missing: int
    finds_diaries: bool
    # Marks of the secrets that the site had; none in an old backup.
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a backup is taken up: the database, the key that wraps its keys, and the folder of the site."""

    engine: sa.Engine
    server_key: bytes
    instance: Path | None = None


def inspect(server_key: bytes, path: Path) -> Restored:
    """Load a whole backup, check everything in it, and change nothing; raise BackupRefused."""
    with loaded(path) as found, found.connection.begin():
        fresh_keys.give(found.connection, server_key)
        return _told(found, server_key)


def restore(engine: sa.Engine, server_key: bytes, path: Path, instance: Path | None = None) -> Restored:
    """Fill an empty, migrated database from a backup, in one transaction; raise BackupRefused."""
    return _take_up(Place(engine, server_key, instance), path, replace=False)


def replace(place: Place, path: Path) -> Restored:
    """Put a backup in the place of the site that is there, in one transaction; raise BackupRefused.

    What waits there is given up. A backup with answers that wait replaces nothing: some of them may be
    released by now, or taken back by their authors.
    """
    return _take_up(place, path, replace=True)


def _take_up(place: Place, path: Path, replace: bool) -> Restored:
    with loaded(path) as found, found.connection.begin():
        fresh_keys.give(found.connection, place.server_key)
        told = _told(found, place.server_key)
        with _clips_in_place(found, place.instance), place.engine.begin() as target:
            if replace:
                _check_same_site(found, target)
            elif not copying.is_empty(target, MOMENTARY):
                raise BackupRefused(
                    "A backup can only be restored into an empty database, and there is a site in this one; "
                    "to put the backup in its place, say --replace. Nothing was restored."
                )
            with _in_its_place(target) if replace else nullcontext():
                copying.copy(found.connection, target)
            _note(target, told)
        return told


@contextmanager
def _in_its_place(target: sa.Connection) -> Iterator[None]:
    """Empty a site for the backup that is copied within; settings stay as tight as they were (R14)."""
    before = ratchet.in_force(target)
    with emptying.emptied(target):
        yield
    ratchet.stay_tight(target, before)
    # Whoever replaces a site has just backed it up, and what stands there now knows of none.
    regular.done(target, Work.BACKUP, clock.now())


def _told(found: Loaded, server_key: bytes) -> Restored:
    manifest = found.manifest
    return Restored(
        people=found.count(Person),
        blocks=found.count(Block),
        hour=manifest.hour,
        with_pending=manifest.with_pending,
        version=manifest.version,
        clips=len(manifest.clips),
        clips_missing=found.count(Upload) - len(manifest.clips),
        finds_diaries=fresh_keys.knows_diaries(found.connection, server_key),
        secrets=manifest.secrets,
    )


def _check_same_site(found: Loaded, target: sa.Connection) -> None:
    if moved.is_moved(target):
        raise BackupRefused(f"{moved.SENTENCE} Nothing was restored.")
    if found.manifest.with_pending:
        raise BackupRefused(
            "This backup holds answers that waited when it was made. Some may be released by now, and "
            "would be released a second time; two figures that differ by a few answers say something about "
            "each of them. Such a backup is restored into an empty database only. Nothing was restored."
        )
    here, there = (ledger.hashes(connection) for connection in (target, found.connection))
    shorter = min(len(here), len(there))
    if here[:shorter] != there[:shorter]:
        raise BackupRefused(
            "The ledgers of this backup and of this site do not follow from each other: it is the backup of "
            "another site, or the two went separate ways. Restore it into an empty database. "
            "Nothing was restored."
        )
    opened = target.execute(sa.select(sa.func.max(Epoch.opens_at))).scalar()
    if opened is not None and site.moment(target) < opened:
        raise BackupRefused(
            "This machine's clock is behind the site's own weeks: set it right first, so that no week "
            "happens twice. Nothing was restored."
        )


def _note(target: sa.Connection, told: Restored) -> None:
    with Session(bind=target) as session:
        facts = {"hour": told.hour, "version": told.version}
        audit.note(session, audit.Act.RESTORED, None, clock.now(), facts=facts)
        session.flush()


@contextmanager
def _clips_in_place(found: Loaded, instance: Path | None) -> Iterator[None]:
    """Put the backup's clips into their folder, each whole or not at all; take them away where it fails."""
    made: list[Path] = []
    try:
        if instance is not None and found.manifest.clips:
            uploads.folder(instance).mkdir(mode=0o700, parents=True, exist_ok=True)
            for sha256 in found.manifest.clips:
                _put(found, uploads.folder(instance) / sha256, made)
        yield
    except OSError as error:
        _take_away(made)
        raise BackupRefused(f"The clips cannot be written: {error.strerror}. Nothing was restored.") from None
    except BaseException:
        _take_away(made)
        raise


def _put(found: Loaded, path: Path, made: list[Path]) -> None:
    if path.exists():
        return
    with whole_file.written(path) as file:
        for piece in archive.read_clip(found.file, path.name):
            file.write(piece)
    made.append(path)


def _take_away(made: list[Path]) -> None:
    for path in made:
        with suppress(OSError):
            path.unlink()
