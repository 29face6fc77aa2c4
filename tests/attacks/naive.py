"""An everyday dashboard, attacked beside ours: any period, five people, exact means, always up to date."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

PEOPLE_NEEDED = 5
LOWEST, HIGHEST = 1, 5

Period = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """One answer as this dashboard keeps it: a day, counted from 0, a name, and a mood from 1 to 5."""

    day: int
    person: str
    mood: int


@dataclass(frozen=True)
class Figure:
    """What the dashboard shows of a period."""

    people: int
    answers: int
    mean: Fraction


def figure(said: Collection[Said], first: int, last: int) -> Figure | None:
    """Return the figure from one day to another, both included; None of fewer than five people."""
    within = [one for one in said if first <= one.day <= last]
    people = len({one.person for one in within})
    if people < PEOPLE_NEEDED:
        return None
    return Figure(people, len(within), Fraction(sum(one.mood for one in within), len(within)))


def figures(said: Collection[Said], days: int) -> dict[Period, Figure]:
    """Return everything that somebody who tries every period of so many days gets to see, in one visit."""
    periods = [(first, last) for first in range(days) for last in range(first, days)]
    found = {period: figure(said, *period) for period in periods}
    return {period: shown for period, shown in found.items() if shown is not None}


def certain(said: Collection[Said], days: int) -> set[Said]:
    """Return the answers that a single visit gives away for certain, by taking periods from one another.

    The total between two midnights is known as soon as a chain of shown periods leads from one to the other.
    """
    chained = _chained(figures(said, days), days)
    known: set[Said] = set()
    for first, after in combinations(range(days + 1), 2):
        if chained[first] == chained[after]:
            within = [one for one in said if first <= one.day < after]
            if len(within) == 1 or _is_extreme(within):
                known.update(within)
    return known


def _chained(shown: Mapping[Period, Figure], days: int) -> list[int]:
    """Return for each midnight the first one that a chain of periods connects it with."""
    first_of = list(range(days + 1))
    for first, last in shown:
        one, other = sorted((first_of[first], first_of[last + 1]))
        first_of = [one if found == other else found for found in first_of]
    return first_of


def _is_extreme(within: Collection[Said]) -> bool:
    """Tell whether a total leaves no choice: everybody lowest, or everybody highest."""
    return bool(within) and sum(one.mood for one in within) in (LOWEST * len(within), HIGHEST * len(within))
