"""Cover requests: named by choice, on the team's wall until taken or until their time is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.floor import CoverRequest


@dataclass(frozen=True)
class Cover:
    """A request as the wall shows it."""

    id: int
    name: str
    place: str
    until: datetime
    unit_id: int


def ask_for_cover(
    connection: sa.Connection, person_id: int, unit_id: int, minutes: int, now: datetime
) -> int:
    """Put somebody's request for cover on the wall of the team they work with, and return its id.

    It takes the place of their last.
    """
    mine = sa.delete(CoverRequest).where(CoverRequest.person_id == person_id)
    connection.execute(mine)
    values = {
        "unit_id": unit_id,
        "person_id": person_id,
        "until": now + timedelta(minutes=minutes),
        "taken": False,
    }
    return int(
        connection.execute(sa.insert(CoverRequest).values(values).returning(CoverRequest.id)).scalar_one()
    )


def take_down(connection: sa.Connection, cover_id: int) -> None:
    """Take a request off the wall again, for whoever asked."""
    connection.execute(sa.delete(CoverRequest).where(CoverRequest.id == cover_id))


def take_cover(connection: sa.Connection, cover_id: int, unit_ids: Collection[int]) -> bool:
    """Take a request off the wall of one of some teams; return whether it was there."""
    statement = sa.update(CoverRequest).where(
        CoverRequest.id == cover_id, CoverRequest.unit_id.in_(unit_ids), ~CoverRequest.taken
    )
    return connection.execute(statement.values(taken=True)).rowcount == 1


def wall(connection: sa.Connection, unit_ids: Collection[int], now: datetime) -> list[Cover]:
    """Return the requests that wait on the walls of some teams, the first to run out first."""
    query = (
        sa.select(CoverRequest.id, Person.name, Unit.name.label("place"), CoverRequest.until, Unit.id)
        .join(Person, Person.id == CoverRequest.person_id)
        .join(Unit, Unit.id == CoverRequest.unit_id)
        .where(CoverRequest.unit_id.in_(unit_ids), ~CoverRequest.taken, CoverRequest.until > now)
        .order_by(CoverRequest.until, CoverRequest.id)
    )
    return [
        Cover(cover, short_name(name), place, until, team)
        for cover, name, place, until, team in connection.execute(query).tuples()
    ]


def short_name(name: str) -> str:
    """Return a name as a tile shows it: the first name, and the initial of the last."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete requests whose time is over."""
    connection.execute(sa.delete(CoverRequest).where(CoverRequest.until <= now))
