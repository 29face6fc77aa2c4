"""Before and after a change: what four weeks on each side can honestly say."""

from datetime import timedelta
from math import sqrt
from random import Random
from statistics import mean, variance

import pytest

from tests.reports.weeks import MONDAY, week_of, weeks_of
from wellbeing.models.ledger import MoodWord
from wellbeing.reports.before_after import difference, said, sides
from wellbeing.reports.intervals import VOTE_SD
from wellbeing.reports.trends import Week

NOT_PROOF = "Other things change too: this is a comparison, not proof."
# t(.975) for 4 and 6 degrees of freedom, from a printed table.
T_4, T_6 = 2.7764, 2.4469


@pytest.fixture(autouse=True)
def english(app):
    """Sentences are said in English."""
    with app.test_request_context():
        yield


def numbers(weeks):
    return [week.number for week in weeks]


def test_the_week_of_the_change_belongs_to_neither_side():
    weeks = weeks_of(*["3.4"] * 11)
    wednesday = MONDAY + timedelta(weeks=5, days=2)

    before, after = sides(weeks, wednesday)

    assert (numbers(before), numbers(after)) == ([2, 3, 4, 5], [7, 8, 9, 10])


def test_a_change_on_the_day_of_a_tick_leaves_no_week_out():
    before, after = sides(weeks_of(*["3.4"] * 11), MONDAY + timedelta(weeks=5))

    assert (numbers(before), numbers(after)) == ([2, 3, 4, 5], [6, 7, 8, 9])


def test_a_week_that_is_not_shown_is_not_replaced_by_an_older_one():
    weeks = weeks_of("3.0", "3.1", None, "3.2", "3.3", *["3.5"] * 4)

    before, _after = sides(weeks, MONDAY + timedelta(weeks=5))

    assert numbers(before) == [2, 3, 4, 5]
    assert difference(*sides(weeks, MONDAY + timedelta(weeks=5))).before == 3


def test_weeks_that_agree_are_no_surer_than_their_people_allow():
    """All equal: the variance is that of votes, .83 squared over 12 people in each of four weeks."""
    found = difference(weeks_of(*["3.0"] * 4), weeks_of(*["3.9"] * 4))
    half = T_6 * sqrt(2 * 0.83**2 / 48)

    assert found.estimate == pytest.approx(0.9)
    assert (found.low, found.high) == pytest.approx((0.9 - half, 0.9 + half), abs=0.0005)
    assert (found.before, found.after, found.clear) == (4, 4, True)


def test_weeks_that_scatter_make_the_interval_wider():
    """Welch by hand, people alike: the figures' own variance is larger than that of votes."""
    one, other = ["2.4", "3.6", "2.4", "3.6"], ["2.6", "4.0", "2.6"]
    first, second = [list(map(float, side)) for side in (one, other)]
    v1, v2 = variance(first) / 4, variance(second) / 3
    freedom = (v1 + v2) ** 2 / (v1**2 / 3 + v2**2 / 2)

    found = difference(weeks_of(*one), weeks_of(*other))

    assert variance(first) > VOTE_SD**2 / 12
    assert 3 < freedom < 5
    assert found.estimate == pytest.approx(mean(second) - mean(first))
    assert (found.high - found.estimate) / sqrt(v1 + v2) == pytest.approx(T_4, abs=0.35)
    assert not found.clear


def test_a_week_of_more_people_counts_for_more():
    heavy = (week_of("3.0", 40), week_of("4.0", 8), week_of("4.0", 8))
    flat = weeks_of("3.0", "3.0", "3.0")

    assert difference(flat, heavy).estimate == pytest.approx((40 * 3 + 16 * 4) / 56 - 3)


def test_two_figures_on_a_side_are_too_few():
    assert difference(weeks_of("3.0", "3.1"), weeks_of("3.0", "3.1", "3.2")) is None
    assert difference(weeks_of("3.0", "3.1", "3.2"), weeks_of("3.0", MoodWord.LOW, None)) is None


def test_where_nothing_changed_a_clear_difference_is_rarely_claimed():
    """A thousand made-up teams whose mood is the same all along: at most the five in a hundred allowed."""
    dice = Random(4)

    def figure(at):
        votes = [min(5, max(1, round(dice.gauss(3.3, VOTE_SD)))) for _person in range(12)]
        return week_of(f"{mean(votes):.1f}", 12, at)

    found = [
        difference([figure(at) for at in range(4)], [figure(at) for at in range(5, 9)])
        for _team in range(1000)
    ]

    assert 0.94 <= mean(one.low <= 0 <= one.high for one in found)
    assert sum(one.clear for one in found) <= 60


@pytest.mark.parametrize(("after", "word"), [("3.9", "higher"), ("2.1", "lower")])
def test_a_clear_difference_is_told_with_its_range(after, word):
    sentences = said(weeks_of(*["3.0"] * 4, *[after] * 4), MONDAY + timedelta(weeks=4))

    assert sentences == (f"Mood was about 0.9 {word} in the four weeks after (likely 0.5 to 1.3).", NOT_PROOF)


def test_noise_is_no_difference_and_no_proof():
    sentences = said(weeks_of("3.0", "3.3", "3.1", "3.2", "3.3", "3.2", "3.1", "3.4"), MONDAY + timedelta(28))

    assert sentences == ("No clear difference yet.", NOT_PROOF)


def test_a_difference_that_rounds_to_nothing_at_its_lower_end_is_not_called_clear():
    found = difference(weeks_of(*["3.0"] * 4), weeks_of(*["3.43"] * 4))

    assert 0 < found.low < 0.05
    assert not found.clear


def test_a_young_change_says_how_many_weeks_there_are():
    sentences = said(weeks_of(*["3.0"] * 5), MONDAY + timedelta(weeks=4))

    assert sentences == (
        "Not enough weeks yet: comparing needs three with a figure on each side. "
        "There are 4 before and 1 after.",
    )


def test_weeks_in_words_stand_beside_the_comparison():
    weeks = weeks_of("3.0", MoodWord.LOW, "3.1", "3.0", "3.1", MoodWord.MIDDLE, MoodWord.HIGH, "3.0")

    assert said(weeks, MONDAY + timedelta(weeks=4))[1:] == (
        "In words before: low.",
        "In words after: middle, high.",
    )


def test_figures_of_two_weeks_are_called_figures():
    def strict(count, mood, start=0):
        spans = [(MONDAY + timedelta(14 * at), MONDAY + timedelta(14 * (at + 1))) for at in range(count)]
        return [
            Week(start + at, *spans[at], 12, week_of(mood).mood, None, 3, 3) for at in range(start, count)
        ]

    later = MONDAY + timedelta(days=56)
    higher = said([*strict(4, "3.0"), *strict(8, "3.9", 4)], later)
    lower = said([*strict(4, "3.9"), *strict(8, "3.0", 4)], later)

    assert "0.9 higher in the four figures after" in higher[0]
    assert "0.9 lower in the four figures after" in lower[0]
    assert said(strict(2, "3.0"), later)[0].startswith("Not enough figures yet: comparing needs three")
