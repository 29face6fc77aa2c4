"""People who change teams and units that merge: planned by an admin, in effect at the next tick (R10)."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from wellbeing import merged_roles, ticks
from wellbeing.cases import writing as cases
from wellbeing.models.access_log import AccessEntry
from wellbeing.models.accounts import Level, OneTimeCode, Person, Tablet, Unit
from wellbeing.models.changes import TeamChange, UnitClosing, UnitMerge
from wellbeing.models.floor import CoverRequest, Notice
from wellbeing.models.lending import Loan
from wellbeing.models.settings import Settings
from wellbeing.units import LONGEST_NAME, name_is_taken, opening, opens_later, read_tree

FEWEST_MERGED = 2


class MoveRefused(Exception):
    """A move or a merge that cannot be planned; the text says why, in a sentence."""


def effective_on(session: Session, now: datetime) -> date:
    """Return the local day on which what is planned now takes effect: that of the next tick.

    Before the site opens it is today: the first epoch will find it due.
    """
    opening = ticks.coming(session, now)
    if opening is not None:
        return opening.day
    return now.astimezone(ZoneInfo(session.execute(sa.select(Settings.time_zone)).scalar_one())).date()


def plan_move(session: Session, person: Person, unit: Unit, now: datetime) -> TeamChange | None:
    """Plan somebody's move to another team, in place of the one that waits, and return it. Commits.

    Planning a move back to their present team takes the waiting one back and returns None. Raises
    MoveRefused.
    """
    ticks.hold(session)
    _check_target(session, person, unit)
    waiting = session.scalar(sa.select(TeamChange).where(TeamChange.person_id == person.id, ~TeamChange.done))
    if unit.id == person.unit_id:
        if waiting is None:
            raise MoveRefused(_("%(name)s is in this team already.", name=person.name))
        session.delete(waiting)
        session.commit()
        return None
    change = waiting or TeamChange(person_id=person.id, from_unit_id=person.unit_id, done=False)
    change.to_unit_id, change.takes_effect_on = unit.id, effective_on(session, now)
    session.add(change)
    session.commit()
    return change


def _check_target(session: Session, person: Person, unit: Unit) -> None:
    if not person.active:
        raise MoveRefused(_("This account is closed."))
    if unit.closed_on is not None:
        raise MoveRefused(_("%(unit)s is closed.", unit=unit.name))
    if unit.level is not Level.TEAM:
        raise MoveRefused(_("People move to a team, not to a site or the organisation."))
    if unit.id in opening(session):
        raise MoveRefused(opens_later(unit))
    refuse_closing(session, unit)


def refuse_closing(session: Session, unit: Unit) -> None:
    """Raise MoveRefused for a unit that is going to close."""
    if session.get(UnitClosing, unit.id) is not None:
        raise MoveRefused(_("%(unit)s is going to close. Take that back first.", unit=unit.name))


def cancel_move(session: Session, change: TeamChange) -> None:
    """Take a move back that has not taken effect. Commits."""
    session.execute(sa.delete(TeamChange).where(TeamChange.id == change.id, ~TeamChange.done))
    session.commit()


def waiting_moves(session: Session, unit_ids: set[int]) -> list[TeamChange]:
    """Return the moves that wait for their tick, of people who are in some units now, by day and name."""
    query = (
        sa.select(TeamChange)
        .join(Person, Person.id == TeamChange.person_id)
        .where(~TeamChange.done, Person.unit_id.in_(unit_ids))
        .options(selectinload(TeamChange.person), selectinload(TeamChange.to_unit))
    )
    found = session.scalars(query.order_by(TeamChange.takes_effect_on, sa.func.lower(Person.name)))
    return list(found)


def plan_merge(session: Session, units: Sequence[Unit], name: str, now: datetime) -> Unit:
    """Plan the merge of teams, or of sites, of one parent, and return the new unit, made at once. Commits.

    At the next tick they become its closed children and their people move to it. Raises MoveRefused.
    """
    ticks.hold(session)
    name = " ".join(name.split())
    _check_merge(session, units, name)
    first = units[0]
    made = Unit(parent_id=first.parent_id, level=first.level, name=name)
    session.add(made)
    try:
        session.flush()
    except IntegrityError:  # Somebody else took the name in the meantime.
        session.rollback()
        raise MoveRefused(_("There is a unit of this name already.")) from None
    day = effective_on(session, now)
    session.add_all(
        UnitMerge(unit_id=unit.id, into_unit_id=made.id, takes_effect_on=day, done=False) for unit in units
    )
    session.commit()
    return made


def _check_merge(session: Session, units: Sequence[Unit], name: str) -> None:
    if len({unit.id for unit in units}) < FEWEST_MERGED:
        raise MoveRefused(_("Choose at least two units to merge."))
    if any(unit.level is Level.ORGANISATION for unit in units):
        raise MoveRefused(_("The organisation cannot be merged."))
    if len({unit.parent_id for unit in units}) > 1:
        raise MoveRefused(_("Only teams of one site can be merged, or sites with each other."))
    if any(unit.closed_on is not None for unit in units):
        raise MoveRefused(_("A closed unit cannot be merged again."))
    busy = {unit.id for unit in units} & _in_waiting_merges(session)
    if busy:
        raise MoveRefused(_("One of these units is part of a merge that is planned already."))
    for unit in units:
        refuse_closing(session, unit)
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or "/" in name:
        raise MoveRefused(_("A unit's name has 1 to 80 characters, all of them visible, and no slash."))
    same = next((unit for unit in units if unit.name.casefold() == name.casefold()), None)
    if same is not None:
        raise MoveRefused(
            _(
                "%(unit)s goes into the merge and keeps its name and its figures. Choose another name.",
                unit=same.name,
            )
        )
    if name_is_taken(read_tree(session), units[0], name):
        raise MoveRefused(_("There is a unit of this name already."))


def _in_waiting_merges(session: Session) -> set[int]:
    rows = session.execute(sa.select(UnitMerge.unit_id, UnitMerge.into_unit_id).where(~UnitMerge.done))
    return {unit for row in rows for unit in row}


def cancel_merge(session: Session, into: Unit) -> bool:
    """Take a merge back that has not taken effect, and tell whether the new unit is gone again. Commits.

    A unit that something was put into in the meantime stays, as a unit like any other.
    """
    here = sa.delete(UnitMerge).where(UnitMerge.into_unit_id == into.id, ~UnitMerge.done)
    withdrawn = session.execute(here.returning(UnitMerge.unit_id)).all()
    gone = bool(withdrawn) and _deleted(session, into.id)
    session.commit()
    return gone


def _deleted(session: Session, unit_id: int) -> bool:
    try:
        with session.begin_nested():
            session.execute(sa.delete(AccessEntry).where(AccessEntry.unit_id == unit_id))
            session.execute(sa.delete(Unit).where(Unit.id == unit_id))
    except IntegrityError:
        return False
    return True


def waiting_merges(session: Session, unit_ids: set[int]) -> list[tuple[Unit, list[UnitMerge]]]:
    """Return the new units among some whose merge waits for its tick, each with what goes into it."""
    query = sa.select(UnitMerge).where(~UnitMerge.done, UnitMerge.into_unit_id.in_(unit_ids))
    found: dict[Unit, list[UnitMerge]] = {}
    for merge in session.scalars(
        query.options(selectinload(UnitMerge.unit), selectinload(UnitMerge.into_unit))
    ):
        found.setdefault(merge.into_unit, []).append(merge)
    return sorted(found.items(), key=lambda item: (item[0].name.casefold(), item[0].id))


def apply_due(connection: sa.Connection, on: date) -> None:
    """Let everything take effect that was planned for a tick up to ``on``, within the caller's transaction.

    It runs when a weekly epoch opens, before people are placed; it moves no answer and changes no block.
    """
    _move_people(connection, on)
    merges = connection.execute(
        sa.select(UnitMerge.__table__)
        .where(UnitMerge.takes_effect_on <= on)
        .order_by(UnitMerge.takes_effect_on, UnitMerge.unit_id)
    ).all()
    # Merges of earlier ticks too: what came into a unit after it closed goes the same way.
    for merge in merges:
        _hand_over(connection, merge)
    _close(connection, [merge for merge in merges if not merge.done], on)


def _move_people(connection: sa.Connection, on: date) -> None:
    due = sa.select(TeamChange.id, TeamChange.person_id, TeamChange.to_unit_id).order_by(TeamChange.id)
    for change in connection.execute(due.where(~TeamChange.done, TeamChange.takes_effect_on <= on)).all():
        connection.execute(
            sa.update(Person).where(Person.id == change.person_id).values(unit_id=change.to_unit_id)
        )
        cases.stay_behind(connection, change.person_id, change.to_unit_id)
        connection.execute(sa.update(TeamChange).where(TeamChange.id == change.id).values(done=True))


def _hand_over(connection: sa.Connection, merge: sa.Row) -> None:
    """Give a merged unit's people, roles, tablets, its open cases and what waits there to the new one."""
    for table in (Person, Tablet, OneTimeCode, CoverRequest, Notice, Loan):
        connection.execute(
            sa.update(table).where(table.unit_id == merge.unit_id).values(unit_id=merge.into_unit_id)
        )
    cases.go_along(connection, merge.unit_id, merge.into_unit_id)
    if not merge.done:
        merged_roles.hand_over(connection, merge.unit_id, merge.into_unit_id)


def _close(connection: sa.Connection, merges: Sequence[sa.Row], on: date) -> None:
    for merge in merges:
        closed = {"closed_on": on} | ({"parent_id": merge.into_unit_id} if _beside(connection, merge) else {})
        connection.execute(sa.update(Unit).where(Unit.id == merge.unit_id).values(closed))
        connection.execute(sa.update(UnitMerge).where(UnitMerge.unit_id == merge.unit_id).values(done=True))


def _beside(connection: sa.Connection, merge: sa.Row) -> bool:
    """Tell whether a unit goes into one beside it; one that goes elsewhere is closed where it stands."""
    both = sa.select(Unit.parent_id).where(Unit.id.in_([merge.unit_id, merge.into_unit_id])).distinct()
    return len(connection.execute(both).all()) == 1
