"""What one person's own diary says, as figures with 95 % intervals; there is none below a minimum.

Nothing here is resampled: the percentile bootstrap covers 83 to 92 % at these sizes, and t does what it says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from wellbeing.estimates import share
from wellbeing.student_t import quantile

FEWEST_EVENTS = 8
FEWEST_SHIFTS, EARLY_BELOW = 5, 8
FEWEST_COMPARED, FEWEST_EACH = 12, 4
FEWEST_PAIRS = 30

# A whole rating is rounded, and rounding alone spreads it by this variance; the difference of two by twice.
ROUNDING = 1 / 12


@dataclass(frozen=True)
class _Figure:
    """A figure and its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class _Difference(_Figure):
    """A figure that is zero where there is nothing to tell, in points."""

    @property
    def direction(self) -> int:
        """1 or -1 if the interval leaves out zero in the tenths that people read, else 0."""
        return (round(self.low, 1) > 0) - (round(self.high, 1) < 0)


@dataclass(frozen=True)
class RecoveryShare(_Figure):
    """The share (0 to 1) of rough interactions after which mood was seen to be back where it had been."""

    recovered: int
    events: int


@dataclass(frozen=True)
class SpilloverIndex(_Difference):
    """How much more mood falls over a rough shift than over a quiet one, in points; above 0 is carry-over."""

    rough: int
    quiet: int
    error: float
    freedom: float

    @property
    def early(self) -> bool:
        """Whether it must be called early and very rough: fewer than eight shifts on a side."""
        return min(self.rough, self.quiet) < EARLY_BELOW


@dataclass(frozen=True)
class BreakDifference(_Difference):
    """How much higher mood was later with a break than without, from the same mood, in points.

    ``slope`` is how much of a point of mood at the event is still there later, and ``anyway`` what happens
    without a break: the mean gain.
    """

    with_break: int
    without_break: int
    slope: float
    anyway: float


@dataclass(frozen=True)
class Inertia(_Figure):
    """How much of being off one's usual mood is still there at the next check-in: 0 none, 1 all of it."""

    pairs: int


def recovery_share(recovered: int, events: int) -> RecoveryShare | None:
    """Return the share with Wilson's interval (Wilson 1927, JASA 22); None below eight events.

    Raises ValueError for more recovered than events.
    """
    if not 0 <= recovered <= events:
        raise ValueError("as many can have recovered as there were events")
    if events < FEWEST_EVENTS:
        return None
    found = share(recovered, events)
    return RecoveryShare(found.value, found.low, found.high, recovered, events)


def spillover_index(rough_changes: Sequence[float], quiet_changes: Sequence[float]) -> SpilloverIndex | None:
    """Return mean(quiet) - mean(rough) of changes over a shift (end - start), in points; None below 5 and 5.

    s2 = max(sample variance, 1/6) in each arm;  se = sqrt(s2_r / n_r + s2_q / n_q)
    df = se^4 / sum((s2 / n)^2 / (n - 1));  95 % = estimate +- t(.975, df) * se    (Welch 1947, Biometrika 34)
    """
    if min(len(rough_changes), len(quiet_changes)) < FEWEST_SHIFTS:
        return None
    arms = [(len(arm), _variance(arm) / len(arm)) for arm in (rough_changes, quiet_changes)]
    both = sum(part for _n, part in arms)
    freedom = both**2 / sum(part**2 / (n - 1) for n, part in arms)
    estimate, error = fmean(quiet_changes) - fmean(rough_changes), sqrt(both)
    ends = _ends(estimate, error, freedom)
    return SpilloverIndex(estimate, *ends, len(rough_changes), len(quiet_changes), error, freedom)


def _variance(changes: Sequence[float]) -> float:
    mean = fmean(changes)
    return max(sum((change - mean) ** 2 for change in changes) / (len(changes) - 1), 2 * ROUNDING)


def _ends(estimate: float, error: float, freedom: float) -> tuple[float, float]:
    half = quantile(freedom) * error
    return estimate - half, estimate + half


def break_difference(
    before: Sequence[float], took_break: Sequence[bool], after: Sequence[float]
) -> BreakDifference | None:
    """Return the effect of a break B on the mood m1 later, adjusted for the mood m0 at the event (ANCOVA).

    d = (Sby Sxx - Sxy Sxb) / det;  slope = (Sxy Sbb - Sby Sxb) / det;  det = Sxx Sbb - Sxb^2
    se = sqrt(max(RSS / (n - 3), 1/12) Sxx / det);  95 % = d +- t(.975, n - 3) * se
    S are sums of centred products, x = m0, b = B, y = m1. None below 12 events, below 4 on either side, or
    where the moods at the event cannot be told from the breaks. Raises ValueError for unequal lengths.
    """
    events = list(zip(before, map(int, took_break), after, strict=True))
    n, breaks = len(events), sum(took for _x, took, _y in events)
    if n < FEWEST_COMPARED or min(breaks, n - breaks) < FEWEST_EACH:
        return None
    x, b, y = zip(*events, strict=True)
    sxx, sbb, sxb, sxy, sby = (_products(*two) for two in ((x, x), (b, b), (x, b), (x, y), (b, y)))
    # Whole ratings make whole sums, so that nothing but an exact zero is one.
    determinant = sxx * sbb - sxb**2
    if determinant <= 0:
        return None
    estimate = (sby * sxx - sxy * sxb) / determinant
    slope = (sxy * sbb - sby * sxb) / determinant
    left = (_products(y, y) - estimate * sby - slope * sxy) / n
    error = sqrt(max(left / (n - 3), ROUNDING) * n * sxx / determinant)
    anyway = fmean(later - at for at, took, later in events if not took)
    return BreakDifference(estimate, *_ends(estimate, error, n - 3), breaks, n - breaks, slope, anyway)


def _products(one: Sequence[float], other: Sequence[float]) -> float:
    """Return n times the sum of centred products."""
    crossed = sum(first * second for first, second in zip(one, other, strict=True))
    return len(one) * crossed - sum(one) * sum(other)


def inertia(shifts: Sequence[Sequence[float]]) -> Inertia | None:
    """Return the slope of centred mood on the centred mood before it, among neighbours in a shift.

    slope = sum(x y) / sum(x^2);  se = sqrt(max(RSS / (n - 1), 1/12) / sum(x^2));  95 % by t(.975, n - 1)
    (Kuppens and others 2010.) ``shifts`` are the moods of each, in order. None below 30 pairs, and where
    mood never changed. It is biased low in short series, and by rounding: of whole ratings its interval holds
    the truth in 88 to 94 %.
    """
    pairs = list(neighbours(shifts))
    squares = sum(x * x for x, _y in pairs)
    if len(pairs) < FEWEST_PAIRS or not squares:
        return None
    slope = sum(x * y for x, y in pairs) / squares
    left = sum((y - slope * x) ** 2 for x, y in pairs) / (len(pairs) - 1)
    error = sqrt(max(left, ROUNDING) / squares)
    return Inertia(slope, *_ends(slope, error, len(pairs) - 1), len(pairs))


def neighbours(shifts: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    """Yield each two moods that follow each other in a shift, as distances from the mean of all moods."""
    moods = [mood for shift in shifts for mood in shift]
    usual = fmean(moods) if moods else 0.0
    for shift in shifts:
        for before, after in zip(shift, shift[1:], strict=False):
            yield before - usual, after - usual
