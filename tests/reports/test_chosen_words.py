"""What a unit is called beside its figures, and what is said where it has none."""

import pytest

from tests.reports.weeks import weeks_of
from wellbeing.models.accounts import Level
from wellbeing.reports import chosen_words
from wellbeing.reports.chosen import ChosenUnit

SITE = ChosenUnit(2, "Northgate", "Harbour Motors > Northgate", Level.SITE, weeks_of("3.4"))
HOUSE = ChosenUnit(1, "Harbour Motors", "Harbour Motors", Level.ORGANISATION, weeks_of("3.5"))
PARTS = ChosenUnit(3, "Parts", "Harbour Motors > Northgate > Parts", Level.TEAM, ())


@pytest.fixture(autouse=True)
def reader(app):
    """Somebody reads English."""
    with app.test_request_context():
        yield


def test_a_figure_never_stands_below_the_bare_name_of_a_whole_site():
    assert chosen_words.name(SITE) == "Small teams of Northgate, together"
    assert chosen_words.path(SITE) == "Harbour Motors > Small teams of Northgate, together"
    assert chosen_words.whose(SITE) == "People in Northgate without a figure of their own team, together"


def test_a_team_and_a_site_without_a_figure_keep_their_names():
    empty = ChosenUnit(2, "Northgate", "Harbour Motors > Northgate", Level.SITE, ())

    assert (chosen_words.name(PARTS), chosen_words.name(empty)) == ("Parts", "Northgate")
    assert chosen_words.path(PARTS) == PARTS.path
    assert (chosen_words.whose(PARTS), chosen_words.whose(empty)) == (
        "Harbour Motors > Northgate",
        "Harbour Motors",
    )


def test_a_team_without_a_figure_names_the_nearest_one_of_small_teams():
    said = "No figure of its own in this time. A small team is in the figure of small teams in "

    assert chosen_words.nothing(PARTS, [HOUSE, SITE, PARTS]) == f"{said}Northgate."
    assert chosen_words.nothing(PARTS, [HOUSE, PARTS]) == f"{said}Harbour Motors."


def test_where_no_such_figure_was_chosen_none_is_named():
    alike = ChosenUnit(4, "North", "Harbour Motors > North", Level.SITE, weeks_of("3.4"))

    for found in ([PARTS], [alike, PARTS]):
        assert chosen_words.nothing(PARTS, found) == "Nothing was released in this time."
    assert chosen_words.nothing(SITE, [HOUSE]) == "Nothing was released in this time."
