"""What a chosen unit is called beside its figures: above teams, only some people's."""

from collections.abc import Sequence

from flask_babel import gettext as _

from wellbeing.models.accounts import Level
from wellbeing.reports import sentences
from wellbeing.reports.chosen import ChosenUnit

STEP = " > "


def name(unit: ChosenUnit) -> str:
    """Return whose figures stand below a name: the unit's, or of a unit above teams its small teams'."""
    return sentences.small_teams_of(unit.name) if _above_teams(unit) else unit.name


def path(unit: ChosenUnit) -> str:
    """Return the name after the units that the unit belongs to."""
    return unit.path.removesuffix(unit.name) + name(unit)


def _above_teams(unit: ChosenUnit) -> bool:
    return unit.shown and unit.level is not Level.TEAM


def whose(unit: ChosenUnit) -> str:
    """Return where a unit belongs; of one above teams with figures, whose figures they are."""
    if _above_teams(unit):
        return sentences.small_teams(unit.name)
    return unit.path.removesuffix(unit.name).removesuffix(STEP)


def nothing(unit: ChosenUnit, found: Sequence[ChosenUnit]) -> str:
    """Return what is said of a unit without a figure, and which of the ``found`` may hold its answers.

    It follows from released blocks alone, so that the same request gives the same bytes: who was too few for
    a figure of their own is no part of the ledger.
    """
    above = [other for other in found if _above_teams(other) and unit.path.startswith(other.path + STEP)]
    if unit.level is not Level.TEAM or not above:
        return _("Nothing was released in this time.")
    return _(
        "No figure of its own in this time. A small team is in the figure of small teams in %(unit)s.",
        unit=max(above, key=lambda other: len(other.path)).name,
    )
