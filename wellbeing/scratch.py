"""A database for a moment: private to this process, spilled to a nameless file that no crash leaves."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from wellbeing.storage import prepare


@contextmanager
def scratch() -> Iterator[sa.Engine]:
    """Yield an engine on an empty SQLite database that has no name and no other visitor."""
    engine = sa.create_engine("sqlite://", creator=_nameless, poolclass=StaticPool, hide_parameters=True)
    prepare(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def _nameless() -> sqlite3.Connection:
    # SQLite's own word for a temporary database: kept in memory while small, then in a file without a name.
    return sqlite3.connect("", check_same_thread=False)
