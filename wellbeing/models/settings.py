"""The site's own settings: one row."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, closed_set, db


class SiteKind(StrEnum):
    """Whether real people use this installation; only the others may move their clock."""

    REAL = "real"
    DEMO = "demo"
    TEST = "test"


class Settings(db.Model):
    """What this installation was set up with; a change binds future ticks only (R14)."""

    __tablename__ = "settings"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint("people_needed >= 5", name="people_needed"),
        sa.CheckConstraint("own_pool_from >= people_needed", name="own_pool_from"),
        sa.CheckConstraint("tick_days IN (7, 14)", name="tick_days"),
        sa.CheckConstraint("activation_days BETWEEN 14 AND 90", name="activation_days"),
        sa.CheckConstraint("checkup_months IN (1, 3)", name="checkup_months"),
        sa.CheckConstraint("kind <> 'real' OR clock_ahead_seconds = 0", name="real_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    kind: Mapped[SiteKind] = mapped_column(closed_set(SiteKind))
    time_zone: Mapped[str] = mapped_column(sa.String(64))
    language: Mapped[str] = mapped_column(sa.String(5), default="en")
    help_contact: Mapped[str] = mapped_column(sa.String(400))
    people_needed: Mapped[int] = mapped_column(sa.SmallInteger, default=5)
    own_pool_from: Mapped[int] = mapped_column(sa.SmallInteger, default=7)
    tick_days: Mapped[int] = mapped_column(sa.SmallInteger, default=7)
    # Days after which an account counts, from when it was made; those made before a change keep their day.
    activation_days: Mapped[int] = mapped_column(sa.SmallInteger, default=14, server_default="14")
    # The moment the admin confirmed the first import: the first epoch opens then, and nothing counts before.
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    # Whether a badge stands for tile and PIN together; otherwise it stands for the tile alone.
    badge_alone: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # Months between two check-ups: a quarter, or more often, never less.
    checkup_months: Mapped[int] = mapped_column(sa.SmallInteger, default=3, server_default="3")
    # Whether managers, HR and admins need a second factor, or a passkey, to sign in.
    second_factor: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # The day on which an admin said in the set-up that the shipped texts fit this site.
    texts_reviewed_on: Mapped[date | None]
    clock_ahead_seconds: Mapped[int] = mapped_column(sa.BigInteger, default=0)
