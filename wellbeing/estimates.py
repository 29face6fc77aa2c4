"""How sure a figure can be: an estimate with its 95 % interval, and the difference of two of them."""

from dataclasses import dataclass
from math import hypot, sqrt

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval, all in one unit; ``high`` may be infinite."""

    value: float
    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """Whether the interval leaves out that there is nothing."""
        return self.low > 0 or self.high < 0


def share(some: int, of: int) -> Estimate:
    """Return a share from 0 to 1 with Wilson's score interval (Wilson 1927, JASA 22); ``of`` is above 0.

    (2np + z2 -+ z sqrt(z2 + 4np(1 - p))) / (2(n + z2))
    """
    part, squared = some / of, Z_95**2
    middle = 2 * some + squared
    half = Z_95 * sqrt(squared + 4 * some * (1 - part))
    below = 2 * (of + squared)
    # Rounding must not carry an end past the share itself, nor past what a share can be.
    low, high = min(part, (middle - half) / below), max(part, (middle + half) / below)
    return Estimate(part, max(0.0, low), min(1.0, high))


def difference(one: Estimate, other: Estimate) -> Estimate:
    """Return ``one`` minus ``other``, two independent figures, with an interval made of both of theirs.

    d - sqrt((a - la)^2 + (ub - b)^2)  to  d + sqrt((ua - a)^2 + (b - lb)^2)
    For shares it is method 10 of Newcombe 1998 (Statistics in Medicine 17); Zou and Donner 2008 (ibid. 27)
    show that it holds for any figures whose own intervals do.
    """
    apart = one.value - other.value
    down = hypot(one.value - one.low, other.high - other.value)
    up = hypot(one.high - one.value, other.value - other.low)
    return Estimate(apart, apart - down, apart + up)
