"""Units that close: planned by an admin, in effect at the next tick, and never a change to a figure."""

from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session, selectinload

from wellbeing import ticks
from wellbeing.models.accounts import Level, Person, Tablet, Unit
from wellbeing.models.changes import TeamChange, UnitClosing, UnitMerge
from wellbeing.moves import MoveRefused, effective_on


def plan(session: Session, unit: Unit, now: datetime) -> UnitClosing:
    """Plan that an empty unit closes at the next tick, and return it. Commits; raises MoveRefused."""
    ticks.hold(session)
    _check(session, unit)
    closing = UnitClosing(unit_id=unit.id, takes_effect_on=effective_on(session, now), done=False)
    session.add(closing)
    session.commit()
    return closing


def _check(session: Session, unit: Unit) -> None:
    if unit.level is Level.ORGANISATION:
        raise MoveRefused(_("The organisation cannot be closed."))
    if unit.closed_on is not None:
        raise MoveRefused(_("%(unit)s is closed.", unit=unit.name))
    if session.get(UnitClosing, unit.id) is not None:
        raise MoveRefused(_("%(unit)s is going to close already.", unit=unit.name))
    if session.execute(sa.select(_in_a_merge(unit.id))).scalar_one():
        raise MoveRefused(_("Something else is planned for %(unit)s. Take that back first.", unit=unit.name))
    for sentence in in_the_way(session, unit):
        raise MoveRefused(sentence)


def _in_a_merge(unit_id: int) -> sa.Exists:
    named = (UnitMerge.unit_id == unit_id) | (UnitMerge.into_unit_id == unit_id)
    return sa.exists().where(named, ~UnitMerge.done)


def in_the_way(reader: Session, unit: Unit) -> list[str]:
    """Return what keeps a unit from closing, a sentence each that says what to do first."""
    found = {name: _count(reader, query.where(mine)) for name, query, mine in _holding(unit.id)}
    sentences = {
        "people": ngettext(
            "One person is in it. Move them to another team first.",
            "%(num)s people are in it. Move them to another team first.",
            found["people"],
        ),
        "coming": _("Somebody is about to move into it. Take that move back first."),
        "tablets": ngettext(
            "One tablet stands in it. Revoke it first.",
            "%(num)s tablets stand in it. Revoke them first.",
            found["tablets"],
        ),
        "teams": ngettext(
            "One team is open in it. Close it, or move it to another site, first.",
            "%(num)s teams are open in it. Close them, or move them to another site, first.",
            found["teams"],
        ),
    }
    return [sentence for name, sentence in sentences.items() if found[name]]


def _holding(unit: int) -> list[tuple[str, sa.Select, sa.ColumnElement[bool]]]:
    """Return what keeps a unit open: the rows to count, and which of them are its own."""
    return [
        ("people", sa.select(Person.id).where(Person.active), Person.unit_id == unit),
        ("coming", sa.select(TeamChange.id).where(~TeamChange.done), TeamChange.to_unit_id == unit),
        ("tablets", sa.select(Tablet.id).where(Tablet.revoked_on.is_(None)), Tablet.unit_id == unit),
        ("teams", sa.select(Unit.id).where(Unit.closed_on.is_(None)), Unit.parent_id == unit),
    ]


def _count(reader: Session | sa.Connection, query: sa.Select) -> int:
    return int(reader.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one())


def cancel(session: Session, unit: Unit) -> bool:
    """Take a closing back that has not taken effect, and tell whether there was one. Commits."""
    mine = sa.delete(UnitClosing).where(UnitClosing.unit_id == unit.id, ~UnitClosing.done)
    gone = session.execute(mine.returning(UnitClosing.unit_id)).all()
    session.commit()
    return bool(gone)


def waiting(session: Session, unit_ids: set[int]) -> list[UnitClosing]:
    """Return the closings of some units that wait for their tick, by name."""
    query = sa.select(UnitClosing).join(Unit, Unit.id == UnitClosing.unit_id)
    query = query.where(~UnitClosing.done, UnitClosing.unit_id.in_(unit_ids))
    return list(
        session.scalars(query.options(selectinload(UnitClosing.unit)).order_by(sa.func.lower(Unit.name)))
    )


def apply_due(connection: sa.Connection, on: date) -> None:
    """Close what was planned to up to ``on``, teams before their site, within the caller's transaction.

    It runs after people have moved: a unit that somebody is in after all stays open, and the plan is gone.
    """
    due = (
        sa.select(Unit.id)
        .join(UnitClosing, UnitClosing.unit_id == Unit.id)
        .where(~UnitClosing.done, UnitClosing.takes_effect_on <= on)
        .order_by(Unit.level == Level.SITE, Unit.id)
    )
    for unit in connection.execute(due).scalars().all():
        mine = UnitClosing.unit_id == unit
        if any(_count(connection, query.where(here)) for _name, query, here in _holding(unit)):
            connection.execute(sa.delete(UnitClosing).where(mine))
            continue
        connection.execute(sa.update(Unit).where(Unit.id == unit).values(closed_on=on))
        connection.execute(sa.update(UnitClosing).where(mine).values(done=True))
