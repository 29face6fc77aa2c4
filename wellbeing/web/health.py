"""Whether the app is alive, and whether it is ready; nothing here depends on an answer."""

from datetime import timedelta

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from wellbeing import site
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Tick
from wellbeing.web.access import public

GRACE = timedelta(hours=1)

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
            migrated, on_time = _migrated(connection), _on_time(connection)
            checks = {"database": True, "migrations": migrated, "last_tick": on_time}
    except SQLAlchemyError:
        checks = {"database": False, "migrations": False, "last_tick": False}
    return jsonify(checks), 200 if all(checks.values()) else 503


def _migrated(connection: sa.Connection) -> bool:
    newest = ScriptDirectory(str(current_app.config["MIGRATIONS"])).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def _on_time(connection: sa.Connection) -> bool:
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    late = sa.func.count().filter(Epoch.closes_at < site.moment(connection) - GRACE)
    return connection.execute(sa.select(late).select_from(Epoch).where(~ran)).scalar_one() == 0
