"""PostgreSQL keeps rows in the order of writing; this takes the order away, hourly and after each tick (R2).

Rows that one act wrote share a transaction number (xmin) and stand in their tables one after the other, and a
deleted row stays in its file for a while. So all are moved out and back into new files, in the order of their
keys, which are random. SQLite needs none of this: its tables always have that order, and deleting overwrites.
"""

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

# An act at the counter begins with its receipt, so whoever has the first of these has waited for all acts.
# Epochs and tablet keys are among them for the keys that were destroyed, places because they refer to epochs.
MOVED = {
    "receipt": "client_mac",
    "epoch": "id",
    "place": "epoch_id, person_id",
    "shift_state": "name",
    "pending": "id",
    "pending_detail": "id",
    "pending_spillover": "id",
    "tablet_key": "name",
    "checkup_key": "quarter_id",
    "pending_checkup": "id",
}
# Diaries are longer than all of these together, so they are moved by themselves: however long that takes, it
# puts off no other move. A wrapped key that opens a diary no more must leave the files as well.
DIARIES = {"diary_key": "person_id", "diary_entry": "id", "diary_opened": "token_mac", "passkey": "id"}
# While the move waits for a lock, the counter waits behind it. And PostgreSQL looks for deadlocks after a
# second: should there be one, it is the move that has given up by then, and never an act at the counter.
PATIENCE = "200ms"
BUSY = ("55P03", "40P01")  # PostgreSQL's lock_not_available and deadlock_detected.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A move of some 50,000 rows takes a second, in which the counter waits. Where it takes longer, it is made
# once a day.
LONG_SECONDS = 1.0
# What a tick released must leave the files, so after a tick it is tried more than once.
TRIES_AFTER_TICK, REST_SECONDS = 5, 1.0

Times = WeakKeyDictionary[sa.Engine, tuple[datetime, datetime]]

_next: Times = WeakKeyDictionary()
_next_of_diaries: Times = WeakKeyDictionary()


def shuffle_hourly(engine: sa.Engine, now: datetime, ticked: bool = False) -> None:
    """Shuffle after a tick, and else where this process has not for an hour; if busy, the next call tries."""
    if ticked:
        _after_tick(engine)
    else:
        _if_due(_next, engine, now, shuffle)
    _if_due(_next_of_diaries, engine, now, shuffle_diaries)


def _if_due(times: Times, engine: sa.Engine, now: datetime, move: Callable[[sa.Engine], bool]) -> None:
    if engine in times and times[engine][0] <= now < times[engine][1]:
        return
    began = time.monotonic()
    if move(engine):
        pause = HOUR if time.monotonic() - began <= LONG_SECONDS else DAY
        times[engine] = (now, now + pause)


def _after_tick(engine: sa.Engine) -> None:
    for _try in range(TRIES_AFTER_TICK):
        if shuffle(engine):
            return
        time.sleep(REST_SECONDS)
    # Whoever comes next tries again, and does not wait for the hour to pass.
    _next.pop(engine, None)


def shuffle(engine: sa.Engine) -> bool:
    """Move the rows of answers out and back in the order of their random keys, in one transaction.

    Returns False, with nothing moved, where somebody else was busy with them: the next time will do.
    """
    return _moved(engine, MOVED)


def shuffle_diaries(engine: sa.Engine) -> bool:
    """Move the rows of diaries likewise; returns False, with nothing moved, where somebody was busy."""
    return _moved(engine, DIARIES)


def _moved(engine: sa.Engine, tables: Mapping[str, str]) -> bool:
    if engine.dialect.name != "postgresql":
        return True
    try:
        with engine.begin() as connection:
            _move(connection, tables)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in BUSY:
            raise
        return False
    return True


def keep_away(connection: sa.Connection) -> None:
    """Let no shuffle begin before this transaction ends; it has to be the first thing that it does.

    A truncated table looks empty to whoever sees an earlier state of the database and comes to it later.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE epoch, diary_key IN ACCESS SHARE MODE")


def _move(connection: sa.Connection, tables: Mapping[str, str]) -> None:
    """Nobody may read or write meanwhile: a deletion that waited for a moved row would not find it again."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    for table in tables:
        connection.exec_driver_sql(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    for table in tables:
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE moved_{table} ON COMMIT DROP AS SELECT * FROM {table}"  # noqa: S608
        )
    # A truncated table gets a new file, without the old rows and their transaction numbers.
    connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)}")
    for table, key in tables.items():
        connection.exec_driver_sql(
            f"INSERT INTO {table} SELECT * FROM moved_{table} ORDER BY {key}"  # noqa: S608
        )
