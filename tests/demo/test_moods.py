"""How people feel: the size of each effect, looked at with all the others held still."""

from random import Random
from statistics import fmean, pstdev

import pytest

from wellbeing.demo.house import TEAMS
from wellbeing.demo.moods import felt, temper
from wellbeing.demo.shift_life import Kind, Moment

LENGTH = 510.0


def mean_moods(*moments, usual=3.5, shifts=3_000):
    """Return the mean mood at each moment over many shifts that went the same way."""
    dice = Random(11)
    lived = [[mood for _moment, mood in felt(dice, usual, LENGTH, moments)] for _shift in range(shifts)]
    return [fmean(moods) for moods in zip(*lived, strict=True)]


def test_a_mood_is_never_outside_the_five_faces():
    dice = Random(2)
    for usual in (-3, 9):
        moods = {mood for _moment, mood in felt(dice, usual, LENGTH, [Moment(60, Kind.CHECK_IN)] * 50)}
        assert moods <= {1, 2, 3, 4, 5} and len(moods) == 1


def test_a_shift_without_any_event_ends_a_little_lower():
    start, end = mean_moods(Moment(0, Kind.CHECK_IN), Moment(LENGTH, Kind.CHECK_IN))

    assert start == pytest.approx(3.5, abs=0.06)
    assert 0.1 < start - end < 0.26


@pytest.mark.parametrize("kind", [Kind.ROUGH, Kind.ROUGH_UNSEEN])
@pytest.mark.parametrize(("severity", "drop"), [(0, 0.7), (1, 1.1), (2, 1.7)])
def test_a_rough_interaction_hurts_at_once_told_or_not_and_is_half_gone_in_an_hour(kind, severity, drop):
    _start, then, hour_later, two_later = mean_moods(
        Moment(240, Kind.CHECK_IN),
        Moment(240, kind, severity),
        Moment(300, Kind.CHECK_IN),
        Moment(360, Kind.CHECK_IN),
        usual=4.0,
    )
    usual = 4.0 - 0.18 * 0.5

    assert usual - then == pytest.approx(drop, abs=0.15)
    assert usual - hour_later == pytest.approx(drop / 2, abs=0.15)
    assert usual - two_later == pytest.approx(drop / 4, abs=0.15)


def test_a_break_helps_somewhat_most_of_it_only_at_the_moment_of_return():
    rough, back, later = Moment(200, Kind.ROUGH, 1), Moment(212, Kind.BACK), Moment(260, Kind.CHECK_IN)
    _then, still_there, later_without = mean_moods(rough, Moment(212, Kind.CHECK_IN), later)
    _then, returned, later_with = mean_moods(rough, back, later)

    assert 0.2 < returned - still_there < 0.6
    assert 0.0 < later_with - later_without < 0.2


def test_people_of_one_team_differ_in_mood_and_in_how_often_they_answer():
    dice = Random(4)
    people = [temper(dice, TEAMS[0]) for _person in range(500)]

    assert fmean(person.mood for person in people) == pytest.approx(TEAMS[0].mood, abs=0.1)
    assert pstdev(person.mood for person in people) == pytest.approx(0.72, abs=0.07)
    assert all(0.36 <= person.takes_part <= 0.93 for person in people)
    assert pstdev(person.takes_part for person in people) > 0.08
