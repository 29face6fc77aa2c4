"""Whether intervals of 95 % hold the truth that often: diaries of people who do not exist, of a known truth.

With 2,000 diaries the share that is found strays by a point or less, in 19 of 20 cases.
"""

from collections.abc import Sequence
from math import comb
from random import Random
from statistics import NormalDist, fmean

import pytest

from wellbeing.diary.insights import break_difference, inertia, recovery_share, spillover_index

DIARIES = 2000
FEWEST_HELD, MOST_HELD = 0.93, 0.97
# How likely somebody takes a break at each mood: the worse they feel, the likelier.
RESTS = (0.8, 0.65, 0.5, 0.35, 0.2)


def rating(draw: Random, mean: float, spread: float) -> int:
    """Draw a mood from 1 to 5, whole like the five faces."""
    return min(5, max(1, round(draw.gauss(mean, spread))))


def expected(mean: float, spread: float) -> float:
    """Return the mean of such ratings, exactly."""
    felt = NormalDist(mean, spread)
    return 1 + sum(1 - felt.cdf(face + 0.5) for face in range(1, 5))


def held(intervals: Sequence[tuple[float, float]], truth: float) -> float:
    return fmean(low <= truth <= high for low, high in intervals)


@pytest.mark.parametrize(("rough", "quiet"), [(5, 5), (5, 10), (8, 8), (12, 20)])
def test_spillover_intervals_hold_the_truth(rough: int, quiet: int):
    draw = Random(7)  # noqa: S311 -- made-up moods
    drop, intervals = 0.8, []
    for _ in range(DIARIES):
        falls = [rating(draw, 3.4 - drop, 0.9) - rating(draw, 3.6, 0.8) for _ in range(rough)]
        usual = [rating(draw, 3.4, 0.9) - rating(draw, 3.6, 0.8) for _ in range(quiet)]
        found = spillover_index(falls, usual)
        assert found is not None
        intervals.append((found.low, found.high))

    truth = expected(3.4, 0.9) - expected(3.4 - drop, 0.9)
    assert FEWEST_HELD <= held(intervals, truth) <= MOST_HELD


@pytest.mark.parametrize("effect", [0, 0.5])
@pytest.mark.parametrize("events", [12, 20, 40])
def test_break_intervals_hold_the_truth_although_people_rest_when_they_feel_worse(events: int, effect: float):
    draw = Random(11)  # noqa: S311 -- made-up moods
    intervals, estimates, plain = [], [], []
    while len(intervals) < DIARIES:
        before = [rating(draw, 2.2, 0.9) for _ in range(events)]
        took = [draw.random() < RESTS[mood - 1] for mood in before]
        after = [
            rating(draw, 1.8 + 0.45 * mood + effect * rested, 0.8)
            for mood, rested in zip(before, took, strict=True)
        ]
        found = break_difference(before, took, after)
        if found is not None:
            intervals.append((found.low, found.high))
            estimates.append(found.estimate)
            plain.append(difference_of_gains(before, took, after))

    assert FEWEST_HELD <= held(intervals, effect) <= MOST_HELD
    assert fmean(estimates) == pytest.approx(effect, abs=0.03)
    assert fmean(plain) > effect + 0.2


def difference_of_gains(before: Sequence[int], took: Sequence[bool], after: Sequence[int]) -> float:
    """Return what would be shown if nobody asked how people felt when they took a break."""
    gains: dict[bool, list[int]] = {True: [], False: []}
    for mood, rested, later in zip(before, took, after, strict=True):
        gains[rested].append(later - mood)
    return fmean(gains[True]) - fmean(gains[False])


@pytest.mark.parametrize(("shifts", "check_ins"), [(15, 3), (40, 3), (30, 6)])
def test_inertia_intervals_hold_the_truth_although_it_comes_out_a_little_low(shifts: int, check_ins: int):
    draw = Random(13)  # noqa: S311 -- made-up moods
    found = [inertia([lasting(draw, 0.3, check_ins) for _ in range(shifts)]) for _ in range(DIARIES)]

    intervals = [(one.low, one.high) for one in found if one is not None]
    assert len(intervals) == DIARIES
    assert FEWEST_HELD <= held(intervals, 0.3) <= MOST_HELD
    assert 0.25 < fmean(one.estimate for one in found if one is not None) < 0.3


@pytest.mark.parametrize(("spread", "fewest", "mean"), [(0.6, 0.88, 0.24), (0.9, 0.92, 0.26)])
def test_of_whole_ratings_inertia_comes_out_lower_and_its_range_holds_less_as_the_page_says(
    spread: float, fewest: float, mean: float
):
    draw = Random(17)  # noqa: S311 -- made-up moods
    found = [
        inertia(
            [
                [min(5, max(1, round(3.4 + spread * mood))) for mood in lasting(draw, 0.3, 3)]
                for _ in range(40)
            ]
        )
        for _ in range(DIARIES)
    ]

    assert fewest <= held([(one.low, one.high) for one in found if one is not None], 0.3) < 0.95
    assert fmean(one.estimate for one in found if one is not None) == pytest.approx(mean, abs=0.01)


def lasting(draw: Random, slope: float, moods: int) -> list[float]:
    """Draw moods of which each keeps a part of the one before."""
    found = [draw.gauss(0, 1 / (1 - slope**2) ** 0.5)]
    while len(found) < moods:
        found.append(slope * found[-1] + draw.gauss(0, 1))
    return found


@pytest.mark.parametrize(("events", "at_worst"), [(8, 0.897), (12, 0.914), (20, 0.925), (40, 0.928)])
def test_what_a_recovery_share_covers_is_known_exactly(events: int, at_worst: float):
    """Wilson's interval holds 95 % on average over shares from 5 to 95 %, and less at its worst share."""
    intervals = [
        (share.low, share.high) for share in map(recovery_share, range(events + 1), [events] * 99) if share
    ]
    covered = [
        sum(
            comb(events, recovered) * part**recovered * (1 - part) ** (events - recovered)
            for recovered, (low, high) in enumerate(intervals)
            if low <= part <= high
        )
        for part in (percent / 100 for percent in range(5, 96))
    ]

    assert 0.94 < fmean(covered) < 0.96
    assert min(covered) == pytest.approx(at_worst, abs=0.0005)
