"""How sure a released mood can be: at these sizes most changes from week to week are noise."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from statistics import NormalDist

from wellbeing.reports.trends import Week

# How far one person's mood strays from their own mean: 175 workers, Menghini, Pastore and Balducci 2023,
# within-person SD .83. It is generous on our shorter scale, so that we rather miss a change than invent one.
VOTE_SD = 0.83
Z_95 = 1.96

TENTH = Decimal("0.1")
LOWEST, HIGHEST = 1.0, 5.0
# A released mood keeps this much distance from both ends, divided by the band of people (rule R5).
CLIP = Decimal(8)


def limits(people_floor: int) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest mood that is ever released for a band of people."""
    margin = CLIP / people_floor
    return _tenths(1 + margin), _tenths(5 - margin)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


def interval(week: Week) -> tuple[float, float] | None:
    """Return the 95 % interval of a released mood: mood +- 1.96 * .83 / sqrt(people), by the fewest people.

    A mood that stands at a limit may be anything beyond it, so the interval then reaches the scale's end.
    None where there is no figure.
    """
    if week.mood is None or week.people_floor is None:
        return None
    half = Z_95 * VOTE_SD / sqrt(week.people_floor)
    lowest, highest = limits(week.people_floor)
    low = LOWEST if week.mood <= lowest else max(LOWEST, float(week.mood) - half)
    high = HIGHEST if week.mood >= highest else min(HIGHEST, float(week.mood) + half)
    return low, high


def differ(one: Week, other: Week, z: float = Z_95) -> bool:
    """Tell whether two released moods lie further apart than chance allows (95 %, both with figures)."""
    if one.mood is None or other.mood is None or not one.people_floor or not other.people_floor:
        raise ValueError("only two figures can be compared")
    half = z * VOTE_SD * sqrt(1 / one.people_floor + 1 / other.people_floor)
    return abs(float(one.mood - other.mood)) > half


def stricter(comparisons: int) -> float:
    """Return the z for the most extreme of so many figures: Phi^-1(1 - .05 / (2 * comparisons)) (Bonferroni).

    Among all of them together, chance then makes one look clear in fewer than one of 20 cases.
    """
    return NormalDist().inv_cdf(1 - 0.05 / (2 * comparisons))


def steady_run(weeks: Sequence[Week]) -> int:
    """Return how many ticks at the end, the newest included, have figures none of which differ.

    Each is compared with all the later ones: a fall and a slow recovery are not steady.
    """
    run: list[Week] = []
    for week in reversed(weeks):
        if week.mood is None or any(differ(week, later) for later in run):
            break
        run.append(week)
    return len(run)
