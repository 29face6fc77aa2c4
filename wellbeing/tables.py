"""The tables of a database, as this version knows them or, at an older revision, as they stand there."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from wellbeing.models import every
from wellbeing.models.base import db

# Named here, so that every table is known whoever else was imported.
ROOMS = every.ROOMS
BOOKKEEPING = "alembic_version"


def known() -> list[sa.Table]:
    """Return every table of this version, each after those that it refers to."""
    return db.metadata.sorted_tables


def standing(connection: sa.Connection) -> list[sa.Table]:
    """Return the tables of a database at any revision, each after those that it refers to.

    A column that this version still has is read as what it is here; others as what the database says.
    """
    if _is_as_known(connection):
        return known()
    found = sa.MetaData()
    found.reflect(connection)
    ours = {table.name: table for table in known()}
    return [
        _as_known(table, ours.get(table.name)) for table in found.sorted_tables if table.name != BOOKKEEPING
    ]


def _is_as_known(connection: sa.Connection) -> bool:
    """Tell whether a database has this version's tables and columns; much quicker than to reflect them."""
    found = sa.inspect(connection).get_multi_columns()
    names = {table: {column["name"] for column in columns} for (_schema, table), columns in found.items()}
    names.pop(BOOKKEEPING, None)
    return names == {table.name: set(table.columns.keys()) for table in known()}


def _as_known(found: sa.Table, ours: sa.Table | None) -> sa.Table:
    kinds: Mapping[str, Any] = (
        {column.key: column.type for column in ours.columns} if ours is not None else {}
    )
    for column in found.columns:
        column.type = kinds.get(column.key, column.type)
    return found


def in_order(table: sa.Table) -> sa.Select:
    """Return the question for a table's rows by their keys; for units, each after its parent."""
    if table.name != "unit":
        return sa.select(table).order_by(*table.primary_key)
    # A merged unit can be older than its parent.
    top = sa.select(table.c.id, sa.literal(0).label("depth")).where(table.c.parent_id.is_(None))
    tree = top.cte("tree", recursive=True)
    tree = tree.union_all(sa.select(table.c.id, tree.c.depth + 1).where(table.c.parent_id == tree.c.id))
    return sa.select(table).join(tree, tree.c.id == table.c.id).order_by(tree.c.depth, table.c.id)
