"""Roles over a unit that goes into another: they hold over the new one too, from the day it closes.

They go along once. What is taken afterwards stays taken, although the closed unit keeps its own viewers.
"""

import sqlalchemy as sa

from wellbeing.models.accounts import RoleGrant
from wellbeing.models.company import RoleMapping


def hand_over(connection: sa.Connection, unit_id: int, into_unit_id: int) -> None:
    """Give a unit's roles to another one, and the groups that bring any, in the caller's transaction."""
    _grants(connection, unit_id, into_unit_id)
    _mappings(connection, unit_id, into_unit_id)


def _grants(connection: sa.Connection, unit_id: int, into_unit_id: int) -> None:
    """A role that somebody was given holds without their group; one that a group brought goes with it."""
    query = sa.select(RoleGrant.person_id, RoleGrant.role, RoleGrant.by_company)
    known = {
        (row.person_id, row.role): row.by_company
        for row in connection.execute(query.where(RoleGrant.unit_id == into_unit_id))
    }
    for row in connection.execute(query.where(RoleGrant.unit_id == unit_id)).all():
        there = {"person_id": row.person_id, "unit_id": into_unit_id, "role": row.role}
        held = known.get((row.person_id, row.role))
        if held is None:
            connection.execute(sa.insert(RoleGrant).values(by_company=row.by_company, **there))
        elif held and not row.by_company:
            connection.execute(sa.update(RoleGrant).filter_by(**there).values(by_company=False))


def _mappings(connection: sa.Connection, unit_id: int, into_unit_id: int) -> None:
    query = sa.select(RoleMapping.group_name, RoleMapping.role)
    known = set(connection.execute(query.where(RoleMapping.unit_id == into_unit_id)).tuples())
    for group, role in connection.execute(query.where(RoleMapping.unit_id == unit_id)).tuples().all():
        if (group, role) not in known:
            new = {"group_name": group, "role": role, "unit_id": into_unit_id}
            connection.execute(sa.insert(RoleMapping).values(new))
