"""Who sees which units, and whose figure a small team is shown."""

from datetime import date

import pytest

from wellbeing import epochs
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.pools import pool_map, sources
from wellbeing.reports import reading, units

TODAY = date(2026, 3, 11)


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app."""
    with app.app_context():
        yield site.units


def tree(*roots):
    with reading.session() as session:
        return [(line.name, line.depth) for line in units.tree(session, roots)]


def shown_to(unit_id, own_pool_from=7):
    """Return the name of the unit whose figure another is shown if a week began today."""
    found = epochs.roster(db.session.connection(), own_pool_from, TODAY)
    return db.session.get(Unit, sources(found, pool_map(found)).get(unit_id, unit_id)).name


def newcomers(unit_id, number, **fields):
    names = [f"Newcomer {at}" for at in range(number)]
    known = {"unit_id": unit_id, "created_at": _created(), "counts_from": date(2026, 3, 2)} | fields
    db.session.add_all(Person(name=name, **known) for name in names)
    db.session.commit()


def _created():
    return db.session.query(Person).first().created_at


def test_the_tree_keeps_its_own_order_and_ranks_nobody(house):
    assert tree(house["Harbour Motors"]) == [
        ("Harbour Motors", 0),
        ("Northgate", 1),
        ("Parts", 2),
        ("Service counter", 2),
        ("Showroom", 2),
    ]


def test_two_teams_of_one_manager_stand_side_by_side(house):
    assert tree(house["Showroom"], house["Parts"]) == [("Parts", 0), ("Showroom", 0)]


def test_a_unit_inside_another_is_not_listed_twice(house):
    assert len(tree(house["Northgate"], house["Parts"])) == 4


def test_a_path_begins_with_the_organisation(house):
    with reading.session() as session:
        assert [line.name for line in units.path(session, house["Parts"])] == [
            "Harbour Motors",
            "Northgate",
            "Parts",
        ]
        assert units.paths(session)[house["Parts"]] == "Harbour Motors > Northgate > Parts"


def test_a_team_with_enough_people_is_shown_its_own_figure(house):
    assert shown_to(house["Service counter"]) == "Service counter"


def test_a_small_team_is_shown_the_pool_that_its_answers_go_to(house):
    """Parts has four people besides its manager; with the other managers, the site has six."""
    assert shown_to(house["Parts"]) == "Harbour Motors"
    assert shown_to(house["Parts"], own_pool_from=6) == "Northgate"
    assert shown_to(house["Parts"], own_pool_from=4) == "Parts"


def test_a_manager_does_not_make_the_team_larger(house):
    newcomers(house["Parts"], 2)
    assert shown_to(house["Parts"]) != "Parts"

    newcomers(house["Parts"], 1)
    assert shown_to(house["Parts"]) == "Parts"


def test_people_who_left_and_people_who_do_not_count_yet_do_not_make_it_larger_either(house):
    newcomers(house["Parts"], 5, active=False)
    newcomers(house["Parts"], 5, counts_from=date(2026, 3, 12))
    newcomers(house["Parts"], 5, counts_from=None)

    assert shown_to(house["Parts"]) != "Parts"


def test_the_figure_does_not_climb_past_a_site_with_a_pool_of_its_own(house):
    """Further up, the manager of a small team could meet a figure that holds their own answers."""
    corner = Unit(name="Corner", level=Level.TEAM, parent_id=house["Northgate"])
    db.session.add(corner)
    db.session.commit()
    newcomers(corner.id, 6)

    assert shown_to(corner.id) == shown_to(house["Parts"]) == "Northgate"


def test_a_merged_unit_keeps_its_path_in_files_for_ever(house):
    before = _paths()
    coast = Unit(name="Coast", level=Level.SITE, parent_id=house["Harbour Motors"])
    front = Unit(name="Front", level=Level.TEAM, parent_id=house["Northgate"])
    last = Unit(name="Last", level=Level.TEAM, parent_id=house["Northgate"])
    db.session.add_all([coast, front, last])
    db.session.flush()
    for name, into in ((house["Parts"], front), (house["Northgate"], coast), (front.id, last)):
        unit = db.session.get_one(Unit, name)
        unit.parent_id, unit.closed_on = into.id, date(2026, 3, 9)
    db.session.commit()

    after = _paths()
    assert {unit: path for unit, path in after.items() if unit in before} == before
    assert after[front.id] == "Harbour Motors > Northgate > Front"


def _paths():
    with reading.session() as session:
        return units.paths(session)
