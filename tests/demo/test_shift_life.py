"""One shift: who answers which prompt, what follows a rough interaction, and when people come back."""

from itertools import pairwise
from random import Random

import pytest

from wellbeing.demo.shift_life import Kind, Temper, moments

LENGTH = 510.0


def lived(shifts=400, rough_times=1.0, **temper):
    dice = Random(3)
    temper = Temper(**({"mood": 3.5, "takes_part": 1.0, "rough_per_shift": 0.5, "rests": 0.5} | temper))
    return [moments(dice, temper, LENGTH, rough_times) for _shift in range(shifts)]


def count(shifts, kind):
    return sum(moment.kind is kind for shift in shifts for moment in shift)


def test_somebody_who_always_answers_checks_in_at_both_ends_of_each_shift():
    for shift in lived():
        minutes = [moment.minute for moment in shift if moment.kind is Kind.CHECK_IN]
        assert -10 <= minutes[0] <= 25
        assert LENGTH - 25 <= minutes[-1] <= LENGTH + 5
        assert all(0.4 * LENGTH <= minute <= 0.6 * LENGTH for minute in minutes[1:-1])


def test_somebody_who_never_answers_tells_nothing_and_is_hurt_all_the_same():
    shifts = lived(takes_part=0.0)

    assert {moment.kind for shift in shifts for moment in shift} == {Kind.ROUGH_UNSEEN}


def test_a_shift_is_lived_in_order_of_time():
    assert all(one.minute <= after.minute for shift in lived() for one, after in pairwise(shift))


def test_rough_interactions_come_as_often_as_the_team_knows_them_and_more_in_a_bad_month():
    assert 0.4 < count(lived(), Kind.ROUGH) / 400 < 0.6
    assert 0.8 < count(lived(rough_times=2.0), Kind.ROUGH) / 400 < 1.2
    assert count(lived(rough_per_shift=0.0), Kind.ROUGH) == 0


def test_the_mildest_rough_interactions_are_the_most_common():
    told = [moment.severity for shift in lived() for moment in shift if moment.kind is Kind.ROUGH]

    assert told.count(0) > told.count(1) > told.count(2) > 0


@pytest.mark.parametrize(("rests", "low", "high"), [(-1, 0, 0), (0.4, 0.3, 0.6), (2, 1, 1)])
def test_a_break_follows_within_a_quarter_of_an_hour_as_often_as_the_person_rests(rests, low, high):
    shifts = lived(rests=rests)
    after_rough = sum(
        one.kind is Kind.ROUGH
        and any(after.kind is Kind.BREAK and 0 < after.minute - one.minute <= 15 for after in shift)
        for shift in shifts
        for one in shift
    )

    spontaneous = 0.02  # A break for no reason may fall into the quarter of an hour too.
    assert low <= after_rough / count(shifts, Kind.ROUGH) <= high + spontaneous


def test_most_people_say_that_they_are_back_when_the_break_is_over():
    shifts = lived()
    breaks = [moment for shift in shifts for moment in shift if moment.kind is Kind.BREAK]
    backs = count(shifts, Kind.BACK)

    assert {moment.minutes for moment in breaks} == {2, 5, 10, 15}
    assert 0.65 < backs / len(breaks) < 0.85
