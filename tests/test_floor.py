"""Cover: asked for by name, on one team's wall, until somebody takes it."""

from datetime import datetime, timedelta

import pytest

from tests.answers import House, rows
from tests.cast import NOW
from wellbeing import floor
from wellbeing.floor import Cover
from wellbeing.models.floor import CoverRequest


def ask(house: House, name: str, team: str = "Parts", minutes: int = 10, now: datetime = NOW) -> None:
    with house.engine.begin() as connection:
        floor.ask_for_cover(connection, house.cast.people[name], house.cast.units[team], minutes, now)


def wall(house: House, team: str = "Parts", now: datetime = NOW) -> list[Cover]:
    with house.engine.connect() as connection:
        return floor.wall(connection, {house.cast.units[team]}, now)


def take(house: House, cover: int, team: str = "Parts") -> bool:
    with house.engine.begin() as connection:
        return floor.take_cover(connection, cover, {house.cast.units[team]})


def test_a_request_hangs_on_the_wall_of_the_team_one_works_with(any_house: House):
    ask(any_house, "Sol")

    [cover] = wall(any_house)
    assert (cover.name, cover.place, cover.until) == ("Sol V.", "Parts", NOW + timedelta(minutes=10))
    assert wall(any_house, "Service counter") == []


def test_the_longest_waiting_comes_first(house: House):
    ask(house, "Sol", minutes=30)
    ask(house, "Uma", minutes=5)

    assert [cover.name for cover in wall(house)] == ["Uma V.", "Sol V."]


def test_one_wall_may_be_that_of_several_teams(any_house: House):
    ask(any_house, "Sol", "Showroom", minutes=5)
    ask(any_house, "Uma")
    with any_house.engine.connect() as connection:
        found = floor.wall(connection, {any_house.cast.units[team] for team in ("Showroom", "Parts")}, NOW)

    assert [(cover.name, cover.place) for cover in found] == [("Sol V.", "Showroom"), ("Uma V.", "Parts")]
    assert found[1].unit_id == any_house.cast.units["Parts"]


def test_asking_again_replaces_ones_own_request_only(house: House):
    ask(house, "Uma")
    ask(house, "Sol")
    ask(house, "Sol", "Showroom")

    assert [cover.name for cover in wall(house)] == ["Uma V."]
    assert [cover.name for cover in wall(house, "Showroom")] == ["Sol V."]


def test_a_request_is_taken_once(any_house: House):
    ask(any_house, "Sol")
    [cover] = wall(any_house)

    assert take(any_house, cover.id)
    assert wall(any_house) == []
    assert not take(any_house, cover.id)


def test_a_request_is_taken_from_its_own_wall_only(house: House):
    ask(house, "Sol")
    [cover] = wall(house)

    assert not take(house, cover.id, "Showroom")
    assert not take(house, cover.id + 1)
    assert wall(house) == [cover]


@pytest.mark.parametrize(("seconds", "hangs"), [(-1, True), (0, False)])
def test_a_request_stays_until_its_time_is_over(any_house: House, seconds: int, hangs: bool):
    ask(any_house, "Sol", minutes=10)
    over = NOW + timedelta(minutes=10, seconds=seconds)

    assert bool(wall(any_house, now=over)) is hangs
    with any_house.engine.begin() as connection:
        floor.forget_old(connection, over)
    assert bool(rows(any_house, CoverRequest)) is hangs


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sol Vale", "Sol V."),
        ("Sol", "Sol"),
        ("María José de la Fuente", "María F."),
        ("  Sol  Vale ", "Sol V."),
    ],
)
def test_a_tile_shows_a_first_name_and_an_initial(name: str, short: str):
    assert floor.short_name(name) == short
