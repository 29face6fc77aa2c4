"""The tree of units: walked from the top, grown where a people file names something new."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.cast import Cast
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.units import PathRefused, below, name_is_taken, place_of, read_tree


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


# After merges


@pytest.fixture
def merged(cast: Cast) -> Cast:
    """Parts and the showroom are closed children of a new team since Monday; the service counter is not."""
    new = Unit(name="Front", level=Level.TEAM, parent_id=cast.units["Northgate"])
    db.session.add(new)
    db.session.flush()
    for name in ("Parts", "Showroom"):
        closed = db.session.get_one(Unit, cast.units[name])
        closed.parent_id, closed.closed_on = new.id, date(2026, 3, 9)
    db.session.commit()
    return cast


def test_a_closed_unit_stands_below_the_new_one_and_keeps_its_path(merged: Cast):
    tree = read_tree(db.session())
    parts = db.session.get_one(Unit, merged.units["Parts"])

    assert names(merged.units["Harbour Motors"]) == [
        "Harbour Motors",
        "Northgate",
        "Front",
        "Parts",
        "Showroom",
        "Service counter",
    ]
    assert tree.path_of(parts) == ("Northgate", "Parts")


def test_no_path_leads_into_a_closed_unit(merged: Cast):
    with pytest.raises(PathRefused, match="Parts is closed"):
        place_of(read_tree(db.session()), ("Northgate", "Parts"))
    assert place_of(read_tree(db.session()), ("Northgate", "Front")).name == "Front"


def test_nothing_new_is_made_in_a_closed_site(cast: Cast):
    site = db.session.get_one(Unit, cast.units["Northgate"])
    new = Unit(name="Coast", level=Level.SITE, parent_id=cast.units["Harbour Motors"])
    db.session.add(new)
    db.session.flush()
    site.parent_id, site.closed_on = new.id, date(2026, 3, 9)
    tree = read_tree(db.session())

    assert place_of(tree, ("Northgate", "Parts")).id == cast.units["Parts"]
    with pytest.raises(PathRefused, match="Northgate is closed"):
        place_of(tree, ("Northgate", "Valeting"))
    with pytest.raises(PathRefused, match="Northgate is closed"):
        place_of(tree, ("Northgate",))
    assert place_of(tree, ("Coast", "Valeting")).parent_id == new.id


def test_a_unit_that_waits_for_its_merge_takes_no_team_before(cast: Cast):
    new = Unit(name="Coast", level=Level.SITE, parent_id=cast.units["Harbour Motors"])
    db.session.add(new)
    db.session.flush()
    db.session.add(
        UnitMerge(unit_id=cast.units["Northgate"], into_unit_id=new.id, takes_effect_on=date(2026, 3, 9))
    )
    for path in (("Coast", "Parts"), ("Coast",)):
        with pytest.raises(PathRefused, match="Coast opens at the next tick"):
            place_of(read_tree(db.session()), path)


def test_a_name_stays_taken_after_its_unit_has_closed(merged: Cast):
    tree = read_tree(db.session())
    counter = db.session.get_one(Unit, merged.units["Service counter"])

    assert [name_is_taken(tree, counter, name) for name in ("parts", "FRONT", "Service counter", "New")] == [
        True,
        True,
        True,
        False,
    ]
    assert not name_is_taken(tree, tree.root(), "Harbour Motors")
