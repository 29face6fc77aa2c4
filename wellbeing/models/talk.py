"""What people say to each other by choice: good moments, ideas, a pledge; none of it is an answer."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import closed_set, db


class GoodMoment(db.Model):
    """Something that went well with a customer; it has a name only if its author signed it."""

    __tablename__ = "good_moment"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(240))
    written_on: Mapped[date]
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))

    unit: Mapped[Unit] = relationship()
    author: Mapped[Person | None] = relationship()


class IdeaState(StrEnum):
    """Where an idea stands."""

    NEW = "new"
    TRYING = "trying"
    DONE = "done"
    NOT_NOW = "not_now"


class Idea(db.Model):
    """What could be changed; it has a name only if its author signed it."""

    __tablename__ = "idea"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(240))
    written_on: Mapped[date]
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    state: Mapped[IdeaState] = mapped_column(closed_set(IdeaState), default=IdeaState.NEW)
    # What the team says to it; empty: nothing yet.
    reply: Mapped[str] = mapped_column(sa.String(240), default="")

    unit: Mapped[Unit] = relationship()
    author: Mapped[Person | None] = relationship()


class Pledge(db.Model):
    """What a team chose to do for its customers; the newest of a unit stands."""

    __tablename__ = "pledge"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(240))
    made_on: Mapped[date]

    unit: Mapped[Unit] = relationship()
    signatures: Mapped[list["Signature"]] = relationship(
        cascade="all, delete-orphan", order_by="Signature.person_id"
    )


class Signature(db.Model):
    """Somebody's name under a pledge, by choice."""

    __tablename__ = "pledge_signature"

    pledge_id: Mapped[int] = mapped_column(
        sa.ForeignKey("pledge.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    person: Mapped[Person] = relationship()
