"""Who opened or exported what: by role and day, never by person (R17)."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import closed_set, db
from wellbeing.permissions import Role


class Act(StrEnum):
    """What a reader did with a unit's figures."""

    OPENED = "opened"
    MONDAY_SHEET = "monday_sheet"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    JSON = "json"
    EXTERNAL = "external"


class AccessEntry(db.Model):
    """A role did something with a unit's figures on a local day; once, however often it did."""

    __tablename__ = "access_entry"
    # Kept in the order of its key: a row's number would say who looked first.
    __table_args__ = ({"sqlite_with_rowid": False},)

    day: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(closed_set(Role), primary_key=True)
    act: Mapped[Act] = mapped_column(closed_set(Act), primary_key=True)
