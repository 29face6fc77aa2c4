"""The world stops for a moment: no process writes to the site's database until its owner says so."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from wellbeing import tables
from wellbeing.commits import LOCK_FILE
from wellbeing.config import Config
from wellbeing.storage import PATIENCE_MS


@contextmanager
def writers_stopped(engine: sa.Engine, config: Config) -> Iterator[sa.Connection]:
    """Yield a connection in a transaction beside which nobody else writes; it is all kept, or nothing.

    On SQLite acts at the counter wait in their queue meanwhile; on PostgreSQL every writer waits.
    """
    with _queue_held(config), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            names = sorted(
                sa.inspect(connection).get_table_names(), key=lambda name: (name != "receipt", name)
            )
            ours = [name for name in names if name != tables.BOOKKEEPING]
            if ours:
                connection.exec_driver_sql(f"LOCK TABLE {', '.join(ours)} IN EXCLUSIVE MODE")
        yield connection


@contextmanager
def _queue_held(config: Config) -> Iterator[None]:
    if not config.is_sqlite:
        yield
        return
    descriptor = os.open(config.instance / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
