"""Who asked for an e-mail when new figures are released."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import db


class ReleaseMail(db.Model):
    """Somebody's wish for word of new figures; ``told_number`` is the last weekly tick they were told of."""

    __tablename__ = "release_mail"
    __table_args__ = (sa.CheckConstraint("told_number >= 0", name="told_number"),)

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    address: Mapped[str] = mapped_column(sa.String(254))
    told_number: Mapped[int]
