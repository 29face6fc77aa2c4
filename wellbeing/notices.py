"""Notices: what is known for some hours or days, whom to tell, the words to use, and who has been told.

A notice of a unit is shown on the tablets of that unit and of all units below it. Nobody signs a notice, and
a mark says only that somebody was told, and when.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Unit
from wellbeing.models.floor import Audience, Notice
from wellbeing.notice_draft import Draft, NoticeRefused
from wellbeing.ticks import Reader

MOST_AT_A_UNIT = 12
KEPT_AFTER_ITS_END = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """Somebody to tell, and when they were told; None for not yet."""

    id: int
    whom: str
    told_at: datetime | None


@dataclass(frozen=True)
class Known:
    """A notice as it is shown, with the unit it was written for."""

    id: int
    unit_id: int
    unit: str
    what: str
    words: str
    starts_at: datetime
    ends_at: datetime
    audience: tuple[Line, ...] = ()

    def is_running(self, now: datetime) -> bool:
        """Tell whether it has begun and is not over."""
        return self.starts_at <= now < self.ends_at


def write(session: Session, unit_id: int, draft: Draft, now: datetime) -> int:
    """Keep a new notice of a unit and return its id. Commits; raises NoticeRefused."""
    count = sa.select(sa.func.count()).where(Notice.unit_id == unit_id, Notice.ends_at > now)
    if session.execute(count).scalar_one() >= MOST_AT_A_UNIT:
        raise NoticeRefused(
            "what",
            _("There are %(most)s notices here already. End one of them first.", most=MOST_AT_A_UNIT),
        )
    notice = Notice(unit_id=unit_id, audience=[Audience(whom=whom) for whom in draft.whom])
    _fill(notice, draft)
    session.add(notice)
    session.flush()
    notice_id = notice.id
    session.commit()
    return notice_id


def _fill(notice: Notice, draft: Draft) -> None:
    notice.what, notice.words = draft.what, draft.words
    notice.starts_at, notice.ends_at = draft.starts_at, draft.ends_at


def change(session: Session, notice: Notice, draft: Draft) -> None:
    """Write a notice anew; whoever is still named stays marked as told. Commits."""
    _fill(notice, draft)
    known = {line.whom.casefold(): line for line in notice.audience}
    lines = [known.get(whom.casefold()) or Audience() for whom in draft.whom]
    for line, whom in zip(lines, draft.whom, strict=True):
        line.whom = whom
    notice.audience = lines
    session.commit()


def end(session: Session, notice: Notice, now: datetime) -> None:
    """End a notice now; one that has not begun was never shown, and goes as a whole. Commits."""
    if notice.starts_at >= now:
        session.delete(notice)
    elif notice.ends_at > now:
        notice.ends_at = now
    session.commit()


def tell(reader: Reader, audience_id: int, unit_ids: Collection[int], told: bool, now: datetime) -> bool:
    """Mark somebody as told, or as not told, in a notice of one of some units; return whether there is one.

    Runs in the caller's transaction and does not commit. A second mark keeps the time of the first.
    """
    theirs = sa.select(Notice.id).where(Notice.unit_id.in_(unit_ids))
    at = sa.func.coalesce(Audience.told_at, sa.bindparam("at", now, Audience.told_at.type)) if told else None
    marked = sa.update(Audience).where(Audience.id == audience_id, Audience.notice_id.in_(theirs))
    found = reader.execute(
        marked.values(told_at=at).returning(Audience.id).execution_options(synchronize_session=False)
    )
    return found.first() is not None


def shown_at(reader: Reader, unit_id: int, now: datetime) -> list[Known]:
    """Return the notices that run in a unit now, its own and those from above, the first to end first."""
    return [
        notice for notice in of_units(reader, units_above(reader, unit_id), now) if notice.is_running(now)
    ]


def units_above(reader: Reader, unit_id: int) -> set[int]:
    """Return the ids of a unit and of every unit above it: whose notices it is shown."""
    line = sa.select(Unit.id, Unit.parent_id).where(Unit.id == unit_id).cte("line", recursive=True)
    line = line.union_all(sa.select(Unit.id, Unit.parent_id).join(line, Unit.id == line.c.parent_id))
    return set(reader.execute(sa.select(line.c.id)).scalars())


def of_units(reader: Reader, unit_ids: Collection[int], since: datetime) -> list[Known]:
    """Return the notices of some units that were not over by ``since``, the first to end first."""
    query = (
        sa.select(Notice.__table__, Unit.name.label("unit"))
        .join(Unit, Unit.id == Notice.unit_id)
        .where(Notice.unit_id.in_(unit_ids), Notice.ends_at > since)
        .order_by(Notice.ends_at, Notice.id)
    )
    rows = reader.execute(query).mappings().all()
    lines = _lines(reader, [row["id"] for row in rows])
    return [Known(**row, audience=tuple(lines[row["id"]])) for row in rows]


def _lines(reader: Reader, notice_ids: list[int]) -> dict[int, list[Line]]:
    query = (
        sa.select(Audience.notice_id, Audience.id, Audience.whom, Audience.told_at)
        .where(Audience.notice_id.in_(notice_ids))
        .order_by(Audience.id)
    )
    found = defaultdict(list)
    for notice_id, line_id, whom, told_at in reader.execute(query).tuples():
        found[notice_id].append(Line(line_id, whom, told_at))
    return found


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete notices that have been over for 30 days, with their marks."""
    connection.execute(sa.delete(Notice).where(Notice.ends_at <= now - KEPT_AFTER_ITS_END))
