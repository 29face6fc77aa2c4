"""What is true of a site at every moment, whatever was killed: its ledgers, its backups and its clips."""

import stat
from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.answers import House, everything
from tests.faults.drills import Stand
from wellbeing import archive, backup, regular, uploads
from wellbeing.audit import Act
from wellbeing.doctor import chains
from wellbeing.models.audit import AuditEntry
from wellbeing.models.ledger import Block
from wellbeing.regular import Work


def ledgers_whole(engine: sa.Engine) -> None:
    """Check every chain, at any revision, and that no released figure can be taken away."""
    with engine.connect() as connection:
        assert chains.broken(connection) == {}
        if sa.inspect(connection).has_table("block") and connection.scalar(
            sa.select(Block.position).limit(1)
        ):
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(sa.delete(Block))


def backups_that_open(stand: Stand) -> int:
    """Read every file that has a backup's name, check all its digests, and return how many there are."""
    files = list(backup.folder(stand.config.instance).glob("*"))
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    named = [file for file in files if file.suffix == ".zip" and not file.name.startswith(".")]
    for file in named:
        with archive.opened(file) as found:
            archive.read_manifest(found)
    return len(named)


def noted_backups(house: House) -> bool:
    """Tell whether a backup was noted, for the doctor and in the audit log: in both or in none."""
    with house.engine.connect() as connection:
        noted = regular.when(connection, Work.BACKUP) is not None
        entries = connection.execute(sa.select(sa.func.count()).select_from(AuditEntry)).scalar_one()
    assert noted == (entries > 0)
    return noted


def clips_whole(stand: Stand) -> None:
    """Check that every clip has the bytes that its name says."""
    for file in uploads.folder(stand.config.instance).glob("[!.]*"):
        assert sha256(file.read_bytes()).hexdigest() == file.name


def essence(house: House) -> dict[str, list]:
    """Return every row, without the keys that each restore draws anew, and what it notes of itself."""
    found: dict[str, list] = dict(everything(house))
    return found | {
        "epoch": [epoch[:5] + epoch[6:] for epoch in found["epoch"]],
        "checkup_key": [key[0] for key in found["checkup_key"]],
        # A backup is noted in a transaction of its own, after the one that it was made for.
        "audit_entry": [entry[2] for entry in found["audit_entry"] if entry[2] != Act.BACKED_UP],
        "regular_work": [],
    }
