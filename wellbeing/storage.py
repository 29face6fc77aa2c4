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

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 20000",
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
