"""Rows as plain JSON, the same from either database, and back with every value's kind checked."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

import sqlalchemy as sa

from wellbeing.models.base import Moment, Tenths

Plain = str | int | dict[str, Any] | None
LARGEST_NUMBER = 2**63


class NoSuchRow(Exception):
    """A row does not fit its table; the text names the table and the column, and no value."""


def told(row: Mapping[str, object]) -> dict[str, Plain]:
    """Return a row as JSON can hold it."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Plain:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):  # Moments too.
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    return str(value) if isinstance(value, Decimal) else value


def read(table: sa.Table, row: Mapping[str, object]) -> dict[str, Any]:
    """Return a row with the values that its table takes; raise NoSuchRow."""
    columns = {column.key: column for column in table.columns}
    if set(row) != set(columns):
        raise NoSuchRow(f"A row of {table.name} has other columns than this version of Second Wind.")
    return {name: _value(column, row[name]) for name, column in columns.items()}


def _value(column: sa.Column[Any], plain: object) -> object:
    if plain is None:
        return None
    kind, reader = _reader(column.type)
    try:
        if type(plain) is not kind:
            raise TypeError
        return reader(plain)
    except (ValueError, TypeError, InvalidOperation):
        raise NoSuchRow(f"A row of {column.table.name} has no sensible {column.key}.") from None


def _reader(type_: sa.types.TypeEngine[Any]) -> tuple[type, Callable[[Any], object]]:
    """Return as what JSON holds a column's values, and how one of them is read."""
    if isinstance(type_, sa.Enum):
        return str, type_.enum_class or str
    return next(found for kind, found in READERS if isinstance(type_, kind))


def _number(value: int) -> int:
    if abs(value) >= LARGEST_NUMBER:
        raise ValueError
    return value


READERS: tuple[tuple[type, tuple[type, Callable[[Any], object]]], ...] = (
    (Moment, (str, datetime.fromisoformat)),
    (Tenths, (str, Decimal)),
    (sa.LargeBinary, (str, bytes.fromhex)),
    (sa.Date, (str, date.fromisoformat)),
    (sa.Boolean, (bool, bool)),
    (sa.Integer, (int, _number)),
    (sa.JSON, (dict, dict)),
    (sa.String, (str, str)),
)
