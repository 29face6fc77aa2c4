"""Where units stand, and finding one among hundreds."""

import pytest

from wellbeing.models.accounts import Level
from wellbeing.reports.places import Place, folded, found, places
from wellbeing.reports.units import Line

NORTH, COAST = Line(2, "Northgate", Level.SITE, 1), Line(3, "Peñón Coast", Level.SITE, 1)
OLD = Line(4, "Old quay", Level.SITE, 2)
PARTS, SALES, SHIP = (
    Line(5, "Parts", Level.TEAM, 2),
    Line(6, "Sales", Level.TEAM, 2),
    Line(7, "Ship", Level.TEAM, 3),
)
AWAY = Line(8, "Away", Level.TEAM, 1)


def test_a_team_stands_below_its_site():
    assert places([NORTH, PARTS, SALES]) == (Place(NORTH, PARTS), Place(NORTH, SALES))


def test_a_team_right_below_the_organisation_stands_below_no_site():
    assert places([NORTH, PARTS, AWAY]) == (Place(NORTH, PARTS), Place(None, AWAY))


def test_a_site_without_teams_is_not_forgotten():
    assert places([NORTH, COAST, PARTS]) == (Place(NORTH, None), Place(COAST, PARTS))
    assert places([COAST, PARTS, NORTH]) == (Place(COAST, PARTS), Place(NORTH, None))


def test_a_merged_site_keeps_its_teams_and_its_new_site_goes_on_after_them():
    lines = [COAST, OLD, SHIP, PARTS]

    assert places(lines) == (Place(OLD, SHIP), Place(COAST, PARTS))


def test_a_site_in_which_an_empty_one_was_merged_is_named_for_the_empty_one_alone():
    assert places([COAST, OLD, PARTS]) == (Place(OLD, None), Place(COAST, PARTS))


@pytest.mark.parametrize("name", ["parts", "ART", " Parts ", "pärts"])
def test_somebody_finds_a_team_without_minding_case_and_accents(name):
    assert found(places([NORTH, PARTS, SALES]), name) == (Place(NORTH, PARTS),)


def test_the_name_of_a_site_finds_its_teams():
    assert found(places([NORTH, PARTS, COAST, SALES]), "penon") == (Place(COAST, SALES),)


def test_nothing_asked_finds_everybody_and_nonsense_nobody():
    everybody = places([NORTH, PARTS])

    assert found(everybody, "  ") == everybody
    assert found(everybody, "%") == ()


def test_a_text_is_folded_to_what_people_type():
    assert folded("  Peñón   DE Vélez ") == "penon de velez"
