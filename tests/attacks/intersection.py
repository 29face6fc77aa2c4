"""The best linear guess at each person's mood, by somebody who knows exactly who is in which figure.

Each figure is a mean over people who are known by name; over many figures with ever other people, ridge
regression solves for the people. How strongly to pull guesses towards the team's mean, and how much to make
of rough interactions, the attacker may choose with knowledge of the truth: no real one could do better.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from operator import mul
from statistics import fmean

PENALTIES = (0.1, 0.5, 1.0, 2.0, 5.0)
ROUGH_WEIGHTS = (0.0, 0.25, 0.5)
# Values that differ by less than this differ by the rounding of the arithmetic alone.
ALIKE = 1e-9

Guesses = list[float]


@dataclass(frozen=True)
class Figure:
    """A mean mood, and a share of people with a rough interaction, over people who are known by name."""

    members: Collection[int]
    mood: float
    rough: float


@dataclass(frozen=True)
class Victims:
    """A team as the attacker sees it, and the truth that the guesses are held to."""

    figures: Sequence[Figure]
    moods: Sequence[float]


def best_correlation(teams: Iterable[Victims]) -> float:
    """Return the correlation of guess and truth, averaged over teams, for the best choice of settings."""
    settings = list(product(PENALTIES, ROUGH_WEIGHTS))
    found = [_correlations(team, settings) for team in teams]
    return max(fmean(column) for column in zip(*found, strict=True))


def _correlations(team: Victims, settings: Sequence[tuple[float, float]]) -> list[float]:
    people = len(team.moods)
    members = [figure.members for figure in team.figures]
    moods = {
        penalty: standardised(ridge(members, [figure.mood for figure in team.figures], people, penalty))
        for penalty in PENALTIES
    }
    rough = standardised(ridge(members, [figure.rough for figure in team.figures], people, 1.0))
    return [
        correlation([m - weight * r for m, r in zip(moods[penalty], rough, strict=True)], team.moods)
        for penalty, weight in settings
    ]


def ridge(members: Sequence[Collection[int]], means: Sequence[float], people: int, penalty: float) -> Guesses:
    """Return how far each person lies from everybody's mean, least squares with a pull towards 0.

    Each mean counts by its number of people, since a mean of more people has less noise.
    """
    weight = sum(map(len, members))
    middle = sum(len(who) * mean for who, mean in zip(members, means, strict=True)) / max(weight, 1)
    matrix = [[penalty * (row == column) for column in range(people)] for row in range(people)]
    right = [0.0] * people
    for who, mean in zip(members, means, strict=True):
        for one in who:
            right[one] += mean - middle
            for other in who:
                matrix[one][other] += 1 / len(who)
    return solved(matrix, right)


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Return x with matrix x = right, for a symmetric and positive definite matrix (Cholesky)."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    half = [0.0] * size
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - _dot(lower[row], lower[column])
            lower[row][column] = math.sqrt(rest) if row == column else rest / lower[column][column]
        half[row] = (right[row] - _dot(lower[row], half)) / lower[row][row]
    found = [0.0] * size
    for row in reversed(range(size)):
        later = sum(lower[below][row] * found[below] for below in range(row + 1, size))
        found[row] = (half[row] - later) / lower[row][row]
    return found


def _dot(first: Sequence[float], second: Sequence[float]) -> float:
    return sum(map(mul, first, second))


def standardised(values: Sequence[float]) -> list[float]:
    """Return values with mean 0 and length 1; zeros where they are all alike."""
    mean = fmean(values)
    length = math.sqrt(sum((value - mean) ** 2 for value in values))
    return [(value - mean) / length if length > ALIKE else 0.0 for value in values]


def correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Pearson's correlation; 0 where one side does not vary."""
    return sum(a * b for a, b in zip(standardised(first), standardised(second), strict=True))
