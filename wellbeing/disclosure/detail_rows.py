"""The only reader of pending detail and spillover rows (R11, R12)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from wellbeing.disclosure.tabulate import digest_of
from wellbeing.models.detail_ledger import Question
from wellbeing.models.pending import Dimension, PendingDetail, PendingSpillover


@dataclass(frozen=True)
class Kept:
    """One row that waits for the next detail tick, and its author's pseudonym there."""

    id: bytes
    contributor: bytes


def reader(connection: sa.Connection, epoch_id: int, question: Question) -> Callable[[int], Sequence[sa.Row]]:
    """Return what finds the rows of one question in a pool; a pool in which none wait is not asked for."""
    table = PendingSpillover if question is Question.SPILLOVER else PendingDetail
    of_question = [table.epoch_id == epoch_id]
    if table is PendingDetail:
        of_question.append(PendingDetail.dimension == Dimension(question))
    waiting = set(connection.execute(sa.select(table.pool_id).where(*of_question).distinct()).scalars())
    rows = sa.select(table.__table__).where(*of_question)
    return lambda pool: connection.execute(rows.where(table.pool_id == pool)).all() if pool in waiting else ()


def fingerprint(connection: sa.Connection, epoch_id: int) -> bytes:
    """Return a digest of which rows wait in an epoch; it changes when one comes or goes."""
    return b"".join(
        digest_of(connection, sa.select(table.id).where(table.epoch_id == epoch_id).order_by(table.id))
        for table in (PendingDetail, PendingSpillover)
    )


def keep(
    connection: sa.Connection, next_epoch_id: int, pool_id: int, kept: Mapping[Question, Iterable[Kept]]
) -> None:
    """Let rows wait for one more tick, in the organisation's pool."""
    values = {"epoch_id": next_epoch_id, "pool_id": pool_id, "waited": True}
    for question, rows in kept.items():
        table = PendingSpillover if question is Question.SPILLOVER else PendingDetail
        statement = sa.update(table.__table__).where(table.id == sa.bindparam("row_id"))
        named = [{"row_id": row.id, "new_name": row.contributor} for row in rows]
        if named:
            connection.execute(statement.values(values | {"contributor": sa.bindparam("new_name")}), named)


def delete_epoch(connection: sa.Connection, epoch_id: int) -> None:
    """Delete the detail rows of an epoch, released or expired (R11)."""
    connection.execute(sa.delete(PendingDetail).where(PendingDetail.epoch_id == epoch_id))
    connection.execute(sa.delete(PendingSpillover).where(PendingSpillover.epoch_id == epoch_id))
