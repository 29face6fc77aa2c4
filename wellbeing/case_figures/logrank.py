"""Whether two groups wait equally long, looked at within each channel and then in all of them together."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import sqrt

from wellbeing.case_figures.medians import Wait

Groups = tuple[Sequence[Wait], Sequence[Wait]]


def score(strata: Iterable[Groups]) -> float | None:
    """Return how far the first groups are from the second, as z: above 0 where the first are served sooner.

    The stratified log-rank test (Mantel 1966, Cancer Chemotherapy Reports 50): at each moment at which waits
    end, as many of the first group should end as its part of those who still wait says. Channels differ in
    speed and in how often threats come by them, so that only cases of one channel are compared. None where
    nothing can be compared.
    """
    apart = spread = 0.0
    for first, second in strata:
        more, varies = _stratum(first, second)
        apart += more
        spread += varies
    return apart / sqrt(spread) if spread > 0 else None


def _stratum(first: Sequence[Wait], second: Sequence[Wait]) -> tuple[float, float]:
    """Return how many more of the first group were served than expected, and the variance of that."""
    marked = [(wait.minutes, wait.over, True) for wait in first]
    marked += [(wait.minutes, wait.over, False) for wait in second]
    apart = spread = 0.0
    at_risk, of_first = len(marked), len(first)
    for _minutes, same in groupby(sorted(marked), key=lambda wait: wait[0]):
        here = list(same)
        over = sum(ended for _time, ended, _mine in here)
        part = of_first / at_risk
        apart += sum(ended and mine for _time, ended, mine in here) - over * part
        if at_risk > 1:
            spread += over * part * (1 - part) * (at_risk - over) / (at_risk - 1)
        at_risk -= len(here)
        of_first -= sum(mine for _time, _ended, mine in here)
    return apart, spread
