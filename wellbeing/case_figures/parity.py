"""Parity: who threatens with a survey or a review should wait as long as who does not, in every channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isinf

from wellbeing.case_figures import logrank
from wellbeing.case_figures.medians import FEWEST, Wait, Waiting, waiting
from wellbeing.estimates import Z_95, Estimate, difference


class Verdict(StrEnum):
    """What two groups of waits say about parity."""

    TOO_FEW = "too few"
    EQUAL = "no clear difference"
    SOONER = "with a threat sooner"
    LATER = "with a threat later"


@dataclass(frozen=True)
class Pair:
    """One channel's waits with and without a threat; ``apart`` is with minus without, in minutes."""

    channel: str
    threatened: Waiting
    calm: Waiting
    apart: Estimate | None

    @property
    def verdict(self) -> Verdict:
        """What the interval of the difference says."""
        if self.apart is None:
            return Verdict.TOO_FEW
        if not self.apart.leaves_out_zero:
            return Verdict.EQUAL
        return Verdict.SOONER if self.apart.high < 0 else Verdict.LATER


Threats = Mapping[bool, Sequence[Wait]]


def pair(channel: str, waits: Threats) -> Pair:
    """Return a channel's waits by whether a threat came with them."""
    threatened, calm = waiting(waits[True]), waiting(waits[False])
    return Pair(channel, threatened, calm, _apart(threatened.median, calm.median))


def _apart(one: Estimate | None, other: Estimate | None) -> Estimate | None:
    """Return a difference of two medians; None where one is not known."""
    if one is None or other is None or isinf(one.value) or isinf(other.value):
        return None
    return difference(one, other)


def overall(channels: Iterable[Threats]) -> Verdict:
    """Return what all channels together say, comparing only cases of the same channel.

    Only channels with both kinds of cases say anything; fewer than six of a kind in them are too few.
    """
    both = [waits for waits in channels if waits[True] and waits[False]]
    fewest = min((sum(len(waits[kind]) for waits in both) for kind in (True, False)), default=0)
    found = logrank.score((waits[True], waits[False]) for waits in both)
    if fewest < FEWEST or found is None:
        return Verdict.TOO_FEW
    if abs(found) < Z_95:
        return Verdict.EQUAL
    return Verdict.SOONER if found > 0 else Verdict.LATER
