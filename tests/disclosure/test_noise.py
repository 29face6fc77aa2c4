"""The noise of the external export: the distribution it claims to have, and nothing wider or narrower."""

import random
from collections import Counter
from fractions import Fraction
from math import exp

import pytest

from wellbeing.disclosure.noise import EPSILON, SENSITIVITIES, discrete_laplace, noisy

DRAWS = 20_000


def drawn(scale: Fraction, seed: int = 20260302) -> Counter[int]:
    below = random.Random(seed).randrange
    return Counter(discrete_laplace(scale, below) for _draw in range(DRAWS))


def probability(x: int, scale: Fraction) -> float:
    ratio = exp(-1 / scale)
    return (1 - ratio) / (1 + ratio) * ratio ** abs(x)


@pytest.mark.parametrize("scale", [Fraction(4), Fraction(8), Fraction(1, 2), Fraction(5, 3)])
def test_the_noise_has_the_distribution_of_the_discrete_laplace(scale: Fraction):
    found = drawn(scale)
    common = [x for x in range(-60, 61) if DRAWS * probability(x, scale) >= 5]
    expected = [DRAWS * probability(x, scale) for x in common]
    rest, rest_expected = DRAWS - sum(found[x] for x in common), DRAWS - sum(expected)

    distance = sum((found[x] - e) ** 2 / e for x, e in zip(common, expected, strict=True))
    distance += (rest - rest_expected) ** 2 / max(rest_expected, 1)

    # The mean of chi-square is its degrees of freedom f, its variance 2f: four deviations above the mean.
    degrees = len(common)
    assert distance < degrees + 4 * (2 * degrees) ** 0.5


def test_the_noise_leans_to_neither_side():
    found = drawn(Fraction(4), seed=7)
    above, below = sum(n for x, n in found.items() if x > 0), sum(n for x, n in found.items() if x < 0)

    assert abs(above - below) < 4 * DRAWS**0.5
    assert abs(found[3] - found[-3]) < 4 * (found[3] + found[-3]) ** 0.5


def test_a_zero_with_a_minus_is_drawn_again_because_zero_would_come_twice_as_often_as_it_should():
    zero, minus, plus = [0, 0, 0, 1], [1], [0]
    one = [0, 0, 0, 0, 1, 0, 1]
    script = iter([*zero, *minus, *one, *plus])

    assert discrete_laplace(Fraction(1), lambda _limit: next(script)) == 1
    assert list(script) == []


def test_each_number_is_blurred_by_what_one_person_can_change():
    assert Fraction(1, 4) == EPSILON
    assert SENSITIVITIES == {"people": 1, "mood_sum": 2, "rough": 1, "breaks": 1}


@pytest.mark.parametrize("sensitivity", [1, 2])
def test_a_number_is_moved_by_noise_of_its_own_scale(sensitivity: int):
    seed = 99
    noise = discrete_laplace(Fraction(4 * sensitivity), random.Random(seed).randrange)

    assert noisy(100, sensitivity, random.Random(seed).randrange) == 100 + noise
