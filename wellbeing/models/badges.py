"""Personal badges: a number on a card, known here by its MAC alone."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import db


class Badge(db.Model):
    """The one badge of a person that works; deleting the row revokes it at once."""

    __tablename__ = "badge"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    made_on: Mapped[date]
