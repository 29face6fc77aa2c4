"""Answers that wait for the tick: no person, no clock time, no order (R2, R11, R12, R18, R19)."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, closed_set, db
from wellbeing.models.checkup import Reply


class Dimension(StrEnum):
    """The questions of the detail ledger; each has contributors of its own, so that none join."""

    SEVERITY = "severity"
    BEHAVIOUR = "behaviour"
    CAUSE = "cause"
    CHANNEL = "channel"
    AREA = "area"
    WEEKDAY = "weekday"
    DAY_PART = "day_part"


class Pending(db.Model):
    """One answer on its way to the weekly ledger."""

    __tablename__ = "pending"
    __table_args__ = (
        sa.CheckConstraint("mood BETWEEN 1 AND 5", name="mood"),
        sa.Index("ix_pending_epoch_id_pool_id", "epoch_id", "pool_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    epoch_id: Mapped[int] = mapped_column(sa.ForeignKey("epoch.id"))
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    contributor: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    mood: Mapped[int | None] = mapped_column(sa.SmallInteger)
    rough: Mapped[bool]
    break_taken: Mapped[bool]


class PendingDetail(db.Model):
    """One category of somebody's rough interactions, or that they took part (an empty one); once each."""

    __tablename__ = "pending_detail"
    __table_args__ = (
        # Who waits from the last four weeks may say the same again in these.
        sa.UniqueConstraint(
            "epoch_id", "contributor", "category", "pool_id", "waited", name="uq_pending_detail_once"
        ),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    epoch_id: Mapped[int] = mapped_column(sa.ForeignKey("epoch.id"))
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    dimension: Mapped[Dimension] = mapped_column(closed_set(Dimension))
    contributor: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    category: Mapped[str] = mapped_column(sa.String(40))
    # Whether it has waited one detail tick at the organisation; the next one deletes it.
    waited: Mapped[bool] = mapped_column(server_default=sa.false())


class PendingSpillover(db.Model):
    """One check-in as the spillover question sees it: after a rough one or not, a break between or not."""

    __tablename__ = "pending_spillover"
    __table_args__ = (
        sa.CheckConstraint("mood BETWEEN 1 AND 5", name="mood"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    epoch_id: Mapped[int] = mapped_column(sa.ForeignKey("epoch.id"))
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    contributor: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    mood: Mapped[int] = mapped_column(sa.SmallInteger)
    follows_rough: Mapped[bool]
    break_between: Mapped[bool]
    waited: Mapped[bool] = mapped_column(server_default=sa.false())


class PendingCheckup(db.Model):
    """Somebody's replies to one item of a quarter's check-up, under a name that joins to no other item's."""

    __tablename__ = "pending_checkup"
    __table_args__ = (
        sa.UniqueConstraint("quarter_id", "item", "contributor", name="uq_pending_checkup_once"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    quarter_id: Mapped[int] = mapped_column(sa.ForeignKey("checkup_quarter.id"))
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    contributor: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    item: Mapped[str] = mapped_column(sa.String(60))
    yes: Mapped[Reply | None] = mapped_column(closed_set(Reply, "reply_yes"))
    consistently: Mapped[Reply | None] = mapped_column(closed_set(Reply, "reply_consistently"))
    properly: Mapped[Reply | None] = mapped_column(closed_set(Reply, "reply_properly"))
    effective: Mapped[Reply | None] = mapped_column(closed_set(Reply, "reply_effective"))


class ShiftState(db.Model):
    """What a running shift needs to know, under a name that joins to no pending row (R18)."""

    __tablename__ = "shift_state"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    epoch_id: Mapped[int] = mapped_column(sa.ForeignKey("epoch.id"), index=True)
    rough_at: Mapped[datetime | None] = mapped_column(Moment)
    break_followed: Mapped[bool]
    touched_at: Mapped[datetime] = mapped_column(Moment)


class HeldPool(db.Model):
    """How many ticks in a row a pool had too few people."""

    __tablename__ = "held_pool"

    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    ticks: Mapped[int]


class Receipt(db.Model):
    """That an act with this client-made id was done, and in which week; nothing else (R19)."""

    __tablename__ = "receipt"
    __table_args__ = ({"sqlite_with_rowid": False},)

    client_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    week: Mapped[date]
