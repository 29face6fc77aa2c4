"""The receipt of a diary: for each week, where its answers went and from when until when they can show up.

Nobody, not even their author, can be shown which part of a figure is theirs. So this asks the ledger what was
released, the roster where a pool leads, and the clock when ticks come; of answers that wait it reads none.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import ticks
from wellbeing.diary.entry import Counted, Entry
from wellbeing.diary.outside import Outside, outside
from wellbeing.epochs import DETAIL_DAYS
from wellbeing.models.accounts import Unit
from wellbeing.models.detail_ledger import DetailBlock
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.ledger import Block, Tick

# For how many ticks a pool with too few people is held, before it climbs or, at the top, is deleted (R3).
HELD_TICKS, HELD_TICKS_AT_THE_TOP = 4, 8


class Out(StrEnum):
    """What the ledger says of a pool and a tick; it never says how many answers wait, or whose."""

    RELEASED = "released"
    HELD_OR_NOT_YET = "held or not yet"


@dataclass(frozen=True, repr=False)
class Told:
    """One entry of the diary, and what of it was stored outside."""

    entry: Entry
    outside: Outside


@dataclass(frozen=True, repr=False)
class Slip:
    """What one week of a diary left in one pool, and when that can show up.

    ``units`` are the names of the pool and of those above it, to which it may climb. The weekly row shows up
    from ``first`` to ``last``, the four-week detail from ``detail_first`` to ``detail_last``; after that it
    is deleted. ``released`` is what the ledger says of the pool's own block of the first tick; of the detail,
    what it says of this pool or one above, question by question.
    """

    units: tuple[str, ...]
    first: date
    last: date
    released: Out
    detail_first: date
    detail_last: date
    detail_released: frozenset[str]
    told: tuple[Told, ...]


@dataclass(frozen=True, repr=False)
class Receipt:
    """The slips of a diary, the newest first, and how many entries never left it."""

    slips: tuple[Slip, ...]
    inside: int


def receipt(session: Session, entries: Sequence[Entry], zone: ZoneInfo) -> Receipt:
    """Return the receipt of some entries, which come in the order of a diary."""
    told = [Told(entry, outside(entry, zone)) for entry in entries]
    left = [(one.entry.counted, one) for one in told if one.entry.counted is not None and one.outside]
    left.sort(key=lambda pair: (pair[0].week_ends, pair[0].pool_id), reverse=True)
    weeks = [
        (counted, tuple(one for _counted, one in group))
        for counted, group in groupby(left, key=lambda pair: pair[0])
    ]
    known = _Known(session, [counted for counted, _group in weeks], zone)
    return Receipt(tuple(known.slip(*week) for week in weeks), len(told) - len(left))


def _released(session: Session, unit_ids: Iterable[int]) -> set[tuple[int, date]]:
    query = sa.select(Block.unit_id, Tick.closed_on).join(Tick, Tick.id == Block.tick_id)
    query = query.where(Tick.ledger == LedgerKind.WEEKLY, Block.unit_id.in_(set(unit_ids)))
    return {(row.unit_id, row.closed_on) for row in session.execute(query)}


class _Known:
    """What the roster, the clock and the ledger tell anybody, read once for a whole receipt."""

    def __init__(self, session: Session, weeks: Sequence[Counted], zone: ZoneInfo) -> None:
        self._units = {unit.id: unit for unit in session.scalars(sa.select(Unit))}
        pools = {week.pool_id for week in weeks}
        self._released = _released(session, pools)
        self._detail = _released_detail(session, {unit for pool in pools for unit in self._path(pool)})
        longest = max((_ticks_until_gone(len(self._path(pool))) for pool in pools), default=0)
        self._days = _days_of_ticks(session, zone, longest)

    def _path(self, pool_id: int) -> list[int]:
        path, unit = [], self._units.get(pool_id)
        while unit is not None:
            path.append(unit.id)
            unit = unit.parent
        return path

    def slip(self, counted: Counted, told: tuple[Told, ...]) -> Slip:
        """Return the slip of a week."""
        path = self._path(counted.pool_id)
        released = (counted.pool_id, counted.week_ends) in self._released
        return Slip(
            units=tuple(self._units[unit].name for unit in path),
            first=counted.week_ends,
            last=self._last(counted.week_ends, _ticks_until_gone(len(path)) - 1),
            released=Out.RELEASED if released else Out.HELD_OR_NOT_YET,
            detail_first=counted.four_weeks_end,
            detail_last=counted.four_weeks_end + timedelta(days=DETAIL_DAYS),
            detail_released=frozenset(
                question
                for unit, day, question in self._detail
                if day == counted.four_weeks_end and unit in path
            ),
            told=told,
        )

    def _last(self, first: date, more: int) -> date:
        later = self._days[bisect_left(self._days, first) + more :]
        # A diary may have come here without the ticks that it knows of.
        return later[0] if later else first + timedelta(weeks=more)


def _ticks_until_gone(units: int) -> int:
    """Return how many ticks an answer can wait at most; ``units`` counts its pool and all above.

    The tick that sends it up is the first of the unit above.
    """
    return (units - 1) * (HELD_TICKS - 1) + HELD_TICKS_AT_THE_TOP


def _released_detail(session: Session, unit_ids: Iterable[int]) -> set[tuple[int, date, str]]:
    query = sa.select(DetailBlock.unit_id, Tick.closed_on, DetailBlock.question)
    query = query.join(Tick, Tick.id == DetailBlock.tick_id).where(DetailBlock.unit_id.in_(set(unit_ids)))
    return {(row.unit_id, row.closed_on, row.question.value) for row in session.execute(query)}


def _days_of_ticks(session: Session, zone: ZoneInfo, more: int) -> list[date]:
    """Return the local days of all weekly ticks so far, of the next one, and of so many more as planned."""
    closes = sa.select(Epoch.closes_at).where(Epoch.ledger == LedgerKind.WEEKLY).order_by(Epoch.number)
    days = [moment.astimezone(zone).date() for moment in session.scalars(closes)]
    newest = ticks.newest(session, LedgerKind.WEEKLY)
    opening = ticks.coming(session, newest.opens_at) if newest else None
    while opening is not None and more > 0:
        opening = ticks.following(session, opening)
        days.append(opening.day)
        more -= 1
    return days
