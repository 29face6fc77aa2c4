"""What a choice of settings means at this site: read off roster and rules, never off an answer."""

from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.epochs import Reader, roster
from wellbeing.pools import pool_map, sources
from wellbeing.ratchet import Values
from wellbeing.reports.words import BAND_TOPS

# A team of the size that most people think of first, to say what a figure of it looks like.
SMALL = 6


@dataclass(frozen=True)
class Band:
    """Numbers of people of which the same is told; ``most`` is None in the last one."""

    fewest: int
    most: int | None
    in_words: bool


@dataclass(frozen=True)
class Consequences:
    """What some values come to: units (ids) with a figure of their own, and whose figure others are shown.

    A figure of SMALL people is told in words, or not at all; ``oldest`` is how old the newest figure gets, in
    days; ``counts_from`` is when an account made today would count.
    """

    own: frozenset[int]
    above: dict[int, int]
    small_in_words: bool
    oldest: int
    counts_from: date
    bands: tuple[Band, ...]


def consequences(reader: Reader, values: Values, today: date) -> Consequences:
    """Return what values would come to with today's roster."""
    found = roster(reader, values.own_pool_from, today)
    pools = pool_map(found)
    return Consequences(
        own=frozenset(pools.places.values()),
        above=sources(found, pools),
        small_in_words=values.people_needed <= SMALL,
        oldest=values.tick_days,
        counts_from=today + timedelta(days=values.activation_days),
        bands=bands(values.people_needed),
    )


def bands(people_needed: int) -> tuple[Band, ...]:
    """Return the bands in which figures of a site are told, the smallest first."""
    steps: dict[int, int | None] = {**BAND_TOPS, max(BAND_TOPS.values()) + 1: None}
    return tuple(
        Band(max(low, people_needed), top, low == min(BAND_TOPS))
        for low, top in steps.items()
        if top is None or top >= people_needed
    )
