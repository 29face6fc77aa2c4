"""What a monitor may know: ticks, blocks, whether a tick is late; no person, and no pending count."""

import sqlalchemy as sa
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from wellbeing import site
from wellbeing.models.base import db
from wellbeing.models.ledger import Block, Tick
from wellbeing.readiness import overdue_ticks
from wellbeing.web.access import public

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """The ledger's size and the clock's health, in Prometheus' text format."""
    registry = CollectorRegistry()
    with db.engine.connect() as connection:
        _show(registry, "second_wind_ticks", "Ticks that ran.", _count(connection, Tick))
        _show(registry, "second_wind_blocks", "Blocks in the ledger.", _count(connection, Block))
        late = overdue_ticks(connection, site.moment(connection))
        _show(registry, "second_wind_ticks_overdue", "Ticks more than an hour late.", late)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _show(registry: CollectorRegistry, name: str, meaning: str, value: int) -> None:
    Gauge(name, meaning, registry=registry).set(value)


def _count(connection: sa.Connection, table: type[Tick] | type[Block]) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
