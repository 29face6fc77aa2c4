"""Whether the site keeps its promises of time and schema; nothing here depends on an answer."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Tick

GRACE = timedelta(hours=1)


def is_migrated(connection: sa.Connection, migrations: str) -> bool:
    """Tell whether the database's schema is the newest that the folder of migrations knows."""
    newest = ScriptDirectory(migrations).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def overdue_ticks(connection: sa.Connection, now: datetime) -> int:
    """Return how many ticks should have run more than an hour ago."""
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    late = sa.select(sa.func.count()).select_from(Epoch).where(~ran, Epoch.closes_at < now - GRACE)
    return int(connection.execute(late).scalar_one())
