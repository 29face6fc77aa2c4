"""A ledger as releases would leave it: ticks and blocks, written straight into their tables."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa

from wellbeing import epochs, site
from wellbeing.models.base import db
from wellbeing.models.epochs import FigureAbove
from wellbeing.models.ledger import Block, CountWord, LedgerKind, MoodWord, Tick
from wellbeing.pools import pool_map, sources

FIRST_MONDAY = date(2026, 3, 2)

Count = int | CountWord


@dataclass(frozen=True)
class Released:
    """What one block says."""

    people_floor: int = 12
    mood: str | MoodWord = "3.4"
    rough: Count = 5
    breaks: Count = CountWord.FEW


def held(ticks: int = 1) -> None:
    """Let so many ticks pass at which nothing was released for anybody."""
    for _tick in range(ticks):
        next_tick()


def next_tick() -> int:
    """Write the next weekly tick and return its id."""
    last = db.session.scalar(sa.select(sa.func.max(Tick.number))) or 0
    opened_on = FIRST_MONDAY + timedelta(weeks=last)
    closed_on = opened_on + timedelta(weeks=1)
    tick = Tick(ledger=LedgerKind.WEEKLY, number=last + 1, opened_on=opened_on, closed_on=closed_on)
    db.session.add(tick)
    begin_week(closed_on)
    db.session.commit()
    return tick.id


def begin_week(today: date) -> None:
    """Decide whose figure small units are shown, as the opening of a week does; all of it, for once."""
    connection = db.session.connection()
    found = epochs.roster(connection, site.settings().own_pool_from, today)
    db.session.execute(sa.delete(FigureAbove))
    for unit, source in sources(found, pool_map(found)).items():
        db.session.add(FigureAbove(unit_id=unit, source_id=source, from_number=0))


def release(blocks: dict[int, Released]) -> None:
    """Write one tick with a block for each of some units."""
    tick_id = next_tick()
    position = db.session.scalar(sa.select(sa.func.max(Block.position))) or 0
    for unit_id, said in sorted(blocks.items()):
        position += 1
        db.session.add(_block(position, tick_id, unit_id, said))
    db.session.commit()


def _block(position: int, tick_id: int, unit_id: int, said: Released) -> Block:
    return Block(
        position=position,
        tick_id=tick_id,
        unit_id=unit_id,
        people_floor=said.people_floor,
        mood=None if isinstance(said.mood, MoodWord) else Decimal(said.mood),
        mood_word=said.mood if isinstance(said.mood, MoodWord) else None,
        rough_count=None if isinstance(said.rough, CountWord) else said.rough,
        rough_word=said.rough if isinstance(said.rough, CountWord) else None,
        break_count=None if isinstance(said.breaks, CountWord) else said.breaks,
        break_word=said.breaks if isinstance(said.breaks, CountWord) else None,
        people_needed=5,
        own_pool_from=7,
        tick_days=7,
        rules_version=1,
        hash=hashlib.sha256(str(position).encode()).digest(),
    )


def three_weeks(units: Mapping[str, int]) -> None:
    """Release a week in figures and words, hold one, and release one at the upper ends."""
    counter, showroom = units["Service counter"], units["Showroom"]
    release({counter: Released(12, "3.4", 5, CountWord.FEW), showroom: Released(5, MoodWord.LOW)})
    held()
    release({counter: Released(40, "4.8", CountWord.MOST, 7)})


def four_weeks(units: Mapping[str, int]) -> None:
    """Release weeks in figures and in words, with one in between that is not shown."""
    counter, showroom = units["Service counter"], units["Showroom"]
    release({counter: Released(12, "3.4", 5, CountWord.FEW), showroom: Released(5, MoodWord.HIGH)})
    release({counter: Released(12, "3.6", CountWord.MOST, 4)})
    held()
    release({counter: Released(12, "3.5", 4, 6), showroom: Released(8, "2.8")})
