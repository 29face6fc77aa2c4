"""Discrete Laplace noise for the external export, drawn once at release (R13).

Exact sampling with whole numbers only, after Canonne, Kamath and Steinke, "The Discrete Gaussian for
Differential Privacy" (2020), algorithms 1 and 2: no floating point that could leak low bits.
"""

from collections.abc import Callable
from fractions import Fraction

EPSILON = Fraction(1, 4)
SENSITIVITIES = {"people": 1, "mood_sum": 2, "rough": 1, "breaks": 1}

# Returns a uniform whole number below its argument; `secrets.randbelow` outside tests.
Below = Callable[[int], int]


def noisy(value: int, sensitivity: int, below: Below) -> int:
    """Return ``value`` plus discrete Laplace noise of scale sensitivity / epsilon."""
    return value + discrete_laplace(Fraction(sensitivity) / EPSILON, below)


def discrete_laplace(scale: Fraction, below: Below) -> int:
    """Return a whole number x with probability proportional to exp(-|x| / scale)."""
    while True:
        magnitude = _geometric(scale, below)
        negative = below(2) == 1
        if magnitude or not negative:
            return -magnitude if negative else magnitude


def _geometric(scale: Fraction, below: Below) -> int:
    """Return x >= 0 with probability proportional to exp(-x / scale)."""
    s, t = scale.denominator, scale.numerator
    while True:
        remainder = below(t)
        if _happens(Fraction(remainder, t), below):
            break
    whole = 0
    while _happens(Fraction(1), below):
        whole += 1
    return (remainder + t * whole) // s


def _happens(gamma: Fraction, below: Below) -> bool:
    """Return True with probability exp(-gamma), for gamma from 0 to 1."""
    k = 1
    while below(gamma.denominator * k) < gamma.numerator:
        k += 1
    return k % 2 == 1
