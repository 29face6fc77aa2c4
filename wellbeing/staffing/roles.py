"""Roles given and taken, and where somebody's own answers go from the next tick on because of one (R1)."""

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import codes, epochs, leaving
from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role
from wellbeing.pools import Roster, pool_map


class RoleRefused(Exception):
    """A role that cannot be given or taken; the text says why, in a sentence."""


@dataclass(frozen=True)
class Pools:
    """Where somebody's answers go now and with the role; None for no team figure at all."""

    before: Unit | None
    after: Unit | None


def give(session: Session, person: Person, role: Role, unit: Unit) -> None:
    """Give somebody a role over a unit and all below it. Commits. Raises RoleRefused.

    Codes of before open nothing any more: whoever made one may have less reach than the role.
    """
    if not person.active:
        raise RoleRefused(_("This account is closed."))
    if unit.closed_on is not None:
        raise RoleRefused(_("%(unit)s is closed.", unit=unit.name))
    if any(grant.role is role and grant.unit_id == unit.id for grant in person.grants):
        raise RoleRefused(_("%(name)s holds this role already.", name=person.name))
    codes.withdraw(session, person.id)
    session.add(RoleGrant(person_id=person.id, unit_id=unit.id, role=role))
    session.commit()


def take(session: Session, grant: RoleGrant) -> None:
    """Take a role away that somebody was given here. Commits. Raises RoleRefused."""
    if grant.by_company:
        raise RoleRefused(_("This role comes from a group of the company's sign-in, and goes with it."))
    if grant.role is Role.ADMIN and grant.unit.level is Level.ORGANISATION:
        _refuse_last(session, grant.person_id)
    session.delete(grant)
    session.commit()


def _refuse_last(session: Session, person_id: int) -> None:
    try:
        leaving.refuse_last_admin(session, person_id)
    except leaving.LastAdmin:
        raise RoleRefused(
            _("Nobody else could look after the organisation. Make somebody else its admin first.")
        ) from None


def pools_with(session: Session, person: Person, unit: Unit, day: date) -> Pools:
    """Return where somebody's answers go at the tick of ``day`` without and with a role over a unit.

    It is worked out as if they counted already, whether or not they do by then.
    """
    own_pool_from = session.execute(sa.select(Settings.own_pool_from)).scalar_one()
    found = epochs.roster(session, own_pool_from, day)
    home = person.unit_id
    now = replace(found, homes={**found.homes, person.id: found.homes.get(person.id, home)})
    held = {**now.grants, unit.id: {*now.grants.get(unit.id, ()), person.id}}
    return Pools(*(_pool(session, roster, person.id) for roster in (now, replace(now, grants=held))))


def _pool(session: Session, roster: Roster, person_id: int) -> Unit | None:
    pool = pool_map(roster).places.get(person_id)
    return session.get(Unit, pool) if pool is not None else None
