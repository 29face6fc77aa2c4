"""Who may tap at a tablet: its own team by tile, the whole organisation by name."""

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from tests.cast import NOW
from wellbeing.counter import tiles
from wellbeing.models.accounts import Person


def team(house: House, name: str) -> list[dict]:
    with house.engine.connect() as connection:
        return tiles.team_tiles(connection, house.cast.units[name], NOW.date())


def found(house: House, wanted: str) -> list[str]:
    with house.engine.connect() as connection:
        return [str(tile["name"]) for tile in tiles.find_people(connection, wanted)]


def test_a_team_sees_its_own_people_by_name(any_house: House):
    assert [tile["name"] for tile in team(any_house, "Parts")] == [
        "Tess V.",
        "Uma V.",
        "Vic V.",
        "Wes V.",
        "Xenia V.",
    ]
    assert team(any_house, "Parts")[1] == {
        "id": any_house.cast.people["Uma"],
        "name": "Uma V.",
        "pin_length": 4,
    }


def test_two_who_would_look_alike_show_their_whole_names(house: House):
    change(house, sa.update(Person).where(Person.id == house.cast.people["Vic"]).values(name="Uma Voss"))

    assert [tile["name"] for tile in team(house, "Parts")][1:3] == ["Uma Vale", "Uma Voss"]


def test_namesakes_are_found_by_their_whole_names(house: House):
    change(house, sa.update(Person).where(Person.id == house.cast.people["Vic"]).values(name="Uma Voss"))

    assert found(house, "uma") == ["Uma Vale", "Uma Voss"]


def test_somebody_new_has_no_pin_yet_and_somebody_gone_has_no_tile(house: House):
    people = house.cast.people
    change(
        house,
        sa.update(Person).where(Person.id == people["Uma"]).values(pin_mac=None, pin_length=None),
        sa.update(Person).where(Person.id == people["Vic"]).values(active=False),
    )

    assert [(tile["name"], tile["pin_length"]) for tile in team(house, "Parts")][1:3] == [
        ("Uma V.", None),
        ("Wes V.", 4),
    ]
    assert found(house, "Vic") == []


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("Uma", ["Uma V."]),
        ("uMA", ["Uma V."]),
        ("uma v", ["Uma V."]),
        ("ma", ["Max V."]),
        ("u", []),
        ("%%", []),
        ("__", []),
        ("\\\\", []),
    ],
)
def test_somebody_lent_is_found_by_the_beginning_of_a_name(any_house: House, wanted: str, names: list[str]):
    assert found(any_house, wanted) == names


def test_at_most_eight_are_shown(any_house: House):
    assert found(any_house, "vale") == [
        f"{name} V." for name in ("Ada", "Alba", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus")
    ]


def test_a_found_person_comes_with_their_own_team(house: House):
    with house.engine.connect() as connection:
        [tile] = tiles.find_people(connection, "Uma")

    assert tile == {"id": house.cast.people["Uma"], "name": "Uma V.", "team": "Parts", "pin_length": 4}
