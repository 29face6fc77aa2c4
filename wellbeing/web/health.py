"""Whether the app is alive, and whether it is ready; nothing here depends on an answer."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from wellbeing import site
from wellbeing.models.base import db
from wellbeing.readiness import is_migrated, overdue_ticks
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
    """The database answers, its schema is the newest, and no tick is overdue by more than an hour."""
    try:
        with db.engine.connect() as connection:
            migrated = is_migrated(connection, str(current_app.config["MIGRATIONS"]))
            on_time = overdue_ticks(connection, site.moment(connection)) == 0
            checks = {"database": True, "migrations": migrated, "last_tick": on_time}
    except SQLAlchemyError:
        checks = {"database": False, "migrations": False, "last_tick": False}
    return jsonify(checks), 200 if all(checks.values()) else 503
