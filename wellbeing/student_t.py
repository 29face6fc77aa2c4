"""Student's t distribution, as far as small samples need it; the standard library has none."""

from functools import lru_cache
from math import exp, lgamma, log, pi

TAIL = 0.975
# Even, as Simpson's rule asks; its error lies far below the tenth that anybody reads.
STEPS = 400


@lru_cache(maxsize=256)
def quantile(freedom: float) -> float:
    """Return t(.975) for some degrees of freedom, whole or not; raise ValueError below 1.

    Newton's method from 1.96 on: right of zero the distribution bends downwards, so that every step stays
    short of the quantile and none passes it.
    """
    if freedom < 1:
        raise ValueError("a quantile needs at least one degree of freedom")
    found, step, peak = 1.96, 1.0, _peak(freedom)
    while step > 1e-9:
        step = (TAIL - 0.5 - _area(found, freedom, peak)) / _density(found, freedom, peak)
        found += step
    return found


def _peak(freedom: float) -> float:
    """Return the density at zero."""
    return exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2)


def _area(end: float, freedom: float, peak: float) -> float:
    """Integrate the density from 0 to ``end`` by Simpson's rule."""
    width = end / STEPS
    heights = [_density(place * width, freedom, peak) for place in range(STEPS + 1)]
    return width / 3 * (heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-1])


def _density(at: float, freedom: float, peak: float) -> float:
    return peak * exp(-(freedom + 1) / 2 * log(1 + at * at / freedom))
