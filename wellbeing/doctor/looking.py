"""Collects what the doctor's checks need to know; it reads no answer and counts none that waits."""

import os
import shutil
import stat
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from wellbeing import uploads
from wellbeing.backup import ANSWERS, folder
from wellbeing.config import DEMO_SECRETS, Config, Mode, demo_values
from wellbeing.models.content import Upload
from wellbeing.models.epochs import Epoch

ASK_CLOCK = ("timedatectl", "show", "--property=NTPSynchronized", "--value")


def free_bytes(place: Path) -> int:
    """Return how many bytes are free on the disk that holds ``place``."""
    return shutil.disk_usage(place).free


def clock_kept() -> str:
    """Return what the system says of its clock: ``yes``, ``no``, or nothing."""
    try:
        said = subprocess.run(ASK_CLOCK, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""


def secrets(config: Config) -> dict[str, bytes]:
    """Return the site's secrets by name."""
    keys = config.secrets
    return {"SECRET_KEY": keys.secret_key, "PIN_PEPPER": keys.pin_pepper, "SERVER_KEY": keys.server_key}


def demo_secrets(config: Config) -> list[bytes]:
    """Return the secrets of a demo site that was made in the same folder."""
    return [] if config.mode is Mode.DEMO else demo_values(config.instance)


def modes(config: Config) -> dict[str, int]:
    """Return the permission bits of what others must not read, as far as they can come to it."""
    instance = config.instance
    if not _mode(instance) & 0o011:
        return {}
    database = sa.make_url(config.database_url).database if config.is_sqlite else None
    inner = [instance / DEMO_SECRETS, folder(instance), *folder(instance).glob("*.zip")]
    if database is not None:
        inner += [Path(f"{database}{ending}") for ending in ("", "-wal", "-shm")]
    return {str(path): _mode(path) for path in inner if path.exists()}


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def log_size(config: Config) -> int:
    """Return the bytes of SQLite's write-ahead log."""
    log = Path(f"{sa.make_url(config.database_url).database}-wal")
    return log.stat().st_size if log.exists() else 0


def last_written(connection: sa.Connection, worked: datetime | None, ahead: timedelta) -> datetime | None:
    """Return the newest real moment written down; ``ahead`` is how far a demo's clock was moved."""
    opened = connection.execute(sa.select(sa.func.max(Epoch.opens_at))).scalar()
    moments = [moment for moment in (worked, opened - ahead if opened else None) if moment]
    return max(moments, default=None)


def missing_clips(connection: sa.Connection, instance: Path) -> int:
    """Return how many uploaded clips have no file."""
    digests = connection.execute(sa.select(Upload.sha256)).scalars()
    return sum(not os.path.isfile(uploads.folder(instance) / digest) for digest in digests)


def can_read(url: str) -> list[str] | None:
    """Return which tables of answers a login is not kept from; None where it cannot connect."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    readable = []
    try:
        with engine.connect() as connection:
            connection.rollback()
            for table in sorted(ANSWERS):
                if _reads(connection, table):
                    readable.append(table)
    except DBAPIError:
        return None
    finally:
        engine.dispose()
    return readable


def _reads(connection: sa.Connection, table: str) -> bool:
    try:
        with connection.begin():
            connection.execute(sa.select(sa.text("1")).select_from(sa.table(table)).limit(0))
    except sa.exc.ProgrammingError:
        return False
    return True
