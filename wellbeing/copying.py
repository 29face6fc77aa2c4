"""Copies rows between databases of this version, of either kind, and says whether both hold the same."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

import sqlalchemy as sa

from wellbeing import portable, tables

BATCH = 1000

Row = dict[str, object]
Keep = Callable[[str, Row], bool]


def everything(_table: str, _row: Row) -> bool:
    """Keep every row."""
    return True


def copy(source: sa.Connection, target: sa.Connection, keep: Keep = everything) -> None:
    """Copy every row that ``keep`` wants into the empty tables of ``target``, within its transaction."""
    for table in tables.known():
        for batch in batches(_rows(source, table, keep)):
            target.execute(sa.insert(table), batch)
    go_on_counting(target)


def _rows(connection: sa.Connection, table: sa.Table, keep: Keep) -> Iterator[Row]:
    found = connection.execute(tables.in_order(table).execution_options(yield_per=BATCH)).mappings()
    return (row for row in map(dict, found) if keep(table.name, row))


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists of a size that a database takes at once."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def go_on_counting(connection: sa.Connection) -> None:
    """Let PostgreSQL's sequences go on after the numbers that are there; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.known():
        column = table.autoincrement_column
        if column is not None:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.key}'), "  # noqa: S608
                f"coalesce(max({column.key}), 1), max({column.key}) IS NOT NULL) FROM {table.name}"
            )


def digests(
    connection: sa.Connection, found: Collection[sa.Table], keep: Keep = everything
) -> dict[str, str]:
    """Return a digest of every table's rows, the same from either database."""
    return {table.name: _digest(connection, table, keep) for table in found}


def _digest(connection: sa.Connection, table: sa.Table, keep: Keep) -> str:
    # As a sum, because databases do not order texts alike.
    total = 0
    for row in _rows(connection, table, keep):
        text = json.dumps(portable.told(row), sort_keys=True).encode()
        total += int.from_bytes(hashlib.sha256(text).digest())
    return f"{total % 2**256:064x}"


def is_empty(connection: sa.Connection, but: Collection[str] = ()) -> bool:
    """Tell whether no table of this version holds a row, ``but`` those that are not asked."""
    asked = [table for table in tables.known() if table.name not in but]
    return not any(connection.execute(sa.select(table).limit(1)).first() for table in asked)
