"""Who may tap at a tablet: its own team's tiles, and people lent to it, found by name."""

from collections import Counter

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
    alike = Counter(short_name(row.name) for row in rows)
    return [
        {
            "id": row.id,
            "name": short_name(row.name) if alike[short_name(row.name)] == 1 else row.name,
            "pin_length": row.pin_length,
        }
        for row in rows
    ]


def find_people(connection: sa.Connection, wanted: str) -> list[dict[str, object]]:
    """Return up to eight people whose name has ``wanted`` in it, from the whole organisation."""
    if len(wanted) < SHORTEST_SEARCH:
        return []
    pattern = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    query = (
        sa.select(Person.id, Person.name, Person.pin_length, Unit.name.label("team"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.active, Person.name.ilike(pattern, escape="\\"))
        .order_by(sa.func.lower(Person.name), Person.id)
        .limit(MOST_FOUND)
    )
    return [
        {"id": row.id, "name": short_name(row.name), "team": row.team, "pin_length": row.pin_length}
        for row in connection.execute(query)
    ]
