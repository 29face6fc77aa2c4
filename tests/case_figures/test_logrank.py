from random import Random

import pytest

from tests.case_figures.test_medians import REMISSION
from wellbeing.case_figures.logrank import score
from wellbeing.case_figures.medians import Wait

PLACEBO = [Wait(week) for week in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


def test_the_textbooks_two_groups_differ_as_the_textbooks_say():
    """Freireich et al. 1963: chi-square 16.79 (Kleinbaum and Klein 2012, Survival Analysis, chapter 2)."""
    found = score([(PLACEBO, REMISSION)])

    assert found is not None
    assert found > 0
    assert found**2 == pytest.approx(16.79, abs=0.005)
    assert score([(REMISSION, PLACEBO)]) == pytest.approx(-found)


def test_one_case_against_one_by_hand():
    """At 5 the first ends where half was expected: 1/2 with variance 1/4; at 9 only one is left: z = 1."""
    assert score([([Wait(5)], [Wait(9)])]) == pytest.approx(1)


def test_channels_add_up_and_are_never_mixed():
    """Threats come by the slow channel: mixed, they would look neglected; within each channel nobody is."""
    quick = [Wait(minute) for minute in range(10, 40)]
    slow = [Wait(minute) for minute in range(1000, 1030)]
    apart = score([(quick[::10], quick), (slow, slow[::10])])
    mixed = score([([*quick[::10], *slow], [*quick, *slow[::10]])])

    assert apart is not None
    assert mixed is not None
    assert abs(apart) < 1
    assert mixed < -5


def test_nothing_can_be_said_of_nobody_or_of_one_group_alone():
    assert score([]) is None
    assert score([([], [Wait(3), Wait(4)])]) is None
    assert score([([Wait(5, over=False)], [Wait(9, over=False)])]) is None


def test_equal_groups_look_unequal_in_one_of_twenty_sites():
    """Seeded: two channels of different speed, few threats, some cases open still."""
    random = Random(2003)
    clear = 0
    for _site in range(1500):
        strata = [
            tuple([_case(random, speed) for _case_number in range(cases)] for cases in (5, 25))
            for speed in (3, 6)
        ]
        found = score(strata)
        clear += found is not None and abs(found) > 1.96

    assert 0.03 < clear / 1500 < 0.07


def _case(random: Random, speed: float) -> Wait:
    needed, so_far = random.lognormvariate(speed, 1), random.expovariate(0.001)
    return Wait(min(needed, so_far), over=needed <= so_far)
