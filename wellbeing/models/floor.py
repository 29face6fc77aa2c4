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
