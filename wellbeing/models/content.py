"""The site's own texts: what an admin wrote, changed, scheduled or took away; shipped texts are files."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, closed_set, db

Words = dict[str, dict[str, Any]]


class Origin(StrEnum):
    """Where words come from; what was edited on the site is never overwritten by a file."""

    SHIPPED = "shipped"
    FILE = "file"
    SITE = "site"


class ContentEntry(db.Model):
    """One text that a site made or changed; a shipped one without a row is as its file says."""

    __tablename__ = "content_entry"

    kind: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    # By language, and under "plain" what is the same in every language; empty: the shipped words.
    words: Mapped[Words | None] = mapped_column(sa.JSON(none_as_null=True))
    origin: Mapped[Origin] = mapped_column(closed_set(Origin))
    position: Mapped[int] = mapped_column(sa.SmallInteger)
    # The days on which it is shown, both included; empty: no such bound.
    shown_from: Mapped[date | None]
    shown_until: Mapped[date | None]
    offered: Mapped[bool] = mapped_column(default=True)


class ContentVersion(db.Model):
    """What an entry once said; it names no author."""

    __tablename__ = "content_version"
    __table_args__ = (
        sa.ForeignKeyConstraint(["kind", "key"], ["content_entry.kind", "content_entry.key"]),
        sa.Index("ix_content_version_kind_key", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(24))
    key: Mapped[str] = mapped_column(sa.String(60))
    words: Mapped[Words] = mapped_column(sa.JSON)
    origin: Mapped[Origin] = mapped_column(closed_set(Origin))
    saved_at: Mapped[datetime] = mapped_column(Moment)


class Upload(db.Model):
    """A clip or picture that an admin uploaded; the bytes lie in the instance folder under their digest."""

    __tablename__ = "upload"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    size: Mapped[int]
    added_on: Mapped[date]
