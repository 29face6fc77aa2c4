"""The weekly tick: every pool is released or held whole, by the number of its people alone (R1, R3, R6).

A tick is worked out first, pool by pool, while the counter goes on; what it changes is then written at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.disclosure import ledger, tabulate
from wellbeing.disclosure.tabulate import Kept
from wellbeing.epochs import following, roster
from wellbeing.models.accounts import Unit
from wellbeing.models.epochs import FigureAbove, Place
from wellbeing.models.settings import Settings
from wellbeing.pools import Roster, bottom_up, holders, pool_map

HELD_TICKS_BEFORE_CLIMBING = 4
HELD_TICKS_AT_THE_TOP = 8


@dataclass(frozen=True)
class Plan:
    """What one weekly tick will write; ``seen`` tells which answers it was worked out from."""

    drafts: list[ledger.Draft]
    held: dict[int, int]
    names: dict[Kept, bytes]
    next_epoch_id: int
    seen: bytes


@dataclass
class _Week:
    """One weekly tick being worked out."""

    connection: sa.Connection
    epoch: sa.Row
    key: bytes
    parents: dict[int, int | None]
    closed: set[int]
    viewers: dict[int, frozenset[int]]
    held: dict[int, int]
    arriving: dict[int, list[sa.Row]] = field(default_factory=lambda: defaultdict(list))
    drafts: list[ledger.Draft] = field(default_factory=list)
    kept: set[Kept] = field(default_factory=set)


def plan(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> Plan:
    """Return what the tick of a weekly epoch will do; nothing is written."""
    # Taken first, so that an answer that is withdrawn while the others are read is missed at the end.
    seen = tabulate.fingerprint(connection, epoch.id)
    week = _week(connection, epoch, server_key)
    waiting = tabulate.waiting_pools(connection, epoch.id)
    for pool in bottom_up(week.parents):
        rows = tabulate.rows_of(connection, epoch.id, pool) if pool in waiting else ()
        _settle(week, pool, [*rows, *week.arriving.pop(pool, ())])
    next_epoch = following(connection, epoch)
    return Plan(
        drafts=week.drafts,
        held=week.held,
        names=_next_names(week, keys.unwrapped(server_key, next_epoch.wrapped_key)),
        next_epoch_id=next_epoch.id,
        seen=seen,
    )


def _week(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> _Week:
    zone = ZoneInfo(connection.execute(sa.select(Settings.time_zone)).scalar_one())
    people = roster(connection, epoch.own_pool_from, epoch.closes_at.astimezone(zone).date())
    return _Week(
        connection=connection,
        epoch=epoch,
        key=keys.unwrapped(server_key, epoch.wrapped_key),
        parents=dict(people.parents),
        closed=set(connection.execute(sa.select(Unit.id).where(Unit.closed_on.is_not(None))).scalars()),
        viewers=_viewers(connection, people),
        held=tabulate.held_ticks(connection),
    )


def _viewers(connection: sa.Connection, people: Roster) -> dict[int, frozenset[int]]:
    """Return who may view each unit's figure, also through a unit that will be shown it after this tick."""
    viewers = pool_map(people).viewers
    for row in connection.execute(sa.select(FigureAbove.unit_id, FigureAbove.source_id)):
        viewers[row.source_id] |= holders(people, row.unit_id)
    return viewers


def _settle(week: _Week, pool: int, found: list[sa.Row]) -> None:
    """Release a pool whole, hold it whole, or send it up; nothing here reads what an answer says."""
    rows = _without_viewers(week, pool, found)
    votes = tabulate.votes(rows)
    if not rows:
        week.held.pop(pool, None)
    elif len(votes) >= week.epoch.people_needed:
        week.drafts.append(ledger.draft(pool, votes, week.epoch))
        week.held.pop(pool, None)
    else:
        _hold(week, pool, rows)


def _without_viewers(week: _Week, pool: int, rows: list[sa.Row]) -> list[sa.Row]:
    """Return a pool's answers; those of whoever views it by now climb on, or at the top are deleted (R1)."""
    if not rows:
        return rows
    watching = {keys.contributor(week.key, person) for person in week.viewers[pool]}
    _climb(week, pool, (row for row in rows if row.contributor in watching))
    return [row for row in rows if row.contributor not in watching]


def _climb(week: _Week, pool: int, rows: Iterable[sa.Row]) -> None:
    """Send answers to the pool above; above the organisation there is none, and they are deleted."""
    parent = week.parents[pool]
    if parent is not None:
        week.arriving[parent] += rows


def _hold(week: _Week, pool: int, rows: list[sa.Row]) -> None:
    week.held[pool] = week.held.get(pool, 0) + 1
    if week.held[pool] < _most_held_ticks(week, pool):
        week.kept |= {Kept(row.contributor, row.pool_id, pool) for row in rows}
        return
    del week.held[pool]
    _climb(week, pool, rows)


def _most_held_ticks(week: _Week, pool: int) -> int:
    """Return how long a pool may wait; that of a merged unit has no people to wait for (R10)."""
    if pool in week.closed:
        return 1
    return HELD_TICKS_AT_THE_TOP if week.parents[pool] is None else HELD_TICKS_BEFORE_CLIMBING


def _next_names(week: _Week, next_key: bytes) -> dict[Kept, bytes]:
    """Return the next pseudonym of everybody who waits; whoever left the roster waits no longer."""
    wanted = {kept.contributor for kept in week.kept}
    people = tabulate.authors(week.connection, lambda person: keys.contributor(week.key, person), wanted)
    return {
        kept: keys.contributor(next_key, people[kept.contributor])
        for kept in week.kept
        if kept.contributor in people
    }


def fingerprint(connection: sa.Connection, epoch: sa.Row) -> bytes:
    """Return a digest of the answers that a plan of this epoch is worked out from."""
    return tabulate.fingerprint(connection, epoch.id)


def carry_out(connection: sa.Connection, planned: Plan, epoch: sa.Row, tick_id: int) -> None:
    """Write what was planned, within the caller's transaction; what is neither released nor held is gone."""
    ledger.append(connection, tick_id, planned.drafts)
    tabulate.keep_held_ticks(connection, planned.held)
    tabulate.keep(connection, epoch.id, planned.next_epoch_id, planned.names)
    tabulate.delete_epoch(connection, epoch.id)
    connection.execute(sa.delete(Place).where(Place.epoch_id == epoch.id))
