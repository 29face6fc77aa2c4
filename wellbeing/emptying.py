"""Empties every table of a database within one transaction, also those that refuse it, and puts that back.

The ledger's triggers let no row go. They are taken away and put back in the same transaction, so that nobody
else ever sees the database without them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from wellbeing import tables
from wellbeing.storage import PATIENCE_MS


@contextmanager
def emptied(connection: sa.Connection) -> Iterator[None]:
    """Empty all tables; within, they can be filled anew. The caller's transaction decides."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in reversed(tables.known()))
        # Whoever reads a page is waited for; a forgotten session is not.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        _switch_triggers(connection, "DISABLE")
        connection.exec_driver_sql(f"TRUNCATE {names}")
        yield
        _switch_triggers(connection, "ENABLE")
        return
    kept = _take_triggers(connection)
    for table in reversed(tables.known()):
        connection.execute(sa.delete(table))
    yield
    for statement in kept:
        connection.exec_driver_sql(statement)


def _switch_triggers(connection: sa.Connection, act: str) -> None:
    # An act at the counter begins with its receipt: whoever has that lock has waited for all acts.
    for name in sorted((table.name for table in tables.known()), key=lambda name: name != "receipt"):
        connection.exec_driver_sql(f"ALTER TABLE {name} {act} TRIGGER USER")


def _take_triggers(connection: sa.Connection) -> list[str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    found = connection.exec_driver_sql(query).all()
    for name, _statement in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return [statement for _name, statement in found]
