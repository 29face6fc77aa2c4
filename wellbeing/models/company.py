"""Sign-in through the company's identity provider (OpenID Connect): who is who, and a group's role."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Unit
from wellbeing.models.base import closed_set, db
from wellbeing.permissions import Role


class CompanyIdentity(db.Model):
    """Under which name the company's provider knows a person."""

    __tablename__ = "company_identity"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(sa.String(400))
    subject: Mapped[str] = mapped_column(sa.String(255))
    linked_on: Mapped[date]


class RoleMapping(db.Model):
    """A group of the provider, whose members hold a role over a unit for as long as they are in it."""

    __tablename__ = "role_mapping"
    __table_args__ = (sa.UniqueConstraint("group_name", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[Role] = mapped_column(closed_set(Role))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id", ondelete="CASCADE"))

    unit: Mapped[Unit] = relationship()
