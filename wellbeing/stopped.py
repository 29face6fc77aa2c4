"""The world stops for a moment: no process writes to the site's database until its owner says so."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from wellbeing import tables
from wellbeing.config import Config

LOCK = "writers.lock"
# Acts at the counter wait for this long at most; whoever holds the database longer is asked to let go.
PATIENCE = "20s"


@contextmanager
def writers_stopped(engine: sa.Engine, config: Config) -> Iterator[sa.Connection]:
    """Yield a connection in a transaction beside which nobody else writes; it is all kept, or nothing.

    On SQLite acts at the counter wait in their queue meanwhile; on PostgreSQL every writer waits.
    """
    with _queue_held(config), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
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
    descriptor = os.open(config.instance / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
