"""When ticks come: Mondays at 04:00 where the organisation is, every 7 or 14 days (R3)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, scoped_session

from wellbeing.models.changes import SettingsChange
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.settings import Settings

TICK_HOUR = time(4)

Reader = Session | scoped_session[Session] | sa.Connection

_WITHOUT_KEY = [column for column in Epoch.__table__.columns if column.key != "wrapped_key"]


@dataclass(frozen=True)
class Opening:
    """A weekly epoch that is still to open: its number, its moment (UTC) and that moment's local day."""

    number: int
    at: datetime
    day: date


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


def newest(reader: Reader, kind: LedgerKind) -> sa.Row | None:
    """Return the newest epoch of a ledger, if it has one, without its key: pages ask for it too."""
    query = sa.select(*_WITHOUT_KEY).where(Epoch.ledger == kind).order_by(Epoch.number.desc()).limit(1)
    return reader.execute(query).one_or_none()


def hold(reader: Reader) -> None:
    """Let no other process open an epoch, or plan for one, until the caller's transaction ends.

    SQLite's write transaction does so by itself.
    """
    reader.execute(sa.select(Settings.id).with_for_update())


def coming(reader: Reader, now: datetime) -> Opening | None:
    """Return the first weekly epoch to be opened after ``now``; None before the first one has opened.

    Where ticks were missed, the epochs between are counted as they will be opened.
    """
    last = newest(reader, LedgerKind.WEEKLY)
    if last is None:
        return None
    found = _opening(reader, last.number + 1, last.closes_at)
    while found.at <= now:
        found = following(reader, found)
    return found


def following(reader: Reader, before: Opening) -> Opening:
    """Return the weekly epoch that opens after another one, by the tick that will be in force."""
    closes_at = days_later(before.at, _tick_days(reader, before.number), _zone(reader))
    return _opening(reader, before.number + 1, closes_at)


def _opening(reader: Reader, number: int, at: datetime) -> Opening:
    return Opening(number, at, at.astimezone(_zone(reader)).date())


def _zone(reader: Reader) -> ZoneInfo:
    return ZoneInfo(reader.execute(sa.select(Settings.time_zone)).scalar_one())


def _tick_days(reader: Reader, number: int) -> int:
    planned = sa.select(SettingsChange.tick_days).where(SettingsChange.from_number <= number)
    newest_first = planned.order_by(SettingsChange.from_number.desc()).limit(1)
    found = (
        reader.execute(newest_first).scalar() or reader.execute(sa.select(Settings.tick_days)).scalar_one()
    )
    return int(found)
