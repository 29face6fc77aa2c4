"""What was released of many units over the same ticks, in a few questions however long the ledger is."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, LedgerKind, Tick
from wellbeing.reports import trends
from wellbeing.reports.periods import Period, within
from wellbeing.reports.trends import Week
from wellbeing.reports.units import Line


def ticks_asked(session: Session, count: int, period: Period | None = None) -> tuple[Week, ...]:
    """Return the newest ``count`` ticks, or those that a period touches, oldest first and without figures."""
    looked_at = trends.ticks_from(session, period.first) if period else count
    rows = reversed(trends.ticks_of(session, looked_at))
    ticks = tuple(Week(row.number, row.opened_on, row.closed_on) for row in rows)
    return within(ticks, period) if period else ticks


def weeks_of(
    session: Session, lines: Mapping[int, Line], ticks: Sequence[Week]
) -> dict[int, tuple[Week, ...]]:
    """Return the ticks of each unit that has a block in them, from its first block on until it closed."""
    blocks = _blocks(session, lines, ticks)
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
    known = dict(zip(_ids(session, ticks), ticks, strict=True))
    query = sa.select(Block.unit_id, Block.tick_id, *trends.FIGURES)
    query = query.where(Block.tick_id.in_(known), Block.unit_id.in_(lines))
    told: dict[int, dict[int, Week]] = {}
    for row in session.execute(query):
        week = known[row.tick_id]
        told.setdefault(row.unit_id, {})[week.number] = Week(
            week.number,
            week.opened_on,
            week.closed_on,
            row.people_floor,
            row.mood,
            row.mood_word,
            row.rough_word or row.rough_count,
            row.break_word or row.break_count,
        )
    return told


def _ids(session: Session, ticks: Sequence[Week]) -> Sequence[int]:
    query = sa.select(Tick.id).where(Tick.ledger == LedgerKind.WEEKLY)
    query = query.where(Tick.number.in_([tick.number for tick in ticks])).order_by(Tick.number)
    return session.scalars(query).all()


def _firsts(session: Session, unit_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of the tick of each unit's first block."""
    if not unit_ids:
        return {}
    query = sa.select(Block.unit_id, sa.func.min(Tick.number)).join(Tick, Tick.id == Block.tick_id)
    query = query.where(Block.unit_id.in_(unit_ids)).group_by(Block.unit_id)
    return dict(session.execute(query).tuples().all())


def shown(session: Session, teams: Sequence[Line], tick: Week) -> int:
    """Return how many of some teams have a block of a tick: blocks are counted, never people."""
    query = sa.select(Block.unit_id).where(Block.tick_id.in_(_ids(session, [tick])))
    there = set(session.scalars(query))
    return sum(team.id in there for team in teams)
