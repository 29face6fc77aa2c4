import pytest

from bench.rounds import alternate, percentile, summarise


def test_one_slow_round_does_not_move_the_ratio():
    result = summarise("speed", [0.9, 0.91, 0.1, 0.92, 0.9], 0.5, "higher", "")

    assert (result.ratio, result.low, result.high, result.rounds) == (0.9, 0.1, 0.92, 5)


@pytest.mark.parametrize(
    ("ratio", "better", "met"),
    [
        (0.5, "higher", True),
        (0.49, "higher", False),
        (0.5, "lower", True),
        (0.51, "lower", False),
    ],
)
def test_a_goal_is_met_by_reaching_it(ratio, better, met):
    assert summarise("speed", [ratio], 0.5, better, "").met is met


def test_nothing_measured_is_no_result():
    with pytest.raises(ValueError, match="speed was not measured"):
        summarise("speed", [], 0.5, "higher", "")


def test_both_sides_take_turns_and_neither_is_always_first():
    order = []

    pairs = alternate(lambda: order.append("a") or 1, lambda: order.append("b") or 2, rounds=3)

    assert "".join(order) == "abbaab"
    assert pairs == [(1, 2)] * 3


@pytest.mark.parametrize(
    ("share", "value"), [(0.99, 99), (0.5, 50), (0.501, 51), (0.0, 1), (1.0, 100), (0.005, 1)]
)
def test_a_percentile_is_a_value_that_was_measured(share, value):
    assert percentile(list(range(100, 0, -1)), share) == value


def test_there_is_no_percentile_of_nothing():
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.99)
