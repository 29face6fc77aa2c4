"""The only writer of pending answers: a person comes in, a pseudonym goes out (R2, R8, R11, R12, R18)."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wellbeing import keys, moments, shifts
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover
from wellbeing.models.settings import Settings
from wellbeing.moments import Late
from wellbeing.prepared import Prepared, adding

TOOK_PART = ""
BREAK_COUNTS_FROM_MINUTES = 2


class EpochOver(Exception):
    """The newest epoch has closed: open the next one, then record again."""


@dataclass(frozen=True)
class Answer:
    """What one act at the counter says; severity and categories belong to a rough interaction alone."""

    mood: int | None = None
    rough: bool = False
    break_minutes: int = 0
    details: tuple[tuple[Dimension, str], ...] = ()

    @property
    def break_taken(self) -> bool:
        """Whether this act is a break that counts: two minutes or more (R4)."""
        return self.break_minutes >= BREAK_COUNTS_FROM_MINUTES


@dataclass(frozen=True)
class Here:
    """Where a person's answers go right now, under which pseudonyms."""

    weekly_id: int
    detail_id: int
    pool_id: int
    key: bytes
    detail_key: bytes
    zone: ZoneInfo


@dataclass(frozen=True)
class Recorded:
    """The rows an act wrote, and the shift state it found: what undo needs."""

    pending: list[bytes] = field(default_factory=list)
    detail: list[bytes] = field(default_factory=list)
    spillover: list[bytes] = field(default_factory=list)
    shift: shifts.Before | None = None
    epoch_id: int = 0


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


_KNOWN = Prepared(
    sa.select(PendingDetail.id).where(
        PendingDetail.epoch_id == sa.bindparam("epoch_id"),
        PendingDetail.contributor == sa.bindparam("contributor"),
        PendingDetail.category == sa.bindparam("category"),
        PendingDetail.pool_id == sa.bindparam("pool_id"),
        PendingDetail.waited.is_(False),
    )
)
_ADD_PENDING, _ADD_DETAIL, _ADD_SPILLOVER = (
    adding(table.__table__) for table in (Pending, PendingDetail, PendingSpillover)
)


def record(
    connection: sa.Connection,
    server_key: bytes,
    person_id: int,
    answer: Answer,
    now: datetime,
    late: Late | None = None,
) -> Recorded:
    """Write an answer under its author's pseudonyms, within the caller's transaction.

    ``now`` is when the server has it, and alone decides the epoch; when a ``late`` one happened is used for
    the weekday, the part of the day and the running shift. A person without a place in this epoch (a young
    account, a viewer of every pool above, a site that has not opened) leaves nothing behind. Raises EpochOver
    when the newest epoch has closed.
    """
    here = _here(connection, server_key, person_id, now)
    if here is None:
        return Recorded()
    happened_at = late.happened_at if late else now
    before = _shift(connection, here, person_id, now, late)
    pending = _write_pending(connection, here, person_id, answer)
    detail = _write_detail(connection, here, person_id, answer, happened_at)
    spillover = _write_spillover(connection, here, person_id, answer, before)
    if before is not None and happened_at is not None:
        shifts.write(connection, before, here.weekly_id, _after(answer, before, happened_at))
    return Recorded(pending, detail, spillover, before, here.weekly_id)


def _here(connection: sa.Connection, server_key: bytes, person_id: int, now: datetime) -> Here | None:
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
    )


def _ask_for_the_first(connection: sa.Connection) -> None:
    """Ask for the first epoch where the site is open; before that, answers go nowhere."""
    if connection.execute(sa.select(Settings.confirmed_at)).scalar() is not None:
        raise EpochOver


def _shift(
    connection: sa.Connection, here: Here, person_id: int, now: datetime, late: Late | None
) -> shifts.Before | None:
    """Return the shift that an act belongs to; None for an unknown one, or one that has gone on since."""
    happened_at = late.happened_at if late else now
    if happened_at is None:
        return None
    before = shifts.read(connection, keys.shift_name(here.key, person_id), happened_at)
    overtaken = late is not None and before.state.touched_at > happened_at
    return None if overtaken else before


def _write_pending(connection: sa.Connection, here: Here, person_id: int, answer: Answer) -> list[bytes]:
    if answer.mood is None and not answer.rough and not answer.break_taken:
        return []
    row_id = keys.new_id()
    row = {
        "id": row_id,
        "epoch_id": here.weekly_id,
        "pool_id": here.pool_id,
        "contributor": keys.contributor(here.key, person_id),
        "mood": answer.mood,
        "rough": answer.rough,
        "break_taken": answer.break_taken,
    }
    _ADD_PENDING.run(connection, **row)
    return [row_id]


def _write_detail(
    connection: sa.Connection, here: Here, person_id: int, answer: Answer, happened_at: datetime | None
) -> list[bytes]:
    """Write what is new of this person: a category once, and once per epoch that they took part."""
    wanted = [*answer.details]
    if answer.rough and happened_at is not None:
        local = happened_at.astimezone(here.zone)
        wanted += [(Dimension.WEEKDAY, moments.weekday(local)), (Dimension.DAY_PART, moments.day_part(local))]
    if answer.mood is not None and not _took_part(connection, here, person_id):
        wanted += ((dimension, TOOK_PART) for dimension in Dimension)
    rows = [_detail_row(here, person_id, dimension, category) for dimension, category in wanted]
    fresh = [row for row in rows if row["category"] == TOOK_PART or not _known(connection, row)]
    named = [(keys.new_id(), row) for row in fresh]
    return [row_id for row_id, row in named if _ADD_DETAIL.run(connection, id=row_id, **row)]


def _took_part(connection: sa.Connection, here: Here, person_id: int) -> bool:
    """Tell whether the rows of all dimensions are there; they are written, and deleted, together."""
    return _known(connection, _detail_row(here, person_id, Dimension.SEVERITY, TOOK_PART))


def _known(connection: sa.Connection, row: dict[str, object]) -> bool:
    return _KNOWN.one(connection, **row) is not None


def _detail_row(here: Here, person_id: int, dimension: Dimension, category: str) -> dict[str, object]:
    return {
        "epoch_id": here.detail_id,
        "pool_id": here.pool_id,
        "dimension": dimension,
        "contributor": keys.detail_contributor(here.detail_key, dimension, person_id),
        "category": category,
    }


def _write_spillover(
    connection: sa.Connection, here: Here, person_id: int, answer: Answer, before: shifts.Before | None
) -> list[bytes]:
    """Write a check-in as R12 sees it; the mood given with a rough interaction is not one that follows it."""
    if answer.mood is None or answer.rough or before is None:
        return []
    row_id = keys.new_id()
    row = {
        "id": row_id,
        "epoch_id": here.detail_id,
        "pool_id": here.pool_id,
        "contributor": keys.detail_contributor(here.detail_key, "spillover", person_id),
        "mood": answer.mood,
        "follows_rough": before.state.rough_at is not None,
        "break_between": before.state.break_followed,
    }
    _ADD_SPILLOVER.run(connection, **row)
    return [row_id]


def _after(answer: Answer, before: shifts.Before, now: datetime) -> shifts.State:
    if answer.rough:
        return shifts.State(rough_at=now, break_followed=False, touched_at=now)
    if answer.break_taken:
        return before.state.with_break(now)
    if answer.mood is not None:
        return shifts.State(rough_at=None, break_followed=False, touched_at=now)
    return before.state.touched(now)
