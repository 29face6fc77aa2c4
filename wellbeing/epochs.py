"""Epochs: when they open and close, and the key and pool map they open with (R2, R3)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.settings import Settings
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.pools import Roster, pool_map

TICK_HOUR = time(4)
DETAIL_DAYS = 28


def monday_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the last Monday 04:00 in ``zone`` at or before ``moment``, in UTC."""
    local = moment.astimezone(zone)
    monday = local.date() - timedelta(days=local.weekday())
    found = _tick_moment(monday, zone)
    return found if found <= moment else _tick_moment(monday - timedelta(days=7), zone)


def days_later(opens_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the 04:00 that is ``days`` local days after the day of ``opens_at``, in UTC."""
    return _tick_moment(opens_at.astimezone(zone).date() + timedelta(days=days), zone)


def _tick_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, TICK_HOUR, zone).astimezone(UTC)


def open_due(connection: sa.Connection, server_key: bytes, now: datetime) -> int:
    """Open every epoch that is due at ``now`` and return how many; before the first import, none.

    Weeks in which nothing ran are opened one by one, so that their ticks run later, in order.
    """
    site = connection.execute(sa.select(Settings.__table__)).one()
    if site.confirmed_at is None:
        return 0
    _lock_settings(connection)
    opened = 0
    for kind in LedgerKind:
        opened += _open_kind(connection, kind, site, server_key, now)
    return opened


def _lock_settings(connection: sa.Connection) -> None:
    """Let one process open epochs at a time; SQLite's write transaction already does."""
    connection.execute(sa.select(Settings.id).with_for_update())


def _open_kind(
    connection: sa.Connection, kind: LedgerKind, site: sa.Row, server_key: bytes, now: datetime
) -> int:
    zone = ZoneInfo(site.time_zone)
    days = DETAIL_DAYS if kind is LedgerKind.DETAIL else site.tick_days
    last = newest(connection, kind)
    opens_at = last.closes_at if last else site.confirmed_at
    number = last.number if last else 0
    opened = 0
    while opens_at <= now:
        closes_at = days_later(monday_before(opens_at, zone), days, zone)
        opened += 1
        epoch_id = _insert(connection, kind, number + opened, (opens_at, closes_at), site, server_key)
        if kind is LedgerKind.WEEKLY:
            _place_everybody(connection, epoch_id, site, opens_at.astimezone(zone).date())
        opens_at = closes_at
    return opened


def newest(connection: sa.Connection, kind: LedgerKind) -> sa.Row | None:
    """Return the newest epoch of a ledger, if it has one."""
    query = sa.select(Epoch.__table__).where(Epoch.ledger == kind).order_by(Epoch.number.desc()).limit(1)
    return connection.execute(query).one_or_none()


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


def _place_everybody(connection: sa.Connection, epoch_id: int, site: sa.Row, today: date) -> None:
    places = pool_map(roster(connection, site.own_pool_from, today)).places
    rows = [
        {"epoch_id": epoch_id, "person_id": person, "pool_id": pool}
        for person, pool in sorted(places.items())
    ]
    if rows:
        connection.execute(sa.insert(Place), rows)


def roster(connection: sa.Connection, own_pool_from: int, today: date) -> Roster:
    """Return the tree and its people as pools see them today: seasoned and active accounts only (R1)."""
    units = connection.execute(sa.select(Unit.id, Unit.parent_id)).tuples()
    seasoned = sa.select(Person.id, Person.unit_id).where(Person.active, Person.counts_from <= today)
    held = sa.select(RoleGrant.unit_id, RoleGrant.person_id).where(RoleGrant.role.in_(VIEWER_ROLES))
    grants: dict[int, set[int]] = {}
    for unit, person in connection.execute(held).tuples():
        grants.setdefault(unit, set()).add(person)
    return Roster(
        parents=dict(units.all()),
        homes=dict(connection.execute(seasoned).tuples().all()),
        grants=grants,
        own_pool_from=own_pool_from,
    )
