"""Who changed teams: the log that everybody may read who may read the figures of a unit in it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wellbeing import move_log
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.units import below
from wellbeing.web.access import requires, units_with

bp = Blueprint("changes", __name__)


@bp.get("/team/changes")
@requires(Permission.READ_LEDGER)
def log() -> ResponseReturnValue:
    """People who moved and units that were merged, newest first."""
    mine = {unit.id for unit in below(db.session(), units_with(Permission.READ_LEDGER))}
    return render_template("changes/log.html", entries=move_log.entries(db.session(), mine))
