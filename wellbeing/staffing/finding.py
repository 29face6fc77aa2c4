"""Finding people among all that an admin looks after: by name, unit and state, page by page."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from wellbeing import lending
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.lending import Loan

PER_PAGE = 50
LONGEST_SEARCH = 80


class State(StrEnum):
    """What can be asked about people besides name and unit; closed accounts stand under their own alone."""

    ACTIVE = "active"
    WAITING = "waiting"
    NO_PIN = "no-pin"
    NO_SIGN_IN = "no-sign-in"
    ROLE = "role"
    LENT = "lent"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    """Who is looked for: people of some units, part of a name, a state, and which page of them."""

    unit_ids: Collection[int]
    name: str = ""
    state: State = State.ACTIVE
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of people by name, and how many there are on all pages."""

    people: list[Person]
    total: int
    page: int
    pages: int


def find(session: Session, wanted: Wanted, today: date) -> Found:
    """Return a page of people; the last one where there are fewer."""
    rows = session.execute(
        sa.select(Person.id, Person.name)
        .where(Person.unit_id.in_(wanted.unit_ids), *_conditions(wanted.state, today))
        .order_by(sa.func.lower(Person.name), Person.id)
    ).all()
    words = plain(wanted.name[:LONGEST_SEARCH]).split()
    ids = [row.id for row in rows if all(word in plain(row.name) for word in words)]
    pages = max(1, -(-len(ids) // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    return Found(_people(session, ids[(page - 1) * PER_PAGE : page * PER_PAGE]), len(ids), page, pages)


def _conditions(state: State, today: date) -> list[sa.ColumnElement[bool]]:
    if state is State.CLOSED:
        return [Person.active.is_(False)]
    return [Person.active.is_(True), *_STATES[state](today)]


_STATES = {
    State.ACTIVE: lambda _today: (),
    State.WAITING: lambda _today: (Person.counts_from.is_(None),),
    State.NO_PIN: lambda _today: (Person.pin_mac.is_(None),),
    State.NO_SIGN_IN: lambda _today: (Person.login.is_(None),),
    State.ROLE: lambda _today: (Person.id.in_(sa.select(RoleGrant.person_id)),),
    State.LENT: lambda today: (Person.id.in_(sa.select(Loan.person_id).where(lending.not_over(today))),),
}


def plain(name: str) -> str:
    """Return a name as people type it in a search: without accents, in small letters."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _people(session: Session, ids: Collection[int]) -> list[Person]:
    query = sa.select(Person).where(Person.id.in_(ids))
    query = query.options(selectinload(Person.grants).selectinload(RoleGrant.unit), selectinload(Person.unit))
    return list(session.scalars(query.order_by(sa.func.lower(Person.name), Person.id)))
