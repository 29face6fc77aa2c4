"""The tick: every pool is released whole or held whole, in one transaction, by the clock alone (R3, R6)."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.disclosure import ledger, tabulate
from wellbeing.epochs import roster
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.ledger import Tick
from wellbeing.models.settings import Settings
from wellbeing.pools import PoolMap, bottom_up, pool_map

HELD_TICKS_BEFORE_CLIMBING = 4
HELD_TICKS_AT_THE_TOP = 8


@dataclass
class _Week:
    """One weekly tick in progress."""

    connection: sa.Connection
    epoch: sa.Row
    parents: dict[int, int | None]
    pools: PoolMap
    people: dict[bytes, int]
    held: dict[int, int]
    drafts: list[ledger.Draft] = field(default_factory=list)


def due(connection: sa.Connection, now: datetime) -> list[sa.Row]:
    """Return the epochs that are over and whose tick has not run, oldest first."""
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    query = sa.select(Epoch.__table__).where(Epoch.closes_at <= now, ~ran)
    return list(connection.execute(query.order_by(Epoch.closes_at, Epoch.ledger, Epoch.number)).all())


def has_run(connection: sa.Connection, epoch: sa.Row) -> bool:
    """Tell whether an epoch's tick is in the books."""
    ran = sa.select(Tick.id).where(Tick.ledger == epoch.ledger, Tick.number == epoch.number)
    return connection.execute(ran).first() is not None


def run_tick(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> None:
    """Run an epoch's tick within the caller's transaction.

    The tick's own row comes first: a second run of the same tick ends there, with an IntegrityError.
    """
    tick_id = _insert_tick(connection, epoch)
    # A check-in that already holds this epoch finishes first; one that comes later finds no key.
    connection.execute(sa.select(Epoch.id).where(Epoch.id == epoch.id).with_for_update())
    if epoch.ledger == LedgerKind.WEEKLY:
        _release_week(connection, epoch, tick_id, server_key)
    else:
        tabulate.delete_detail(connection, epoch.id)
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


def _release_week(connection: sa.Connection, epoch: sa.Row, tick_id: int, server_key: bytes) -> None:
    week = _week(connection, epoch, server_key)
    for pool in bottom_up(week.parents):
        _settle(week, pool)
    ledger.append(connection, tick_id, week.drafts)
    tabulate.keep_held_ticks(connection, week.held)
    _rekey(week, server_key)
    tabulate.delete_shifts(connection, epoch.id)
    connection.execute(sa.delete(Place).where(Place.epoch_id == epoch.id))


def _week(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> _Week:
    zone = ZoneInfo(connection.execute(sa.select(Settings.time_zone)).scalar_one())
    people = roster(connection, epoch.own_pool_from, epoch.closes_at.astimezone(zone).date())
    key = keys.unwrapped(server_key, epoch.wrapped_key)
    return _Week(
        connection=connection,
        epoch=epoch,
        parents=dict(people.parents),
        pools=pool_map(people),
        people=tabulate.contributors(connection, lambda person: keys.contributor(key, person)),
        held=tabulate.held_ticks(connection),
    )


def _settle(week: _Week, pool: int) -> None:
    """Release a pool whole, hold it whole, or send it up; nothing here reads what an answer says."""
    rows = _without_viewers(week, pool)
    votes = tabulate.votes(rows)
    if not rows:
        week.held.pop(pool, None)
    elif len(votes) >= week.epoch.people_needed:
        week.drafts.append(ledger.draft(pool, votes, week.epoch))
        tabulate.delete_pool(week.connection, week.epoch.id, pool)
        week.held.pop(pool, None)
    else:
        _hold(week, pool)


def _without_viewers(week: _Week, pool: int) -> list[sa.Row]:
    """Return a pool's answers; those of whoever views it by now climb on, or at the top are deleted (R1)."""
    rows = tabulate.rows_of(week.connection, week.epoch.id, pool)
    viewers = week.pools.viewers[pool]
    watching = {row.contributor for row in rows if week.people.get(row.contributor) in viewers}
    if watching:
        tabulate.move_people(week.connection, rows, watching, week.parents[pool])
    return [row for row in rows if row.contributor not in watching]


def _hold(week: _Week, pool: int) -> None:
    parent = week.parents[pool]
    week.held[pool] = week.held.get(pool, 0) + 1
    limit = HELD_TICKS_AT_THE_TOP if parent is None else HELD_TICKS_BEFORE_CLIMBING
    if week.held[pool] < limit:
        return
    del week.held[pool]
    if parent is None:
        tabulate.delete_pool(week.connection, week.epoch.id, pool)
    else:
        tabulate.move_pool(week.connection, week.epoch.id, pool, parent)


def _rekey(week: _Week, server_key: bytes) -> None:
    following = sa.select(Epoch.id, Epoch.wrapped_key).where(
        Epoch.ledger == LedgerKind.WEEKLY, Epoch.number == week.epoch.number + 1
    )
    later = week.connection.execute(following).one()
    key = keys.unwrapped(server_key, later.wrapped_key)
    names = {old: keys.contributor(key, person) for old, person in week.people.items()}
    tabulate.rekey(week.connection, week.epoch.id, later.id, names)
