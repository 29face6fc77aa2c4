"""Asking for help by name: requests to be contacted, incident reports, and who was appointed to read them."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import Moment, closed_set, db


class ReaderOf(StrEnum):
    """What somebody was appointed to read."""

    CONTACT = "contact"
    INCIDENT = "incident"


class Reader(db.Model):
    """Somebody whom an admin appointed, named on the form before anything is sent."""

    __tablename__ = "appointed_reader"

    subject: Mapped[ReaderOf] = mapped_column(closed_set(ReaderOf), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    person: Mapped[Person] = relationship()


class ContactRequest(db.Model):
    """Somebody asked to be contacted; what they did not tick is not here."""

    __tablename__ = "contact_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Who may see that it was answered, and take it back; what the readers see is below.
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80), default="")
    team: Mapped[str] = mapped_column(sa.String(80), default="")
    reach: Mapped[str] = mapped_column(sa.String(120), default="")
    words: Mapped[str] = mapped_column(sa.String(240), default="")
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]


class IncidentReport(db.Model):
    """What happened, told and sent by the person it happened to; named, and apart from every answer."""

    __tablename__ = "incident_report"
    __table_args__ = (sa.CheckConstraint("length(what) > 0", name="what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    happened_on: Mapped[date]
    about_when: Mapped[str] = mapped_column(sa.String(40), default="")
    whereabouts: Mapped[str] = mapped_column(sa.String(80), default="")
    what: Mapped[str] = mapped_column(sa.String(2000))
    # Keys of kinds of violence, joined by spaces: shouting, insult, threat, physical, remark, online.
    kinds: Mapped[str] = mapped_column(sa.String(120), default="")
    hurt: Mapped[str] = mapped_column(sa.String(400), default="")
    witnesses: Mapped[str] = mapped_column(sa.String(240), default="")
    wish: Mapped[str] = mapped_column(sa.String(400), default="")
    sent_at: Mapped[datetime] = mapped_column(Moment)
    read_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship()
