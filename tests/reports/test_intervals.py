"""How sure a figure is: most moves of small teams are noise, and are called that."""

from fractions import Fraction

import pytest

from tests.reports.weeks import week_of, weeks_of
from wellbeing.disclosure import rules
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import intervals


@pytest.mark.parametrize(
    ("mood", "people", "low", "high"),
    [
        ("3.4", 12, 2.930, 3.870),
        ("3.0", 8, 2.425, 3.575),
        ("4.0", 40, 3.743, 4.257),
        ("3.0", 20, 2.636, 3.364),
    ],
)
def test_more_people_make_a_narrower_band(mood, people, low, high):
    assert intervals.interval(week_of(mood, people)) == pytest.approx((low, high), abs=0.001)


def test_a_mood_at_its_limit_may_be_anything_beyond_it():
    assert intervals.interval(week_of("2.0", 8))[0] == 1.0
    assert intervals.interval(week_of("4.0", 8))[1] == 5.0


def test_a_band_does_not_leave_the_scale():
    assert intervals.interval(week_of("4.7", 40)) == pytest.approx((4.443, 4.957), abs=0.001)
    assert intervals.interval(week_of("4.2", 12))[1] == pytest.approx(4.67, abs=0.001)


def test_words_and_gaps_have_no_band():
    assert intervals.interval(week_of(MoodWord.LOW)) is None
    assert intervals.interval(week_of(None)) is None


@pytest.mark.parametrize("people", [8, 12, 20, 40])
def test_the_limits_are_those_that_a_release_keeps(people):
    lowest, highest = intervals.limits(people)

    assert Fraction(lowest) == rules.published_mood([1] * people)
    assert Fraction(highest) == rules.published_mood([5] * people)


def test_a_move_that_chance_explains_is_no_change():
    assert not intervals.differ(week_of("3.4"), week_of("2.8"))
    assert intervals.differ(week_of("3.4"), week_of("2.7"))


@pytest.mark.parametrize("other", [MoodWord.LOW, None])
def test_words_are_never_compared_as_if_they_were_figures(other):
    with pytest.raises(ValueError, match="two figures"):
        intervals.differ(week_of("3.4"), week_of(other))


@pytest.mark.parametrize(
    ("moods", "run"),
    [
        (("3.4",), 1),
        (("3.1", "3.5", "3.3", "3.6", "3.4"), 5),
        (("2.4", "3.5", "3.4"), 2),
        (("2.4", "3.4"), 1),
        (("3.4", None, "3.4", "3.4"), 2),
        (("3.4", MoodWord.MIDDLE, "3.4"), 1),
        (("3.4", MoodWord.MIDDLE), 0),
        (("3.4", "2.5", "3.0", "3.0"), 3),
        (("3.0", "2.5", "3.4", "3.0"), 2),
    ],
)
def test_steady_lasts_until_a_clear_change_or_a_week_without_a_figure(moods, run):
    assert intervals.steady_run(weeks_of(*moods)) == run
