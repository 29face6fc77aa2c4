"""What a report says first: of one unit its own headline, of several nothing that ranks or adds up."""

import pytest

from tests.reports.weeks import week_of, weeks_of
from wellbeing.models.accounts import Level
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import pdf_sentences
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.pdf_sentences import between, change, in_short
from wellbeing.reports.turns import turns


@pytest.fixture(autouse=True)
def reader(app):
    """Somebody reads English."""
    with app.test_request_context():
        yield


def unit(*weeks, name="Parts"):
    return ChosenUnit(1, name, f"Harbour Motors > {name}", Level.TEAM, tuple(weeks))


def test_one_unit_has_its_own_headline_with_days_instead_of_last_week():
    assert in_short([unit(*weeks_of("3.4", "3.4", "3.5"))]) == [
        "Mood was 3.5 in the week of 16–22 Mar 2026, steady for three weeks.",
        "Three people had a rough interaction; three took a break. 12 or more people answered.",
        "From the first to the newest figure of these weeks: no clear change.",
    ]


def test_a_unit_whose_newest_week_is_hidden_says_so():
    assert in_short([unit(*weeks_of("3.4", None))]) == [
        "The week of 9–15 Mar 2026 is not shown.",
        "Too few people answered, or nobody did.",
    ]


def test_several_units_are_averaged_by_figures_and_their_words_stand_beside():
    units = [
        unit(*weeks_of("3.4", "3.4")),
        unit(*weeks_of("3.4", MoodWord.LOW), name="Office"),
        unit(*weeks_of("3.4", None), name="Workshop"),
    ]

    assert in_short(units) == [
        "Newest release, 9–15 Mar 2026. "
        "Mood: 3.4 in the one unit with a figure; low in 1 unit; 1 unit not shown.",
        "People with a rough interaction: 3 people in 2 units.",
        "People who took a break: 3 people in 2 units.",
        "The one unit with two figures or more shows no clear change, neither from the first to the newest "
        "nor in between.",
        "5 of 6 figures are shown; for the others too few people answered, or nobody did.",
    ]


def test_counts_in_words_enter_no_average():
    few = week_of("3.4", rough=CountWord.FEW, breaks=CountWord.MOST)
    said = in_short([unit(few), unit(few, name="Office")])

    assert "People with a rough interaction: few in 2 units." in said
    assert "People who took a break: most in 2 units." in said


def test_a_week_that_is_shown_for_nobody_says_nothing_of_people():
    said = in_short([unit(*weeks_of("3.4", None)), unit(*weeks_of("3.4", None), name="Office")])

    assert said == [
        "Newest release, 9–15 Mar 2026. Mood: 2 units not shown.",
        "2 of 4 figures are shown; for the others too few people answered, or nobody did.",
    ]


def test_units_without_any_block_are_told_so():
    assert in_short([unit(), unit(name="Office")]) == ["Nothing was released for these units in these weeks."]


def test_clear_changes_are_counted_and_steady_units_too():
    units = [
        unit(*weeks_of("2.4", "4.2", people=20)),
        unit(*weeks_of("4.2", "2.4", people=20), name="Office"),
        unit(*weeks_of("3.4", "3.5", people=20), name="Workshop"),
    ]

    said = in_short(units)

    assert (
        "2 of 3 units with two figures or more show a clear change: from first to newest higher in 1; from "
        "first to newest lower in 1." in said
    )


def test_a_unit_that_fell_and_recovered_is_never_called_unchanged():
    fell = weeks_of("3.4", "2.0", "2.1", "3.4")
    rose = weeks_of("2.4", "4.0", "2.4")
    steady = unit(*weeks_of("3.4", "3.5"), name="Office")

    assert "1 of 2 units with two figures or more shows a clear change: in between lower in 1." in in_short(
        [unit(*fell), steady]
    )
    assert (
        "2 of 3 units with two figures or more show a clear change: in between higher in 1; in between "
        "lower in 1." in in_short([unit(*fell), unit(*rose, name="Workshop"), steady])
    )
    assert in_short([unit(*fell)])[-1] == (
        "From the first to the newest figure of these weeks: no clear change; "
        "in between clearly lower than both: 2.0, 9–15 Mar 2026."
    )


@pytest.mark.parametrize(
    ("moods", "said"),
    [
        (("3.4", "2.3", "2.9"), "in between clearly lower than the first: 2.3, 9–15 Mar 2026"),
        (("2.9", "2.3", "3.4"), "in between clearly lower than the newest: 2.3, 9–15 Mar 2026"),
        (("2.6", "3.7", "3.1"), "in between clearly higher than the first: 3.7, 9–15 Mar 2026"),
        (("3.1", "3.7", "2.6"), "in between clearly higher than the newest: 3.7, 9–15 Mar 2026"),
        (("2.6", "4.3", "2.6"), "in between clearly higher than both: 4.3 or higher, 9–15 Mar 2026"),
    ],
)
def test_a_turn_in_between_says_what_it_differs_from_and_when(moods, said):
    assert between(turns(weeks_of(*moods))) == [said]


@pytest.mark.parametrize(
    ("moods", "word"),
    [
        (("3.4", MoodWord.HIGH), "fewer than two figures"),
        (("3.4", None, "3.5"), "no clear change"),
        (("2.4", "3.0", "4.2"), "clearly higher"),
        (("4.2", "3.0", "2.4"), "clearly lower"),
    ],
)
def test_a_table_says_how_the_newest_figure_stands_to_the_first(moods, word):
    found = turns(weeks_of(*moods, people=20))

    assert change(found) == word
    assert between(found) == []


def test_a_headline_looks_at_half_a_year_at_most():
    assert "steady for 26 weeks" in pdf_sentences.headline(weeks_of(*["3.4"] * 60))
