"""What those who run the site did: kept by the database itself, and without names once somebody is erased."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, db


class AuditEntry(db.Model):
    """One act of an admin or a command; triggers refuse to change it, or to delete it within three years."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    # To the minute.
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    act: Mapped[str] = mapped_column(sa.String(40))
    # Who did it; empty for a command, and for somebody who was erased since.
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    by_command: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # Whom, and which unit, it was about.
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id", ondelete="SET NULL"))
    # Numbers, days, keys and names of units; never the name of a person, because it would outlive them.
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON(none_as_null=True))
