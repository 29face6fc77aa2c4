"""The second factor of a sign-in: an authenticator app's secret, and spare codes for the day it is lost."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import db


class Authenticator(db.Model):
    """Somebody's authenticator app (TOTP, RFC 6238); its secret is wrapped by a key outside the database."""

    __tablename__ = "authenticator"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    wrapped_secret: Mapped[bytes] = mapped_column(sa.LargeBinary(100))
    # The day its first code was typed: before that nothing is kept here, and nothing asked for.
    confirmed_on: Mapped[date]
    # The step of the newest code that was taken: no code works twice.
    last_step: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")


class SpareCode(db.Model):
    """A code that stands in for the authenticator app, once."""

    __tablename__ = "spare_code"

    code_mac: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
