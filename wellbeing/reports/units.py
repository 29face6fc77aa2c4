"""The tree as a reader sees it, and whose figure a team's page shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.pools import Roster, path_up, pool_map


@dataclass(frozen=True)
class Line:
    """One unit in the tree's own order; ``depth`` counts from the highest unit shown."""

    id: int
    name: str
    level: Level
    depth: int


def tree(session: Session, roots: Collection[int]) -> tuple[Line, ...]:
    """Return some units and everything below them, parents first, units of one parent by name."""
    query = sa.select(Unit.id, Unit.parent_id, Unit.name, Unit.level).order_by(Unit.name, Unit.id)
    below: dict[int | None, list[sa.Row]] = {}
    for row in session.execute(query):
        below.setdefault(row.parent_id, []).append(row)
    return tuple(_walk(below, None, roots, None))


def _walk(
    below: Mapping[int | None, list[sa.Row]], parent: int | None, roots: Collection[int], depth: int | None
) -> list[Line]:
    """``depth`` is None as long as no root has been met on the way down."""
    lines = []
    for row in below.get(parent, ()):
        here = 0 if depth is None and row.id in roots else depth
        if here is not None:
            lines.append(Line(row.id, row.name, row.level, here))
        lines += _walk(below, row.id, roots, None if here is None else here + 1)
    return lines


def path(session: Session, unit_id: int) -> tuple[Line, ...]:
    """Return a unit and the units above it, the organisation first."""
    above: list[sa.Row] = []
    step: int | None = unit_id
    while step is not None:
        query = sa.select(Unit.id, Unit.parent_id, Unit.name, Unit.level).where(Unit.id == step)
        above.append(session.execute(query).one())
        step = above[-1].parent_id
    return tuple(Line(row.id, row.name, row.level, depth) for depth, row in enumerate(reversed(above)))


def pool_of(session: Session, team: tuple[Line, ...], own_pool_from: int, today: date) -> Line:
    """Return the unit whose own figure a team is shown: itself, or the pool above that its answers go to.

    ``team`` is the team's path. It never climbs past a unit with a pool of its own: further up, a manager
    could meet a figure that they are part of themselves (R1, R2).
    """
    if _headcount(session, team, today) >= own_pool_from:
        return team[-1]
    pools = set(pool_map(_roster(session, own_pool_from, today)).places.values())
    return next((unit for unit in reversed(team[:-1]) if unit.id in pools), team[0])


def _headcount(session: Session, team: tuple[Line, ...], today: date) -> int:
    """Count the people whose answers can go to the team's pool: no managers, HR or admins over it."""
    over_it = RoleGrant.unit_id.in_([unit.id for unit in team])
    viewers = sa.select(RoleGrant.person_id).where(over_it, RoleGrant.role.in_(VIEWER_ROLES))
    query = sa.select(sa.func.count(Person.id)).where(Person.unit_id == team[-1].id, *_counted(today))
    return session.execute(query.where(Person.id.not_in(viewers))).scalar_one()


def _counted(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    return Person.active.is_(True), Person.counts_from <= today


def _roster(session: Session, own_pool_from: int, today: date) -> Roster:
    held = sa.select(RoleGrant.unit_id, RoleGrant.person_id).where(RoleGrant.role.in_(VIEWER_ROLES))
    grants: dict[int, set[int]] = {}
    for unit, person in session.execute(held).tuples():
        grants.setdefault(unit, set()).add(person)
    return Roster(
        parents=dict(session.execute(sa.select(Unit.id, Unit.parent_id)).tuples().all()),
        homes=dict(
            session.execute(sa.select(Person.id, Person.unit_id).where(*_counted(today))).tuples().all()
        ),
        grants=grants,
        own_pool_from=own_pool_from,
    )


def paths(session: Session) -> dict[int, str]:
    """Return every unit's path in words, such as "Harbour Motors > Northgate > Parts"."""
    rows = {row.id: row for row in session.execute(sa.select(Unit.id, Unit.parent_id, Unit.name))}
    parents = {row.id: row.parent_id for row in rows.values()}
    return {unit: " > ".join(rows[step].name for step in reversed(path_up(parents, unit))) for unit in rows}
