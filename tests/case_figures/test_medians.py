from math import comb, inf
from random import Random
from statistics import median

import pytest

from wellbeing.case_figures.medians import Wait, Waiting, _rank, waiting
from wellbeing.estimates import Estimate

# Weeks of remission under 6-MP, some of them not over when the study ended: Freireich et al. 1963, as in
# every textbook of survival; the median of Kaplan and Meier is 23.
REMISSION = [Wait(week) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)]
REMISSION += [Wait(week, over=False) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]


def over(*minutes: float) -> list[Wait]:
    return [Wait(minute) for minute in minutes]


def test_half_of_the_textbooks_patients_wait_until_week_23():
    found = waiting(REMISSION)

    assert found.median is not None
    assert found.median.value == 23
    assert (found.cases, found.still) == (21, 12)


def test_waits_that_are_all_over_have_the_usual_median():
    random = Random(6)
    for cases in range(6, 60):
        minutes = [random.choice((random.randrange(9), random.random())) for _case in range(cases)]
        found = waiting(over(*minutes)).median

        assert found is not None
        assert found.value == pytest.approx(median(minutes))


def test_the_ranks_are_those_of_the_tables():
    """Conover 1999, table A3 at p = .5: both ends of the 95 % interval count so many from their end."""
    assert {n: _rank(n) for n in (6, 8, 9, 10, 15, 20, 25, 30, 50, 100)} == {
        **{6: 1, 8: 1, 9: 2, 10: 2, 15: 4, 20: 6},
        **{25: 8, 30: 10, 50: 18, 100: 40},
    }


def test_the_ranks_are_the_largest_that_chance_allows():
    for cases in range(6, 301):
        rank = _rank(cases)
        tail = sum(comb(cases, some) for some in range(rank))

        assert 40 * tail <= 2**cases < 40 * (tail + comb(cases, rank))


def test_fifty_thousand_cases_have_a_rank_near_that_of_the_normal_distribution():
    assert _rank(50_000) == pytest.approx(25_000 - 1.96 * 50_000**0.5 / 2, abs=2)


def test_six_are_the_fewest_that_say_anything():
    assert waiting(over(1, 2, 3, 4, 5)) == Waiting(5, 0, None)
    assert waiting(over(1, 2, 3, 4, 5, 60)) == Waiting(6, 0, Estimate(3.5, 1, 60))
    assert waiting([]) == Waiting(0, 0, None)


def test_who_waits_still_widens_the_interval_upwards_and_never_makes_us_look_quicker():
    served = over(*range(10, 30))
    with_two_more = waiting([*served, Wait(5, over=False), Wait(500, over=False)])
    alone = waiting(served)

    assert alone.median == Estimate(19.5, 15, 24)
    assert with_two_more.still == 2
    assert with_two_more.median is not None
    assert with_two_more.median.low == 14  # Counted as if somebody came to the new one this minute.
    assert with_two_more.median.high == 26
    assert with_two_more.median.value >= 19.5


def test_the_upper_end_is_open_where_too_many_wait_still():
    found = waiting([*over(10, 20, 30, 40, 50), *[Wait(5, over=False)] * 4]).median

    assert found == Estimate(30, 5, inf)


def test_nobody_knows_the_median_while_more_than_half_wait():
    found = waiting([*over(10, 20), *[Wait(90, over=False)] * 5]).median

    assert found == Estimate(inf, 10, inf)


def test_a_curve_that_rests_at_a_half_has_its_median_in_the_middle_of_the_rest():
    found = waiting([*over(10, 20, 30), *[Wait(40, over=False)] * 2, Wait(60)]).median
    at_the_end = waiting([*over(10, 20, 30), *[Wait(40, over=False)] * 3]).median

    assert found == Estimate(45, 10, inf)
    assert at_the_end == Estimate(30, 10, inf)


def test_the_true_median_lies_in_the_interval_in_nineteen_of_twenty_teams():
    """Waits of a skewed shape, a third of them cut off by the present moment; seeded, so always the same."""
    random = Random(2002)
    for cases in (6, 9, 15, 40):
        inside = 0
        for _team in range(1500):
            found = waiting(
                [_seen(random.lognormvariate(4, 1.2), random.expovariate(0.006)) for _c in range(cases)]
            )
            assert found.median is not None
            assert found.median.low <= found.median.value <= found.median.high
            inside += found.median.low <= 54.598 <= found.median.high  # exp(4)

        assert inside / 1500 > 0.94


def _seen(needed: float, so_far: float) -> Wait:
    return Wait(min(needed, so_far), over=needed <= so_far)
