"""From the ledger to figures: what was released about one unit, tick by tick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, CountWord, LedgerKind, MoodWord, Tick
from wellbeing.reports.kept import kept
from wellbeing.reports.once import once

TICKS = 26
RELEASE_HOUR = timedelta(hours=4)
_TICK, _BLOCK = Tick.__table__.c, Block.__table__.c


@dataclass(frozen=True)
class Week:
    """One tick of one unit; without ``people_floor`` nothing was released for it.

    ``mood`` is in tenths from 1 to 5, and empty where ``mood_word`` stands instead (5 to 7 people).
    """

    number: int
    opened_on: date
    closed_on: date
    people_floor: int | None = None
    mood: Decimal | None = None
    mood_word: MoodWord | None = None
    rough: int | CountWord | None = None
    breaks: int | CountWord | None = None

    @property
    def shown(self) -> bool:
        """Whether anything was released for this tick."""
        return self.people_floor is not None

    @property
    def weeks(self) -> int:
        """How many weeks the tick spans; a first one that began on a Thursday counts as one."""
        return max(1, round((self.closed_on - self.opened_on).days / 7))


def blocks_of(
    session: Session, unit_id: int, ticks: int = TICKS, until: date | None = None
) -> tuple[Week, ...]:
    """Return a unit's newest ticks, oldest first, from its first block on; empty where it has none.

    A closed unit's end with the tick at which it closed, ``until``.
    Every step is a look-up by index, so that the ledger's length does not matter.
    """
    first = first_tick(session, unit_id)
    if first is None:
        return ()
    asked = {"unit": unit_id, "ticks": ticks, "until": until}
    rows = session.execute(_BLOCKS if until is None else _BLOCKS_UNTIL, asked)
    return tuple(week(row) for row in rows if row.number >= first)


def first_tick(session: Session, unit_id: int) -> int | None:
    """Return the number of the weekly tick of a unit's first block; None where it has none."""

    def find() -> int | None:
        found: int | None = session.execute(_FIRST, {"unit": unit_id}).scalar()
        return found

    return once(session, ("first tick", unit_id), find)


_FIRST = (
    sa.select(Tick.number)
    .join(Block, Block.tick_id == Tick.id)
    .where(Block.unit_id == sa.bindparam("unit"))
    .order_by(Block.position)
    .limit(1)
)


FIGURES = (
    _BLOCK.people_floor,
    _BLOCK.mood,
    _BLOCK.mood_word,
    _BLOCK.rough_count,
    _BLOCK.rough_word,
    _BLOCK.break_count,
    _BLOCK.break_word,
)


def _newest_ticks(closed: bool = False) -> sa.Select[tuple[int, int, date, date]]:
    query = sa.select(_TICK.id, _TICK.number, _TICK.opened_on, _TICK.closed_on)
    query = query.where(_TICK.ledger == LedgerKind.WEEKLY).order_by(_TICK.number.desc())
    query = query.limit(sa.bindparam("ticks"))
    return query.where(_TICK.closed_on <= sa.bindparam("until", type_=sa.Date)) if closed else query


def _blocks(newest: sa.Subquery) -> sa.Select[Any]:
    here = sa.and_(_BLOCK.tick_id == newest.c.id, _BLOCK.unit_id == sa.bindparam("unit"))
    columns = (newest.c.number, newest.c.opened_on, newest.c.closed_on, *FIGURES)
    return sa.select(*columns).select_from(newest.outerjoin(Block.__table__, here)).order_by(newest.c.number)


# Made once: to make a statement takes longer than to run it.
_TICKS = _newest_ticks()
_BLOCKS = _blocks(_newest_ticks().subquery())
_BLOCKS_UNTIL = _blocks(_newest_ticks(closed=True).subquery())


def week(row: sa.Row) -> Week:
    """Return the tick that a row of its number, its days and the FIGURES of its block tells."""
    return Week(
        number=row.number,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        people_floor=row.people_floor,
        mood=row.mood,
        mood_word=row.mood_word,
        rough=row.rough_word or row.rough_count,
        breaks=row.break_word or row.break_count,
    )


def ticks_of(session: Session, ticks: int = TICKS) -> Sequence[sa.Row]:
    """Return the newest weekly ticks (number, opened_on, closed_on), newest first."""
    # A page asks for the newest one, for those that it shows, and for those of its headline.
    most = max(ticks, TICKS)
    return kept(session, ("ticks", most), lambda: session.execute(_TICKS, {"ticks": most}).all())[:ticks]


def ticks_from(session: Session, first: date | None) -> int:
    """Return how many weekly ticks ended after a day; all there are without one."""
    query = sa.select(sa.func.count(Tick.id)).where(Tick.ledger == LedgerKind.WEEKLY)
    if first is None:
        return kept(session, "all ticks", lambda: session.execute(query).scalar_one())
    return session.execute(query.where(Tick.closed_on > first)).scalar_one()


def people_needed(session: Session, number: int) -> int | None:
    """Return how many people a block of a tick needed; None where the tick has none to tell it."""
    asked = {"that_number": number}
    return kept(session, ("people needed", number), lambda: session.execute(_NEEDED, asked).scalar())


_NEEDED = (
    sa.select(Block.people_needed)
    .join(Tick, Tick.id == Block.tick_id)
    .where(Tick.ledger == LedgerKind.WEEKLY, Tick.number == sa.bindparam("that_number"))
    .limit(1)
)


def next_release(
    last: date | None, confirmed_at: datetime | None, tick_days: int, zone: ZoneInfo
) -> date | None:
    """Return the local day, a Monday, on which figures come next; None before the site is set up.

    ``last`` is the day of the newest tick. Before the first one, the day follows from ``confirmed_at``, the
    moment at which the first import was confirmed.
    """
    if last is not None:
        return last + timedelta(days=tick_days)
    if confirmed_at is None:
        return None
    day = (confirmed_at.astimezone(zone) - RELEASE_HOUR).date()
    return day - timedelta(days=day.weekday()) + timedelta(days=tick_days)


def known(session: Session, numbers: Iterable[int | None]) -> set[int]:
    """Return those of some numbers that weekly ticks have."""
    asked = Tick.number.in_([number for number in numbers if number is not None])
    return set(session.scalars(sa.select(Tick.number).where(Tick.ledger == LedgerKind.WEEKLY, asked)))
