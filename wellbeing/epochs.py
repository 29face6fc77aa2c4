"""Epochs: they open by the clock with a key, settings and a pool map that stand until they end (R2, R3)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import closings, keys, moves, ratchet
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.epochs import Epoch, FigureAbove, LedgerKind, Place
from wellbeing.models.settings import Settings
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.pools import Roster, Standing, pool_map, roster_of, sources
from wellbeing.ticks import Reader, days_later, hold, monday_before, newest

DETAIL_DAYS = 28


def open_due(connection: sa.Connection, server_key: bytes, now: datetime) -> int:
    """Open every epoch that is due at ``now`` and return how many; before the first import, none.

    Weeks in which nothing ran are opened one by one, so that their ticks run later, in order.
    """
    if _site(connection).confirmed_at is None:
        return 0
    hold(connection)
    return sum(_open_kind(connection, kind, server_key, now) for kind in LedgerKind)


def _site(connection: sa.Connection) -> sa.Row:
    return connection.execute(sa.select(Settings.__table__)).one()


def _open_kind(connection: sa.Connection, kind: LedgerKind, server_key: bytes, now: datetime) -> int:
    last = newest(connection, kind)
    opens_at = last.closes_at if last else _site(connection).confirmed_at
    number = last.number if last else 0
    opened = 0
    while opens_at <= now:
        opened += 1
        open_one = _open_week if kind is LedgerKind.WEEKLY else _open_detail
        opens_at = open_one(connection, number + opened, opens_at, server_key)
    return opened


def _open_week(connection: sa.Connection, number: int, opens_at: datetime, server_key: bytes) -> datetime:
    """Open a weekly epoch and return when it closes; what waited for its tick takes effect first."""
    ratchet.apply_due(connection, number)
    site = _site(connection)
    zone = ZoneInfo(site.time_zone)
    today = opens_at.astimezone(zone).date()
    closes_at = days_later(monday_before(opens_at, zone), site.tick_days, zone)
    epoch_id = _insert(connection, LedgerKind.WEEKLY, number, (opens_at, closes_at), site, server_key)
    moves.apply_due(connection, today)
    closings.apply_due(connection, today)
    _place_everybody(connection, epoch_id, number, site, today)
    return closes_at


def _open_detail(connection: sa.Connection, number: int, opens_at: datetime, server_key: bytes) -> datetime:
    site = _site(connection)
    zone = ZoneInfo(site.time_zone)
    closes_at = days_later(monday_before(opens_at, zone), DETAIL_DAYS, zone)
    _insert(connection, LedgerKind.DETAIL, number, (opens_at, closes_at), site, server_key)
    return closes_at


def _insert(
    connection: sa.Connection,
    kind: LedgerKind,
    number: int,
    span: tuple[datetime, datetime],
    site: sa.Row,
    server_key: bytes,
) -> int:
    statement = sa.insert(Epoch).values(
        ledger=kind,
        number=number,
        opens_at=span[0],
        closes_at=span[1],
        wrapped_key=keys.wrapped(server_key, keys.new_key()),
        people_needed=site.people_needed,
        own_pool_from=site.own_pool_from,
        tick_days=site.tick_days,
    )
    return int(connection.execute(statement.returning(Epoch.id)).scalar_one())


def _place_everybody(
    connection: sa.Connection, epoch_id: int, number: int, site: sa.Row, today: date
) -> None:
    hold_people(connection)
    found = roster(connection, site.own_pool_from, today)
    pools = pool_map(found)
    _show_above(connection, sources(found, pools), number)
    rows = [
        {"epoch_id": epoch_id, "person_id": person, "pool_id": pool}
        for person, pool in sorted(pools.places.items())
    ]
    if rows:
        connection.execute(sa.insert(Place), rows)


def hold_people(connection: sa.Connection) -> None:
    """Let nobody be erased before the caller's transaction ends: it is about to give them places."""
    everybody = sa.select(Person.id).order_by(Person.id)
    connection.execute(everybody.with_for_update(read=True, key_share=True))


def _show_above(connection: sa.Connection, found: dict[int, int], number: int) -> None:
    """Keep whose figure small units are shown from this epoch's opening on.

    The tick that comes next is that of the epoch before, so it is the first to leave their viewers out.
    """
    kept = {row.unit_id: row for row in connection.execute(sa.select(FigureAbove.__table__))}
    rows = []
    for unit, source in sorted(found.items()):
        same = unit in kept and kept[unit].source_id == source
        since = kept[unit].from_number if same else number - 1
        rows.append({"unit_id": unit, "source_id": source, "from_number": since})
    connection.execute(sa.delete(FigureAbove))
    if rows:
        connection.execute(sa.insert(FigureAbove), rows)


def following(connection: Reader, epoch: sa.Row) -> sa.Row:
    """Return the id and the wrapped key of the epoch after one, in the same ledger."""
    query = sa.select(Epoch.id, Epoch.wrapped_key)
    return connection.execute(
        query.where(Epoch.ledger == epoch.ledger, Epoch.number == epoch.number + 1)
    ).one()


def roster(connection: Reader, own_pool_from: int, today: date) -> Roster:
    """Return the tree and its people as pools see them today: seasoned and active accounts only (R1)."""
    units = connection.execute(sa.select(Unit.id, Unit.parent_id, Unit.closed_on))
    seasoned = sa.select(Person.id, Person.unit_id).where(Person.active, Person.counts_from <= today)
    held = sa.select(RoleGrant.unit_id, RoleGrant.person_id).where(RoleGrant.role.in_(VIEWER_ROLES))
    return roster_of(
        units=[Standing(unit.id, unit.parent_id, unit.closed_on is not None) for unit in units],
        homes=dict(connection.execute(seasoned).tuples().all()),
        grants=connection.execute(held).tuples().all(),
        own_pool_from=own_pool_from,
    )
