"""What a site changed in the lists of the counter: own entries, own words, entries no longer offered."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import closed_set, db


class ListName(StrEnum):
    """The lists that a site may change; severity is not one, because care depends on its three steps."""

    BEHAVIOUR = "behaviour"
    CAUSE = "cause"
    CHANNEL = "channel"
    AREA = "area"
    BREAK_KIND = "break_kind"


class ListEntry(db.Model):
    """One entry that a site made or changed; its key is never renamed or used again."""

    __tablename__ = "list_entry"
    __table_args__ = (sa.CheckConstraint("length(label) > 0", name="label"),)

    list_name: Mapped[ListName] = mapped_column(closed_set(ListName), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    # Empty: the product's own words, which are there in every language.
    label: Mapped[str | None] = mapped_column(sa.String(60))
    position: Mapped[int] = mapped_column(sa.SmallInteger)
    # The first day on which it is not offered any more; figures of earlier weeks still name it.
    retired_on: Mapped[date | None]
