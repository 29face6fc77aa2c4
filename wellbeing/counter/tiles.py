"""Who may tap at a tablet: its own team and people lent to it by tile, everybody else found by name."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import lending
from wellbeing.floor import short_name
from wellbeing.models.accounts import Person, Unit

MOST_FOUND = 8
SHORTEST_SEARCH = 2


def team_tiles(connection: sa.Connection, unit_id: int, today: date) -> list[dict[str, object]]:
    """Return the tiles of a team's own people and of those lent to it today, by name.

    Two who would look alike show their whole names; who is lent comes with their own team's.
    """
    query = _people().where(Person.unit_id == unit_id)
    lent = _people().where(Person.unit_id != unit_id, Person.id.in_(lending.running(unit_id, today)))
    both = sa.union_all(query, lent).subquery()
    rows = connection.execute(sa.select(both).order_by(sa.func.lower(both.c.name), both.c.id)).all()
    return [
        {"id": row.id, "name": name, "pin_length": row.pin_length}
        | ({"team": _("lent by %(team)s", team=row.team)} if row.unit_id != unit_id else {})
        for row, name in zip(rows, _names(rows), strict=True)
    ]


def _people() -> sa.Select[tuple[int, str, int | None, int, str]]:
    columns = (Person.id, Person.name, Person.pin_length, Person.unit_id, Unit.name.label("team"))
    return sa.select(*columns).join(Unit, Unit.id == Person.unit_id).where(Person.active)


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
        _people()
        .where(begins | goes_on)
        .order_by(~begins, sa.func.lower(Person.name), Person.id)
        .limit(MOST_FOUND)
    )
    rows = connection.execute(query).all()
    return [
        {"id": row.id, "name": name, "team": row.team, "pin_length": row.pin_length}
        for row, name in zip(rows, _names(rows), strict=True)
    ]
