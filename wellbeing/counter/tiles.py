"""Who may tap at a tablet: its own team's tiles, and people lent to it, found by name."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from wellbeing.floor import short_name
from wellbeing.models.accounts import Person, Unit

MOST_FOUND = 8
SHORTEST_SEARCH = 2


def team_tiles(connection: sa.Connection, unit_id: int) -> list[dict[str, object]]:
    """Return the tiles of a team's own people, by name; two who would look alike show their whole names."""
    query = sa.select(Person.id, Person.name, Person.pin_length).where(
        Person.active, Person.unit_id == unit_id
    )
    rows = connection.execute(query.order_by(sa.func.lower(Person.name), Person.id)).all()
    names = _names(rows)
    return [
        {"id": row.id, "name": name, "pin_length": row.pin_length}
        for row, name in zip(rows, names, strict=True)
    ]


def _names(rows: Sequence[sa.Row]) -> list[str]:
    short = [short_name(row.name) for row in rows]
    alike = Counter(short)
    return [name if alike[name] == 1 else row.name for row, name in zip(rows, short, strict=True)]


def find_people(connection: sa.Connection, wanted: str) -> list[dict[str, object]]:
    """Return up to eight people one of whose names begins with ``wanted``, from the whole organisation."""
    if len(wanted) < SHORTEST_SEARCH:
        return []
    start = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    begins, goes_on = (Person.name.ilike(pattern, escape="\\") for pattern in (start, "% " + start))
    query = (
        sa.select(Person.id, Person.name, Person.pin_length, Unit.name.label("team"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.active, begins | goes_on)
        .order_by(~begins, sa.func.lower(Person.name), Person.id)
        .limit(MOST_FOUND)
    )
    rows = connection.execute(query).all()
    return [
        {"id": row.id, "name": name, "team": row.team, "pin_length": row.pin_length}
        for row, name in zip(rows, _names(rows), strict=True)
    ]
