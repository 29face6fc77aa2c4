"""The roster as pages and commands read it."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.cast import Cast
from wellbeing import directory
from wellbeing.directory import Headcount
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge


@pytest.fixture
def cast(app: Flask, site: Cast) -> Iterator[Cast]:
    with app.app_context():
        yield site
        db.session.rollback()


def leave(cast: Cast, name: str) -> None:
    db.session.get_one(Person, cast.people[name]).active = False


def test_a_team_is_listed_by_name_without_those_who_left(cast: Cast):
    leave(cast, "Vic")

    assert [person.name for person in directory.in_unit(db.session(), cast.units["Parts"])] == [
        "Tess Vale",
        "Uma Vale",
        "Wes Vale",
        "Xenia Vale",
    ]


def test_headcounts_leave_out_who_left_and_units_without_anybody(cast: Cast):
    leave(cast, "Vic")
    xenia = db.session.get_one(Person, cast.people["Xenia"])
    xenia.pin_mac = xenia.pin_length = None

    found = directory.headcounts(db.session())
    assert found[cast.units["Parts"]] == Headcount(people=4, with_pin=3)
    assert cast.units["Northgate"] not in found


def test_only_active_people_without_a_day_wait_to_be_confirmed(cast: Cast):
    for name in ("Uma", "Vic"):
        db.session.get_one(Person, cast.people[name]).counts_from = None
    leave(cast, "Vic")

    assert [person.name for person in directory.unconfirmed(db.session())] == ["Uma Vale"]


def test_a_people_file_is_checked_against_everything_that_is_there(cast: Cast):
    leave(cast, "Vic")
    found = directory.on_roster(db.session())

    assert found.organisation == "Harbour Motors"
    assert found.teams == {
        ("Northgate", "Parts"),
        ("Northgate", "Service counter"),
        ("Northgate", "Showroom"),
    }
    assert {"vic", "ada"} <= found.logins
    assert ((), "Ada Vale") in found.people
    assert (("Northgate", "Parts"), "Vic Vale") in found.people


def test_a_people_file_reaches_no_unit_that_is_only_planned(cast: Cast):
    new = Unit(name="Front", level=Level.TEAM, parent_id=cast.units["Northgate"])
    db.session.add(new)
    db.session.flush()
    db.session.add(
        UnitMerge(unit_id=cast.units["Parts"], into_unit_id=new.id, takes_effect_on=date(2026, 3, 9))
    )
    found = directory.on_roster(db.session())

    assert found.planned == {("Northgate", "Front")}
    assert found.teams == {("Northgate", team) for team in ("Parts", "Service counter", "Showroom")}
    assert found.units == found.teams | {("Northgate",)}


def test_a_people_file_reaches_no_closed_unit(cast: Cast):
    new = Unit(name="Front", level=Level.TEAM, parent_id=cast.units["Northgate"])
    db.session.add(new)
    db.session.flush()
    parts = db.session.get_one(Unit, cast.units["Parts"])
    parts.parent_id, parts.closed_on = new.id, date(2026, 3, 9)
    found = directory.on_roster(db.session())

    assert found.closed == {("Northgate", "Parts")}
    assert found.teams == {("Northgate", team) for team in ("Front", "Service counter", "Showroom")}
    assert found.units == found.teams | {("Northgate",)}
