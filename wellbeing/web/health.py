"""Whether the app is alive, and whether it is ready; nothing here depends on an answer."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from wellbeing import clock, moved, site
from wellbeing.config import Mode
from wellbeing.models.base import db
from wellbeing.readiness import is_migrated, jobs_run, overdue_ticks
from wellbeing.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="alive")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """The database answers and is the site's, its schema is the newest, no tick is late, and the jobs run."""
    gone = False
    try:
        with db.engine.connect() as connection:
            gone = moved.is_moved(connection)
            migrated = is_migrated(connection)
            on_time = overdue_ticks(connection, site.moment(connection)) == 0
            checks = {"database": True, "migrations": migrated, "last_tick": on_time}
            checks["jobs"] = site.config().mode is not Mode.PRODUCTION or jobs_run(connection, clock.now())
    except SQLAlchemyError:
        checks = dict.fromkeys(("database", "migrations", "last_tick", "jobs"), False)
    if gone:
        return jsonify(**checks, moved=moved.SENTENCE), 503
    return jsonify(checks), 200 if all(checks.values()) else 503
