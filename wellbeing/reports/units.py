"""The tree as a reader sees it, and whose figure a team's page shows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.models.changes import UnitMerge
from wellbeing.models.epochs import FigureAbove
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.pools import path_up
from wellbeing.reports.once import once
from wellbeing.units import opening


class Line(NamedTuple):
    """One unit in the tree's own order; ``depth`` counts from the highest unit shown.

    ``closed_on`` is the day from which a merged unit has no people any more, ``opens_on`` the one on which a
    merge that is planned opens its new unit.
    """

    id: int
    name: str
    level: Level
    depth: int
    closed_on: date | None = None
    opens_on: date | None = None


# Read as rows of the table itself: as columns of its class, hundreds of them take twice as long.
_UNIT, _PERSON, _GRANT = Unit.__table__.c, Person.__table__.c, RoleGrant.__table__.c
_COLUMNS = sa.select(_UNIT.id, _UNIT.parent_id, _UNIT.name, _UNIT.level, _UNIT.closed_on).order_by(
    _UNIT.name, _UNIT.id
)


def _every(session: Session) -> dict[int, sa.Row]:
    """Return the rows of all units, by name."""
    return once(session, "units", lambda: {row.id: row for row in session.execute(_COLUMNS)})


def below(session: Session, unit: Line) -> tuple[Line, ...]:
    """Return everything below a unit; below a team that is only what was merged into it."""
    if unit.level is not Level.TEAM:
        return tree(session, {unit.id})[1:]
    closed = _under(session.execute(_CLOSED))
    return _with_openings(session, _walk(closed, unit.id, (), 1))


_CLOSED = _COLUMNS.where(_UNIT.closed_on.is_not(None))


def tree(session: Session, roots: Collection[int]) -> tuple[Line, ...]:
    """Return some units and everything below them, parents first, units of one parent by name."""
    return _with_openings(session, _walk(_under(_every(session).values()), None, roots, None))


def _under(rows: Iterable[sa.Row]) -> dict[int | None, list[sa.Row]]:
    """Return units by the unit that they stand right below."""
    under: dict[int | None, list[sa.Row]] = {}
    for row in rows:
        under.setdefault(row.parent_id, []).append(row)
    return under


def _walk(
    under: Mapping[int | None, list[sa.Row]], parent: int | None, roots: Collection[int], depth: int | None
) -> list[Line]:
    """``depth`` is None as long as no root has been met on the way down."""
    lines = []
    for row in under.get(parent, ()):
        here = 0 if depth is None and row.id in roots else depth
        if here is not None:
            lines.append(_line(row, here))
        if row.id in under:
            lines += _walk(under, row.id, roots, None if here is None else here + 1)
    return lines


def _line(row: sa.Row, depth: int) -> Line:
    return Line(row.id, row.name, row.level, depth, row.closed_on)


def _with_openings(session: Session, lines: Sequence[Line]) -> tuple[Line, ...]:
    days = once(session, "openings", lambda: opening(session))
    return tuple(line._replace(opens_on=days[line.id]) if line.id in days else line for line in lines)


def merged_into(session: Session, unit_id: int) -> list[str]:
    """Return the names of the units that a merge is to put into a new one, in order."""
    query = sa.select(Unit.name).join(UnitMerge, UnitMerge.unit_id == Unit.id).order_by(Unit.name, Unit.id)
    return list(session.scalars(query.where(UnitMerge.into_unit_id == unit_id, ~UnitMerge.done)))


def went_to(session: Session, found: Sequence[Line]) -> str:
    """Return the name of the unit that has a closed one's people, "" where it had none; with another's site.

    ``found`` is the closed unit's path.
    """
    if found[-2].level is found[-1].level:
        return found[-2].name
    query = sa.select(Unit.name, _SITE.name).join(_SITE, _SITE.id == Unit.parent_id)
    query = query.join(UnitMerge, UnitMerge.into_unit_id == Unit.id).where(UnitMerge.unit_id == found[-1].id)
    into = session.execute(query.where(UnitMerge.done)).one_or_none()
    return f"{into[1]} · {into[0]}" if into else ""


_SITE = aliased(Unit)


def path(session: Session, unit_id: int) -> tuple[Line, ...]:
    """Return a unit and the units above it, the organisation first."""
    above = [session.execute(_ONE, {"unit": unit_id}).one()]
    while above[-1].parent_id is not None:
        above.append(session.execute(_ONE, {"unit": above[-1].parent_id}).one())
    return _with_openings(session, [_line(row, depth) for depth, row in enumerate(reversed(above))])


_ONE = _COLUMNS.where(_UNIT.id == sa.bindparam("unit"))


def reached(found: Sequence[Line], roots: Collection[int]) -> set[int]:
    """Return the ids of those units of a path that lie at some units or below them."""
    first = next((at for at, line in enumerate(found) if line.id in roots), len(found))
    return {line.id for line in found[first:]}


def figure_above(session: Session, team: tuple[Line, ...]) -> tuple[Line, int] | None:
    """Return the unit whose figure a team is shown, and from which weekly tick on; None where it has its own.

    ``team`` is the team's path.
    """
    row = session.get(FigureAbove, team[-1].id)
    if row is None:
        return None
    return next(unit for unit in team if unit.id == row.source_id), row.from_number


def has_ledger(session: Session, organisation: Line, own_pool_from: int, today: date) -> bool:
    """Tell whether the organisation has enough people for any figure at all (R2)."""
    asked = {"organisation": organisation.id, "enough": own_pool_from, "today": today}
    question = ("people", *asked.values())
    return once(session, question, lambda: len(session.execute(_PEOPLE, asked).all()) >= own_pool_from)


# As many people as are enough, and no more: counting all of a large organisation takes longer than its page.
_PEOPLE = (
    sa.select(_PERSON.id)
    .where(
        _PERSON.active.is_(True),
        _PERSON.counts_from <= sa.bindparam("today"),
        _PERSON.id.not_in(
            sa.select(_GRANT.person_id).where(
                _GRANT.unit_id == sa.bindparam("organisation"), _GRANT.role.in_(VIEWER_ROLES)
            )
        ),
    )
    .limit(sa.bindparam("enough"))
)


def paths(session: Session) -> dict[int, str]:
    """Return every unit's path in words, such as "Harbour Motors > Northgate > Parts".

    A merged unit keeps the path that it had, so that a file of its blocks stays the same for ever.
    """
    rows = _every(session)
    parents = {row.id: _first_place(rows, row) for row in rows.values()}
    return {unit: " > ".join(rows[step].name for step in reversed(path_up(parents, unit))) for unit in rows}


def _first_place(rows: Mapping[int, sa.Row], row: sa.Row) -> int | None:
    """Return the parent that a unit has, or had before it was merged into one beside it."""
    parent: int | None = row.parent_id
    while parent is not None and rows[parent].level == row.level:
        parent = rows[parent].parent_id
    return parent
