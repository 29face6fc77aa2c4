"""PostgreSQL keeps rows in the order of writing; this takes the order away, hourly and after each tick (R2).

Rows that one act wrote share a transaction number (xmin) and stand in their tables one after the other, and a
deleted row stays in its file for a while. So all are moved out and back, in random order, into new files.
SQLite needs none of this: there the tables are in the order of their random keys, and deleting overwrites.
"""

from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

EVERY = timedelta(hours=1)
# An act at the counter begins with its receipt, so whoever has the first of these has waited for all acts.
# Epochs are among them for the keys that a tick destroyed, and places because they refer to epochs.
MOVED = (
    "receipt",
    "epoch",
    "place",
    "shift_state",
    "pending",
    "pending_detail",
    "pending_spillover",
)
# While the move waits for a lock, the counter waits behind it. And PostgreSQL looks for deadlocks after a
# second: should there be one, it is the move that has given up by then, and never an act at the counter.
PATIENCE = "200ms"
BUSY = ("55P03", "40P01")  # PostgreSQL's lock_not_available and deadlock_detected.

_last: WeakKeyDictionary[sa.Engine, datetime] = WeakKeyDictionary()


def shuffle_hourly(engine: sa.Engine, now: datetime, ticked: bool = False) -> None:
    """Shuffle after a tick, and else where this process has not for an hour; where it was busy, try again."""
    if ticked:
        _last.pop(engine, None)
    since = now - _last.get(engine, datetime.min.replace(tzinfo=UTC))
    if not timedelta(0) <= since < EVERY and shuffle(engine):
        _last[engine] = now


def shuffle(engine: sa.Engine) -> bool:
    """Move the rows of answers out and back in random order, in one transaction.

    Returns False, with nothing moved, where somebody else was busy with them: the next time will do.
    """
    if engine.dialect.name != "postgresql":
        return True
    try:
        with engine.begin() as connection:
            _move(connection)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in BUSY:
            raise
        return False
    return True


def _move(connection: sa.Connection) -> None:
    """Nobody may read or write meanwhile: a deletion that waited for a moved row would not find it again."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    for table in MOVED:
        connection.exec_driver_sql(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    for table in MOVED:
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE moved_{table} ON COMMIT DROP AS SELECT * FROM {table}"  # noqa: S608
        )
    # A truncated table gets a new file, without the old rows and their transaction numbers.
    connection.exec_driver_sql(f"TRUNCATE {', '.join(MOVED)}")
    for table in MOVED:
        connection.exec_driver_sql(
            f"INSERT INTO {table} SELECT * FROM moved_{table} ORDER BY random()"  # noqa: S608
        )
