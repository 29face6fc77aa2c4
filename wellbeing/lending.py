"""Lending: somebody works with another team for some days, and counts in their own pool all along (R10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, selectinload

from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.lending import Loan
from wellbeing.units import opening, opens_later

LONGEST = timedelta(days=366)


class LendingRefused(Exception):
    """A loan that cannot be made; the text says why, in a sentence."""


@dataclass(frozen=True)
class Days:
    """The first and the last day of a loan; without a last one it lasts until somebody ends it."""

    first: date
    last: date | None


def lend(session: Session, person: Person, unit: Unit, days: Days, today: date) -> None:
    """Lend somebody to another team, in place of the loan before. Commits. Raises LendingRefused."""
    _check_target(session, person, unit)
    _check_days(days, today)
    session.merge(Loan(person_id=person.id, unit_id=unit.id, first_day=days.first, last_day=days.last))
    session.commit()


def _check_target(session: Session, person: Person, unit: Unit) -> None:
    if not person.active:
        raise LendingRefused(_("This account is closed."))
    if unit.id == person.unit_id:
        raise LendingRefused(_("%(name)s is in this team already.", name=person.name))
    if unit.level is not Level.TEAM:
        raise LendingRefused(_("People are lent to a team, not to a site or the organisation."))
    if unit.closed_on is not None:
        raise LendingRefused(_("%(unit)s is closed.", unit=unit.name))
    if unit.id in opening(session):
        raise LendingRefused(opens_later(unit))


def _check_days(days: Days, today: date) -> None:
    if days.last is not None and days.last < max(days.first, today):
        raise LendingRefused(_("The last day is over before it begins. Choose a later one."))
    if days.first > today + LONGEST or (days.last or today) > today + LONGEST:
        raise LendingRefused(_("A loan lies within a year from today. Move the person instead."))


def end(session: Session, person_id: int) -> None:
    """End somebody's loan now, or before it has begun. Commits."""
    session.execute(sa.delete(Loan).where(Loan.person_id == person_id))
    session.commit()


def of_people(session: Session, people: Collection[int], today: date) -> dict[int, Loan]:
    """Return the loan of each of some people that runs or is still to come; others are left out."""
    query = sa.select(Loan).where(Loan.person_id.in_(people), not_over(today))
    found = session.scalars(query.options(selectinload(Loan.unit)))
    return {loan.person_id: loan for loan in found}


def to_unit(session: Session, unit_id: int, today: date) -> list[Loan]:
    """Return who is lent to a team, now or soon, by name."""
    query = (
        sa.select(Loan)
        .join(Person, Person.id == Loan.person_id)
        .where(Loan.unit_id == unit_id, Person.unit_id != unit_id, Person.active, not_over(today))
        .options(selectinload(Loan.person).selectinload(Person.unit))
    )
    return list(session.scalars(query.order_by(sa.func.lower(Person.name), Person.id)))


def running(unit_id: int, today: date) -> sa.Select[tuple[int]]:
    """Return the question who is lent to a team today, by id."""
    begun = sa.and_(Loan.unit_id == unit_id, Loan.first_day <= today)
    return sa.select(Loan.person_id).where(begun, not_over(today))


def not_over(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that a loan runs today or is still to come."""
    return sa.or_(Loan.last_day.is_(None), Loan.last_day >= today)


def forget_over(connection: sa.Connection, today: date) -> None:
    """Delete the loans whose last day is over."""
    connection.execute(sa.delete(Loan).where(Loan.last_day < today))
