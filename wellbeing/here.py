"""Where a person's answers go right now, and the keys of the pseudonyms under which they do (R2)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.diary.entry import Counted
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.settings import Settings
from wellbeing.prepared import Prepared


class EpochOver(Exception):
    """The newest epoch has closed: open the next one, then record again."""


@dataclass(frozen=True)
class Here:
    """Where a person's answers go right now, under which pseudonyms."""

    weekly_id: int
    detail_id: int
    pool_id: int
    key: bytes
    detail_key: bytes
    zone: ZoneInfo
    closes_at: datetime
    detail_closes_at: datetime

    @property
    def counted(self) -> Counted:
        """What the author's receipt says of this place."""
        days = (moment.astimezone(self.zone).date() for moment in (self.closes_at, self.detail_closes_at))
        return Counted(self.pool_id, *days)


def _newest(ledger: LedgerKind) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.max(Epoch.number)).where(Epoch.ledger == ledger).scalar_subquery()


_weekly, _detail = sa.alias(Epoch.__table__, "weekly"), sa.alias(Epoch.__table__, "detail")
_PLACE = Prepared(
    sa.select(
        _weekly.c.id.label("weekly_id"),
        _weekly.c.wrapped_key,
        _weekly.c.closes_at,
        _detail.c.id.label("detail_id"),
        _detail.c.wrapped_key.label("detail_wrapped_key"),
        _detail.c.closes_at.label("detail_closes_at"),
        Place.pool_id,
        Settings.time_zone,
    )
    .select_from(_weekly)
    .join(_detail, _detail.c.ledger == LedgerKind.DETAIL)
    .join(Settings, Settings.id == 1)
    .outerjoin(Place, sa.and_(Place.epoch_id == _weekly.c.id, Place.person_id == sa.bindparam("person")))
    .where(_weekly.c.ledger == LedgerKind.WEEKLY)
    .where(_weekly.c.number == _newest(LedgerKind.WEEKLY), _detail.c.number == _newest(LedgerKind.DETAIL))
    .with_for_update(read=True, of=[_weekly, _detail])
)


def here_of(connection: sa.Connection, server_key: bytes, person_id: int, now: datetime) -> Here | None:
    """Return where a person's answers go; None without a place in this epoch. Raises EpochOver."""
    found = _PLACE.one(connection, person=person_id)
    if found is None:
        _ask_for_the_first(connection)
        return None
    if min(found.closes_at, found.detail_closes_at) <= now or None in (
        found.wrapped_key,
        found.detail_wrapped_key,
    ):
        raise EpochOver
    if found.pool_id is None:
        return None
    return Here(
        weekly_id=found.weekly_id,
        detail_id=found.detail_id,
        pool_id=found.pool_id,
        key=keys.unwrapped(server_key, found.wrapped_key),
        detail_key=keys.unwrapped(server_key, found.detail_wrapped_key),
        zone=ZoneInfo(found.time_zone),
        closes_at=found.closes_at,
        detail_closes_at=found.detail_closes_at,
    )


def _ask_for_the_first(connection: sa.Connection) -> None:
    """Ask for the first epoch where the site is open; before that, answers go nowhere."""
    if connection.execute(sa.select(Settings.confirmed_at)).scalar() is not None:
        raise EpochOver
