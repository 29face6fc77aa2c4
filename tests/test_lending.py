"""Somebody lent to another team: a tile there for some days, and a place in their own pool all along."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, after_tick, change, rows, tick
from tests.cast import NOW
from wellbeing import jobs, lending, moves
from wellbeing.counter import tiles
from wellbeing.lending import Days, LendingRefused
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import Place
from wellbeing.models.lending import Loan

TODAY = NOW.date()


def lend(house: House, name: str, unit: str, first: date = TODAY, last: date | None = TODAY) -> None:
    person = db.session.get_one(Person, house.cast.people[name])
    lending.lend(
        db.session(), person, db.session.get_one(Unit, house.cast.units[unit]), Days(first, last), TODAY
    )


def tiles_of(house: House, unit: str, day: date = TODAY) -> list[tuple[object, object]]:
    with house.engine.connect() as connection:
        found = tiles.team_tiles(connection, house.cast.units[unit], day)
    return [(tile["name"], tile.get("team")) for tile in found]


def test_sol_has_a_tile_at_parts_that_says_whose_she_is_and_keeps_her_own(any_house: House):
    lend(any_house, "Sol", "Parts")

    assert ("Sol V.", "lent by Service counter") in tiles_of(any_house, "Parts")
    assert ("Sol V.", None) in tiles_of(any_house, "Service counter")
    assert [name for name, _team in tiles_of(any_house, "Parts")][:2] == ["Sol V.", "Tess V."]


def test_her_answers_stay_in_her_own_teams_pool(any_house: House):
    lend(any_house, "Sol", "Parts", last=TODAY + timedelta(days=20))
    tick(any_house, 1)

    places = [row for row in rows(any_house, Place) if row.person_id == any_house.cast.people["Sol"]]
    assert {row.pool_id for row in places} == {any_house.cast.units["Service counter"]}


def test_a_loan_begins_and_ends_with_its_days(house: House):
    first, last = TODAY + timedelta(days=2), TODAY + timedelta(days=4)
    lend(house, "Sol", "Parts", first, last)

    shown = [day for day in range(7) if len(tiles_of(house, "Parts", TODAY + timedelta(days=day))) == 6]
    assert shown == [2, 3, 4]


def test_the_clock_forgets_a_loan_that_is_over_and_leaves_one_without_an_end(house: House):
    lend(house, "Sol", "Parts")
    lend(house, "Noor", "Parts", last=None)

    db.session.rollback()
    jobs.run(house.engine, house.server_key, after_tick(1))

    assert [row.person_id for row in rows(house, Loan)] == [house.cast.people["Noor"]]


def test_a_new_loan_takes_the_place_of_the_one_before_and_ends_at_once_when_ended(house: House):
    lend(house, "Sol", "Parts")
    lend(house, "Sol", "Showroom")
    assert len(tiles_of(house, "Parts")) == 5

    lending.end(db.session(), house.cast.people["Sol"])
    assert len(tiles_of(house, "Showroom")) == 9


def test_who_is_lent_stands_on_both_teams_lists(house: House):
    lend(house, "Sol", "Parts")
    sol, parts = house.cast.people["Sol"], house.cast.units["Parts"]

    [here] = lending.to_unit(db.session(), parts, TODAY)
    assert (here.person.name, here.person.unit.name) == ("Sol Vale", "Service counter")
    assert lending.of_people(db.session(), [sol], TODAY)[sol].unit.name == "Parts"
    assert lending.to_unit(db.session(), parts, TODAY + timedelta(days=1)) == []


def test_whoever_moves_to_the_team_they_are_lent_to_has_one_tile_there(house: House):
    lend(house, "Sol", "Parts", last=None)
    person = db.session.get_one(Person, house.cast.people["Sol"])
    moves.plan_move(db.session(), person, db.session.get_one(Unit, house.cast.units["Parts"]), NOW)
    db.session.rollback()
    tick(house, 1)

    assert [name for name, _team in tiles_of(house, "Parts")].count("Sol V.") == 1
    assert lending.to_unit(db.session(), house.cast.units["Parts"], TODAY) == []


def test_a_loan_goes_along_with_a_team_that_merges(house: House):
    lend(house, "Sol", "Parts", last=None)
    units = [db.session.get_one(Unit, house.cast.units[name]) for name in ("Parts", "Showroom")]
    made = moves.plan_merge(db.session(), units, "Sales", NOW).id
    db.session.rollback()
    tick(house, 1)

    assert [row.unit_id for row in rows(house, Loan)] == [made]


@pytest.mark.parametrize(
    ("unit", "first", "last", "why"),
    [
        ("Service counter", 0, 0, "in this team already"),
        ("Northgate", 0, 0, "lent to a team, not"),
        ("Parts", 3, 2, "over before it begins"),
        ("Parts", -3, -2, "over before it begins"),
        ("Parts", 0, 400, "within a year"),
        ("Parts", 400, None, "within a year"),
    ],
)
def test_a_loan_that_makes_no_sense_is_refused(house: House, unit: str, first: int, last: int | None, why):
    days = [None if day is None else TODAY + timedelta(days=day) for day in (first, last)]

    with pytest.raises(LendingRefused, match=why):
        lend(house, "Sol", unit, days[0], days[1])
    db.session.rollback()
    assert rows(house, Loan) == []


def test_nobody_is_lent_who_has_left_or_to_a_team_that_is_not_open(house: House):
    units = [db.session.get_one(Unit, house.cast.units[name]) for name in ("Parts", "Showroom")]
    made = moves.plan_merge(db.session(), units, "Sales", NOW)
    sol = db.session.get_one(Person, house.cast.people["Sol"])

    with pytest.raises(LendingRefused, match="opens at the next tick"):
        lending.lend(db.session(), sol, made, Days(TODAY, None), TODAY)
    db.session.rollback()
    tick(house, 1)
    with pytest.raises(LendingRefused, match="is closed"):
        lend(house, "Sol", "Parts")
    db.session.rollback()
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(active=False))
    db.session.expire_all()
    with pytest.raises(LendingRefused, match="This account is closed"):
        lend(house, "Sol", "Service counter")
