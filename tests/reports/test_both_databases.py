"""Reports read the same figures on SQLite and on PostgreSQL, each through its own guarded door."""

import pytest

from tests.cast import NOW, assemble
from tests.conftest import SECRETS
from tests.reports.ledger import Released, held, release
from wellbeing.reports import board, exports, reading
from wellbeing.reports.exports import Selection


@pytest.fixture
def house(any_app):
    """The cast's units, with two weeks behind them, on either database."""
    with any_app.app_context():
        cast = assemble(SECRETS.pin_pepper)
        release({cast.units["Service counter"]: Released(12, "3.4", 5, 6)})
        held()
        yield cast.units


def test_a_units_page_reads_alike(house):
    with reading.session() as session:
        counter = board.board(session, house["Service counter"], 26, NOW)
        parts = board.board(session, house["Parts"], 26, NOW)

    assert [row.mood for row in counter.rows] == ["not shown", "3.4"]
    assert parts.source.name == "Harbour Motors"


def test_the_file_reads_alike(house):
    text = "".join(exports.pieces(reading.session, Selection(tuple(sorted(house.values())), 1, 2)))

    assert text.endswith("12 to 19,3.4,,5,6,7,5,7\r\n")
