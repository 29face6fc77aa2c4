"""The only writer of pending answers: a person comes in, a pseudonym goes out (R2, R8, R11, R12, R18).

Who has a diary finds the act there as well, sealed to them; nothing joins the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from wellbeing import keys, moments, shifts
from wellbeing.answer import Answer
from wellbeing.diary import keeping
from wellbeing.diary.entry import Entry
from wellbeing.diary.telling import told
from wellbeing.here import Here, here_of
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover
from wellbeing.moments import Late
from wellbeing.prepared import Prepared, adding

TOOK_PART = ""


@dataclass(frozen=True)
class Recorded:
    """The rows an act wrote, and the shift state it found: what undo needs."""

    pending: list[bytes] = field(default_factory=list)
    detail: list[bytes] = field(default_factory=list)
    spillover: list[bytes] = field(default_factory=list)
    diary: list[bytes] = field(default_factory=list)
    shift: shifts.Before | None = None
    epoch_id: int = 0


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
    account, a viewer of every pool above, a site that has not opened) leaves nothing behind but in a diary of
    their own. Raises EpochOver when the newest epoch has closed.
    """
    here = here_of(connection, server_key, person_id, now)
    happened_at = late.happened_at if late else now
    diary = keeping.keep(connection, server_key, person_id, _for_the_diary(answer, now, happened_at, here))
    if here is None:
        return Recorded(diary=diary)
    before = _shift(connection, here, person_id, now, late)
    pending = _write_pending(connection, here, person_id, answer)
    detail = _write_detail(connection, here, person_id, answer, happened_at)
    spillover = _write_spillover(connection, here, person_id, answer, before)
    if before is not None and happened_at is not None:
        shifts.write(connection, before, here.weekly_id, _after(answer, before, happened_at))
    return Recorded(pending, detail, spillover, diary, before, here.weekly_id)


def _for_the_diary(
    answer: Answer, now: datetime, happened_at: datetime | None, here: Here | None
) -> Iterator[Entry]:
    """Yield the act as a diary keeps it; a generator, because most people have none."""
    if answer != Answer():
        yield told(answer, now, happened_at, here.counted if here else None)


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
