"""Lists of cases, a page at a time: each is read in the order of an index, from where the last one ended.

A list over several units reads the first lines of each and keeps the best, so that it costs as much among
50,000 cases as among 50.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from wellbeing.models.cases import Case

SIZE = 25
# Flags are counted among so many of the longest overdue; beyond them, a list says "or more".
MOST_COUNTED = 200


class Show(StrEnum):
    """Which cases a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    RECONTACT = "recontact"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; ``units`` is None for somebody who looks after them all."""

    units: frozenset[int] | None
    show: Show = Show.OPEN
    channel: str | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a page ended: the moment or day that its list goes by, and the case."""

    at: datetime | date
    id: int


@dataclass(frozen=True)
class Page:
    """A page of a list, and where the next one begins after; None at the end."""

    cases: tuple[Case, ...]
    end: Place | None = None


def page(
    session: Session, wanted: Wanted, now: datetime, after: Place | None = None, size: int = SIZE
) -> Page:
    """Return a page of cases, what is most urgent first; closed ones the last closed first."""
    places = _places(session, wanted, now, after, size + 1)
    shown = places[:size]
    found = {case.id: case for case in by_ids(session, [place.id for place in shown])}
    end = shown[-1] if len(places) > size else None
    return Page(tuple(found[place.id] for place in shown), end)


def by_ids(session: Session, ids: Collection[int]) -> Iterator[Case]:
    """Return some cases with their units and owners, in no order."""
    query = sa.select(Case).where(Case.id.in_(ids)).options(joinedload(Case.unit), joinedload(Case.owner))
    return iter(session.scalars(query))


def _places(session: Session, wanted: Wanted, now: datetime, after: Place | None, most: int) -> list[Place]:
    rows = [
        row
        for unit in _one_by_one(wanted)
        for row in session.execute(places(wanted, unit, now, after, most)).tuples()
    ]
    rows.sort(reverse=wanted.show is Show.CLOSED)
    return [Place(at, case_id) for at, case_id in islice(rows, most)]


def _one_by_one(wanted: Wanted) -> Sequence[int | None]:
    """Return the units to read one after the other; somebody's own cases are few, and read at once."""
    if wanted.units is None or wanted.show is Show.MINE:
        return [None]
    return sorted(wanted.units)


ORDERS: dict[Show, InstrumentedAttribute[datetime] | InstrumentedAttribute[date | None]] = {
    Show.OPEN: Case.overdue_from,
    Show.OVERDUE: Case.overdue_from,
    Show.MINE: Case.overdue_from,
    Show.RECONTACT: Case.recontact_on,
    Show.CLOSED: Case.closed_at,
}


def places(
    wanted: Wanted, unit: int | None, now: datetime, after: Place | None, most: int
) -> sa.Select[tuple[datetime | date, int]]:
    """Return the query for the first places of a list in one unit, or in all that are wanted."""
    by = ORDERS[wanted.show]
    query = sa.select(by, Case.id).where(*_conditions(wanted, unit, now))
    if after is not None:
        here, there = sa.tuple_(by, Case.id), sa.tuple_(sa.literal(after.at, by.type), sa.literal(after.id))
        query = query.where(here < there if wanted.show is Show.CLOSED else here > there)
    order = (by.desc(), Case.id.desc()) if wanted.show is Show.CLOSED else (by, Case.id)
    return query.order_by(*order).limit(most)  # type: ignore[return-value]


def _conditions(wanted: Wanted, unit: int | None, now: datetime) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.show is Show.CLOSED:
        yield Case.closed_at.is_not(None)
    elif wanted.show is Show.RECONTACT:
        yield Case.recontact_on.is_not(None)
    else:
        yield Case.closed_at.is_(None)
    if wanted.show is Show.OVERDUE:
        yield Case.overdue_from <= now
    if wanted.show is Show.MINE:
        yield Case.owner_id == wanted.owner_id
    if unit is not None:
        yield Case.unit_id == unit
    elif wanted.units is not None:
        yield Case.unit_id.in_(wanted.units)
    if wanted.channel is not None:
        yield Case.channel == wanted.channel


def longest_overdue(session: Session, wanted: Wanted, now: datetime) -> list[Case]:
    """Return up to 200 cases that are overdue, the longest first, without their units and owners."""
    late = replace(wanted, show=Show.OVERDUE)
    ids = [place.id for place in _places(session, late, now, None, MOST_COUNTED)]
    columns = (Case.id, Case.open_since, Case.owner_id, Case.next_step, Case.due_on)
    return list(session.execute(sa.select(*columns).where(Case.id.in_(ids))))  # type: ignore[arg-type]


def due_again(session: Session, wanted: Wanted, now: datetime, today: date, most: int) -> list[Case]:
    """Return the cases whose customers are to hear from us again by today, the longest due first."""
    found = page(session, replace(wanted, show=Show.RECONTACT), now, size=most)
    return [case for case in found.cases if case.recontact_on is not None and case.recontact_on <= today]


def open_count(session: Session, units: Collection[int], most: int) -> int:
    """Return how many cases are open in some units, counted up to ``most``."""
    some = sa.select(Case.id).where(Case.closed_at.is_(None), Case.unit_id.in_(units)).limit(most)
    return int(session.execute(sa.select(sa.func.count()).select_from(some.subquery())).scalar_one())
