"""Ways to join two sets of tables: by chains of foreign keys, by columns of one kind, and by values."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from wellbeing.models.base import Moment

# Everything at work belongs to a unit, and what is named has a name: these two tables lead everywhere.
HUBS = frozenset({"unit", "person"})
Chain = tuple[str, ...]


def chains(metadata: sa.MetaData, starts: Collection[str], goals: Collection[str]) -> list[Chain]:
    """Return, for each table of ``goals`` that can be reached, the shortest chain of foreign keys to it.

    Keys are followed in both directions, through every table but units and people.
    """
    beside: dict[str, set[str]] = {table.name: set() for table in metadata.sorted_tables}
    for table in metadata.sorted_tables:
        for foreign in table.foreign_keys:
            beside[table.name].add(foreign.column.table.name)
            beside[foreign.column.table.name].add(table.name)
    reached: dict[str, Chain] = {start: (start,) for start in starts}
    waiting = deque(starts)
    while waiting:
        here = waiting.popleft()
        for there in sorted(beside[here] - HUBS - reached.keys()):
            reached[there] = (*reached[here], there)
            waiting.append(there)
    return [reached[goal] for goal in sorted(goals) if goal in reached]


def times_and_keys(tables: Iterable[sa.Table]) -> set[str]:
    """Return the columns that say when, and those that hold keys or pseudonyms, as "table.column"."""
    kinds = (Moment, sa.Date, sa.DateTime, sa.LargeBinary)
    return {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if isinstance(column.type, kinds)
    }


def values(rows: Mapping[str, Iterable[sa.Row]]) -> set[object]:
    """Return the values of some tables' rows by which a row could be found: moments, days, bytes and texts.

    Numbers and yes or no are too common to lead from one row to another.
    """
    return {
        value
        for table in rows.values()
        for row in table
        for value in row
        if value not in (None, "") and not isinstance(value, int | float)
    }
