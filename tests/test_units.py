"""The tree of units: walked from the top, grown where a people file names something new."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.cast import Cast
from wellbeing.models.accounts import Level
from wellbeing.models.base import db
from wellbeing.units import PathRefused, below, place_of, read_tree


@pytest.fixture
def cast(app: Flask, site: Cast) -> Iterator[Cast]:
    with app.app_context():
        yield site


def names(*units: int) -> list[str]:
    return [unit.name for unit in below(db.session(), units)]


def test_an_admin_of_everything_sees_the_tree_from_the_top(cast: Cast):
    assert names(cast.units["Harbour Motors"]) == [
        "Harbour Motors",
        "Northgate",
        "Parts",
        "Service counter",
        "Showroom",
    ]


def test_a_unit_reached_twice_is_listed_once(cast: Cast):
    assert names(cast.units["Northgate"], cast.units["Parts"]) == [
        "Northgate",
        "Parts",
        "Service counter",
        "Showroom",
    ]
    assert names(cast.units["Parts"]) == ["Parts"]
    assert names() == []


def test_a_path_leads_to_the_unit_that_is_there_already(cast: Cast):
    tree = read_tree(db.session())

    for path, name in (
        ((), "Harbour Motors"),
        (("Northgate",), "Northgate"),
        (("Northgate", "Parts"), "Parts"),
    ):
        assert place_of(tree, path).id == cast.units[name]
        assert tree.path_of(place_of(tree, path)) == path


def test_a_new_path_makes_its_site_and_its_team_once(cast: Cast):
    tree = read_tree(db.session())
    team = place_of(tree, ("Riverside", "Parts"))

    assert (team.level, team.parent.level) == (Level.TEAM, Level.SITE)
    assert place_of(tree, ("Riverside", "Parts")) is team
    assert place_of(tree, ("Riverside",)) is team.parent


def test_below_a_team_there_is_nothing(cast: Cast):
    with pytest.raises(PathRefused):
        place_of(read_tree(db.session()), ("Northgate", "Parts", "Night"))
