"""The only reader of pending answers: counts people, never rows (R1, R4)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from wellbeing.disclosure.rules import mood_vote
from wellbeing.models.accounts import Person
from wellbeing.models.pending import HeldPool, Pending, PendingDetail, PendingSpillover, ShiftState


@dataclass(frozen=True)
class Vote:
    """What one person said in one pool, once."""

    mood: int
    rough: bool
    break_taken: bool


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


def contributors(connection: sa.Connection, name: Callable[[int], bytes]) -> dict[bytes, int]:
    """Return who is behind each pseudonym of an epoch, for as long as its key exists."""
    return {name(person): person for person in connection.execute(sa.select(Person.id)).scalars()}


def rows_of(connection: sa.Connection, epoch_id: int, pool_id: int) -> list[sa.Row]:
    """Return the answers that wait in one pool of one epoch."""
    query = sa.select(Pending.__table__).where(Pending.epoch_id == epoch_id, Pending.pool_id == pool_id)
    return list(connection.execute(query).all())


def delete_pool(connection: sa.Connection, epoch_id: int, pool_id: int) -> None:
    """Delete every answer of a pool, released or expired."""
    connection.execute(sa.delete(Pending).where(Pending.epoch_id == epoch_id, Pending.pool_id == pool_id))


def move_pool(connection: sa.Connection, epoch_id: int, pool_id: int, parent_id: int) -> None:
    """Move every answer of a pool to the pool above."""
    waiting = sa.update(Pending).where(Pending.epoch_id == epoch_id, Pending.pool_id == pool_id)
    connection.execute(waiting.values(pool_id=parent_id))


def move_people(
    connection: sa.Connection, rows: Iterable[sa.Row], people: Collection[bytes], parent_id: int | None
) -> None:
    """Move some contributors' answers to the pool above, or delete them where there is none."""
    ids = [row.id for row in rows if row.contributor in people]
    if parent_id is None:
        connection.execute(sa.delete(Pending).where(Pending.id.in_(ids)))
    else:
        connection.execute(sa.update(Pending).where(Pending.id.in_(ids)).values(pool_id=parent_id))


def rekey(
    connection: sa.Connection, epoch_id: int, next_epoch_id: int, names: Mapping[bytes, bytes | None]
) -> None:
    """Give what is held the next epoch's pseudonyms; an answer whose author is gone goes too (R6)."""
    held = sa.select(Pending.contributor).where(Pending.epoch_id == epoch_id).distinct()
    for old in connection.execute(held).scalars().all():
        mine = (Pending.epoch_id == epoch_id, Pending.contributor == old)
        new = names.get(old)
        if new is None:
            connection.execute(sa.delete(Pending).where(*mine))
        else:
            connection.execute(
                sa.update(Pending).where(*mine).values(epoch_id=next_epoch_id, contributor=new)
            )


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


def delete_shifts(connection: sa.Connection, epoch_id: int) -> None:
    """Delete the running shifts' state of an epoch (R18)."""
    connection.execute(sa.delete(ShiftState).where(ShiftState.epoch_id == epoch_id))


def delete_detail(connection: sa.Connection, epoch_id: int) -> None:
    """Delete the detail rows of an epoch, released or expired (R11)."""
    connection.execute(sa.delete(PendingDetail).where(PendingDetail.epoch_id == epoch_id))
    connection.execute(sa.delete(PendingSpillover).where(PendingSpillover.epoch_id == epoch_id))
