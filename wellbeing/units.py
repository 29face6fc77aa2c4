"""The tree of units: organisation, sites, teams."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Level, Unit

UnitPath = tuple[str, ...]
LEVELS = (Level.ORGANISATION, Level.SITE, Level.TEAM)


class PathRefused(Exception):
    """A path of names that does not lead to a site or a team; the text says why, in a sentence."""


@dataclass
class Tree:
    """Every unit, read once; new ones are added to it and to the session."""

    session: Session
    units: list[Unit]

    def root(self) -> Unit:
        """Return the organisation."""
        return next(unit for unit in self.units if unit.level is Level.ORGANISATION)

    def under(self, parent: Unit) -> list[Unit]:
        """Return the units right below another, by name."""
        found = [unit for unit in self.units if unit.parent_id == parent.id]
        return sorted(found, key=lambda unit: (unit.name.casefold(), unit.id))

    def path_of(self, unit: Unit) -> UnitPath:
        """Return the names on the way from below the organisation down to a unit."""
        if unit.parent_id is None:
            return ()
        above = next(found for found in self.units if found.id == unit.parent_id)
        return (*self.path_of(above), unit.name)

    def walk(self, unit: Unit) -> list[Unit]:
        """Return a unit and everything below it, each above its own."""
        return [unit, *(found for child in self.under(unit) for found in self.walk(child))]


def read_tree(session: Session) -> Tree:
    """Return the whole tree."""
    return Tree(session, list(session.scalars(sa.select(Unit))))


def below(session: Session, unit_ids: Collection[int]) -> list[Unit]:
    """Return some units and everything below them, in the order of the tree, each once."""
    tree = read_tree(session)
    wanted = {found.id for unit in tree.units if unit.id in unit_ids for found in tree.walk(unit)}
    roots = [unit for unit in tree.units if unit.parent_id is None]
    return [unit for root in roots for unit in tree.walk(root) if unit.id in wanted]


def place_of(tree: Tree, path: UnitPath) -> Unit:
    """Return the unit that a path of names below the organisation leads to, and make what is missing of it.

    The empty path is the organisation, one name a site, two a team. Raises PathRefused.
    """
    if len(path) >= len(LEVELS):
        raise PathRefused(_("A team is written as Site/Team."))
    unit = tree.root()
    for name, level in zip(path, LEVELS[1:], strict=False):
        unit = _child(tree, unit, name, level)
    return unit


def _child(tree: Tree, parent: Unit, name: str, level: Level) -> Unit:
    for unit in tree.under(parent):
        if unit.name == name:
            return unit
    made = Unit(parent_id=parent.id, name=name, level=level)
    tree.session.add(made)
    tree.session.flush()
    tree.units.append(made)
    return made
