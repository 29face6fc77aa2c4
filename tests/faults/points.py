"""Points of a run at which a test may act: before and after each call to the database's driver.

Both drivers are watched below SQLAlchemy, so that statements run on a bare cursor count too.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event

# Told "before DELETE", "after DELETE", "before COMMIT"...; what it does then is the test's affair.
AtPoint = Callable[[str], None]


def watch(engine: sa.Engine, at_point: AtPoint) -> None:
    """Call ``at_point`` around every call to the driver on connections that the engine opens from now on."""
    connect = _sqlite(at_point) if engine.dialect.name == "sqlite" else _postgres(at_point)
    event.listen(engine, "do_connect", lambda _dialect, _record, args, named: connect(*args, **named))


def _around(at_point: AtPoint, statement: object, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    word = str(statement).split(maxsplit=1)[0].upper()
    if word == "PRAGMA" and "checkpoint" not in str(statement):
        return call(*given, **named)
    at_point(f"before {word}")
    done = call(*given, **named)
    at_point(f"after {word}")
    return done


def _sqlite(at_point: AtPoint) -> Callable[..., sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        """A cursor that tells of its calls."""

        def execute(self, sql: str, *given: Any) -> "Cursor":
            return _around(at_point, sql, super().execute, sql, *given)

        def executemany(self, sql: str, *given: Any) -> "Cursor":
            return _around(at_point, sql, super().executemany, sql, *given)

    class Connection(sqlite3.Connection):
        """A connection that tells of its commits."""

        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            _around(at_point, "COMMIT", super().commit)

    return lambda *args, **named: sqlite3.connect(*args, **named, factory=Connection)


def _postgres(at_point: AtPoint) -> Callable[..., psycopg.Connection]:
    class Cursor(psycopg.Cursor):
        """A cursor that tells of its calls."""

        def execute(self, query: Any, *given: Any, **named: Any) -> "Cursor":
            return _around(at_point, query, super().execute, query, *given, **named)

        def executemany(self, query: Any, *given: Any, **named: Any) -> None:
            _around(at_point, query, super().executemany, query, *given, **named)

    class ServerCursor(psycopg.ServerCursor):
        """A cursor kept by the server that tells of its call."""

        def execute(self, query: Any, *given: Any, **named: Any) -> "ServerCursor":
            return _around(at_point, query, super().execute, query, *given, **named)

    class Connection(psycopg.Connection):
        """A connection that tells of its commits."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.cursor_factory, self.server_cursor_factory = Cursor, ServerCursor

        def commit(self) -> None:
            _around(at_point, "COMMIT", super().commit)

    return Connection.connect
