"""The time between two ticks, and where everybody's answers go while it lasts."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, closed_set, db


class LedgerKind(StrEnum):
    """The two ledgers: figures by the week, and the four-week detail."""

    WEEKLY = "weekly"
    DETAIL = "detail"


class Epoch(db.Model):
    """The time between two ticks of a ledger, with the key that names its contributors and its settings."""

    __tablename__ = "epoch"
    __table_args__ = (
        sa.UniqueConstraint("ledger", "number"),
        sa.CheckConstraint("opens_at < closes_at", name="forwards"),
        sa.CheckConstraint("people_needed >= 5", name="people_needed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[LedgerKind] = mapped_column(closed_set(LedgerKind))
    number: Mapped[int]
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    wrapped_key: Mapped[bytes | None] = mapped_column(sa.LargeBinary(40))
    people_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    own_pool_from: Mapped[int] = mapped_column(sa.SmallInteger)
    tick_days: Mapped[int] = mapped_column(sa.SmallInteger)


class Place(db.Model):
    """The pool that a person's answers go to for one whole epoch; no row: they go nowhere."""

    __tablename__ = "place"

    epoch_id: Mapped[int] = mapped_column(sa.ForeignKey("epoch.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))


class FigureAbove(db.Model):
    """Whose figure a unit without a pool of its own is shown, decided when a weekly epoch opens.

    Its viewers are kept out of that figure from the tick ``from_number`` on, so they are shown none before.
    """

    __tablename__ = "figure_above"
    __table_args__ = (sa.CheckConstraint("unit_id <> source_id", name="elsewhere"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    from_number: Mapped[int]
