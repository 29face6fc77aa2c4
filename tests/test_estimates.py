import pytest

from wellbeing.estimates import Estimate, difference, share


@pytest.mark.parametrize(
    ("some", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_have_the_intervals_of_newcombes_first_table(some: int, of: int, low: float, high: float):
    """Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3."""
    found = share(some, of)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.value == some / of


def test_a_share_never_leaves_what_a_share_can_be():
    for of in range(1, 60):
        assert share(0, of).low == 0
        assert share(of, of).high == 1
        for some in range(of + 1):
            found = share(some, of)
            assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_differences_of_shares_have_the_intervals_of_newcombes_second_table(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
):
    """Newcombe 1998, Statistics in Medicine 17: 873-890, table II, method 10."""
    found = difference(share(*one), share(*other))

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_an_open_end_stays_open_in_a_difference():
    known, open_ended = Estimate(30, 20, 45), Estimate(60, 50, float("inf"))

    assert difference(open_ended, known).high == float("inf")
    assert difference(open_ended, known).low == pytest.approx(30 - (10**2 + 15**2) ** 0.5)
    assert difference(known, open_ended).low == float("-inf")


def test_zero_is_left_out_only_where_the_whole_interval_lies_on_one_side():
    assert Estimate(1, 0.1, 2).leaves_out_zero
    assert Estimate(-1, -2, -0.1).leaves_out_zero
    assert not Estimate(1, 0, 2).leaves_out_zero
    assert not Estimate(-1, -2, 0).leaves_out_zero
