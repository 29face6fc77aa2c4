"""Sites and teams made, named and removed at once: nobody is in them yet, so nothing waits for a tick."""

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing import ticks
from wellbeing.models.access_log import AccessEntry
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.changes import UnitClosing, UnitMerge
from wellbeing.models.checkup import CheckupBlock
from wellbeing.models.company import RoleMapping
from wellbeing.models.detail_ledger import DetailBlock
from wellbeing.models.ledger import Block
from wellbeing.models.lending import Loan
from wellbeing.units import LONGEST_NAME, below, name_is_taken, name_is_taken_in, opening, read_tree

INSIDE = {Level.ORGANISATION: Level.SITE, Level.SITE: Level.TEAM}


class UnitRefused(Exception):
    """A unit cannot be made, named or removed like this; the text says why, in a sentence."""


def make(session: Session, parent: Unit, name: str) -> Unit:
    """Add a site to the organisation, or a team to a site, and return it. Flushes, and does not commit.

    Raises UnitRefused.
    """
    ticks.hold(session)
    name = " ".join(name.split())
    check_name(name)
    check_parent(session, parent)
    if name_is_taken_in(read_tree(session), parent, name):
        raise UnitRefused(_taken(name, parent))
    made = Unit(parent_id=parent.id, level=INSIDE[parent.level], name=name)
    session.add(made)
    try:
        session.flush()
    except IntegrityError:  # Somebody else took the name in the meantime.
        session.rollback()
        raise UnitRefused(_("There is a unit of this name already.")) from None
    return made


def check_name(name: str) -> None:
    """Raise UnitRefused for what cannot be the name of a unit."""
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or "/" in name:
        raise UnitRefused(_("A unit's name has 1 to 80 characters, all of them visible, and no slash."))


def check_parent(session: Session, parent: Unit) -> None:
    """Raise UnitRefused where nothing new can stand in a unit."""
    if parent.level not in INSIDE:
        raise UnitRefused(_("A team stands in a site, and nothing stands in a team."))
    if parent.closed_on is not None:
        raise UnitRefused(_("%(unit)s is closed: nothing new is made in it.", unit=parent.name))
    if parent.id in opening(session):
        raise UnitRefused(_("%(unit)s opens at the next tick: make its teams after that.", unit=parent.name))
    if session.get(UnitClosing, parent.id) is not None:
        raise UnitRefused(_("%(unit)s is going to close. Take that back first.", unit=parent.name))


def _taken(name: str, parent: Unit) -> str:
    return _(
        "%(unit)s has a unit called %(name)s already, open or closed. Choose another name.",
        unit=parent.name,
        name=name,
    )


def rename(session: Session, unit: Unit, name: str) -> None:
    """Give a unit another name while no block names it. Commits; raises UnitRefused."""
    ticks.hold(session)
    name = " ".join(name.split())
    check_name(name)
    if named_by_a_block(session, unit):
        raise UnitRefused(_kept_name(unit))
    if name.casefold() != unit.name.casefold() and name_is_taken(read_tree(session), unit, name):
        raise UnitRefused(_("There is a unit of this name already."))
    unit.name = name
    session.commit()


def _kept_name(unit: Unit) -> str:
    return _(
        "Released figures name %(unit)s, and files of them must say the same for ever. Make an empty unit "
        "beside it and merge the two: the new one has the name you choose.",
        unit=unit.name,
    )


def named_by_a_block(session: Session, unit: Unit) -> bool:
    """Tell whether anything that was released names a unit: blocks of it, or of what stands below it."""
    ids = [found.id for found in below(session, {unit.id})]
    return any(
        session.execute(sa.select(sa.exists().where(table.unit_id.in_(ids)))).scalar_one()
        for table in (Block, DetailBlock, CheckupBlock)
    )


def remove(session: Session, unit: Unit) -> None:
    """Remove a unit that nothing refers to, as if it had never been. Commits; raises UnitRefused.

    Whatever there is of it keeps it, and then it can only be closed; that somebody looked at it does not.
    """
    ticks.hold(session)
    kept = _("%(unit)s has been used already: it can be closed, and not removed.", unit=unit.name)
    if unit.level is Level.ORGANISATION or _planned(session, unit.id):
        raise UnitRefused(kept)
    try:
        with session.begin_nested():
            session.execute(sa.delete(AccessEntry).where(AccessEntry.unit_id == unit.id))
            session.execute(sa.delete(Unit).where(Unit.id == unit.id))
    except IntegrityError:
        raise UnitRefused(kept) from None
    session.commit()


def _planned(session: Session, unit_id: int) -> bool:
    """Tell whether something that would go with a unit speaks of it: a plan, a loan, a company's group."""
    of_it = [table.unit_id == unit_id for table in (UnitClosing, Loan, RoleMapping)]
    merges = (UnitMerge.unit_id == unit_id) | (UnitMerge.into_unit_id == unit_id)
    return any(session.execute(sa.select(sa.exists().where(rows))).scalar_one() for rows in [*of_it, merges])
