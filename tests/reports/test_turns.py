"""How a unit moved: from its first figure to its newest one, and clear falls and rises in between."""

import pytest

from tests.reports.weeks import weeks_of
from wellbeing.models.ledger import MoodWord
from wellbeing.reports.turns import Beyond, Change, turns

DIP = ("3.4", "2.0", "2.1", "2.0", "3.4")


def test_a_unit_with_fewer_than_two_figures_is_compared_with_nothing():
    assert turns(weeks_of("3.4")) is None
    assert turns(weeks_of("3.4", MoodWord.HIGH, None)) is None


@pytest.mark.parametrize(
    ("moods", "change"),
    [
        (("3.4", None, "3.5"), Change.NONE),
        (("2.4", "3.0", "4.2"), Change.HIGHER),
        (("4.2", "3.0", "2.4"), Change.LOWER),
    ],
)
def test_a_change_is_clear_only_where_the_people_allow_it(moods, change):
    found = turns(weeks_of(*moods, people=20))

    assert (found.change, found.lowest, found.highest) == (change, None, None)
    assert found.clear is (change is not Change.NONE)


def test_a_fall_and_a_recovery_are_told_though_both_ends_are_alike():
    found = turns(weeks_of(*DIP))

    assert (found.change, found.highest, found.clear) == (Change.NONE, None, True)
    assert (found.lowest.week.number, found.lowest.beyond) == (2, Beyond.BOTH)


def test_a_rise_that_went_again_is_told_too():
    found = turns(weeks_of("2.4", "2.4", "4.0", "2.4"))

    assert (found.highest.week.number, found.highest.beyond) == (3, Beyond.BOTH)
    assert found.lowest is None


@pytest.mark.parametrize(
    ("moods", "beyond"),
    [(("3.4", "2.2", "2.4", "2.9"), Beyond.FIRST), (("2.9", "2.2", "2.4", "3.4"), Beyond.NEWEST)],
)
def test_half_a_recovery_is_told_against_the_end_from_which_it_differs(moods, beyond):
    found = turns(weeks_of(*moods))

    assert (found.change, found.lowest.beyond) == (Change.NONE, beyond)


def test_a_step_on_the_way_is_no_news_of_its_own():
    assert turns(weeks_of("4.2", "2.3", "2.4", people=20)).lowest is None
    assert turns(weeks_of("4.2", "2.0", "3.2", people=40)).lowest.beyond is Beyond.BOTH


def test_the_most_extreme_of_many_weeks_must_stand_out_more():
    assert turns(weeks_of("3.4", "2.5", "3.4")).lowest is not None
    assert turns(weeks_of("3.4", *["3.4"] * 12, "2.5", "3.4")).lowest is None


def test_weeks_in_words_and_gaps_are_compared_with_nothing():
    assert turns(weeks_of("3.4", MoodWord.LOW, None, "3.4")).clear is False
