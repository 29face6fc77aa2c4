"""The declarative base and the column types that both databases share."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the product."""

    metadata = sa.MetaData(naming_convention=NAMING)


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite, which has no zones, keeps it without one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a moment without a zone: guessing one would move answers between weeks."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Tenths(sa.types.TypeDecorator[Decimal]):
    """A decimal in exact tenths, kept as a whole number: SQLite has no decimals of its own."""

    impl = sa.SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        """Return the number of tenths."""
        return None if value is None else int(value * 10)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        """Return the decimal with one place."""
        return None if value is None else Decimal(value) / 10


def closed_set(members: type[StrEnum], name: str = "") -> sa.Enum:
    """Return a text column type that accepts the values of ``members`` and nothing else.

    ``name`` tells the checks apart where a table has two columns of one set.
    """
    return sa.Enum(
        members,
        values_callable=lambda found: [member.value for member in found],
        native_enum=False,
        create_constraint=True,
        length=24,
        name=name or members.__name__.lower(),
    )


db = SQLAlchemy(model_class=Base)
