"""The ledger: released blocks, append-only and hash-chained. The database refuses to change or drop a row."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Unit
from wellbeing.models.base import Tenths, closed_set, db
from wellbeing.models.epochs import LedgerKind


class MoodWord(StrEnum):
    """A mood shown in words, where a figure could point at a person."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class CountWord(StrEnum):
    """A count shown in words, where a figure could point at a person."""

    FEW = "few"
    MOST = "most"


class Tick(db.Model):
    """A fixed moment at which a ledger's pools were released or held; unique, so none runs twice."""

    __tablename__ = "tick"
    __table_args__ = (sa.UniqueConstraint("ledger", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[LedgerKind] = mapped_column(closed_set(LedgerKind))
    number: Mapped[int]
    opened_on: Mapped[date]
    closed_on: Mapped[date]


class Block(db.Model):
    """One released pool: all that anybody but their authors may ever know of these answers."""

    __tablename__ = "block"
    __table_args__ = (
        sa.UniqueConstraint("tick_id", "unit_id"),
        sa.Index("ix_block_unit_id_position", "unit_id", "position"),
        sa.CheckConstraint("people_floor IN (5, 8, 12, 20, 40)", name="people_floor"),
        sa.CheckConstraint("(mood_word IS NOT NULL) = (people_floor = 5)", name="words_below_eight"),
        sa.CheckConstraint("(mood IS NULL) = (people_floor = 5)", name="figure_from_eight"),
        sa.CheckConstraint("mood BETWEEN 10 AND 50", name="mood"),
        sa.CheckConstraint("(rough_count IS NULL) <> (rough_word IS NULL)", name="rough"),
        sa.CheckConstraint("(break_count IS NULL) <> (break_word IS NULL)", name="break"),
        sa.CheckConstraint("rough_count > 2 AND break_count > 2", name="counts_above_two"),
        sa.CheckConstraint("people_needed >= 5", name="people_needed"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tick_id: Mapped[int] = mapped_column(sa.ForeignKey("tick.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    people_floor: Mapped[int] = mapped_column(sa.SmallInteger)
    mood: Mapped[Decimal | None] = mapped_column(Tenths)
    mood_word: Mapped[MoodWord | None] = mapped_column(closed_set(MoodWord))
    rough_count: Mapped[int | None]
    rough_word: Mapped[CountWord | None] = mapped_column(closed_set(CountWord, "rough_word"))
    break_count: Mapped[int | None]
    break_word: Mapped[CountWord | None] = mapped_column(closed_set(CountWord, "break_word"))
    people_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    own_pool_from: Mapped[int] = mapped_column(sa.SmallInteger)
    tick_days: Mapped[int] = mapped_column(sa.SmallInteger)
    rules_version: Mapped[int] = mapped_column(sa.SmallInteger)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)

    tick: Mapped[Tick] = relationship()
    unit: Mapped[Unit] = relationship()


class NoisyBlock(db.Model):
    """The same block with noise, drawn once at release; only the external export may read it (R13)."""

    __tablename__ = "noisy_block"

    position: Mapped[int] = mapped_column(
        sa.ForeignKey("block.position"), primary_key=True, autoincrement=False
    )
    people: Mapped[int]
    mood_sum: Mapped[int]
    rough: Mapped[int]
    breaks: Mapped[int]
