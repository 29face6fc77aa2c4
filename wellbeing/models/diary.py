"""A diary that only its owner can read, the ways to open it, and the phones that write to it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, db


class DiaryKey(db.Model):
    """Whose diary is sealed to which key; its private half stands here wrapped by what its owner knows."""

    __tablename__ = "diary_key"
    __table_args__ = (
        sa.CheckConstraint("length(public_key) = 32", name="public_key"),
        sa.CheckConstraint("kept_days BETWEEN 30 AND 1830", name="kept_days"),
        sa.CheckConstraint("note_days BETWEEN 1 AND 1830", name="note_days"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    # Empty after a password was chosen with a one-time code: the diary then waits for its recovery code.
    by_password: Mapped[bytes | None] = mapped_column(sa.LargeBinary(200))
    by_recovery: Mapped[bytes] = mapped_column(sa.LargeBinary(200))
    # Which version of the words on the screen its owner agreed to.
    agreed_version: Mapped[int] = mapped_column(sa.SmallInteger)
    paused: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    kept_days: Mapped[int] = mapped_column(sa.SmallInteger, default=180, server_default="180")
    note_days: Mapped[int] = mapped_column(sa.SmallInteger, default=30, server_default="30")


class DiaryEntry(db.Model):
    """One sealed entry, or an empty one: nothing can be told of it but its owner's pseudonym and a month.

    There is no foreign key to the person: PostgreSQL would lock that row, and so leave the number of the
    transaction there in which the same act's answer was written.
    """

    __tablename__ = "diary_entry"
    __table_args__ = (
        sa.Index("ix_diary_entry_owner", "owner"),
        sa.Index("ix_diary_entry_expires", "expires"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    owner: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    # The first day of the month at whose end it is deleted.
    expires: Mapped[date]


class DiaryOpened(db.Model):
    """A diary that is open in one browser: its key, wrapped by a secret that only the cookie holds."""

    __tablename__ = "diary_opened"

    token_mac: Mapped[bytes] = mapped_column(
        sa.ForeignKey("sign_in.token_mac", ondelete="CASCADE"), primary_key=True
    )
    wrapped_key: Mapped[bytes] = mapped_column(sa.LargeBinary(200))
    until: Mapped[datetime] = mapped_column(Moment)


class Passkey(db.Model):
    """A passkey to sign in with; where the browser can, it wraps the diary's key as well."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    # The diary's key, wrapped by the secret that the passkey gives to this site alone (the PRF extension).
    by_passkey: Mapped[bytes | None] = mapped_column(sa.LargeBinary(200))
    made_on: Mapped[date]


class PasskeyChallenge(db.Model):
    """A challenge that waits for one answer of a passkey, for some minutes."""

    __tablename__ = "passkey_challenge"

    challenge: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class Phone(db.Model):
    """Somebody's own phone: its token records for them, and reads nothing of theirs."""

    __tablename__ = "phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    token_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    set_up_on: Mapped[date]
