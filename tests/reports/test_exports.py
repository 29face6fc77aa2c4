"""The file that HR takes away: whole blocks, their rules, the same bytes for ever, and nothing that runs."""

import csv
import io
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest

from tests.reports.ledger import Released, release, three_weeks
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.reports import exports, reading
from wellbeing.reports.exports import Selection


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app, with three weeks released."""
    with app.app_context():
        three_weeks(site.units)
        yield site.units


def text_of(house, first=1, last=3):
    return "".join(exports.pieces(reading.session, Selection(tuple(sorted(house.values())), first, last)))


def blocks_in(text):
    lines = [line for line in text.lstrip("\ufeff").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def test_each_line_is_one_whole_block(house):
    first, second, third = blocks_in(text_of(house))

    assert first == {
        "unit": "Harbour Motors > Northgate > Service counter",
        "tick": "1",
        "week_from": "2026-03-02",
        "week_to": "2026-03-08",
        "people": "12 to 19",
        "mood": "3.4",
        "mood_word": "",
        "rough": "5",
        "breaks": "few",
        "tick_days": "7",
        "people_needed": "5",
        "own_pool_from": "7",
    }
    assert (second["people"], second["mood"], second["mood_word"]) == ("5 to 7", "", "low")
    assert (third["people"], third["rough"], third["tick"]) == ("40 or more", "most", "3")


def test_a_period_takes_whole_ticks(house):
    assert [block["tick"] for block in blocks_in(text_of(house, 2, 3))] == ["3"]


def test_only_chosen_units_are_in_the_file(house):
    text = "".join(exports.pieces(reading.session, Selection((house["Showroom"],), 1, 3)))

    assert {block["unit"] for block in blocks_in(text)} == {"Harbour Motors > Northgate > Showroom"}


def test_the_rules_stand_above_the_blocks(house):
    comments = [line for line in text_of(house).lstrip("\ufeff").splitlines() if line.startswith("#")]
    told = "\n".join(comments)

    assert "k = 5 people every 7 days" in told
    assert "own figures from 7 people" in told
    for rule in ("held", "in words only", "few: at most two", "Rules version 1", "format version 1"):
        assert rule in told
    assert not any("," in line or '"' in line for line in comments)


def test_the_same_request_gives_the_same_bytes_whatever_happens_later(house):
    before = text_of(house)

    release({house["Service counter"]: Released(8, "2.0")})
    settings = db.session.get(Settings, 1)
    settings.people_needed, settings.own_pool_from = 6, 9
    db.session.commit()

    assert text_of(house) == before


def test_a_spreadsheet_is_told_that_it_is_utf_8(house):
    assert text_of(house).startswith("\ufeff# ")


def test_a_long_file_comes_in_pieces_that_are_the_same_together(house, monkeypatch):
    whole = text_of(house)
    monkeypatch.setattr(exports, "BLOCKS_AT_ONCE", 1)

    pieces = list(exports.pieces(reading.session, Selection(tuple(sorted(house.values())), 1, 3)))

    assert len(pieces) == 3
    assert all(pieces)
    assert "".join(pieces) == whole


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"])
def test_no_cell_runs_in_a_spreadsheet(sign):
    assert exports.guarded(f"{sign}cmd|calc") == f"'{sign}cmd|calc"


def test_an_ordinary_cell_stays_as_it_is():
    assert exports.guarded("5 to 7") == "5 to 7"
    assert exports.guarded("") == ""


def test_an_organisation_called_like_a_formula_does_nothing(house):
    db.session.get(Unit, house["Harbour Motors"]).name = '=HYPERLINK("x","y")'
    db.session.commit()

    assert all(block["unit"].startswith("'=HYPERLINK") for block in blocks_in(text_of(house)))


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("People, and more", "# People; and more"),
        ("Split here, =1+1; @x", "# Split here; '=1+1; '@x"),
        ('One\nline "only"', "# One; line 'only'"),
        ("-1", "# '-1"),
    ],
)
def test_a_comment_stays_one_line_that_runs_nothing(sentence, line):
    assert exports.comment(sentence) == line


def test_the_name_of_the_file_names_nobody():
    assert Selection((1, 2), 3, 9).file_name("csv") == "second-wind-ticks-3-to-9.csv"


def test_blocks_are_counted(house):
    chosen = Selection(tuple(sorted(house.values())), 1, 3)
    with reading.session() as session:
        assert exports.count(session, chosen) == len(exports.hashes(session, chosen)) == 3


def test_no_session_is_open_while_a_piece_is_on_its_way(house):
    open_now = []

    @contextmanager
    def watched():
        with reading.session() as session:
            open_now.append(session)
            yield session
            open_now.remove(session)

    for _piece in exports.pieces(watched, Selection(tuple(house.values()), 1, 3)):
        assert open_now == []


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("tick", "12", 12),
        ("week_to", "2026-03-08", date(2026, 3, 8)),
        ("mood", "3.4", Decimal("3.4")),
        ("mood", "", None),
        ("rough", "few", "few"),
        ("rough", "5", 5),
        ("unit", "12", "12"),
    ],
)
def test_a_cell_is_what_its_column_says(column, cell, value):
    assert exports.typed(column, cell) == value
