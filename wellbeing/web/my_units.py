"""The open units that the signed-in person looks after: what a list or a form may offer them."""

from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.units import below, open_ones
from wellbeing.web.access import units_with


def open_units(permission: Permission) -> list[Unit]:
    """Return the open units over which I hold a permission, in the order of the tree."""
    return open_ones(db.session(), below(db.session(), units_with(permission)))


def open_teams(permission: Permission) -> list[Unit]:
    """Return the open teams over which I hold a permission, in the order of the tree."""
    return [unit for unit in open_units(permission) if unit.level is Level.TEAM]
