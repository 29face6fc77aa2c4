"""How long half of the cases waited, when some of them wait still.

A case without attention has no time yet, and leaving it out would make us look quicker than we are. The
median is that of Kaplan and Meier 1958 (JASA 53), to which a case belongs for as long as it has waited.
The interval assumes nothing about those: its lower end takes them as if somebody came this minute, its upper
end as if nobody ever came. Between them stands the exact interval of order statistics for any shape of times
(Conover 1999, Practical Nonparametric Statistics, 3.2), so that it covers at least 95 %.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import exp, inf, lgamma, log
from typing import NamedTuple

from wellbeing.estimates import Estimate

# Five give no interval of 95 %: all five lie on one side of the median with a chance of 2 / 32.
FEWEST = 6
TAIL = 0.025
# What a product of many shares may be off from a half.
TINY = 1e-9


class Wait(NamedTuple):
    """Minutes until first attention; of a case that still waits, minutes so far."""

    minutes: float
    over: bool = True


@dataclass(frozen=True)
class Waiting:
    """How long some cases waited, in minutes: ``median`` is None for fewer than six of them.

    An infinite ``median.value`` says that more than half may wait for longer than any has waited so far.
    """

    cases: int
    still: int
    median: Estimate | None


def waiting(waits: Sequence[Wait]) -> Waiting:
    """Return the median of some waits with its interval, how many there are and how many are not over."""
    still = sum(not wait.over for wait in waits)
    if len(waits) < FEWEST:
        return Waiting(len(waits), still, None)
    rank = _rank(len(waits))
    least = sorted(wait.minutes for wait in waits)
    most = sorted(wait.minutes if wait.over else inf for wait in waits)
    return Waiting(len(waits), still, Estimate(_median(waits), least[rank - 1], most[-rank]))


@lru_cache(maxsize=1024)
def _rank(cases: int) -> int:
    """Return the largest j with P(Bin(n, 1/2) < j) <= .025: the median lies between the j-th from each end.

    The sum is walked from the middle outwards, where it is known by symmetry.
    """
    place = (cases - 1) // 2
    below = 0.5 if cases % 2 else (1 - _chance(cases, cases // 2)) / 2
    while below > TAIL:
        below -= _chance(cases, place)
        place -= 1
    return place + 1


def _chance(cases: int, some: int) -> float:
    ways = lgamma(cases + 1) - lgamma(some + 1) - lgamma(cases - some + 1)
    return exp(ways - cases * log(2))


def _median(waits: Sequence[Wait]) -> float:
    """Return when half of the curve of waits is left; where it rests at a half, the middle of that rest."""
    left = 1.0
    steps = _steps(waits)
    for minutes, at_risk, over in steps:
        left *= 1 - over / at_risk
        if left < 0.5 + TINY:
            later = next((step[0] for step in steps), minutes)
            return minutes if left < 0.5 - TINY else (minutes + later) / 2
    return inf


def _steps(waits: Sequence[Wait]) -> Iterator[tuple[float, int, int]]:
    """Yield each time at which waits were over, how many had lasted until then, and how many ended there."""
    at_risk = len(waits)
    in_order = sorted(waits, key=lambda wait: wait.minutes)
    for minutes, same in groupby(in_order, key=lambda wait: wait.minutes):
        ends = [wait.over for wait in same]
        if any(ends):
            yield minutes, at_risk, sum(ends)
        at_risk -= len(ends)
