"""What a unit changed, in its own words: dated notes on the charts, apart from every answer."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Unit
from wellbeing.models.base import db


class Note(db.Model):
    """Something that a unit changed on a day, such as "Second person on Saturdays"; it names no author."""

    __tablename__ = "note"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "happened_on", "text"),
        sa.CheckConstraint("length(text) > 0", name="text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    happened_on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.String(80))

    unit: Mapped[Unit] = relationship()
