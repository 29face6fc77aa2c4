"""What happens on the floor, named by choice and apart from every answer."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import Moment, db


class CoverRequest(db.Model):
    """Somebody asked for cover by name; gone from the wall when taken or after the shift."""

    __tablename__ = "cover_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    until: Mapped[datetime] = mapped_column(Moment)
    taken: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()


class Notice(db.Model):
    """Something known for some hours or days, and the words to use about it."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="forwards"),
        sa.CheckConstraint("length(what) > 0", name="what"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(120))
    # Empty where the notice has none.
    words: Mapped[str] = mapped_column(sa.String(240))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)

    unit: Mapped[Unit] = relationship()
    audience: Mapped[list["Audience"]] = relationship(
        back_populates="notice", cascade="all, delete-orphan", order_by="Audience.id"
    )


class Audience(db.Model):
    """Somebody to tell about a notice, such as "customers of today's pick-ups", and when they were told."""

    __tablename__ = "audience"
    __table_args__ = (sa.CheckConstraint("length(whom) > 0", name="whom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id", ondelete="CASCADE"), index=True)
    whom: Mapped[str] = mapped_column(sa.String(80))
    told_at: Mapped[datetime | None] = mapped_column(Moment)

    notice: Mapped[Notice] = relationship(back_populates="audience")
