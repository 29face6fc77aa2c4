"""Rows as JSON: what goes out comes back; what fits no table is named by its column, never by its value."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from wellbeing import portable, tables
from wellbeing.models.base import Moment, Tenths, closed_set
from wellbeing.models.epochs import LedgerKind
from wellbeing.portable import NoSuchRow

TABLE = sa.Table(
    "sample",
    sa.MetaData(),
    sa.Column("name", sa.String(80)),
    sa.Column("count", sa.SmallInteger),
    sa.Column("done", sa.Boolean),
    sa.Column("key", sa.LargeBinary(4)),
    sa.Column("day", sa.Date),
    sa.Column("at", Moment),
    sa.Column("mood", Tenths),
    sa.Column("ledger", closed_set(LedgerKind)),
    sa.Column("word", sa.Enum("few", "most", name="word")),
)
ROW = {
    "name": "Sol Vale ñ 日",
    "count": -3,
    "done": False,
    "key": b"\x00\xff\x01\x02",
    "day": date(2026, 3, 4),
    "at": datetime(2026, 3, 4, 11, 30, 0, 123456, tzinfo=UTC),
    "mood": Decimal("3.4"),
    "ledger": LedgerKind.DETAIL,
    "word": "few",
}


@pytest.mark.parametrize("row", [ROW, dict.fromkeys(ROW)])
def test_what_goes_out_comes_back(row: dict):
    again = portable.read(TABLE, json.loads(json.dumps(portable.told(row))))

    assert again == row
    assert {name: type(value) for name, value in again.items()} == {
        name: type(value) for name, value in row.items()
    }


def test_every_column_of_ours_can_be_read():
    kinds = [column.type for table in tables.known() for column in table.columns]

    assert len(kinds) > 100
    assert all(portable._reader(kind) for kind in kinds)


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("name", 7),
        ("name", ["Sol"]),
        ("count", "3"),
        ("count", True),
        ("count", 2.5),
        ("count", 2**63),
        ("done", 1),
        ("key", "xyz"),
        ("day", "the fourth"),
        ("at", 12),
        ("mood", "high"),
        ("mood", 3.4),
        ("ledger", "daily"),
    ],
)
def test_a_value_of_another_kind_is_refused_without_being_told(column: str, wrong: object):
    plain = portable.told(ROW) | {column: wrong}

    with pytest.raises(NoSuchRow) as refused:
        portable.read(TABLE, plain)

    assert str(refused.value) == f"A row of sample has no sensible {column}."


@pytest.mark.parametrize("change", [{"extra": 1}, None])
def test_a_row_with_other_columns_is_refused(change: dict | None):
    plain = portable.told(ROW)
    plain = plain | change if change else {name: plain[name] for name in plain if name != "name"}

    with pytest.raises(NoSuchRow, match="has other columns"):
        portable.read(TABLE, plain)
