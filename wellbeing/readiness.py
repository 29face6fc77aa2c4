"""Whether the site keeps its promises of time and schema; nothing here depends on an answer."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic.migration import MigrationContext
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from wellbeing import keys, regular, schema
from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Tick
from wellbeing.regular import Work

GRACE = timedelta(hours=1)
# The jobs note every five minutes that they run.
STOPPED = timedelta(minutes=15)


def revision(connection: sa.Connection) -> str:
    """Return which migration the database has seen last, or "none"."""
    return MigrationContext.configure(connection).get_current_revision() or "none"


def is_migrated(connection: sa.Connection) -> bool:
    """Tell whether the database's schema is the newest that this version knows."""
    return revision(connection) == schema.newest()


def overdue_ticks(connection: sa.Connection, now: datetime) -> int:
    """Return how many ticks should have run more than an hour ago."""
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    late = sa.select(sa.func.count()).select_from(Epoch).where(~ran, Epoch.closes_at < now - GRACE)
    return int(connection.execute(late).scalar_one())


def opens_answers(connection: sa.Connection, server_key: bytes) -> bool:
    """Tell whether the epochs that are still to be released were begun under this server's key."""
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    to_come = sa.select(Epoch.wrapped_key).where(~ran, Epoch.wrapped_key.is_not(None))
    try:
        for wrapped in connection.execute(to_come).scalars():
            keys.unwrapped(server_key, wrapped or b"")
    except InvalidUnwrap:
        return False
    return True


def jobs_run(connection: sa.Connection, now: datetime) -> bool:
    """Tell whether the jobs ran within a quarter of an hour; a site that never had any misses none."""
    last = regular.when(connection, Work.JOBS)
    return last is None or now - last <= STOPPED
