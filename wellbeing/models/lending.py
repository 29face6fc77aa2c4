"""People lent to another team: they record at its tablets, and count in their own team's pool (R10)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db


class Loan(db.Model):
    """Somebody who works with another team for a while, and has a tile at its tablets meanwhile."""

    __tablename__ = "loan"
    __table_args__ = (sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    # Empty: until somebody ends it.
    last_day: Mapped[date | None]

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()
