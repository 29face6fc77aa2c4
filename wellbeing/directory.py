"""Who is on the roster, for the pages and commands that look after people; nothing here knows an answer."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from wellbeing.models.accounts import Level, Person
from wellbeing.units import UnitPath, opening, read_tree


@dataclass(frozen=True)
class Headcount:
    """How many people a unit has on its own roster, and how many of them have chosen a PIN."""

    people: int
    with_pin: int


@dataclass(frozen=True)
class OnRoster:
    """What a people file is checked against: paths below the organisation, sign-in names, people by team.

    ``teams`` and ``units`` (which has the sites too) are open; nobody new comes to a ``closed`` one, nor to a
    ``planned`` one before the merge that opens it.
    """

    organisation: str
    teams: frozenset[UnitPath]
    units: frozenset[UnitPath]
    closed: frozenset[UnitPath]
    planned: frozenset[UnitPath]
    logins: frozenset[str]
    people: frozenset[tuple[UnitPath, str]]


def in_unit(session: Session, unit_id: int) -> list[Person]:
    """Return the active people on a unit's own roster, by name."""
    return list(
        session.scalars(
            sa.select(Person)
            .where(Person.unit_id == unit_id, Person.active)
            .options(selectinload(Person.grants))
            .order_by(sa.func.lower(Person.name), Person.id)
        )
    )


def headcounts(session: Session) -> dict[int, Headcount]:
    """Return how many active people each unit has on its own roster, by unit id; empty units are left out."""
    rows = session.execute(
        sa.select(Person.unit_id, sa.func.count(), sa.func.count(Person.pin_mac))
        .where(Person.active)
        .group_by(Person.unit_id)
    )
    return {unit_id: Headcount(people, with_pin) for unit_id, people, with_pin in rows}


def unconfirmed(session: Session) -> list[Person]:
    """Return the active people whose answers wait for an admin's confirmation, by name."""
    return list(
        session.scalars(
            sa.select(Person)
            .where(Person.counts_from.is_(None), Person.active)
            .options(selectinload(Person.unit))
            .order_by(sa.func.lower(Person.name), Person.id)
        )
    )


def on_roster(session: Session) -> OnRoster:
    """Return what the site has already, for roster.read_people."""
    tree = read_tree(session)
    paths = {unit.id: tree.path_of(unit) for unit in tree.units}
    planned = opening(session)
    below = [unit for unit in tree.units if unit.level is not Level.ORGANISATION]
    open_ = [unit for unit in below if unit.closed_on is None and unit.id not in planned]
    rows = session.execute(sa.select(Person.unit_id, Person.name, Person.login)).all()
    return OnRoster(
        organisation=tree.root().name,
        teams=frozenset(paths[unit.id] for unit in open_ if unit.level is Level.TEAM),
        units=frozenset(paths[unit.id] for unit in open_),
        closed=frozenset(paths[unit.id] for unit in below if unit.closed_on is not None),
        planned=frozenset(paths[unit] for unit in planned),
        logins=frozenset(row.login for row in rows if row.login),
        people=frozenset((paths[row.unit_id], row.name) for row in rows),
    )
