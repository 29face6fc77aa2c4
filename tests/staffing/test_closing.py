"""A closed account: what goes, what stays, and why coming back lets nobody count earlier."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, blocks, change, rows, say, tick
from tests.cast import NOW
from wellbeing import people
from wellbeing.models.accounts import CodePurpose, OneTimeCode, Person, RoleGrant, SignIn, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import TeamChange
from wellbeing.models.epochs import Place
from wellbeing.models.pending import Pending
from wellbeing.moves import plan_merge, plan_move
from wellbeing.permissions import Role
from wellbeing.staffing import accounts, closing
from wellbeing.staffing.accounts import AccountRefused
from wellbeing.staffing.closing import Doer

TEAM = ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus")


def person(house: House, name: str) -> Person:
    return db.session.get_one(Person, house.cast.people[name])


def unit(house: House, name: str) -> Unit:
    return db.session.get_one(Unit, house.cast.units[name])


def close(house: House, name: str) -> None:
    closing.close(db.session(), person(house, name), Doer(house.cast.people["Ada"], NOW))
    db.session.rollback()


def open_again(house: House, name: str, now=NOW) -> None:
    someone = person(house, name)
    closing.open_again(db.session(), someone, someone.unit, Doer(house.cast.people["Ada"], now))
    db.session.rollback()


def test_what_was_said_before_goes_to_its_tick_like_everybodys(any_house: House):
    for name in TEAM:
        say(any_house, name)
    before = len(rows(any_house, Pending))
    close(any_house, "Sol")

    assert len(rows(any_house, Pending)) == before
    tick(any_house, 1)
    assert [block.people_floor for block in blocks(any_house)] == [8]


def test_roles_and_a_planned_move_end_and_do_not_come_back(house: House):
    plan_move(db.session(), person(house, "Alba"), unit(house, "Parts"), NOW)
    db.session.rollback()
    close(house, "Alba")
    open_again(house, "Alba")

    assert rows(house, TeamChange) == []
    assert house.cast.people["Alba"] not in {row.person_id for row in rows(house, RoleGrant)}


def test_accounts_kept_closed_are_no_puppets_in_waiting(house: House):
    """Seven seasoned accounts, opened again on the day on which somebody wants a pool of theirs."""
    for name in TEAM:
        close(house, name)
    later = NOW + timedelta(weeks=8)
    for name in TEAM:
        open_again(house, name, later)
    people_now = {row.id: row for row in rows(house, Person)}

    mine = [people_now[house.cast.people[name]] for name in TEAM]
    assert {row.counts_from for row in mine} == {later.date() + timedelta(days=14)}
    for number in range(1, 9):
        tick(house, number)
    newest = max(row.epoch_id for row in rows(house, Place))
    placed = {row.person_id for row in rows(house, Place) if row.epoch_id == newest}
    assert placed.isdisjoint(row.id for row in mine)


def test_whoever_waited_for_an_admin_still_waits_and_is_as_young_as_a_new_account(house: House):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(counts_from=None))
    db.session.expire_all()
    close(house, "Sol")
    later = NOW + timedelta(days=30)
    open_again(house, "Sol", later)
    sol = person(house, "Sol")
    assert sol.counts_from is None

    people.confirm_person(db.session(), sol, later)
    assert sol.counts_from == later.date() + timedelta(days=14)


def test_whoever_was_to_count_still_later_does_not_count_earlier(house: House):
    far = date(2027, 1, 4)
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(counts_from=far))
    db.session.expire_all()
    close(house, "Sol")
    open_again(house, "Sol")

    assert person(house, "Sol").counts_from == far


def test_somebody_placed_at_the_organisation_comes_back_there(house: House):
    close(house, "Hilde")
    open_again(house, "Hilde")

    assert person(house, "Hilde").active


def test_an_admin_is_erased_where_another_remains(house: House):
    organisation = house.cast.units["Harbour Motors"]
    change(
        house,
        sa.insert(RoleGrant).values(person_id=house.cast.people["Sol"], unit_id=organisation, role="admin"),
    )
    closing.erase(db.session(), house.server_key, person(house, "Ada"), Doer(house.cast.people["Sol"], NOW))

    assert house.cast.people["Ada"] not in {row.id for row in rows(house, Person)}


@pytest.mark.parametrize("name", ["Northgate", "Harbour Motors"])
def test_people_work_in_a_team(house: House, name: str):
    with pytest.raises(AccountRefused, match="People work in a team"):
        accounts.check_team(db.session(), unit(house, name))


def test_nobody_works_in_a_team_that_a_merge_is_still_to_open(house: House):
    plan_merge(db.session(), [unit(house, "Showroom"), unit(house, "Parts")], "Front", NOW)
    front = db.session.scalars(sa.select(Unit).where(Unit.name == "Front")).one()

    with pytest.raises(AccountRefused, match="Front opens at the next tick"):
        accounts.check_team(db.session(), front)


def test_a_sign_in_name_taken_in_the_same_moment_is_said(house: House):
    sol = person(house, "Sol")
    with pytest.raises(AccountRefused, match="Somebody else has this sign-in name"):
        sol.login = "alba"
        accounts.commit(db.session())
    assert person(house, "Sol").login == "sol"


def test_what_was_opened_in_the_moment_of_closing_opens_nothing_for_whoever_comes_back(any_house: House):
    close(any_house, "Sol")
    sol = {"person_id": any_house.cast.people["Sol"]}
    change(
        any_house,
        sa.insert(RoleGrant).values(
            unit_id=any_house.cast.units["Parts"], role=Role.HR, by_company=True, **sol
        ),
        sa.insert(SignIn).values(token_mac=b"t", expires_at=NOW + timedelta(hours=12), **sol),
        sa.insert(OneTimeCode).values(
            code_mac=b"c", purpose=CodePurpose.PASSWORD, expires_at=NOW + timedelta(days=7), **sol
        ),
    )
    open_again(any_house, "Sol")

    for table in (RoleGrant, SignIn, OneTimeCode):
        assert sol["person_id"] not in {row.person_id for row in rows(any_house, table)}
