"""Changes that wait for a tick: people who move, units that merge, settings (R10, R14)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db


class TeamChange(db.Model):
    """Somebody's move to another unit; staff can read the log of them."""

    __tablename__ = "team_change"
    __table_args__ = (sa.CheckConstraint("from_unit_id <> to_unit_id", name="elsewhere"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    from_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    to_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    # The local day of the tick with which it takes effect.
    takes_effect_on: Mapped[date]
    done: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
    from_unit: Mapped[Unit] = relationship(foreign_keys=[from_unit_id])
    to_unit: Mapped[Unit] = relationship(foreign_keys=[to_unit_id])


class UnitMerge(db.Model):
    """A whole unit that becomes a closed child of a new one; its blocks stay its own."""

    __tablename__ = "unit_merge"
    __table_args__ = (sa.CheckConstraint("unit_id <> into_unit_id", name="elsewhere"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    into_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    takes_effect_on: Mapped[date]
    done: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    into_unit: Mapped[Unit] = relationship(foreign_keys=[into_unit_id])


class UnitClosing(db.Model):
    """A unit without people that closes at a tick; its blocks stay its own."""

    __tablename__ = "unit_closing"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True)
    takes_effect_on: Mapped[date]
    done: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    unit: Mapped[Unit] = relationship()


class SettingsChange(db.Model):
    """Settings that bind from a weekly epoch on; what loosens them is announced one tick ahead."""

    __tablename__ = "settings_change"
    __table_args__ = (
        sa.CheckConstraint("people_needed >= 5", name="people_needed"),
        sa.CheckConstraint("own_pool_from >= people_needed", name="own_pool_from"),
        sa.CheckConstraint("tick_days IN (7, 14)", name="tick_days"),
        sa.CheckConstraint("activation_days BETWEEN 14 AND 90", name="activation_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_number: Mapped[int] = mapped_column(unique=True)
    announced_on: Mapped[date]
    takes_effect_on: Mapped[date]
    people_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    own_pool_from: Mapped[int] = mapped_column(sa.SmallInteger)
    tick_days: Mapped[int] = mapped_column(sa.SmallInteger)
    activation_days: Mapped[int] = mapped_column(sa.SmallInteger, default=14, server_default="14")
