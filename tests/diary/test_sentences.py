"""What a diary's owner reads about their figures."""

from collections.abc import Iterator

import pytest
from flask import Flask

from wellbeing.diary import sentences
from wellbeing.diary.findings import Breaks, Recovery, Spillover
from wellbeing.diary.insights import (
    BreakDifference,
    Inertia,
    break_difference,
    recovery_share,
    spillover_index,
)

OTHER_WAYS = "Rough shifts may differ in other ways too (busy days, short staffing)."
NOT_PROOF = "People choose when to take a break, so this is a comparison, not proof."
ROUGH = [-1, -2, 0, -1, -1, 0, -2, -1]
QUIET = [0, 0, 1, -1, 0, 0, 0, 1, -1, 0]


@pytest.fixture(autouse=True)
def language(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def spillover(rough: list[int], quiet: list[int]) -> tuple[str, ...]:
    index = spillover_index(rough, quiet)
    return sentences.spillover(Spillover(index, len(rough), len(quiet), 0, None, None))


def test_carry_over_is_told_with_its_range_and_its_shifts():
    assert spillover(ROUGH, QUIET) == (
        "On shifts with a rough customer your mood ended about 1.0 lower than on your quiet shifts "
        "(likely 0.3 to 1.7; 8 and 10 shifts).",
        OTHER_WAYS,
    )


def test_the_other_way_round_is_told_as_plainly():
    assert spillover(QUIET, ROUGH)[0] == (
        "On shifts with a rough customer your mood ended about 1.0 higher than on your quiet shifts "
        "(likely 0.3 to 1.7; 10 and 8 shifts)."
    )


def test_what_is_not_clear_is_called_so():
    assert spillover(ROUGH, ROUGH) == ("No clear difference yet.", OTHER_WAYS)


def test_few_shifts_are_early_and_very_rough():
    label = "Early, very rough: from eight shifts of each on, it says more."

    assert spillover(ROUGH[:5], QUIET)[1:] == (label, OTHER_WAYS)
    assert spillover(ROUGH[:5], ROUGH[:5]) == ("No clear difference yet.", label, OTHER_WAYS)


@pytest.mark.parametrize(
    ("rough", "quiet", "sentence"),
    [
        (3, 9, "Not enough yet: 3 of 5 rough shifts."),
        (9, 3, "Not enough yet: 3 of 5 quiet shifts."),
        (0, 4, "Not enough yet: 0 of 5 rough shifts, 4 of 5 quiet shifts."),
    ],
)
def test_below_the_minimum_there_is_no_figure(rough: int, quiet: int, sentence: str):
    assert spillover([-1] * rough, [0] * quiet) == (sentence, OTHER_WAYS)


def recovery(recovered: int, not_seen: int, *left_out: int) -> tuple[str, ...]:
    share = recovery_share(recovered, recovered + not_seen)
    return sentences.recovery(Recovery(share, recovered, not_seen, *(left_out or (0, 0, 0, 0))))


def test_recovery_is_told_with_its_range_and_nobody_has_failed():
    assert recovery(7, 5) == (
        "After 7 of 12 rough interactions your mood was back where it had been before, within the same shift "
        "(58%, likely 32% to 81%).",
        "Not seen by your last check-in does not mean that it did not come back.",
    )


def test_who_always_came_back_needs_no_consolation():
    assert len(recovery(8, 0)) == 1


def test_what_recovery_leaves_out_is_said():
    assert recovery(2, 3, 1, 2, 3, 4) == (
        "Not enough yet: 5 of 8 rough interactions with a check-in before and after.",
        "Left out: 3 without a check-in before, 1 without a check-in after, 2 soon followed by another, "
        "4 at a time that is not certain.",
    )
    assert recovery(8, 0, 0, 1, 0, 0)[1] == "Left out: 1 soon followed by another."


def breaks(estimate: float, low: float, high: float, anyway: float = 0.7) -> tuple[str, ...]:
    return sentences.breaks(Breaks(BreakDifference(estimate, low, high, 10, 12, 0.5, anyway), 10, 12, ()))


def test_a_break_is_told_beside_what_happens_anyway():
    assert breaks(0.9, 0.2, 1.6) == (
        "Starting from the same mood, it was about 0.9 higher at your next check-in when you had taken a "
        "break (likely 0.2 to 1.6; 10 with a break, 12 without).",
        "What happens anyway: without a break your mood rose by 0.7 (12 times).",
        NOT_PROOF,
    )


def test_a_break_that_goes_with_a_lower_mood_is_told_too():
    assert breaks(-0.9, -1.6, -0.2)[0] == (
        "Starting from the same mood, it was about 0.9 lower at your next check-in when you had taken a "
        "break (likely 0.2 to 1.6; 10 with a break, 12 without)."
    )
    assert breaks(0.9, -0.1, 1.9)[0] == "No clear difference yet."


@pytest.mark.parametrize(
    ("anyway", "words"), [(-0.34, "fell by 0.3"), (0.04, "stayed as it was"), (-0.04, "stayed as it was")]
)
def test_what_happens_anyway_can_be_a_fall_or_nothing(anyway: float, words: str):
    assert breaks(0.9, 0.2, 1.6, anyway)[1] == (
        f"What happens anyway: without a break your mood {words} (12 times)."
    )


@pytest.mark.parametrize(
    ("rested", "plain", "sentence"),
    [
        (2, 5, "7 of 12 rough interactions with a check-in after (2 with a break, 5 without)."),
        (3, 9, "3 of 4 with a break."),
        (9, 3, "3 of 4 without a break."),
        (6, 6, "your moods right after were too much alike to compare."),
    ],
)
def test_below_the_minimum_breaks_are_not_compared(rested: int, plain: int, sentence: str):
    alike = [3] * (rested + plain)
    difference = break_difference(alike, [True] * rested + [False] * plain, alike)

    found = sentences.breaks(Breaks(difference, rested, plain, ()))
    assert found == (f"Not enough yet: {sentence}", NOT_PROOF)


def test_inertia_is_told_as_neither_good_nor_bad():
    assert sentences.inertia(Inertia(0.28, 0.21, 0.35, 40)) == (
        "About 28% of being above or below your usual mood was still there at the next check-in "
        "(likely 21% to 35%; 40 pairs of check-ins).",
        "This comes out too low, because a diary is short and five faces are coarse; and its range holds the "
        "true value less often than 95 times in 100. It is neither good nor bad.",
    )
    assert sentences.inertia(Inertia(0.1, -0.1, 0.3, 40)) == (
        "Your mood does not clearly carry over from one check-in to the next (40 pairs).",
    )
    assert sentences.inertia(Inertia(0.1, 0, 0.2, 40))[0].startswith("Your mood does not clearly carry over")
    assert sentences.inertia(None) == (
        "Not enough yet: this takes 30 pairs of check-ins in one shift, and moods that differ.",
    )
