from datetime import date, timedelta

import pytest

from wellbeing.case_figures.trends import Change, Stretch, trend

FIRST = date(2026, 1, 5)


def stretches(*counts: tuple[int, int]) -> list[Stretch]:
    return [Stretch(FIRST + timedelta(weeks=4 * place), some, of) for place, (some, of) in enumerate(counts)]


def test_the_newest_quarter_stands_beside_the_one_before():
    found = trend(stretches((9, 9), (1, 10), (2, 20), (3, 30), (4, 40), (5, 50), (6, 60)))

    assert (found.before.some, found.before.of) == (6, 60)
    assert (found.newest.some, found.newest.of) == (15, 150)
    assert found.newest.starts_on == found.stretches[4].starts_on
    assert len(found.stretches) == 7


@pytest.mark.parametrize(
    ("before", "newest", "change"),
    [
        ((10, 20), (1, 20), Change.LESS),
        ((1, 20), (10, 20), Change.MORE),
        ((4, 20), (3, 20), Change.NONE),
        ((1, 1), (0, 20), Change.TOO_FEW),
        ((5, 20), (0, 1), Change.TOO_FEW),
        ((0, 0), (5, 20), Change.TOO_FEW),
        ((5, 20), (0, 0), Change.TOO_FEW),
    ],
)
def test_a_change_is_only_said_where_three_stretches_against_three_show_it(
    before: tuple[int, int], newest: tuple[int, int], change: Change
):
    assert trend(stretches(*[before] * 3, *[newest] * 3)).change is change


def test_four_weeks_without_a_case_have_no_share():
    assert Stretch(FIRST, 0, 0).share is None
