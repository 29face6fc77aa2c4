"""The quarterly check-up: how customers are treated, asked by item, released in words alone."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Unit
from wellbeing.models.base import Moment, closed_set, db
from wellbeing.models.detail_ledger import ShareWord


class Aspect(StrEnum):
    """What is asked of an item; the headline and areas have one question alone."""

    YES = "yes"
    CONSISTENTLY = "consistently"
    PROPERLY = "properly"
    EFFECTIVE = "effective"


class Reply(StrEnum):
    """What somebody can say to a question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Quarter(db.Model):
    """One check-up, open from one day to another."""

    __tablename__ = "checkup_quarter"
    __table_args__ = (sa.CheckConstraint("closes_at > opens_at", name="forwards"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opens_at: Mapped[datetime] = mapped_column(Moment, unique=True)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    people_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    # The items as they were worded when it opened: what is answered, and later read, is what was asked.
    asked: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    released_on: Mapped[date | None]


class QuarterKey(db.Model):
    """The wrapped key that makes the pseudonyms of a quarter; the row goes with the quarter's release."""

    __tablename__ = "checkup_key"

    quarter_id: Mapped[int] = mapped_column(
        sa.ForeignKey("checkup_quarter.id"), primary_key=True, autoincrement=False
    )
    wrapped_key: Mapped[bytes] = mapped_column(sa.LargeBinary(64))


class QuarterPlace(db.Model):
    """The unit to whose pool a person's replies go in a quarter, as it was when the quarter opened."""

    __tablename__ = "checkup_place"

    quarter_id: Mapped[int] = mapped_column(sa.ForeignKey("checkup_quarter.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))


class CheckupBlock(db.Model):
    """One released word: how many of a unit's people said yes to one question of one item."""

    __tablename__ = "checkup_block"
    __table_args__ = (
        sa.UniqueConstraint("quarter_id", "unit_id", "item", "aspect"),
        sa.CheckConstraint("people_needed >= 5", name="people_needed"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quarter_id: Mapped[int] = mapped_column(sa.ForeignKey("checkup_quarter.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    item: Mapped[str] = mapped_column(sa.String(60))
    aspect: Mapped[Aspect] = mapped_column(closed_set(Aspect))
    word: Mapped[ShareWord] = mapped_column(closed_set(ShareWord))
    people_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    rules_version: Mapped[int] = mapped_column(sa.SmallInteger)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)

    quarter: Mapped[Quarter] = relationship()
    unit: Mapped[Unit] = relationship()


class CustomersAsked(db.Model):
    """How many customers a unit asked for first-hand feedback on a day, and how many said they came first."""

    __tablename__ = "customers_asked"
    __table_args__ = (
        sa.CheckConstraint("asked BETWEEN 1 AND 9999", name="asked"),
        sa.CheckConstraint("content BETWEEN 0 AND asked", name="content"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    asked_on: Mapped[date]
    asked: Mapped[int] = mapped_column(sa.SmallInteger)
    content: Mapped[int] = mapped_column(sa.SmallInteger)


class MysteryInquiry(db.Model):
    """An inquiry that we sent to ourselves from a private address, and the first answer of a human being."""

    __tablename__ = "mystery_inquiry"
    __table_args__ = (sa.CheckConstraint("answered_at IS NULL OR answered_at >= sent_at", name="forwards"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    channel: Mapped[str] = mapped_column(sa.String(40))
    sent_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    # Whether a machine had answered before; that does not count as an answer.
    machine_first: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship()
