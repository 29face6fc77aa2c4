from math import inf
from random import Random

import pytest

from wellbeing.case_figures.medians import Wait, waiting
from wellbeing.case_figures.parity import Threats, Verdict, overall, pair
from wellbeing.estimates import Estimate, difference


def threats(threatened: list[float], calm: list[float]) -> Threats:
    return {True: [Wait(minutes) for minutes in threatened], False: [Wait(minutes) for minutes in calm]}


HOURS = [60.0 * hour for hour in range(1, 21)]
MINUTES = [float(minute) for minute in range(1, 13)]


def test_threats_that_are_served_within_minutes_while_others_wait_for_hours_are_said():
    found = pair("phone", threats(MINUTES, HOURS))

    assert found.channel == "phone"
    assert found.threatened.median == Estimate(6.5, 3, 10)
    assert found.calm.median == Estimate(630, 360, 900)
    assert found.apart is not None
    # By hand: 6.5 - 630, down by hypot(3.5, 270), up by hypot(3.5, 270).
    assert found.apart.value == -623.5
    assert found.apart.low == pytest.approx(-623.5 - 270.0227)
    assert found.apart.high == pytest.approx(-623.5 + 270.0227)
    assert found.verdict is Verdict.SOONER
    assert overall([threats(MINUTES, HOURS)]) is Verdict.SOONER


def test_threats_that_are_left_waiting_are_said_as_well():
    assert pair("phone", threats(HOURS, MINUTES)).verdict is Verdict.LATER
    assert overall([threats(HOURS, MINUTES)]) is Verdict.LATER


def test_the_same_waits_with_and_without_a_threat_have_no_clear_difference():
    assert pair("phone", threats(HOURS, HOURS)).verdict is Verdict.EQUAL
    assert overall([threats(HOURS, HOURS)]) is Verdict.EQUAL


def test_five_threats_are_too_few_to_say_anything():
    assert pair("phone", threats(MINUTES[:5], HOURS)).verdict is Verdict.TOO_FEW
    assert pair("phone", threats(MINUTES, HOURS[:5])).verdict is Verdict.TOO_FEW
    assert overall([threats(MINUTES[:5], HOURS)]) is Verdict.TOO_FEW
    assert overall([]) is Verdict.TOO_FEW


def test_channels_with_three_threats_each_say_something_together():
    assert overall([threats(MINUTES[:3], HOURS), threats(MINUTES[3:6], HOURS)]) is Verdict.SOONER


def test_a_channel_with_threats_alone_is_compared_with_nothing():
    assert overall([threats(MINUTES, []), threats([], HOURS)]) is Verdict.TOO_FEW


def test_no_difference_is_told_where_more_than_half_still_wait():
    waits = {True: [Wait(20, over=False) for _case in range(6)], False: [Wait(hour) for hour in HOURS]}

    found = pair("phone", waits)
    turned = pair("phone", {True: waits[False], False: waits[True]})

    assert found.threatened.median == Estimate(inf, 20, inf)
    assert (found.apart, turned.apart) == (None, None)
    assert found.verdict is Verdict.TOO_FEW
    # All are still waiting: nobody was served at all, so nothing can be compared.
    assert overall([{True: waits[True], False: waits[True]}]) is Verdict.TOO_FEW


def test_the_true_difference_lies_in_its_interval_in_nineteen_of_twenty_teams():
    """Seeded; skewed waits of equal median, few with a threat and many without."""
    random = Random(2005)
    inside = 0
    for _team in range(1500):
        few, many = (
            waiting([Wait(random.lognormvariate(4, 1.2)) for _case in range(cases)]).median
            for cases in (9, 40)
        )
        assert few is not None
        assert many is not None
        inside += not difference(few, many).leaves_out_zero

    assert inside / 1500 > 0.94
