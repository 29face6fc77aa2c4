"""The tree of units: organisation, sites, teams; what was merged stays in it, closed, below its new unit."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, aliased

from wellbeing.models.accounts import Level, Unit
from wellbeing.models.changes import UnitMerge

Reader = sa.Connection | Session
UnitPath = tuple[str, ...]
LONGEST_NAME = 80
LEVELS = (Level.ORGANISATION, Level.SITE, Level.TEAM)


class PathRefused(Exception):
    """A path of names that does not lead to an open site or team; the text says why, in a sentence."""


@dataclass
class Tree:
    """Every unit, read once; new ones are added to it and to the session."""

    session: Session
    units: list[Unit]

    @cached_property
    def planned(self) -> dict[int, date]:
        """The units that a merge is still to open, each with the local day of its tick."""
        return opening(self.session)

    def root(self) -> Unit:
        """Return the organisation."""
        return next(unit for unit in self.units if unit.level is Level.ORGANISATION)

    def first_place(self, unit: Unit) -> Unit | None:
        """Return the unit that another stands right under, or stood under before it was merged."""
        above = self.above(unit)
        while above is not None and above.level is unit.level:
            above = self.above(above)
        return above

    def above(self, unit: Unit) -> Unit | None:
        """Return the unit that another stands right under; below one of its own level it was merged."""
        return next((found for found in self.units if found.id == unit.parent_id), None)

    def first_under(self, parent: Unit) -> list[Unit]:
        """Return the units whose first place is right below another, closed ones too."""
        return [unit for unit in self.units if self.first_place(unit) is parent]

    def path_of(self, unit: Unit) -> UnitPath:
        """Return the names from below the organisation down to a unit; a merge does not change them."""
        above = self.first_place(unit)
        return () if above is None else (*self.path_of(above), unit.name)


def opening(session: Session) -> dict[int, date]:
    """Return the units that a merge is still to open, each with the local day of its tick."""
    return dict(session.execute(_OPENING).tuples().all())


_OPENING = sa.select(UnitMerge.into_unit_id, UnitMerge.takes_effect_on).where(~UnitMerge.done)


def open_ones(session: Session, units: Iterable[Unit]) -> list[Unit]:
    """Return those of some units that are open: neither merged into another, nor still to be opened."""
    planned = opening(session)
    return [unit for unit in units if unit.closed_on is None and unit.id not in planned]


def is_open(session: Session, unit: Unit) -> bool:
    """Tell whether a unit is open by now and still."""
    return bool(open_ones(session, [unit]))


def read_tree(session: Session) -> Tree:
    """Return the whole tree."""
    return Tree(session, list(session.scalars(sa.select(Unit))))


def below(session: Session, unit_ids: Collection[int]) -> list[Unit]:
    """Return some units and everything below them, in the order of the tree, each once."""
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in sorted(read_tree(session).units, key=lambda unit: (unit.name.casefold(), unit.id)):
        children[unit.parent_id].append(unit)

    def walk(parent: int | None, inside: bool) -> list[Unit]:
        found = []
        for unit in children[parent]:
            here = inside or unit.id in unit_ids
            found += [unit] * here + walk(unit.id, here)
        return found

    return walk(None, False)


def with_merged(reader: Reader, path: Collection[int]) -> set[int]:
    """Return the ids of a path down to a unit, and of all that was merged into the units of it.

    Where the path itself leads through a merged unit, others that came by the same merge are none of its own.
    """
    closed: dict[int | None, list[int]] = defaultdict(list)
    for row in reader.execute(_CLOSED):
        closed[row.parent_id].append(row.id)
    found = set(path)
    waiting = [unit for unit in path if found.isdisjoint(closed[unit])]
    while waiting:
        merged = closed[waiting.pop()]
        found.update(merged)
        waiting += merged
    return found


# What closed where it stood is below a unit of another level, and went into none.
_ABOVE = aliased(Unit)
_CLOSED = (
    sa.select(Unit.id, Unit.parent_id)
    .join(_ABOVE, _ABOVE.id == Unit.parent_id)
    .where(Unit.closed_on.is_not(None), _ABOVE.level == Unit.level)
)


def place_of(tree: Tree, path: UnitPath) -> Unit:
    """Return the unit that a path of names below the organisation leads to, and make what is missing of it.

    The empty path is the organisation, one name a site, two a team. Raises PathRefused.
    """
    if len(path) >= len(LEVELS):
        raise PathRefused(_("A team is written as Site/Team."))
    unit = tree.root()
    for name, level in zip(path, LEVELS[1:], strict=False):
        unit = _child(tree, unit, name, level)
    if unit.closed_on is not None:
        raise PathRefused(_("%(unit)s is closed.", unit=unit.name))
    if unit.id in tree.planned:
        raise PathRefused(opens_later(unit))
    return unit


def opens_later(unit: Unit) -> str:
    """Return why nobody comes to a unit yet that a merge is still to open."""
    return _("%(unit)s opens at the next tick: until then nobody can be put into it.", unit=unit.name)


def _child(tree: Tree, parent: Unit, name: str, level: Level) -> Unit:
    for unit in tree.first_under(parent):
        if unit.name == name:
            return unit
    _refuse_new(tree, parent)
    made = Unit(parent_id=parent.id, name=name, level=level)
    tree.session.add(made)
    tree.session.flush()
    tree.units.append(made)
    return made


def _refuse_new(tree: Tree, parent: Unit) -> None:
    if parent.closed_on is not None:
        raise PathRefused(_("%(unit)s is closed: nothing new is made in it.", unit=parent.name))
    # A name that is free there now could be taken when the merged units come.
    if parent.id in tree.planned:
        raise PathRefused(_("%(unit)s opens at the next tick: make its teams after that.", unit=parent.name))


def name_is_taken(tree: Tree, sibling: Unit, name: str) -> bool:
    """Tell whether a unit of this name stands beside another, or did so before it was merged."""
    parent = tree.first_place(sibling)
    return parent is not None and name_is_taken_in(tree, parent, name)


def name_is_taken_in(tree: Tree, parent: Unit, name: str) -> bool:
    """Tell whether a unit of this name stands right under another, or did so before it was merged."""
    return any(unit.name.casefold() == name.casefold() for unit in tree.first_under(parent))
