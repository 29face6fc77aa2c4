"""Causes that come back: the same cause several times within a quarter in one team.

A pattern says something about how we work, never about a customer or a colleague.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

QUARTER = timedelta(weeks=13)
TIMES = 3
# A known disruption is nobody's error, a customer's own life is not ours, and the last two name no cause.
NOT_OURS = frozenset({"disruption", "own_life", "other", "unknown"})

Counted = Mapping[tuple[int, str], int]


@dataclass(frozen=True)
class Caused:
    """What a case says of its cause, for the team that has it; ``came_on`` is a local day."""

    unit_id: int
    cause: str | None
    came_on: date


@dataclass(frozen=True)
class Recurring:
    """A cause that came back, how often in all, and in which teams (in the order of their ids)."""

    cause: str
    times: int
    unit_ids: tuple[int, ...]


def recurring(cases: Iterable[Caused], today: date, times: int = TIMES) -> list[Recurring]:
    """Return the causes that came ``times`` times or more in one team in the 13 weeks up to today."""
    oldest = first_day(today)
    recent = ((case.unit_id, case.cause or "") for case in cases if oldest <= case.came_on <= today)
    return of_counts(Counter(recent), times)


def first_day(today: date) -> date:
    """Return the first of the days, up to today, within which a cause has to come back."""
    return today - QUARTER + timedelta(days=1)


def of_counts(counted: Counted, times: int = TIMES) -> list[Recurring]:
    """Return the causes that come back, given how often each came in each team; the most frequent first."""
    teams: dict[str, list[int]] = defaultdict(list)
    for (unit_id, cause), count in sorted(counted.items()):
        if count >= times and cause and cause not in NOT_OURS:
            teams[cause].append(unit_id)
    found = [
        Recurring(cause, sum(counted[unit, cause] for unit in units), tuple(units))
        for cause, units in teams.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.cause))
