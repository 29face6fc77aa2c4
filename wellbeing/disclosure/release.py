"""The tick: in one transaction, at a fixed moment, by the clock alone (R3, R6)."""

from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing.disclosure import detail, week
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.settings import Settings

Plan: TypeAlias = week.Plan | detail.Plan


def due(connection: sa.Connection, now: datetime) -> list[sa.Row]:
    """Return the epochs that are over and whose tick has not run, oldest first."""
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    query = sa.select(Epoch.__table__).where(Epoch.closes_at <= now, ~ran)
    return list(connection.execute(query.order_by(Epoch.closes_at, Epoch.ledger, Epoch.number)).all())


def has_run(connection: sa.Connection, epoch: sa.Row) -> bool:
    """Tell whether an epoch's tick is in the books."""
    ran = sa.select(Tick.id).where(Tick.ledger == epoch.ledger, Tick.number == epoch.number)
    return connection.execute(ran).first() is not None


def plan(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> Plan:
    """Return what an epoch's tick will do, while nothing is locked and the counter goes on."""
    if epoch.ledger == LedgerKind.WEEKLY:
        return week.plan(connection, epoch, server_key)
    return detail.plan(connection, epoch, server_key)


def run_tick(
    connection: sa.Connection, epoch: sa.Row, server_key: bytes, planned: Plan | None = None
) -> None:
    """Run an epoch's tick within the caller's transaction.

    The tick's own row comes first: a second run of the same tick ends there, with an IntegrityError. A plan
    that an answer taken back has overtaken is made anew, now that nothing can change any more.
    """
    tick_id = _insert_tick(connection, epoch)
    # A check-in that already holds this epoch finishes first; one that comes later finds no key.
    connection.execute(sa.select(Epoch.id).where(Epoch.id == epoch.id).with_for_update())
    if planned is None or planned.seen != _fingerprint(connection, epoch):
        planned = plan(connection, epoch, server_key)
    _carry_out(connection, planned, epoch, tick_id)
    connection.execute(sa.update(Epoch).where(Epoch.id == epoch.id).values(wrapped_key=None))


def _insert_tick(connection: sa.Connection, epoch: sa.Row) -> int:
    zone = ZoneInfo(connection.execute(sa.select(Settings.time_zone)).scalar_one())
    statement = sa.insert(Tick).values(
        ledger=epoch.ledger,
        number=epoch.number,
        opened_on=epoch.opens_at.astimezone(zone).date(),
        closed_on=epoch.closes_at.astimezone(zone).date(),
    )
    return int(connection.execute(statement.returning(Tick.id)).scalar_one())


def _fingerprint(connection: sa.Connection, epoch: sa.Row) -> bytes:
    of_its_ledger = week if epoch.ledger == LedgerKind.WEEKLY else detail
    return of_its_ledger.fingerprint(connection, epoch)


def _carry_out(connection: sa.Connection, planned: Plan, epoch: sa.Row, tick_id: int) -> None:
    if isinstance(planned, week.Plan):
        week.carry_out(connection, planned, epoch, tick_id)
    else:
        detail.carry_out(connection, planned, epoch, tick_id)
