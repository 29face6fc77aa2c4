"""The only reader of pending answers: counts people, never rows (R1, R4)."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from wellbeing.disclosure.rules import mood_vote
from wellbeing.models.accounts import Person
from wellbeing.models.pending import HeldPool, Pending, ShiftState


@dataclass(frozen=True)
class Vote:
    """What one person said in one pool, once."""

    mood: int
    rough: bool
    break_taken: bool


@dataclass(frozen=True)
class Kept:
    """Somebody's answers that wait on: their pseudonym, the pool they are in, and the one that is next."""

    contributor: bytes
    pool_id: int
    next_pool_id: int


def votes(rows: Iterable[sa.Row]) -> list[Vote]:
    """Return one vote per person who gave at least one mood; rows of others go with the release (R4)."""
    by_person: dict[bytes, list[sa.Row]] = defaultdict(list)
    for row in rows:
        by_person[row.contributor].append(row)
    return [vote for own in by_person.values() if (vote := _vote(own)) is not None]


def _vote(own: list[sa.Row]) -> Vote | None:
    moods = [row.mood for row in own if row.mood is not None]
    if not moods:
        return None
    return Vote(mood_vote(moods), any(row.rough for row in own), any(row.break_taken for row in own))


def waiting_pools(connection: sa.Connection, epoch_id: int) -> set[int]:
    """Return the pools of an epoch in which answers wait."""
    query = sa.select(Pending.pool_id).where(Pending.epoch_id == epoch_id).distinct()
    return set(connection.execute(query).scalars())


def rows_of(connection: sa.Connection, epoch_id: int, pool_id: int) -> Sequence[sa.Row]:
    """Return the answers that wait in one pool of one epoch."""
    query = sa.select(Pending.__table__).where(Pending.epoch_id == epoch_id, Pending.pool_id == pool_id)
    return connection.execute(query).all()


def fingerprint(connection: sa.Connection, epoch_id: int) -> bytes:
    """Return a digest of which answers wait in an epoch; it changes when one comes or goes."""
    query = sa.select(Pending.id).where(Pending.epoch_id == epoch_id)
    return digest_of(connection, query.order_by(Pending.pool_id, Pending.id))


def digest_of(connection: sa.Connection, ids: sa.Select[tuple[bytes]]) -> bytes:
    """Return a digest of the row ids that a statement finds, in its order."""
    found = hashlib.sha256()
    for row_id in connection.execute(ids.execution_options(yield_per=1000)).scalars():
        found.update(row_id)
    return found.digest()


def authors(
    connection: sa.Connection, name: Callable[[int], bytes], wanted: Collection[bytes]
) -> dict[bytes, int]:
    """Return who is behind some pseudonyms of an epoch, for as long as its key exists."""
    if not wanted:
        return {}
    people = connection.execute(sa.select(Person.id).execution_options(yield_per=1000)).scalars()
    named = ((name(person), person) for person in people)
    return {pseudonym: person for pseudonym, person in named if pseudonym in wanted}


def keep(connection: sa.Connection, epoch_id: int, next_epoch_id: int, names: Mapping[Kept, bytes]) -> None:
    """Give what is held the next epoch's pseudonyms, in the pool where it waits next (R6)."""
    if not names:
        return
    mine = (
        Pending.epoch_id == epoch_id,
        Pending.pool_id == sa.bindparam("pool"),
        Pending.contributor == sa.bindparam("name"),
    )
    moved = {
        "epoch_id": next_epoch_id,
        "pool_id": sa.bindparam("next_pool"),
        "contributor": sa.bindparam("next_name"),
    }
    statement = sa.update(Pending.__table__).where(*mine).values(moved)
    rows = [
        {"pool": kept.pool_id, "name": kept.contributor, "next_pool": kept.next_pool_id, "next_name": name}
        for kept, name in names.items()
    ]
    connection.execute(statement, rows)


def delete_epoch(connection: sa.Connection, epoch_id: int) -> None:
    """Delete every answer that an epoch still has, and the state of its running shifts (R6, R18)."""
    connection.execute(sa.delete(Pending).where(Pending.epoch_id == epoch_id))
    connection.execute(sa.delete(ShiftState).where(ShiftState.epoch_id == epoch_id))


def held_ticks(connection: sa.Connection) -> dict[int, int]:
    """Return how many ticks in a row each pool was held."""
    return dict(connection.execute(sa.select(HeldPool.pool_id, HeldPool.ticks)).tuples().all())


def keep_held_ticks(connection: sa.Connection, held: Mapping[int, int]) -> None:
    """Replace the count of held ticks of every pool."""
    connection.execute(sa.delete(HeldPool))
    if held:
        connection.execute(
            sa.insert(HeldPool), [{"pool_id": pool, "ticks": ticks} for pool, ticks in sorted(held.items())]
        )
