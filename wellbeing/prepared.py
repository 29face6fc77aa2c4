"""Statements compiled once and run on the bare driver, for the one path that has to be quick.

At the counter SQLAlchemy's bookkeeping costs several times what the database does; its compiler and its
column types are kept, so that a statement still works, and means the same, on both databases.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

Processor = Callable[[Any], Any]


class Prepared:
    """A Core statement, ready to run within a connection's open transaction."""

    def __init__(self, statement: sa.Select[Any] | sa.Insert | sa.TextClause) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def one(self, connection: sa.Connection, **values: Any) -> Any:
        """Return the first row, with its columns as attributes, or None; raise SQLAlchemy's DBAPIError."""
        ready = self._of(connection.dialect)
        with _cursor(connection, ready.text) as cursor:
            cursor.execute(ready.text, ready.bound(values))
            row = cursor.fetchone()
        return None if row is None else ready.read(row)

    def run(self, connection: sa.Connection, **values: Any) -> int:
        """Run the statement and return how many rows it wrote; raise SQLAlchemy's DBAPIError."""
        ready = self._of(connection.dialect)
        with _cursor(connection, ready.text) as cursor:
            cursor.execute(ready.text, ready.bound(values))
            return int(cursor.rowcount)

    def _of(self, dialect: sa.Dialect) -> "_Ready":
        if dialect.name not in self._ready:
            self._ready[dialect.name] = _Ready(self._statement, dialect)
        return self._ready[dialect.name]


def adding(table: sa.FromClause) -> Prepared:
    """Return the insert of a new row; columns for which the database has a value of its own are left to it.

    Two acts at the same moment may both find that a row is new. One that is there already stays as it is,
    because PostgreSQL would write the values of a refused one into its log.
    """
    columns = [column for column in table.columns if column.server_default is None]
    names, values = (", ".join(mark + column.name for column in columns) for mark in ("", ":"))
    statement = f"INSERT INTO {table.description} ({names}) VALUES ({values}) ON CONFLICT DO NOTHING"  # noqa: S608
    return Prepared(sa.text(statement).bindparams(*(sa.bindparam(c.name, type_=c.type) for c in columns)))


class _cursor:
    """The driver's cursor for one statement; its errors are raised as SQLAlchemy's, without parameters."""

    __slots__ = ("_connection", "_cursor", "_text")

    def __init__(self, connection: sa.Connection, text: str) -> None:
        self._connection, self._text = connection, text

    def __enter__(self) -> Any:
        self._cursor = self._connection.connection.cursor()
        return self._cursor

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        self._cursor.close()
        driver = self._connection.dialect.loaded_dbapi
        if isinstance(error, driver.Error):
            raise sa.exc.DBAPIError.instance(
                self._text, None, error, driver.Error, hide_parameters=True
            ) from error


class _Ready:
    """One statement for one database: its text, its parameters in order, and its column types."""

    def __init__(self, statement: sa.Select[Any] | sa.Insert | sa.TextClause, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 -- for the type checker
        self.text = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        binders = {name: _binder(bind.type, dialect) for bind, name in compiled.bind_names.items()}
        self._by_name = compiled.positiontup is None
        self._slots = [(name, binders[name]) for name in compiled.positiontup or binders]
        columns = list(statement.selected_columns) if isinstance(statement, sa.Select) else []
        self._readers = [_reader(column.type, dialect) for column in columns]
        self._row = _row_of([column.name for column in columns])

    def bound(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver takes them: by position or by name."""
        given = {**self._fixed, **values} if self._fixed else values
        ready = [binder(given[name]) if binder else given[name] for name, binder in self._slots]
        return dict(zip((name for name, _ in self._slots), ready, strict=True)) if self._by_name else ready

    def read(self, row: Any) -> Any:
        """Return a row as Python values, by name."""
        found = zip(self._readers, row, strict=True)
        return self._row(*[reader(value) if reader else value for reader, value in found])


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names)


def _binder(type_: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Processor | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _reader(type_: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Processor | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)
