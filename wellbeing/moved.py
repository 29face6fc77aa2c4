"""A site that was moved to another database: what is left here takes no answers and runs no ticks (R6).

Were both to go on, each would release what waited, and two figures that differ by a few answers say something
about each of them. So the database itself refuses every new row, whoever asks.
"""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from wellbeing import regular, tables

WHY = "this site was moved to another database"
SENTENCE = (
    "This site was moved to another database, and this copy of it takes no answers and runs no ticks. Set "
    "DATABASE_URL to the new database; delete this copy when the new one has its first backup."
)
# Where it is noted that the site moved; all else is closed.
OPEN = {"regular_work"}


class SiteMoved(Exception):
    """This database is what is left of a site that moved; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(SENTENCE)


def is_moved(connection: sa.Connection) -> bool:
    """Tell whether the site was moved away from this database; False where there are no tables yet."""
    if not sa.inspect(connection).has_table("regular_work"):
        return False
    return regular.when(connection, regular.MOVED) is not None


def check(engine: sa.Engine) -> None:
    """Raise SiteMoved for what is left of a site."""
    with engine.connect() as connection:
        if is_moved(connection):
            raise SiteMoved


def refused(error: DBAPIError) -> bool:
    """Tell whether a database took no row because its site was moved away."""
    return WHY in str(error.orig)


def is_to(connection: sa.Connection, url: str) -> bool:
    """Tell whether a site that was moved away went to this very database."""
    return regular.when(connection, _to(url)) is not None


def _to(url: str) -> str:
    bare = sa.make_url(url).set(password=None).render_as_string()
    return f"{regular.MOVED}_{hashlib.sha256(bare.encode()).hexdigest()[:16]}"


def mark(connection: sa.Connection, now: datetime, url: str) -> None:
    """Close a database for good, within the caller's transaction; again, it changes nothing."""
    if is_moved(connection):
        return
    for name in (regular.MOVED, _to(url)):
        regular.done(connection, name, now)
    names = [table.name for table in tables.known() if table.name not in OPEN]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE FUNCTION refuse_moved() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$"
        )
    for name in names:
        connection.exec_driver_sql(_trigger(name, connection.dialect.name))


def _trigger(name: str, dialect: str) -> str:
    begin = f"CREATE TRIGGER {name}_moved BEFORE INSERT ON {name}"
    if dialect == "postgresql":
        return f"{begin} FOR EACH STATEMENT EXECUTE FUNCTION refuse_moved()"
    return f"{begin} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
