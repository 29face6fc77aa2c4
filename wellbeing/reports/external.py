"""What may leave the company: sums over units with 25 votes or more a tick, from stored noise alone (R13).

Every block got its noise once, at its release: discrete Laplace, epsilon .25 for each of four figures, so 1
for everybody in a tick. Whatever is made of noisy figures keeps that promise, and the same request adds the
same noise up again, so that asking twice averages nothing away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp, log, sqrt

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from wellbeing.models.ledger import Block, LedgerKind, NoisyBlock, Tick
from wellbeing.reports.exports import Selection

VOTES_NEEDED = 25
EPSILON = 0.25
FIGURES = 4
# Of one Laplace variable 95 % lie within ln(20) / sqrt(2) standard deviations; of a sum of several, more do.
SPREADS_95 = log(20) / sqrt(2)
NEUTRAL = 3
# How far one person can move each figure.
SENSITIVITY, MOOD_SENSITIVITY = 1, 2


@dataclass(frozen=True)
class Noisy:
    """Sums over the blocks of one or more ticks, with their noise; ``mood_sum`` counts from 3 a vote."""

    blocks: int
    people: int
    mood_sum: int
    rough: int
    breaks: int


@dataclass(frozen=True)
class Figures:
    """What is said of some ticks together; each ``_margin`` is what the noise alone can do to it (95 %).

    ``people`` counts votes: somebody who answered in two ticks counts twice. ``mood`` is from 1 to 5, and it
    and both shares, from 0 to 1, are divided by ``people``.
    """

    people: int
    people_margin: int
    mood: float
    mood_margin: float
    rough: float
    rough_margin: float
    breaks: float
    breaks_margin: float


@dataclass(frozen=True)
class Week:
    """One tick; without figures there were fewer than 25 votes for certain."""

    number: int
    opened_on: date
    closed_on: date
    figures: Figures | None


@dataclass(frozen=True)
class Summary:
    """The chosen ticks that had a block at all, oldest first, and all those with figures together."""

    weeks: tuple[Week, ...]
    together: Figures | None


def summary(session: Session, selection: Selection) -> Summary:
    """Return what may be said outside of some units and ticks; ``session`` is the one that reads noise."""
    rows = session.execute(_sums(selection)).all()
    sums = {row.number: Noisy(row.blocks, row.people, row.mood_sum, row.rough, row.breaks) for row in rows}
    enough = {row.number for row in rows if row.certain >= VOTES_NEEDED}
    weeks = tuple(
        Week(
            row.number,
            row.opened_on,
            row.closed_on,
            figures(sums[row.number]) if row.number in enough else None,
        )
        for row in rows
    )
    return Summary(weeks, _together([sums[number] for number in sorted(enough)]))


def _sums(selection: Selection) -> sa.Select:
    def total(column: InstrumentedAttribute[int], name: str) -> sa.Label[int]:
        return sa.cast(sa.func.sum(column), sa.Integer).label(name)

    return (
        sa.select(
            Tick.number,
            Tick.opened_on,
            Tick.closed_on,
            sa.func.count(Block.position).label("blocks"),
            total(Block.people_floor, "certain"),
            total(NoisyBlock.people, "people"),
            total(NoisyBlock.mood_sum, "mood_sum"),
            total(NoisyBlock.rough, "rough"),
            total(NoisyBlock.breaks, "breaks"),
        )
        .join(Block, Block.tick_id == Tick.id)
        .join(NoisyBlock, NoisyBlock.position == Block.position)
        .where(Tick.ledger == LedgerKind.WEEKLY, Tick.number.between(selection.first, selection.last))
        .where(Block.unit_id.in_(selection.units))
        .group_by(Tick.number, Tick.opened_on, Tick.closed_on)
        .order_by(Tick.number)
    )


def _together(sums: Sequence[Noisy]) -> Figures | None:
    if not sums:
        return None
    return figures(
        Noisy(
            sum(one.blocks for one in sums),
            sum(one.people for one in sums),
            sum(one.mood_sum for one in sums),
            sum(one.rough for one in sums),
            sum(one.breaks for one in sums),
        )
    )


def figures(noisy: Noisy) -> Figures:
    """Return figures from noisy sums, kept within what is possible; the margins follow the noise alone.

    A quotient's margin is that of a ratio by the delta method: sqrt(var(top) + ratio^2 var(people)) / people.
    """
    people = max(noisy.people, VOTES_NEEDED)
    spread = noise_sd(SENSITIVITY) * sqrt(noisy.blocks)
    mood_spread = noise_sd(MOOD_SENSITIVITY) * sqrt(noisy.blocks)
    away = noisy.mood_sum / people
    rough, breaks = _share(noisy.rough, people), _share(noisy.breaks, people)
    return Figures(
        people=people,
        people_margin=ceil(SPREADS_95 * spread),
        mood=round(min(max(NEUTRAL + away, 1.0), 5.0), 1),
        mood_margin=_up(_margin(mood_spread, spread, away, people), 10),
        rough=round(rough, 2),
        rough_margin=_up(_margin(spread, spread, rough, people), 100),
        breaks=round(breaks, 2),
        breaks_margin=_up(_margin(spread, spread, breaks, people), 100),
    )


def noise_sd(sensitivity: int) -> float:
    """Return the standard deviation of one figure's noise: of the discrete Laplace, sqrt(2p) / (1 - p)."""
    p = exp(-EPSILON / sensitivity)
    return sqrt(2 * p) / (1 - p)


def _share(count: int, people: int) -> float:
    return min(max(count / people, 0.0), 1.0)


def _margin(top: float, people_sd: float, ratio: float, people: int) -> float:
    return SPREADS_95 * sqrt(top**2 + (ratio * people_sd) ** 2) / people


def _up(margin: float, parts: int) -> float:
    """Round a margin up, so that it never promises more than it keeps."""
    return ceil(margin * parts) / parts
