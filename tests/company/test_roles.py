"""Groups and roles: what a group brings comes and goes with it, and nothing else is touched."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.answers import House
from tests.cast import NOW
from wellbeing import codes
from wellbeing.company import roles
from wellbeing.models.accounts import CodePurpose, OneTimeCode, Person, RoleGrant, Unit
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.company import RoleMapping
from wellbeing.permissions import Role


@pytest.fixture
def session(any_house: House) -> Session:
    return db.session()


def mapping(session: Session, unit: str, role: Role, group: str = "g") -> int:
    unit_id = session.scalars(sa.select(Unit.id).where(Unit.name == unit)).one()
    roles.add(session, group, role, unit_id)
    return session.scalars(sa.select(sa.func.max(RoleMapping.id))).one()


def person(session: Session, name: str) -> Person:
    return session.scalars(sa.select(Person).where(Person.name == f"{name} Vale")).one()


def held(session: Session, name: str) -> list[tuple[str, str, bool]]:
    session.expire_all()
    return sorted(
        (grant.role.value, grant.unit.name, grant.by_company) for grant in person(session, name).grants
    )


def come_in(session: Session, name: str, *mapped: int) -> None:
    roles.synchronise(session, person(session, name), set(mapped), NOW)
    session.commit()


def test_a_role_comes_with_its_group_and_goes_with_it(session: Session):
    hr, manager = mapping(session, "Northgate", Role.HR), mapping(session, "Parts", Role.MANAGER)

    come_in(session, "Noor", hr, manager)
    assert held(session, "Noor") == [("hr", "Northgate", True), ("manager", "Parts", True)]
    come_in(session, "Noor", hr)
    assert held(session, "Noor") == [("hr", "Northgate", True)]
    come_in(session, "Noor")
    assert held(session, "Noor") == []
    acts = session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["role_by_group"] * 2 + ["role_gone_with_group"] * 2


def test_a_code_from_before_opens_nothing_with_the_role(session: Session):
    sol, noor = person(session, "Sol").id, person(session, "Noor").id
    for someone in (sol, noor):
        codes.make_code(session, CodePurpose.PASSWORD, someone, NOW)
    session.commit()

    come_in(session, "Noor", mapping(session, "Parts", Role.HR))
    assert session.scalars(sa.select(OneTimeCode.person_id)).all() == [sol]


def test_a_mapping_that_is_gone_takes_at_once_what_no_other_brings(session: Session):
    hr, again = mapping(session, "Parts", Role.HR), mapping(session, "Parts", Role.HR, "h")
    come_in(session, "Noor", hr, again)
    for number in (hr, again):
        assert held(session, "Noor") == [("hr", "Parts", True)]
        roles.remove(session, session.get_one(RoleMapping, number), person(session, "Ada").id, NOW)

    assert held(session, "Noor") == []
    newest = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert newest.act == "role_gone_with_group"
    assert (newest.person_id, newest.actor_id) == (person(session, "Noor").id, person(session, "Ada").id)


def test_a_mapping_that_is_gone_takes_nothing_that_was_given_and_not_the_last_admin(session: Session):
    manager = mapping(session, "Service counter", Role.MANAGER)
    admin = mapping(session, "Harbour Motors", Role.ADMIN)
    come_in(session, "Noor", admin)
    ada = person(session, "Ada").id
    session.execute(sa.delete(RoleGrant).where(RoleGrant.person_id == ada))
    session.commit()
    for number in (manager, admin):
        roles.remove(session, session.get_one(RoleMapping, number), ada, NOW)

    assert held(session, "Alba") == [("manager", "Service counter", False)]
    assert held(session, "Noor") == [("admin", "Harbour Motors", True)]


def test_what_was_given_here_is_not_touched(session: Session):
    number = mapping(session, "Service counter", Role.MANAGER)

    come_in(session, "Alba", number)
    come_in(session, "Alba")
    assert held(session, "Alba") == [("manager", "Service counter", False)]


def test_the_last_admin_stays_one_and_the_last_but_one_does_not(session: Session):
    number = mapping(session, "Harbour Motors", Role.ADMIN)
    come_in(session, "Noor", number)
    session.execute(sa.delete(RoleGrant).where(RoleGrant.role == Role.ADMIN, ~RoleGrant.by_company))
    session.commit()

    come_in(session, "Noor")
    assert held(session, "Noor") == [("admin", "Harbour Motors", True)]
    come_in(session, "Sol", number)
    come_in(session, "Noor")
    assert held(session, "Noor") == []


def test_an_admin_of_a_part_is_nobodys_last(session: Session):
    come_in(session, "Noor", mapping(session, "Parts", Role.ADMIN))
    come_in(session, "Noor")

    assert held(session, "Noor") == []


def test_a_closed_unit_brings_nothing(session: Session):
    number = mapping(session, "Parts", Role.MANAGER)
    come_in(session, "Noor", number)
    session.scalars(sa.select(Unit).where(Unit.name == "Parts")).one().closed_on = date(2026, 3, 3)
    session.commit()

    come_in(session, "Noor", number)
    assert held(session, "Noor") == []


def test_who_falls_under_which_mapping(session: Session):
    one, two = mapping(session, "Parts", Role.HR, "a"), mapping(session, "Parts", Role.HR, "A")

    assert roles.mapped_by(session, {"a", "b"}) == {one}
    assert roles.mapped_by(session, frozenset()) == frozenset()
    assert {found.id for found in roles.all_mappings(session)} == {one, two}


def test_a_mapping_is_made_once_and_not_without_end(session: Session, monkeypatch: pytest.MonkeyPatch):
    mapping(session, "Parts", Role.HR)
    with pytest.raises(roles.MappedAlready):
        mapping(session, "Parts", Role.HR)

    monkeypatch.setattr(roles, "MOST", 1)
    with pytest.raises(roles.TooMany):
        mapping(session, "Parts", Role.MANAGER)
    roles.remove(session, session.scalars(sa.select(RoleMapping)).one(), person(session, "Ada").id, NOW)
    assert roles.all_mappings(session) == []
