"""What a monitor may know of ticks, jobs, backups and the machine: no person, and no pending count (R7)."""

import hmac
from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from wellbeing import clock, regular, site, watching
from wellbeing.models.base import db
from wellbeing.models.ledger import Block, Tick
from wellbeing.readiness import overdue_ticks
from wellbeing.regular import Work
from wellbeing.version import version
from wellbeing.web.access import public

bp = Blueprint("metrics", __name__)


@bp.record_once
def _remember_start(state: object) -> None:
    state.app.extensions["began"] = clock.now()  # type: ignore[attr-defined]


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """The state of the site in Prometheus' text format, and of this process for whoever shows the token.

    How often pages are opened is for nobody else: it would tell everybody at which minute a manager looks.
    """
    token = site.config().metrics_token
    if token and not hmac.compare_digest(_shown(), f"Bearer {token}".encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    with db.engine.connect() as connection:
        _tell_of_ledger(registry, connection)
        _tell_of_work(registry, regular.last_done(connection))
        size = watching.database_size(connection)
    _show(registry, "second_wind_database_bytes", "Size of the database, up to the next 64 MB.", size)
    free = watching.disk_free(site.config().instance) / 100
    _show(registry, "second_wind_disk_free_ratio", "Free share of the disk, down to a twentieth.", free)
    return Response(generate_latest(registry) + _of_process(bool(token)), content_type=CONTENT_TYPE_LATEST)


def _shown() -> bytes:
    return request.headers.get("Authorization", "").encode()


def _tell_of_ledger(registry: CollectorRegistry, connection: sa.Connection) -> None:
    _show(registry, "second_wind_ticks", "Ticks that ran.", _count(connection, Tick))
    _show(registry, "second_wind_blocks", "Blocks in the ledger.", _count(connection, Block))
    late = overdue_ticks(connection, site.moment(connection))
    _show(registry, "second_wind_ticks_overdue", "Ticks more than an hour late.", late)


def _count(connection: sa.Connection, table: type[Tick] | type[Block]) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _tell_of_work(registry: CollectorRegistry, done: dict[str, datetime]) -> None:
    """Tell when regular work was last done, in seconds since 1970; nothing of what never was."""
    moments = {
        Work.JOBS: ("second_wind_jobs_last_run_seconds", "When the jobs last ran, within five minutes."),
        Work.BACKUP: ("second_wind_backup_last_seconds", "When the last backup was made."),
        Work.CHAIN_WHOLE: ("second_wind_chain_last_whole_seconds", "When the chain was last found whole."),
    }
    for work, (name, meaning) in moments.items():
        if work in done:
            _show(registry, name, meaning, done[work].timestamp())
    if Work.CHAIN_WHOLE in done or Work.CHAIN_BROKEN in done:
        whole = int(Work.CHAIN_BROKEN not in done)
        _show(registry, "second_wind_chain_whole", "1 if the last look found the chain whole.", whole)


def _show(registry: CollectorRegistry, name: str, meaning: str, value: float) -> None:
    Gauge(name, meaning, registry=registry).set(value)


def _of_process(asked_by_token: bool) -> bytes:
    if not asked_by_token:
        return b""
    registry = CollectorRegistry()
    build = Gauge("second_wind_build_info", "The version that runs.", ["version"], registry=registry)
    build.labels(version()).set(1)
    began: datetime = current_app.extensions["began"]
    _show(registry, "second_wind_start_seconds", "When this process began.", began.timestamp())
    told = b"".join(map(generate_latest, (registry, current_app.extensions["requests"])))
    return told + generate_latest(current_app.extensions["rounds"].registry)
