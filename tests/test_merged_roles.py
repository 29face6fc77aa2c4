"""Roles over units that merge: they go along once, with where they came from, and come back to nobody."""

import sqlalchemy as sa

from tests.answers import House, after_tick, change, rows
from tests.test_moves import merge, opened, unit
from wellbeing.company import roles
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.base import db
from wellbeing.models.company import RoleMapping
from wellbeing.permissions import Role


def held(house: House, unit_id: int, name: str) -> list[tuple[Role, bool]]:
    found = (row for row in rows(house, RoleGrant) if row.unit_id == unit_id)
    return [(row.role, row.by_company) for row in found if row.person_id == house.cast.people[name]]


def give(house: House, name: str, team: str, by_company: bool) -> None:
    grant = {"person_id": house.cast.people[name], "unit_id": house.cast.units[team], "role": Role.MANAGER}
    change(house, sa.insert(RoleGrant).values(by_company=by_company, **grant))


def test_a_role_that_is_taken_after_a_merge_does_not_come_back_at_the_next_tick(any_house: House):
    new = merge(any_house, "Service counter", "Parts")
    opened(any_house, after_tick(1))
    assert held(any_house, new, "Alba") == [(Role.MANAGER, False)]

    change(any_house, sa.delete(RoleGrant).where(RoleGrant.unit_id == new))
    opened(any_house, after_tick(2))
    assert held(any_house, new, "Alba") == []


def test_a_role_by_a_group_stays_one_by_a_group_and_one_that_was_given_stays_given(any_house: House):
    give(any_house, "Sol", "Parts", by_company=True)
    give(any_house, "Max", "Parts", by_company=True)
    give(any_house, "Max", "Service counter", by_company=False)
    give(any_house, "Tess", "Service counter", by_company=True)
    new = merge(any_house, "Service counter", "Parts")
    opened(any_house, after_tick(1))

    assert held(any_house, new, "Sol") == [(Role.MANAGER, True)]
    assert held(any_house, new, "Max") == [(Role.MANAGER, False)]
    assert held(any_house, new, "Tess") == [(Role.MANAGER, False)]


def test_a_group_brings_its_role_over_the_new_unit_once(any_house: House):
    for team in ("Service counter", "Parts"):
        roles.add(db.session(), "leads", Role.MANAGER, unit(any_house, team).id)
    roles.add(db.session(), "leads", Role.HR, unit(any_house, "Showroom").id)
    new = merge(any_house, "Service counter", "Parts")
    opened(any_house, after_tick(1))
    opened(any_house, after_tick(2))

    there = [(row.group_name, row.role) for row in rows(any_house, RoleMapping) if row.unit_id == new]
    assert there == [("leads", Role.MANAGER)]
