"""Units, the people in them, their roles, sign-ins, one-time codes and tablets."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.base import Moment, closed_set, db
from wellbeing.permissions import Role


class Level(StrEnum):
    """How high a unit stands in the tree."""

    ORGANISATION = "organisation"
    SITE = "site"
    TEAM = "team"


class Unit(db.Model):
    """A node of the tree organisation > site > team."""

    __tablename__ = "unit"
    __table_args__ = (
        sa.UniqueConstraint("parent_id", "name"),
        sa.CheckConstraint("(parent_id IS NULL) = (level = 'organisation')", name="root"),
        sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        sa.Index(
            "ix_unit_one_organisation",
            "level",
            unique=True,
            sqlite_where=sa.text("level = 'organisation'"),
            postgresql_where=sa.text("level = 'organisation'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    level: Mapped[Level] = mapped_column(closed_set(Level))
    name: Mapped[str] = mapped_column(sa.String(80))
    # The day from which a merged unit has no people any more; its blocks stay.
    closed_on: Mapped[date | None]

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list["Unit"]] = relationship(back_populates="parent", order_by="Unit.name")


class Person(db.Model):
    """Somebody who works here; nothing in this row says how they feel."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint("(pin_mac IS NULL) = (pin_length IS NULL)", name="pin_whole"),
        sa.CheckConstraint("pin_length BETWEEN 4 AND 6", name="pin_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None] = mapped_column(sa.String(5))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # The first day on which a tick may place this person in a pool; empty until an admin has confirmed them.
    counts_from: Mapped[date | None]
    login: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    pin_mac: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    pin_length: Mapped[int | None] = mapped_column(sa.SmallInteger)

    unit: Mapped[Unit] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person", cascade="all, delete-orphan")


class RoleGrant(db.Model):
    """A role that a person holds over a unit and everything below it."""

    __tablename__ = "role_grant"
    __table_args__ = (sa.UniqueConstraint("person_id", "unit_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    role: Mapped[Role] = mapped_column(closed_set(Role))
    # Held through a group of the company's identity provider, and gone with it.
    by_company: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    person: Mapped[Person] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship()


class SignInMethod(StrEnum):
    """How somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 -- the name of a method, not a secret
    PASSKEY = "passkey"
    COMPANY = "company"


class SignIn(db.Model):
    """A signed-in browser; deleting the row signs it out at once."""

    __tablename__ = "sign_in"

    token_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    method: Mapped[SignInMethod] = mapped_column(
        closed_set(SignInMethod), default=SignInMethod.PASSWORD, server_default=SignInMethod.PASSWORD
    )
    # False while a second factor is still asked for: such a browser is let in nowhere.
    complete: Mapped[bool] = mapped_column(default=True, server_default=sa.true())

    person: Mapped[Person] = relationship()


class PasswordFailure(db.Model):
    """A wrong password; the login is kept only as a MAC, so that typing errors name nobody."""

    __tablename__ = "password_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    login_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Tablet(db.Model):
    """A shared tablet, enrolled once for one team; it speaks with its token alone."""

    __tablename__ = "tablet"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    token_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    enrolled_on: Mapped[date]
    revoked_on: Mapped[date | None]
    # The last day on which it asked for the counter screen, and whether it then had entries left to send.
    seen_on: Mapped[date | None]
    waiting: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    unit: Mapped[Unit] = relationship()


class PinFailure(db.Model):
    """A wrong PIN for one person at one tablet; right ones leave no trace."""

    __tablename__ = "pin_failure"
    __table_args__ = (sa.Index("ix_pin_failure_person_id_tablet_id", "person_id", "tablet_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    tablet_id: Mapped[int] = mapped_column(sa.ForeignKey("tablet.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment)


class CodePurpose(StrEnum):
    """What a one-time code opens."""

    PIN = "pin"
    PASSWORD = "password"  # noqa: S105 -- the name of a purpose, not a secret
    TABLET = "tablet"


class OneTimeCode(db.Model):
    """A code that works once: to choose a PIN or a password, or to enrol a tablet."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        sa.CheckConstraint("(purpose = 'tablet') = (unit_id IS NOT NULL)", name="unit"),
        sa.CheckConstraint("(purpose = 'tablet') = (person_id IS NULL)", name="person"),
    )

    code_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    purpose: Mapped[CodePurpose] = mapped_column(closed_set(CodePurpose))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    expires_at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
