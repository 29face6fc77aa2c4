"""What watches the site itself: when its regular work was last done, and of what somebody has been told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, db


class RegularWork(db.Model):
    """When a piece of regular work, such as a backup, was last done whole."""

    __tablename__ = "regular_work"

    name: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(Moment)


class Alert(db.Model):
    """Something that is late or wrong; the row goes when it is well again."""

    __tablename__ = "alert"

    name: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    # Empty until a letter or a webhook has gone out.
    told_at: Mapped[datetime | None] = mapped_column(Moment)
