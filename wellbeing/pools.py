"""Whose answers go where: for one epoch, each person's pool and each unit's viewers (R1, R2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Roster:
    """The tree and its people as they stand at one moment; ids only.

    ``parents`` maps every unit to its parent (the organisation to None); ``homes`` maps every person whose
    account is seasoned and active to their own unit; ``grants`` maps a unit to the people who hold a
    manager, HR or admin role exactly there. A closed unit has no people, and the way up from a unit passes
    closed ones over.
    """

    parents: Mapping[int, int | None]
    homes: Mapping[int, int]
    grants: Mapping[int, Collection[int]]
    own_pool_from: int


@dataclass(frozen=True)
class Standing:
    """A unit as the tree has it; a closed one stands below the unit that it was merged into."""

    id: int
    parent: int | None
    closed: bool


@dataclass(frozen=True)
class PoolMap:
    """Each person's pool (absent: none), and everybody who may view each unit's figure."""

    places: dict[int, int]
    viewers: dict[int, frozenset[int]]


@dataclass
class _Climb:
    """What has come up to a unit from below so far."""

    people: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    watchers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def roster_of(
    units: Iterable[Standing],
    homes: Mapping[int, int],
    grants: Iterable[tuple[int, int]],
    own_pool_from: int,
) -> Roster:
    """Return the roster that a tree with closed units comes to; ``grants`` are pairs of unit and person.

    Who holds a role over a closed unit can still open its page and the pages below, and so counts as a
    viewer of the unit it was merged into.
    """
    tree = {unit.id: unit for unit in units}
    held: dict[int, set[int]] = {}
    for unit, person in grants:
        held.setdefault(unit, set()).add(person)
        held.setdefault(_open(tree, unit), set()).add(person)
    return Roster(
        parents={unit.id: _open_above(tree, unit) for unit in tree.values()},
        homes={person: _open(tree, home) for person, home in homes.items()},
        grants=held,
        own_pool_from=own_pool_from,
    )


def _open(tree: Mapping[int, Standing], unit: int) -> int:
    """Return a unit or, for a closed one, the first above it that is open; the organisation always is."""
    found = tree[unit]
    while found.closed and found.parent is not None:
        found = tree[found.parent]
    return found.id


def _open_above(tree: Mapping[int, Standing], unit: Standing) -> int | None:
    return None if unit.parent is None else _open(tree, unit.parent)


def pool_map(roster: Roster) -> PoolMap:
    """Return who answers into which pool.

    People climb from their own unit until a unit has ``own_pool_from`` of them and none who can view it.
    Whoever views a unit without a pool of its own is shown the figure above it, and so counts as a viewer
    there. An attacker who is both in a pool and looks at it could subtract themselves.
    """
    climb = _Climb()
    for person, home in roster.homes.items():
        climb.people[home].add(person)
    viewers: dict[int, frozenset[int]] = {}
    places: dict[int, int] = {}
    for unit in bottom_up(roster.parents):
        viewers[unit] = frozenset(holders(roster, unit) | climb.watchers[unit])
        places.update(_settle(roster, climb, unit, viewers[unit]))
    return PoolMap(places if _large_enough(roster) else {}, viewers)


def bottom_up(parents: Mapping[int, int | None]) -> list[int]:
    """Return every unit after all units below it; units of one height by id."""
    return sorted(parents, key=lambda unit: (-len(path_up(parents, unit)), unit))


def path_up(parents: Mapping[int, int | None], unit: int) -> list[int]:
    """Return a unit and the units above it, up to the organisation."""
    path = [unit]
    while (above := parents[path[-1]]) is not None:
        path.append(above)
    return path


def _settle(roster: Roster, climb: _Climb, unit: int, viewers: frozenset[int]) -> dict[int, int]:
    """Give the unit its pool, or send everybody on to the unit above."""
    here = climb.people[unit]
    countable = here - viewers
    parent = roster.parents[unit]
    if parent is None:
        return dict.fromkeys(countable, unit)
    if len(countable) >= roster.own_pool_from:
        climb.people[parent] |= here & viewers
        return dict.fromkeys(countable, unit)
    climb.people[parent] |= here
    # Also where nobody climbs yet: the page of an empty team shows the figure above it too.
    climb.watchers[parent] |= viewers
    return {}


def sources(roster: Roster, found: PoolMap) -> dict[int, int]:
    """Return whose figure each unit without a pool of its own is shown: the first pool above, or the top.

    It never passes a unit with a pool: further up, a manager could meet a figure that they are part of.
    """
    pools = set(found.places.values())
    above = {unit: path_up(roster.parents, unit)[1:] for unit in roster.parents if unit not in pools}
    return {
        unit: next((source for source in path if source in pools), path[-1])
        for unit, path in above.items()
        if path
    }


def holders(roster: Roster, unit: int) -> set[int]:
    """Return everybody who holds a manager, HR or admin role over a unit, there or above."""
    return {person for above in path_up(roster.parents, unit) for person in roster.grants.get(above, ())}


def _large_enough(roster: Roster) -> bool:
    """Tell whether the organisation has enough people for any ledger at all."""
    root = next(unit for unit, parent in roster.parents.items() if parent is None)
    return len(set(roster.homes) - holders(roster, root)) >= roster.own_pool_from
