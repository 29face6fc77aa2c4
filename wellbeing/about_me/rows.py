"""Reading what a table holds about one person."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Person

Lines = Iterator[str]


def rows(session: Session, person: Person, table: Any, *columns: Any) -> Iterator[Any]:
    """Yield some columns of a person's rows of a table, in a steady order."""
    return iter(session.execute(sa.select(*columns).where(table.person_id == person.id).order_by(*columns)))


def count(session: Session, mine: sa.ColumnElement[bool]) -> int:
    """Return how many rows of a table are a person's."""
    return int(session.execute(sa.select(sa.func.count()).where(mine)).scalar_one())
