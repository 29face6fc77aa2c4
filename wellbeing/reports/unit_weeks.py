"""What was released of many units over the same ticks, in a few questions however long the ledger is."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, LedgerKind, Tick
from wellbeing.reports import trends
from wellbeing.reports.kept import kept
from wellbeing.reports.periods import Period, within
from wellbeing.reports.trends import Week
from wellbeing.reports.units import Line

# Read as rows of the tables themselves: as columns of their classes, hundreds of them take twice as long.
_BLOCK, _TICK = Block.__table__.c, Tick.__table__.c


def ticks_asked(session: Session, count: int, period: Period | None = None) -> tuple[Week, ...]:
    """Return the newest ``count`` ticks, or those that a period touches, oldest first and without figures."""
    looked_at = trends.ticks_from(session, period.first) if period else count
    rows = reversed(trends.ticks_of(session, looked_at))
    ticks = tuple(Week(row.number, row.opened_on, row.closed_on) for row in rows)
    return within(ticks, period) if period else ticks


def weeks_of(
    session: Session, lines: Mapping[int, Line], ticks: Sequence[Week]
) -> dict[int, tuple[Week, ...]]:
    """Return the moods of units over some ticks, from a unit's first block on until it closed.

    ``ticks`` follow each other; units without a block in them are left out.
    """
    blocks = _blocks(session, lines, ticks) if ticks else {}
    firsts = _firsts(session, [unit for unit, told in blocks.items() if ticks[0].number not in told])
    return {
        unit: tuple(
            told.get(week.number, week)
            for week in ticks
            if week.number >= firsts.get(unit, 0) and _open_in(lines[unit], week)
        )
        for unit, told in blocks.items()
    }


def _open_in(line: Line, week: Week) -> bool:
    return line.closed_on is None or week.closed_on <= line.closed_on


def _blocks(session: Session, lines: Mapping[int, Line], ticks: Sequence[Week]) -> dict[int, dict[int, Week]]:
    """Return the ticks with a block, by unit and number: one look-up by index for each cell."""
    query = sa.select(_BLOCK.unit_id, _TICK.number, _BLOCK.people_floor, _BLOCK.mood, _BLOCK.mood_word)
    query = query.join(Tick, _TICK.id == _BLOCK.tick_id).where(_BLOCK.unit_id.in_(lines), *_within(ticks))
    known = {tick.number: tick for tick in ticks}
    told: dict[int, dict[int, Week]] = {}
    for unit, number, people_floor, mood, word in session.execute(query).tuples():
        tick = known[number]
        week = Week(number, tick.opened_on, tick.closed_on, people_floor, mood, word)
        told.setdefault(unit, {})[number] = week
    return told


def _within(ticks: Sequence[Week]) -> tuple[sa.ColumnElement[bool], ...]:
    return _TICK.ledger == LedgerKind.WEEKLY, _TICK.number.between(ticks[0].number, ticks[-1].number)


def _firsts(session: Session, unit_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of the tick of each unit's first block."""
    if not unit_ids:
        return {}
    query = sa.select(Block.unit_id, sa.func.min(Tick.number)).join(Tick, Tick.id == Block.tick_id)
    query = query.where(Block.unit_id.in_(unit_ids)).group_by(Block.unit_id)
    return dict(session.execute(query).tuples().all())


def shown(session: Session, teams: Sequence[Line], tick: Week) -> int:
    """Return how many of some teams have a block of a tick: blocks are counted, never people."""
    there = kept(session, ("shown", tick.number), lambda: _shown(session, tick))
    return sum(team.id in there for team in teams)


def _shown(session: Session, tick: Week) -> frozenset[int]:
    query = sa.select(_BLOCK.unit_id).join(Tick, _TICK.id == _BLOCK.tick_id)
    return frozenset(session.scalars(query.where(*_within([tick]))))


def with_figures(session: Session, unit_ids: Collection[int]) -> set[int]:
    """Return those of some units that ever had a block of their own."""
    query = sa.select(_BLOCK.unit_id).where(_BLOCK.unit_id.in_(unit_ids)).distinct()
    return set(session.scalars(query))
