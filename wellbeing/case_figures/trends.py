"""Shares by four weeks: cases with a threat, which should fall, and cases in which we made the first move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wellbeing.estimates import Estimate, difference, share

# A quarter is told by its three newest stretches, against the three before.
QUARTER = 3
FEWEST = 6


@dataclass(frozen=True)
class Stretch:
    """Four weeks: how many cases came, in how many of them something was the case."""

    starts_on: date
    some: int
    of: int

    @property
    def share(self) -> Estimate | None:
        """The share with its interval; None where no case came."""
        return share(self.some, self.of) if self.of else None


class Change(StrEnum):
    """How a share has changed from the quarter before, as far as so few cases can tell."""

    TOO_FEW = "too few"
    NONE = "no clear change"
    LESS = "clearly less"
    MORE = "clearly more"


@dataclass(frozen=True)
class Trend:
    """Stretches of four weeks, oldest first, and the newest three of them against the three before."""

    stretches: tuple[Stretch, ...]
    newest: Stretch
    before: Stretch

    @property
    def change(self) -> Change:
        """What the two quarters say; fewer than six cases in either are too few."""
        now, then = self.newest.share, self.before.share
        if now is None or then is None or min(self.newest.of, self.before.of) < FEWEST:
            return Change.TOO_FEW
        apart = difference(now, then)
        if not apart.leaves_out_zero:
            return Change.NONE
        return Change.LESS if apart.high < 0 else Change.MORE


def trend(stretches: Sequence[Stretch]) -> Trend:
    """Return what stretches of four weeks, at least six and oldest first, say together."""
    newest, before = stretches[-QUARTER:], stretches[-2 * QUARTER : -QUARTER]
    return Trend(tuple(stretches), _together(newest), _together(before))


def _together(stretches: Sequence[Stretch]) -> Stretch:
    some, of = (sum(values) for values in zip(*((one.some, one.of) for one in stretches), strict=True))
    return Stretch(stretches[0].starts_on, some, of)
