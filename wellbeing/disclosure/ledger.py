"""The only writer of the ledger: turns votes into blocks and chains them (R5, R6, R13)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa

from wellbeing.disclosure import rules
from wellbeing.disclosure.chain import START, digest
from wellbeing.disclosure.noise import SENSITIVITIES, noisy
from wellbeing.disclosure.tabulate import Vote
from wellbeing.models.ledger import Block, CountWord, MoodWord, NoisyBlock, Tick

NEUTRAL = 3


@dataclass(frozen=True)
class Draft:
    """A pool's block and its noisy twin, before they are chained."""

    unit_id: int
    block: dict[str, object]
    noise: dict[str, int]


def draft(unit_id: int, votes: Sequence[Vote], epoch: sa.Row) -> Draft:
    """Return what is published of a pool; the exact number of people ends here."""
    rough = sum(vote.rough for vote in votes)
    breaks = sum(vote.break_taken for vote in votes)
    block: dict[str, object] = {"unit_id": unit_id, "people_floor": rules.people_floor(len(votes))}
    block |= _mood(rules.published_mood([vote.mood for vote in votes]))
    block |= _count("rough", rules.published_count(rough, len(votes)))
    block |= _count("break", rules.published_count(breaks, len(votes)))
    block |= {name: getattr(epoch, name) for name in ("people_needed", "own_pool_from", "tick_days")}
    exact = {
        "people": len(votes),
        "mood_sum": sum(vote.mood - NEUTRAL for vote in votes),
        "rough": rough,
        "breaks": breaks,
    }
    return Draft(unit_id, block | {"rules_version": rules.VERSION}, _noisy(exact))


def _mood(published: Fraction | str) -> dict[str, object]:
    if isinstance(published, str):
        return {"mood": None, "mood_word": MoodWord(published)}
    return {"mood": Decimal(int(published * 10)) / 10, "mood_word": None}


def _count(name: str, published: int | str) -> dict[str, object]:
    if isinstance(published, str):
        return {f"{name}_count": None, f"{name}_word": CountWord(published)}
    return {f"{name}_count": published, f"{name}_word": None}


def _noisy(exact: Mapping[str, int]) -> dict[str, int]:
    return {name: noisy(value, SENSITIVITIES[name], secrets.randbelow) for name, value in exact.items()}


def append(connection: sa.Connection, tick_id: int, drafts: Sequence[Draft]) -> None:
    """Write a tick's blocks in the order of their units, each chained to the one before."""
    tick = connection.execute(sa.select(*TICK_CHAINED).where(Tick.id == tick_id)).mappings().one()
    query = sa.select(Block.position, Block.hash).order_by(Block.position.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    newest, previous = (last.position, last.hash) if last else (0, START)
    blocks, noisy_blocks = [], []
    for position, found in enumerate(sorted(drafts, key=lambda found: found.unit_id), start=newest + 1):
        previous = digest(previous, canonical(found.block | dict(tick)))
        blocks.append(found.block | {"position": position, "tick_id": tick_id, "hash": previous})
        noisy_blocks.append({"position": position} | found.noise)
    if blocks:
        connection.execute(sa.insert(Block), blocks)
        connection.execute(sa.insert(NoisyBlock), noisy_blocks)


def canonical(block: Mapping[str, object]) -> dict[str, str | int | None]:
    """Return the fields of a block and its tick that the block's digest covers, as plain values."""
    return {name: _plain(block[name]) for name in (*CHAINED, *(column.key for column in TICK_CHAINED))}


def _plain(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


CHAINED = (
    "unit_id",
    "people_floor",
    "mood",
    "mood_word",
    "rough_count",
    "rough_word",
    "break_count",
    "break_word",
    "people_needed",
    "own_pool_from",
    "tick_days",
    "rules_version",
)
# A block's week is the tick's: without it, a block could be moved to another week unnoticed.
TICK_CHAINED = (Tick.number, Tick.opened_on, Tick.closed_on)


def first_broken(connection: sa.Connection) -> int | None:
    """Return the position of the first block that does not follow from the one before, or None."""
    query = sa.select(Block.__table__, *TICK_CHAINED).join(Tick, Tick.id == Block.tick_id)
    previous = START
    for expected, row in enumerate(connection.execute(query.order_by(Block.position)).mappings(), start=1):
        previous = digest(previous, canonical(dict(row)))
        if row["position"] != expected or row["hash"] != previous:
            return expected
    return None


def hashes(connection: sa.Connection) -> list[bytes]:
    """Return the hash of each block, in order: two ledgers with the same ones are the same."""
    return list(connection.execute(sa.select(Block.hash).order_by(Block.position)).scalars())
