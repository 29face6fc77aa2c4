"""Groups of the company and the roles they bring: given and taken at each company sign-in, never others."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing import audit, codes, leaving
from wellbeing.audit import Act
from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.models.company import RoleMapping
from wellbeing.permissions import VIEWER_ROLES, Role
from wellbeing.storage import one_by_one

MOST = 200
# One lock for all: two sign-ins at once must not take the last two admins away.
_LOCK = 0x0C0F_FEE0_1D_C0
Held = tuple[Role, int]


class MappedAlready(Exception):
    """This group brings this role over this unit already."""


class TooMany(Exception):
    """There are as many mappings as there may be."""


def all_mappings(session: Session) -> list[RoleMapping]:
    """Return every mapping, by group."""
    query = sa.select(RoleMapping).join(Unit).order_by(RoleMapping.group_name, Unit.name, RoleMapping.role)
    return list(session.scalars(query))


def add(session: Session, group: str, role: Role, unit_id: int) -> None:
    """Map a group; raise MappedAlready or TooMany. Commits."""
    if (session.scalar(sa.select(sa.func.count(RoleMapping.id))) or 0) >= MOST:
        raise TooMany
    session.add(RoleMapping(group_name=group, role=role, unit_id=unit_id))
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise MappedAlready from None


def remove(session: Session, mapping: RoleMapping, by: int, now: datetime) -> None:
    """Take a mapping away, and from everybody at once the role that no other mapping brings. Commits.

    Whoever signs in by a password from then on would keep it for ever. ``by`` is who does it.
    """
    one_by_one(session.connection(), _LOCK)
    same = (mapping.role, mapping.unit_id)
    session.delete(mapping)
    session.flush()
    there = (RoleMapping.role == same[0], RoleMapping.unit_id == same[1])
    if session.scalars(sa.select(RoleMapping.id).where(*there)).first() is None:
        _take_from_all(session, same, by, now)
    session.commit()


def _take_from_all(session: Session, held: Held, by: int, now: datetime) -> None:
    role, unit_id = held
    theirs = (RoleGrant.role == role, RoleGrant.unit_id == unit_id, RoleGrant.by_company)
    for grant in session.scalars(sa.select(RoleGrant).where(*theirs).order_by(RoleGrant.id)).all():
        if not _is_last_admin(session, grant):
            _note(session, Act.ROLE_GONE_WITH_GROUP, grant.person, held, now, by)
            session.delete(grant)
            session.flush()


def mapped_by(session: Session, groups: Collection[str]) -> frozenset[int]:
    """Return the ids of the mappings that somebody in these groups falls under."""
    rows = session.execute(sa.select(RoleMapping.id, RoleMapping.group_name)).tuples()
    return frozenset(number for number, group in rows if group in groups)


def synchronise(session: Session, person: Person, mapped: Collection[int], now: datetime) -> None:
    """Give and take what somebody holds by the company, until it is what their groups bring. Does not commit.

    What an admin gave stays untouched. The organisation's last admin who can sign in keeps the role.
    """
    one_by_one(session.connection(), _LOCK)
    wanted = set(_wanted(session, mapped))
    for grant in list(person.grants):
        held = (grant.role, grant.unit_id)
        if grant.by_company and held not in wanted and not _is_last_admin(session, grant):
            _note(session, Act.ROLE_GONE_WITH_GROUP, person, held, now)
            person.grants.remove(grant)
        wanted.discard(held)
    if wanted:
        # Whoever made a code for them before may have less reach than the role.
        codes.withdraw(session, person.id)
    for role, unit_id in sorted(wanted):
        _note(session, Act.ROLE_BY_GROUP, person, (role, unit_id), now)
        person.grants.append(RoleGrant(role=role, unit_id=unit_id, by_company=True))


def _wanted(session: Session, mapped: Collection[int]) -> Iterable[Held]:
    query = sa.select(RoleMapping.role, RoleMapping.unit_id, RoleMapping.id).join(Unit)
    found = session.execute(query.where(Unit.closed_on.is_(None), RoleMapping.role.in_(VIEWER_ROLES)))
    return [(role, unit_id) for role, unit_id, number in found.tuples() if number in mapped]


def _is_last_admin(session: Session, grant: RoleGrant) -> bool:
    if grant.role is not Role.ADMIN or grant.unit.level is not Level.ORGANISATION:
        return False
    return leaving.stays_last_admin(session, grant.person_id)


def _note(
    session: Session, act: Act, person: Person, held: Held, now: datetime, by: int | None = None
) -> None:
    role, unit_id = held
    facts = {"role": role.value}
    audit.note(session, act, by or person.id, now, person_id=person.id, unit_id=unit_id, facts=facts)
