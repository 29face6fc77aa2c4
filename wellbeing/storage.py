"""How connections behave: durable SQLite, with transactions that say what they are."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

# A deferred BEGIN that later writes fails under two workers; requests that never write take it.
read_only: ContextVar[bool] = ContextVar("read_only", default=False)

# How long a writer waits for another one, in milliseconds.
PATIENCE_MS = 20_000
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {PATIENCE_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    # Without it, INSERT OR REPLACE would get past the triggers that keep the ledger append-only.
    "PRAGMA recursive_triggers = ON",
)


@contextmanager
def reading_only() -> Iterator[None]:
    """Let transactions begun within read one state of the database, while others go on writing."""
    before = read_only.set(True)
    try:
        yield
    finally:
        read_only.reset(before)


@contextmanager
def writing() -> Iterator[None]:
    """Let transactions begun within write, although the request around them only reads."""
    before = read_only.set(False)
    try:
        yield
    finally:
        read_only.reset(before)


# Not by a lock on a row: PostgreSQL would leave the transaction's number there, and so name the author of the
# answer that was written with it.
_ONE_BY_ONE = sa.text("SELECT pg_advisory_xact_lock(:number)")


def one_by_one(connection: sa.Connection, number: int) -> None:
    """Let what concerns one person happen one after the other, on PostgreSQL as SQLite does by itself.

    ``number`` is the person's id, or 64 bits of a name.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_BY_ONE, {"number": number})


def engine_options(url: str, pooled: bool) -> dict[str, Any]:
    """Return how the engine of a database is made; ``pooled`` says that a pooler is between.

    An error of the database may be printed, and what an answer said must not be in it. A connection to
    PostgreSQL is asked whether it is still there, because the server behind it may have changed; and where it
    is somebody else's after each transaction, nothing may be prepared on it.
    """
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("postgresql"):
        options["pool_pre_ping"] = True
        if pooled:
            options["connect_args"] = {"prepare_threshold": None}
    return options


def prepare(engine: Engine) -> None:
    """Make an engine's connections durable and its transactions explicit."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin(connection: sa.Connection) -> None:
    connection.connection.cursor().execute("BEGIN" if read_only.get() else "BEGIN IMMEDIATE")
