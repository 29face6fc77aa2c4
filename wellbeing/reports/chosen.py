"""The chosen ticks of chosen units, read for pictures and tables; gaps and all, in an order that stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Level, Unit
from wellbeing.models.ledger import Block, LedgerKind, Tick
from wellbeing.reports import trends, units
from wellbeing.reports.exports import Selection
from wellbeing.reports.trends import Week


@dataclass(frozen=True)
class ChosenUnit:
    """A unit, its path in words, and its ticks within a period, oldest first.

    They begin with its first block; those of a closed unit end with the tick at which it closed.
    """

    id: int
    name: str
    path: str
    level: Level
    weeks: tuple[Week, ...]

    @property
    def shown(self) -> bool:
        """Whether anything was released about it in the period."""
        return any(week.shown for week in self.weeks)


def chosen(session: Session, selection: Selection) -> tuple[ChosenUnit, ...]:
    """Return the units of a selection by their paths, parents first.

    A unit's path outlasts its merger, so that the order is the same for ever.
    """
    paths = units.paths(session)
    columns = sa.select(Unit.id, Unit.name, Unit.level, Unit.closed_on)
    rows = {row.id: row for row in session.execute(columns)}
    ticks, blocks, firsts = (
        _ticks(session, selection),
        _blocks(session, selection),
        _firsts(session, selection),
    )
    order = sorted((paths[unit], unit) for unit in selection.units)
    return tuple(
        ChosenUnit(
            unit,
            rows[unit].name,
            path,
            rows[unit].level,
            _weeks(ticks, blocks.get(unit, {}), firsts.get(unit), rows[unit].closed_on),
        )
        for path, unit in order
    )


def _ticks(session: Session, selection: Selection) -> Sequence[sa.Row]:
    query = sa.select(Tick.number, Tick.opened_on, Tick.closed_on).where(*_within(selection))
    return session.execute(query.order_by(Tick.number)).all()


def _within(selection: Selection) -> tuple[sa.ColumnElement[bool], ...]:
    return Tick.ledger == LedgerKind.WEEKLY, Tick.number.between(selection.first, selection.last)


def _blocks(session: Session, selection: Selection) -> dict[int, dict[int, Week]]:
    query = sa.select(Block.unit_id, Tick.number, Tick.opened_on, Tick.closed_on, *trends.FIGURES)
    query = query.join(Tick, Block.tick_id == Tick.id)
    query = query.where(*_within(selection), Block.unit_id.in_(selection.units))
    found: dict[int, dict[int, Week]] = {}
    for row in session.execute(query):
        found.setdefault(row.unit_id, {})[row.number] = trends.week(row)
    return found


def _firsts(session: Session, selection: Selection) -> dict[int, int]:
    """Return the tick of each unit's first block, be it in the period or before."""
    first = sa.select(sa.func.min(Block.position)).where(Block.unit_id.in_(selection.units))
    query = sa.select(Block.unit_id, Tick.number).join(Tick, Block.tick_id == Tick.id)
    query = query.where(Block.position.in_(first.group_by(Block.unit_id)))
    return dict(session.execute(query).tuples().all())


def _weeks(
    ticks: Sequence[sa.Row], blocks: Mapping[int, Week], first: int | None, until: date | None
) -> tuple[Week, ...]:
    if first is None:
        return ()
    return tuple(
        blocks.get(tick.number) or Week(tick.number, tick.opened_on, tick.closed_on)
        for tick in ticks
        if tick.number >= first and (until is None or tick.closed_on <= until)
    )


def released_on(session: Session, selection: Selection) -> date:
    """Return the day on which the last chosen tick was released."""
    query = sa.select(Tick.closed_on).where(*_within(selection)).order_by(Tick.number.desc())
    return session.execute(query.limit(1)).scalar_one()
