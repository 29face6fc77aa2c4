"""The last admin of all: whichever way roles go, somebody who can sign in looks after the organisation."""

from threading import Thread
from time import sleep

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.answers import House, change, house_of, rows
from tests.cast import NOW
from wellbeing import leaving
from wellbeing.company import roles
from wellbeing.leaving import LastAdmin
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.base import db
from wellbeing.models.company import CompanyIdentity
from wellbeing.permissions import Role
from wellbeing.staffing import closing
from wellbeing.staffing import roles as given
from wellbeing.staffing.closing import ClosingRefused, Doer

WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def admin_by_group(house: House, name: str) -> None:
    grant = {"person_id": house.cast.people[name], "unit_id": house.cast.units["Harbour Motors"]}
    change(house, sa.insert(RoleGrant).values(role=Role.ADMIN, by_company=True, **grant))


def admins(house: House) -> set[int]:
    whole = house.cast.units["Harbour Motors"]
    return {row.person_id for row in rows(house, RoleGrant) if (row.role, row.unit_id) == (Role.ADMIN, whole)}


def lose_groups(house: House, name: str) -> None:
    with Session(house.engine) as session:
        roles.synchronise(session, session.get_one(Person, house.cast.people[name]), (), NOW)
        session.commit()


def take_away(session: Session, house: House, name: str) -> None:
    mine = RoleGrant.person_id == house.cast.people[name]
    grant = session.scalars(sa.select(RoleGrant).where(mine, RoleGrant.role == Role.ADMIN)).one()
    given.take(session, grant)


def wait_until_somebody_waits(house: House) -> None:
    with house.engine.connect() as watching:
        while not watching.execute(WAITING).scalar_one():
            watching.rollback()
            sleep(0.01)


def test_of_two_admins_one_of_whom_leaves_the_group_while_the_other_is_taken_one_stays(postgres_app: Flask):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        admin_by_group(house, "Noor")
        other = Thread(target=lose_groups, args=(house, "Noor"))
        with Session(house.engine) as session:
            leaving.refuse_last_admin(session, house.cast.people["Ada"])
            other.start()
            wait_until_somebody_waits(house)
            take_away(session, house, "Ada")
        other.join()

        assert admins(house) == {house.cast.people["Noor"]}


def test_of_two_admins_who_close_each_others_account_at_once_one_stays(postgres_app: Flask):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        admin_by_group(house, "Noor")
        refused = []

        def close(name: str, by: str) -> None:
            with postgres_app.test_request_context(), Session(house.engine) as session:
                someone = session.get_one(Person, house.cast.people[name])
                try:
                    closing.close(session, someone, Doer(house.cast.people[by], NOW))
                except ClosingRefused:
                    refused.append(name)

        other = Thread(target=close, args=("Noor", "Ada"))
        with Session(house.engine) as session:
            leaving.refuse_last_admin(session, house.cast.people["Ada"])
            other.start()
            wait_until_somebody_waits(house)
            ada = session.get_one(Person, house.cast.people["Ada"])
            with postgres_app.test_request_context():
                closing.close(session, ada, Doer(house.cast.people["Noor"], NOW))
        other.join()

        assert refused == ["Noor"]
        assert admins(house) == {house.cast.people["Noor"]}


def test_who_has_no_way_in_is_nobodys_successor_when_a_group_is_gone(house: House):
    admin_by_group(house, "Noor")
    change(house, sa.update(Person).where(Person.name == "Ada Vale").values(password_hash=None))

    lose_groups(house, "Noor")
    assert house.cast.people["Noor"] in admins(house)


def test_who_comes_by_the_company_alone_is_a_last_admin_too(house: House):
    admin_by_group(house, "Noor")
    linked = {"issuer": "https://id.example", "subject": "n", "linked_on": NOW.date()}
    change(
        house,
        sa.update(Person).where(Person.name == "Noor Vale").values(password_hash=None),
        sa.insert(CompanyIdentity).values(person_id=house.cast.people["Noor"], **linked),
    )
    with Session(house.engine) as session:
        take_away(session, house, "Ada")

    with pytest.raises(LastAdmin):
        leaving.refuse_last_admin(db.session(), house.cast.people["Noor"])


def test_an_admin_without_any_way_in_is_the_last_as_long_as_nobody_else_is_one(house: House):
    change(house, sa.update(Person).where(Person.name == "Ada Vale").values(password_hash=None))

    assert leaving.is_last_admin(db.session(), house.cast.people["Ada"])
    assert not leaving.is_last_admin(db.session(), house.cast.people["Sol"])
    db.session.rollback()
