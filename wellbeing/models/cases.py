"""Customers' open cases: named, operational, and apart from every answer."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import Moment, closed_set, db


class Reading(StrEnum):
    """How a threat is read; good faith is where everybody starts."""

    GOOD_FAITH = "good_faith"
    ILL_WILL = "ill_will"


class Outcome(StrEnum):
    """What became of the customer."""

    STAYED = "stayed"
    LEFT = "left"
    UNKNOWN = "unknown"


_OPEN = "closed_at IS NULL"


def _partial(name: str, where: str, *columns: str) -> sa.Index:
    """Return an index of a part of the cases, in the order in which a list shows them."""
    part = sa.text(where)
    return sa.Index(f"ix_customer_case_{name}", *columns, sqlite_where=part, postgresql_where=part)


def _as_it_came(row: Any) -> datetime:
    moment: datetime = row.get_current_parameters()["came_at"]
    return moment


class Case(db.Model):
    """What one customer brought to us, through any channel, until it is made right; it names no customer."""

    __tablename__ = "customer_case"
    __table_args__ = (
        sa.CheckConstraint("length(what) > 0", name="what"),
        sa.CheckConstraint("chance BETWEEN 1 AND 9", name="chance"),
        sa.CheckConstraint("(closed_at IS NULL) = (felt_better IS NULL)", name="shoes"),
        sa.CheckConstraint("(closed_at IS NULL) = (mattered IS NULL)", name="mattered"),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_outcome"),
        sa.CheckConstraint("first_attention_at IS NULL OR first_attention_at >= came_at", name="attention"),
        sa.Index("ix_customer_case_unit_id_came_at_cause", "unit_id", "came_at", "cause"),
        sa.Index("ix_customer_case_unit_id_id", "unit_id", "id"),
        _partial("open", _OPEN, "overdue_from", "id"),
        _partial("open_unit", _OPEN, "unit_id", "overdue_from", "id"),
        _partial("open_channel", _OPEN, "channel", "overdue_from", "id"),
        _partial("open_owner", _OPEN, "owner_id", "overdue_from", "id"),
        _partial("closed", "closed_at IS NOT NULL", "closed_at", "id"),
        _partial("closed_unit", "closed_at IS NOT NULL", "unit_id", "closed_at", "id"),
        _partial("recontact", "recontact_on IS NOT NULL", "recontact_on", "id"),
        _partial("recontact_unit", "recontact_on IS NOT NULL", "unit_id", "recontact_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Drawn with the page that it was written on: a form that is sent twice makes one case.
    form: Mapped[str] = mapped_column(sa.String(32), unique=True, default=lambda: uuid4().hex)
    # Counts the changes, so that whoever changes what somebody else has just changed is told.
    version: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    # When the customer turned to us, which can be before somebody wrote it down.
    came_at: Mapped[datetime] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(sa.String(40))
    area: Mapped[str | None] = mapped_column(sa.String(40))
    cause: Mapped[str | None] = mapped_column(sa.String(40))
    order_number: Mapped[str] = mapped_column(sa.String(40), default="")
    what: Mapped[str] = mapped_column(sa.String(400))
    # The channel by which the customer had tried before without success; empty: not that we know.
    tried_before: Mapped[str | None] = mapped_column(sa.String(40))
    threatened: Mapped[bool] = mapped_column(default=False)
    reading: Mapped[Reading] = mapped_column(closed_set(Reading), default=Reading.GOOD_FAITH)
    # Whether we turned to the customer before the customer turned to us.
    proactive: Mapped[bool] = mapped_column(default=False)
    promised: Mapped[str] = mapped_column(sa.String(240), default="")
    next_step: Mapped[str] = mapped_column(sa.String(160), default="")
    due_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    first_attention_at: Mapped[datetime | None] = mapped_column(Moment)
    chance: Mapped[int] = mapped_column(sa.SmallInteger, default=1)
    recontact_on: Mapped[date | None]
    # When it was written down, or opened again.
    open_since: Mapped[datetime] = mapped_column(Moment, default=_as_it_came)
    # When the first of its overdue flags rises, or rose; worked out anew with every change.
    overdue_from: Mapped[datetime] = mapped_column(Moment, default=_as_it_came)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    # The shoes test: would I feel better with the solution that we offer?
    felt_better: Mapped[bool | None]
    mattered: Mapped[bool | None]
    outcome: Mapped[Outcome | None] = mapped_column(closed_set(Outcome))
    # What keeps it from happening again.
    prevention: Mapped[str] = mapped_column(sa.String(240), default="")

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Person | None] = relationship()
    notes: Mapped[list["CaseNote"]] = relationship(
        cascade="all, delete-orphan", order_by="CaseNote.id", back_populates="case"
    )


class CaseNote(db.Model):
    """A line in a case, with who wrote it."""

    __tablename__ = "case_note"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("customer_case.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    written_at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(sa.String(400))

    case: Mapped[Case] = relationship(back_populates="notes")
    person: Mapped[Person | None] = relationship()


class CaseWord(db.Model):
    """A word of a case, so that one is found as quickly among 50,000 as among 50."""

    __tablename__ = "case_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    # In the order of its bytes, so that the words with one beginning stand together in every database.
    word: Mapped[str] = mapped_column(
        sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(
        sa.ForeignKey("customer_case.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
