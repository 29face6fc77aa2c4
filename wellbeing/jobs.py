"""What the clock runs: opens epochs, runs due ticks, forgets what expired. Safe to run twice."""

import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from wellbeing import (
    access_log,
    alerts,
    asking,
    audit,
    backup,
    checkups,
    clock,
    epochs,
    floor,
    lending,
    moved,
    nightly,
    notices,
    passkeys,
    receipts,
    release_mail,
    shifts,
    shuffle,
    site,
    tablet_keys,
)
from wellbeing.cases import writing as cases
from wellbeing.config import Config
from wellbeing.counter.identify import forget_old_failures
from wellbeing.diary import keeping, unlocking
from wellbeing.disclosure import checkup, release
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.settings import Settings
from wellbeing.storage import PATIENCE_MS, reading_only
from wellbeing.talk import posts

# How long the log's emptying waits for a reader; the counter waits with it.
BRIEFLY_MS = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """How many epochs were opened and how many ticks ran."""

    epochs: int
    ticks: int


def run_now(engine: sa.Engine, config: Config) -> Done:
    """Run everything that is due at the site's own moment; before set-up, nothing is. Raises SiteMoved."""
    with engine.connect() as connection:
        if connection.execute(sa.select(Settings.id)).first() is None:
            return Done(0, 0)
        if moved.is_moved(connection):
            raise moved.SiteMoved
        now = site.moment(connection)
    backup.forget_old(config.instance, clock.now())
    done = run(engine, config.secrets.server_key, now)
    release_mail.send_due(engine, config.mail)
    nightly.run_due(engine, config)
    alerts.look_after(engine, config, clock.now())
    return done


def tick_is_due(engine: sa.Engine) -> bool:
    """Tell whether a tick's moment has come; before set-up, none has."""
    with reading_only(), engine.connect() as connection:
        if connection.execute(sa.select(Settings.id)).first() is None:
            return False
        return bool(release.due(connection, site.moment(connection)))


def run(engine: sa.Engine, server_key: bytes, now: datetime) -> Done:
    """Run everything that is due at ``now``; each tick is one transaction: all or nothing."""
    with engine.begin() as connection:
        opened = epochs.open_due(connection, server_key, now)
        checkups.open_due(connection, server_key, now)
        tablet_keys.renew(connection, server_key, now)
    with engine.connect() as connection:
        waiting = release.due(connection, now)
    ticks = sum(_run_tick(engine, epoch, server_key) for epoch in waiting)
    released = _release_checkups(engine, server_key)
    with engine.begin() as connection:
        _forget(connection, now)
    shuffle.shuffle_hourly(engine, now, ticked=ticks + released > 0)
    truncate_log(engine)
    if ticks:
        logger.info("ran %d ticks", ticks)
    return Done(opened, ticks)


def _run_tick(engine: sa.Engine, epoch: sa.Row, server_key: bytes) -> bool:
    """Run a tick in two steps: it is worked out while the counter goes on, then written at once."""
    planned = _planned(engine, epoch, server_key)
    if planned is None:
        return False
    try:
        with engine.begin() as connection:
            release.run_tick(connection, epoch, server_key, planned)
    except IntegrityError:
        # Another process ran this tick first. Any other broken rule would leave the tick without its row.
        with engine.connect() as connection:
            if not release.has_run(connection, epoch):
                raise
        return False
    return True


def _planned(engine: sa.Engine, epoch: sa.Row, server_key: bytes) -> release.Plan | None:
    """Return what a tick will do, seen from one state of the database; None where it has run meanwhile.

    Another process may even have run the tick after it, and then the key to plan with is gone.
    """
    with reading_only(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
            shuffle.keep_away(connection)
        if release.has_run(connection, epoch):
            return None
        return release.plan(connection, epoch, server_key)


def _release_checkups(engine: sa.Engine, server_key: bytes) -> int:
    """Release every check-up whose tick has run, each in one transaction: all or nothing."""
    with reading_only(), engine.connect() as connection:
        waiting = checkup.due(connection)
    released = 0
    for quarter in waiting:
        with engine.begin() as connection:
            released += checkup.release(connection, server_key, quarter.id, quarter.day)
    return released


def ticks_so_far(connection: sa.Connection) -> int:
    """Return how many weekly ticks the ledger has seen."""
    weekly = sa.select(sa.func.count()).select_from(Tick).where(Tick.ledger == LedgerKind.WEEKLY)
    return int(connection.execute(weekly).scalar_one())


def _forget(connection: sa.Connection, now: datetime) -> None:
    shifts.forget_idle(connection, now)
    receipts.forget_old(connection, now)
    floor.forget_old(connection, now)
    lending.forget_over(connection, site.day(connection, now))
    notices.forget_old(connection, now)
    cases.forget_old(connection, now)
    posts.forget_old(connection, site.day(connection, now))
    asking.forget_old(connection, site.day(connection, now))
    access_log.forget_old(connection, now)
    audit.forget_old(connection, clock.now())
    release_mail.forget_strangers(connection)
    tablet_keys.forget_old(connection, now)
    unlocking.forget_old(connection, now)
    passkeys.forget_old(connection, now)
    _forget_diaries(connection, now)
    forget_old_failures(connection, now)


def _forget_diaries(connection: sa.Connection, now: datetime) -> None:
    forgotten = keeping.forget_old(connection, site.day(connection, now))
    if forgotten:
        logger.info("deleted %d diary entries whose time was over", forgotten)


def truncate_log(engine: sa.Engine) -> None:
    """Empty SQLite's write-ahead log, so that no released answer and no order of arrival stays in it (R15).

    A page being read at this moment can prevent it, or a full disk, so every run tries, and not only one with
    a tick. Whoever reads for long, as a backup does, is not waited for: all who write would wait as well.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {BRIEFLY_MS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError:
            logger.warning("the write-ahead log could not be emptied: the disk is full, or cannot be written")
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
