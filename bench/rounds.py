"""Compares two things on a machine that is never quiet: side by side, round after round, as a ratio.

Both sides of a round meet the same weather, so the ratio inside a round says more than either figure, and the
median of the rounds' ratios more than any one of them. The extremes are kept: they are the honest error bars.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeVar

Better = Literal["higher", "lower"]
Measured = TypeVar("Measured")

ROUNDS = 7


@dataclass(frozen=True)
class Result:
    """What one benchmark found, against the goal set for it."""

    name: str
    ratio: float
    low: float
    high: float
    goal: float
    better: Better
    rounds: int
    note: str

    @property
    def met(self) -> bool:
        """Whether the median reaches the goal."""
        return self.ratio >= self.goal if self.better == "higher" else self.ratio <= self.goal

    def entry(self) -> dict[str, float | int | str]:
        """Return the result as bench/results.json keeps it."""
        return {
            "ratio": _rounded(self.ratio),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "goal": self.goal,
            "better": self.better,
            "rounds": self.rounds,
            "note": self.note,
        }


def alternate(
    one: Callable[[], Measured], other: Callable[[], Measured], rounds: int = ROUNDS
) -> list[tuple[Measured, Measured]]:
    """Measure ``one`` and ``other`` in turn, ``rounds`` times; who goes first changes every round."""
    pairs = []
    for number in range(rounds):
        if number % 2 == 0:
            first = one()
            pairs.append((first, other()))
        else:
            second = other()
            pairs.append((one(), second))
    return pairs


def summarise(name: str, ratios: Sequence[float], goal: float, better: Better, note: str) -> Result:
    """Return the median of the rounds' ratios with their extremes; raise ValueError without a round."""
    if not ratios:
        raise ValueError(f"{name} was not measured")
    return Result(name, median(ratios), min(ratios), max(ratios), goal, better, len(ratios), note)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of ``values`` that at least ``share`` (0 to 1) of them do not exceed."""
    if not values:
        raise ValueError("there is no percentile of nothing")
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * round(share * 10_000) // 10_000))
    return ordered[rank - 1]


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
