"""The keys to which tablets seal what they cannot send at once (R8)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, db


class TabletKey(db.Model):
    """A P-256 key pair; its private half is wrapped by the server key, which lives elsewhere (R15)."""

    __tablename__ = "tablet_key"
    __table_args__ = (sa.CheckConstraint("length(public_key) = 65", name="public_key"),)

    # Random, so that a key made after a restore is never taken for one that was lost with the old database.
    name: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(65))
    wrapped_key: Mapped[bytes] = mapped_column(sa.LargeBinary(400))
    made_at: Mapped[datetime] = mapped_column(Moment)
