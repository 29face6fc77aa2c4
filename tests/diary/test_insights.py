"""The figures of one person's diary, against worked examples, scipy and statsmodels."""

from random import Random

import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tools import add_constant

from wellbeing.diary.insights import (
    SpilloverIndex,
    break_difference,
    inertia,
    recovery_share,
    spillover_index,
)

ROUGH = [-1, -2, 0, -1, -1, 0, -2, -1]
QUIET = [0, 0, 1, -1, 0, 0, 0, 1, -1, 0]
BEFORE = [1, 1, 2, 2, 2, 2, 3, 3, 3, 1, 2, 3]
BREAKS = [True, False, True, True, False, False, True, False, False, True, False, True]
AFTER = [3, 2, 3, 4, 3, 3, 4, 3, 4, 2, 2, 3]


def test_the_worked_example_of_a_recovery_share():
    found = recovery_share(7, 12)

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.3195, 0.8067)
    assert (found.estimate, found.recovered, found.events) == (7 / 12, 7, 12)


@pytest.mark.parametrize("events", [8, 13, 40])
def test_recovery_shares_are_statsmodels_wilson_intervals(events: int):
    for recovered in range(events + 1):
        found = recovery_share(recovered, events)

        assert found is not None
        expected = proportion_confint(recovered, events, method="wilson")
        assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_there_is_no_recovery_share_below_eight_events():
    assert recovery_share(7, 7) is None
    assert recovery_share(0, 0) is None


@pytest.mark.parametrize("wrong", [(9, 8), (-1, 8)])
def test_more_cannot_have_recovered_than_there_were(wrong: tuple[int, int]):
    with pytest.raises(ValueError, match="as there were events"):
        recovery_share(*wrong)


def test_the_worked_example_of_a_spillover_index():
    found = spillover_index(ROUGH, QUIET)

    assert found is not None
    assert (round(found.error, 4), round(found.freedom, 3)) == (0.3404, 14.158)
    assert [round(end, 4) for end in (found.estimate, found.low, found.high)] == [1, 0.2707, 1.7293]
    assert (found.rough, found.quiet, found.early, found.direction) == (8, 10, False, 1)


def test_shifts_that_all_change_alike_are_no_surer_than_whole_ratings_allow():
    found = spillover_index([-1] * 5, [0] * 5)

    assert found is not None
    assert (round(found.error, 4), round(found.freedom, 6)) == (0.2582, 8)
    assert (round(found.low, 4), round(found.high, 4)) == (0.4046, 1.5954)
    assert found.early


def test_spillover_intervals_are_scipys_welch_intervals():
    draw = Random(20)  # noqa: S311 -- made-up moods
    for _ in range(20):
        rough = [draw.choice((-3, -2, -1, 0, 1, 2)) for _ in range(draw.randint(8, 30))]
        quiet = [draw.choice((-2, -1, 0, 1, 2)) for _ in range(draw.randint(8, 30))]
        found = spillover_index(rough, quiet)
        theirs = stats.ttest_ind(quiet, rough, equal_var=False)
        interval = theirs.confidence_interval()

        assert found is not None
        assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-6)
        assert found.freedom == pytest.approx(theirs.df)


def test_there_is_no_spillover_index_below_five_shifts_of_each():
    assert spillover_index(ROUGH[:4], QUIET) is None
    assert spillover_index(ROUGH, QUIET[:4]) is None
    assert spillover_index([], []) is None


@pytest.mark.parametrize(("rough", "quiet", "early"), [(8, 7, True), (7, 8, True), (8, 8, False)])
def test_it_is_early_until_there_are_eight_shifts_of_each(rough: int, quiet: int, early: bool):
    found = spillover_index(ROUGH[:rough], QUIET[:quiet])

    assert found is not None
    assert found.early is early


def test_an_interval_has_a_direction_only_in_the_tenths_that_people_read():
    higher, lower = spillover_index(QUIET, ROUGH), spillover_index(ROUGH, [-1, 0, -1, 0, -1, -1, 0, 0])

    assert higher is not None and higher.direction == -1
    assert lower is not None and lower.direction == 0


@pytest.mark.parametrize(
    ("low", "high", "direction"), [(0.04, 1, 0), (0.06, 1, 1), (-1, -0.04, 0), (-1, -0.06, -1)]
)
def test_no_difference_is_told_of_a_range_that_reads_as_if_it_touched_zero(low, high, direction: int):
    found = SpilloverIndex(0.5, low, high, rough=8, quiet=8, error=0.3, freedom=14)

    assert found.direction == direction


def test_the_worked_example_of_a_break():
    found = break_difference(BEFORE, BREAKS, AFTER)

    assert found is not None
    ends = [round(end, 4) for end in (found.estimate, found.low, found.high, found.slope)]
    assert ends == [0.4350, -0.3394, 1.2094, 0.6098]
    assert (found.with_break, found.without_break, found.direction) == (6, 6, 0)
    assert found.anyway == pytest.approx(4 / 6)
    gains = [after - before for before, after in zip(BEFORE, AFTER, strict=True)]
    rested = [gain for gain, took in zip(gains, BREAKS, strict=True) if took]
    assert sum(rested) / 6 - found.anyway == pytest.approx(0.5)


def test_breaks_are_compared_as_statsmodels_compares_them():
    draw = Random(21)  # noqa: S311 -- made-up moods
    for n in (12, 20, 40, 40, 100):
        before = [draw.randint(1, 5) for _ in range(n)]
        took = [place < 4 or draw.random() < 0.4 for place in range(n - 4)] + [False] * 4
        after = [draw.randint(1, 5) for _ in range(n)]
        found = break_difference(before, took, after)
        columns = [[int(one), mood] for one, mood in zip(took, before, strict=True)]
        theirs = OLS(after, add_constant(columns)).fit()

        assert found is not None
        assert (found.estimate, found.slope) == pytest.approx(tuple(theirs.params[1:]))
        assert (found.low, found.high) == pytest.approx(tuple(theirs.conf_int()[1]), abs=1e-6)


def test_moods_that_fit_a_line_exactly_are_no_surer_than_whole_ratings_allow():
    found = break_difference(BEFORE, BREAKS, [mood + took for mood, took in zip(BEFORE, BREAKS, strict=True)])

    assert found is not None
    assert (found.estimate, found.slope) == (1, 1)
    assert found.high - found.low > 0.7


def test_there_is_no_comparison_below_twelve_events_or_four_of_each():
    assert break_difference(BEFORE[1:], BREAKS[1:], AFTER[1:]) is None
    assert break_difference(BEFORE, [True] * 3 + [False] * 9, AFTER) is None
    assert break_difference(BEFORE, [True] * 9 + [False] * 3, AFTER) is None
    assert break_difference(BEFORE, [True] * 4 + [False] * 8, AFTER) is not None


def test_there_is_no_comparison_where_moods_then_are_all_alike_or_tell_the_breaks():
    assert break_difference([3] * 12, BREAKS, AFTER) is None
    assert break_difference([1 + took for took in BREAKS], BREAKS, AFTER) is None


def test_a_mood_too_few_is_no_comparison_at_all():
    with pytest.raises(ValueError, match="shorter"):
        break_difference(BEFORE, BREAKS, AFTER[1:])


def test_inertia_is_statsmodels_slope_through_the_middle():
    draw = Random(22)  # noqa: S311 -- made-up moods
    shifts = [[draw.randint(1, 5) for _ in range(draw.randint(1, 6))] for _ in range(30)]
    found = inertia(shifts)
    usual = sum(map(sum, shifts)) / sum(map(len, shifts))
    pairs = [
        (one - usual, other - usual) for moods in shifts for one, other in zip(moods, moods[1:], strict=False)
    ]
    theirs = OLS([later for _, later in pairs], [mood for mood, _ in pairs]).fit()

    assert found is not None
    assert found.pairs == len(pairs)
    assert found.estimate == pytest.approx(theirs.params[0])
    assert (found.low, found.high) == pytest.approx(tuple(theirs.conf_int()[0]), abs=1e-6)


def test_inertia_takes_thirty_pairs_and_a_mood_that_changes():
    assert inertia([]) is None
    assert inertia([[1, 2, 3]] * 14 + [[1, 2]]) is None
    assert inertia([[1, 2, 3]] * 15) is not None
    assert inertia([[3, 3, 3]] * 15) is None


def test_the_last_mood_of_a_shift_is_no_neighbour_of_the_next_ones_first():
    found = inertia([[1, 1], [5, 5]] * 15)

    assert found is not None
    assert (found.estimate, found.pairs) == (1, 30)
