"""How a unit's mood moved over a period: from its first figure to its newest one, and in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from wellbeing.reports.intervals import differ, stricter
from wellbeing.reports.trends import Week


class Change(Enum):
    """How a unit's newest figure stands to its first one."""

    NONE = "none"
    HIGHER = "higher"
    LOWER = "lower"


class Beyond(Enum):
    """Which ends of a period a figure in between lies clearly beyond."""

    FIRST = "first"
    NEWEST = "newest"
    BOTH = "both"


@dataclass(frozen=True)
class Turn:
    """A figure in between that lies clearly beyond one end, or beyond both."""

    week: Week
    beyond: Beyond


@dataclass(frozen=True)
class Turns:
    """A unit's moves: from its first figure to its newest, and the clear ones in between."""

    change: Change
    lowest: Turn | None = None
    highest: Turn | None = None

    @property
    def clear(self) -> bool:
        """Whether anything moved clearly, be it for good or for some weeks."""
        return self.change is not Change.NONE or bool(self.lowest or self.highest)


def turns(weeks: Sequence[Week]) -> Turns | None:
    """Return how a unit's figures moved, oldest first; None where there are not two figures.

    The ends are compared by 95 %. The lowest and the highest of the n figures between them were picked for
    being extreme, out of 2 n comparisons with the two ends. Each is told only where it differs from an end by
    more than z * .83 * sqrt(1 / people + 1 / people), people by their bands' first numbers, with
    z = Phi^-1(1 - .05 / (2 * 2 n)) (Bonferroni). Of equal ones the earliest counts. Where the ends differ
    already, only what lies beyond both is more than a step on the way.
    """
    figures = [week for week in weeks if week.mood is not None]
    if len(figures) < 2:
        return None
    first, *between, newest = figures
    change = _change(first, newest)
    if not between:
        return Turns(change)
    z = stricter(2 * len(between))
    lowest = _turn(min(between, key=_mood), first, newest, z, down=True)
    highest = _turn(max(between, key=_mood), first, newest, z, down=False)
    return Turns(change, _told(lowest, change), _told(highest, change))


def _mood(week: Week) -> float:
    return float(week.mood or 0)


def _change(first: Week, newest: Week) -> Change:
    if not differ(first, newest):
        return Change.NONE
    return Change.HIGHER if _mood(newest) > _mood(first) else Change.LOWER


def _turn(week: Week, first: Week, newest: Week, z: float, down: bool) -> Turn | None:
    beyond_first, beyond_newest = (_is_beyond(week, end, z, down) for end in (first, newest))
    if beyond_first and beyond_newest:
        return Turn(week, Beyond.BOTH)
    if beyond_first:
        return Turn(week, Beyond.FIRST)
    return Turn(week, Beyond.NEWEST) if beyond_newest else None


def _is_beyond(week: Week, end: Week, z: float, down: bool) -> bool:
    return differ(week, end, z) and (_mood(week) < _mood(end)) == down


def _told(turn: Turn | None, change: Change) -> Turn | None:
    return turn if turn and (change is Change.NONE or turn.beyond is Beyond.BOTH) else None
