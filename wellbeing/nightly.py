"""What the jobs do once a night, from 03:00 on: a backup where it is wanted, and a look at the chains."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import backing_up, clock, regular
from wellbeing.backup import BackupRefused
from wellbeing.config import Config
from wellbeing.doctor import chains
from wellbeing.models.settings import Settings
from wellbeing.regular import Work
from wellbeing.storage import reading_only

HOUR = 3
# What failed is left in peace for so long.
REST = timedelta(hours=1)

logger = logging.getLogger(__name__)


def is_due(engine: sa.Engine, config: Config) -> bool:
    """Tell whether this night's work is still to be done, and was not tried within the hour."""
    now = clock.now()
    with reading_only(), engine.connect() as connection:
        zone = connection.execute(sa.select(Settings.time_zone)).scalar()
        done = regular.last_done(connection)
    if zone is None:  # Nothing is due before set-up.
        return False
    tried = done.get(Work.NIGHT)
    if tried is not None and timedelta() <= now - tried < REST:
        return False
    begins = _last_night(now, ZoneInfo(zone))
    return bool(_waiting(config, done, begins))


def _last_night(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    begins = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return begins if begins <= local else begins - timedelta(days=1)


def _waiting(config: Config, done: dict[str, datetime], begins: datetime) -> set[Work]:
    looked = [done[work] for work in (Work.CHAIN_WHOLE, Work.CHAIN_BROKEN) if work in done]
    waiting = set()
    if not looked or max(looked) < begins:
        waiting.add(Work.CHAIN_WHOLE)
    if config.backup_every_day and (Work.BACKUP not in done or done[Work.BACKUP] < begins):
        waiting.add(Work.BACKUP)
    return waiting


def run_due(engine: sa.Engine, config: Config) -> None:
    """Do this night's work if it is due; whoever notes the try first does it, while the counter goes on."""
    if not is_due(engine, config) or not regular.note(engine, Work.NIGHT, clock.now(), unless_within=REST):
        return
    look_at_chains(engine)
    if config.backup_every_day:
        _back_up(engine, config)


def look_at_chains(engine: sa.Engine) -> bool:
    """Check that every released block of each ledger follows from the one before, and note the outcome."""
    with reading_only(), engine.connect() as connection:
        whole = not chains.broken(connection)
    regular.note(engine, Work.CHAIN_WHOLE if whole else Work.CHAIN_BROKEN, clock.now())
    if whole:
        regular.forget(engine, Work.CHAIN_BROKEN)
    else:
        logger.error("released figures were changed in the database")
    return whole


def _back_up(engine: sa.Engine, config: Config) -> None:
    try:
        backing_up.make(engine, config)
    except BackupRefused:
        # Its text names a path on this machine; the alert and the command say what to do.
        logger.error("tonight's backup could not be made")
        return
    backing_up.note(engine, with_pending=False)
