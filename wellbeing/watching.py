"""What of this site is late or wrong, as far as it can tell by itself; nothing of any answer."""

import shutil
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from pathlib import Path

import sqlalchemy as sa

from wellbeing.config import Config
from wellbeing.models.settings import Settings
from wellbeing.readiness import overdue_ticks
from wellbeing.regular import BACKUP_WITHIN, Work, last_done

# How often the site looks after itself.
ROUND = timedelta(minutes=5)
DISK_WANTED = 10  # percent
# A file of the database grows with every answer, so its size and the room beside it are told in steps that no
# answer shows in.
SIZE_STEP = 64 * 2**20
PERCENT_STEP = 5


class Trouble(StrEnum):
    """What somebody has to be told of."""

    BACKUP = "backup"
    TICK = "tick"
    DISK = "disk"
    CHAIN = "chain"


def troubles(connection: sa.Connection, config: Config, now: datetime, at_site: datetime) -> set[Trouble]:
    """Return what is late or wrong at ``now``; ``at_site`` is the same moment by the site's own clock."""
    done = last_done(connection)
    found = {
        Trouble.BACKUP: backup_is_late(connection, config, done, now),
        Trouble.TICK: overdue_ticks(connection, at_site) > 0,
        Trouble.DISK: disk_free(config.instance) < DISK_WANTED,
        Trouble.CHAIN: Work.CHAIN_BROKEN in done,
    }
    return {trouble for trouble, wrong in found.items() if wrong}


def backup_is_late(
    connection: sa.Connection, config: Config, done: dict[str, datetime], now: datetime
) -> bool:
    """Tell whether a site that makes backups has not for 26 hours; a new one has as long for its first."""
    if Work.BACKUP in done:
        return now - done[Work.BACKUP] > BACKUP_WITHIN
    began = connection.execute(sa.select(Settings.confirmed_at)).scalar()
    return config.backup_every_day and began is not None and now - began > BACKUP_WITHIN


def disk_free(folder: Path) -> int:
    """Return how much of a folder's disk is free, in percent, rounded down to a multiple of five."""
    usage = shutil.disk_usage(folder)
    return usage.free * 100 // max(usage.total, 1) // PERCENT_STEP * PERCENT_STEP


def database_size(connection: sa.Connection) -> int:
    """Return the bytes that the database takes up, rounded up to a multiple of 64 MB."""
    asked = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    size = int(connection.exec_driver_sql(asked[connection.dialect.name]).scalar_one())
    return ceil(size / SIZE_STEP) * SIZE_STEP
