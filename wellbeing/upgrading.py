"""Brings a site's database to this version: backup, lock, migrate, verify; all of it, or nothing.

Both databases change tables within a transaction, so whatever stops an upgrade, a failing migration or a
power cut, leaves the database as it was. No copy of SQLite's file is made: it would hold the answers that
wait (R15).
"""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import audit, backing_up, clock, full_disk, jobs, readiness, regular, schema, stopped, tables
from wellbeing.backup import BackupRefused
from wellbeing.config import Config
from wellbeing.doctor import chains
from wellbeing.migrations.grants import grant_all
from wellbeing.models.settings import Settings
from wellbeing.regular import Work
from wellbeing.version import version

Say = Callable[[str], None]


class UpgradeRefused(Exception):
    """The database was not upgraded and is as it was; the text says why, in a sentence."""


def upgrade(engine: sa.Engine, config: Config, say: Say) -> None:
    """Upgrade the database, saying each step; raise UpgradeRefused, with nothing changed.

    Nor is anything changed where the disk is full; that error is passed on as it is.
    """
    with engine.connect() as connection:
        found = readiness.revision(connection)
    if found == schema.newest():
        say("The database is of this version already. Nothing was changed.")
        return
    saved = _backed_up(engine, config, found, say)
    say("Step 2 of 4: everybody who writes waits.")
    try:
        with stopped.writers_stopped(engine, config) as connection:
            _migrate(connection, config, found, say)
    except UpgradeRefused:
        raise
    except Exception as error:
        if full_disk.is_full(error):
            raise
        # Its text may quote a row.
        raise UpgradeRefused(
            f"The upgrade stopped ({type(error).__name__}) and was taken back: the database is as it was. "
            f"Start the version before again{_where(saved)}."
        ) from None
    jobs.truncate_log(engine)
    say("Upgraded. Start the site again.")


def _where(saved: Path | None) -> str:
    return f"; the backup is {saved}" if saved else ""


def _backed_up(engine: sa.Engine, config: Config, found: str, say: Say) -> Path | None:
    if found == "none":
        say("Step 1 of 4: the database is empty, so there is nothing to back up.")
        return None
    if not schema.knows(found):
        raise UpgradeRefused(
            f"The database was made by a newer version of Second Wind (schema {found}) than this one. Start "
            "that version again, or a newer one. Nothing was changed."
        )
    say("Step 1 of 4: a backup is made and opened again.")
    try:
        saved = backing_up.make(engine, config).path
    except BackupRefused as refused:
        raise UpgradeRefused(f"{refused} Nothing was changed.") from None
    say(f"  {saved}")
    return saved


def _migrate(connection: sa.Connection, config: Config, found: str, say: Say) -> None:
    before = _counts(connection)
    say(f"Step 3 of 4: the tables are changed from {found} to {schema.newest()}.")
    schema.migrate(connection)
    say("Step 4 of 4: the ledger and the number of rows are checked.")
    broken, after = chains.broken(connection), _counts(connection)
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
    if broken or lost:
        what = ", ".join([*broken, *lost])
        raise UpgradeRefused(
            f"After the change something was not whole ({what}), so it was taken back: the database is as it "
            "was. Start the version before again."
        )
    if not config.is_sqlite:
        grant_all(connection, config)
    if connection.execute(sa.select(Settings.id)).first():
        _note(connection, found)


def _counts(connection: sa.Connection) -> dict[str, int]:
    """Return how many rows each table has; of answers, nobody is told."""
    query = sa.select(sa.func.count())
    return {
        table.name: int(connection.execute(query.select_from(table)).scalar_one())
        for table in tables.standing(connection)
    }


def _note(connection: sa.Connection, found: str) -> None:
    now = clock.now()
    regular.done(connection, Work.BACKUP, now)
    with Session(bind=connection) as session:
        facts = {"version": version(), "schema_before": found}
        audit.note(session, audit.Act.UPGRADED, None, now, facts=facts)
        session.flush()
