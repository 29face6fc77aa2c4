"""The workbook that HR takes away: typed cells, native charts, the same bytes for ever, nothing that runs."""

import hashlib
import io
import zipfile
from datetime import datetime

import pytest
import time_machine
from flask_babel import force_locale
from openpyxl import load_workbook

from tests.reports.ledger import Released, release, three_weeks
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.reports import exports, reading, xlsx_charts, xlsx_file
from wellbeing.reports.exports import Selection

SPANISH = "Recepción de mañana, niños y pingüinos: ¡atención al cliente número uno de España!!"
NAMES = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", SPANISH[:80], "https://example.org", "+1", "12"]


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app, with three weeks released."""
    with app.app_context():
        three_weeks(site.units)
        yield site.units


def bytes_of(units, first=1, last=3):
    return b"".join(xlsx_file.pieces(reading.session, Selection(tuple(sorted(units)), first, last)))


def book_of(units, first=1, last=3):
    return load_workbook(io.BytesIO(bytes_of(units, first, last)))


def charts_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = sorted(name for name in file.namelist() if name.startswith("xl/charts/chart"))
        return [file.read(name).decode() for name in names]


def test_a_workbook_opens_with_what_people_look_at(house):
    assert book_of(house.values()).sheetnames == ["charts", "data", "dictionary", "method", "hash"]


def test_each_cell_is_what_it_is(house):
    sheet = book_of(house.values())["data"]
    columns, first, second, third = sheet.iter_rows(values_only=True)

    assert columns == (*exports.COLUMNS, "mood_limit")
    monday, sunday = datetime(2026, 3, 2), datetime(2026, 3, 8)
    assert first == (
        *("Harbour Motors > Northgate > Service counter", 1, monday, sunday),
        *("12 to 19", 3.4, None, 5, "few", 7, 5, 7, None),
    )
    assert (second[5], second[6]) == (None, "low")
    assert third[7:9] == ("most", 7)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:M4")


def test_a_mood_at_a_limit_says_that_it_may_lie_beyond(house):
    release({house["Service counter"]: Released(8, "2.0"), house["Showroom"]: Released(8, "4.0")})
    book = book_of(house.values(), 1, 4)

    assert [cell.value for cell in book["data"]["M"]] == [
        *("mood_limit", None, None, "or higher", "or lower", "or higher")
    ]
    assert [book["charts"][cell].value for cell in ("C5", "C7", "C8")] == [
        *(None, "4.8 or higher", "2.0 or lower")
    ]


def test_the_dictionary_names_every_column(house):
    rows = list(book_of(house.values())["dictionary"].iter_rows(values_only=True))

    assert [row[0] for row in rows] == ["column", *exports.COLUMNS, "mood_limit"]
    assert all(row[1].endswith(".") for row in rows[1:])


def test_the_method_tells_the_rules_and_the_version(house):
    told = "\n".join(row[0] for row in book_of(house.values())["method"].iter_rows(values_only=True))

    for rule in ("made by version", "k = 5 people", "held", "in words only", "few: at most two", "cut"):
        assert rule in told


def test_the_hashes_can_be_checked_against_the_csv_file(house):
    told = [row[0] for row in book_of(house.values())["hash"].iter_rows(values_only=True)]
    text = "".join(exports.pieces(reading.session, Selection(tuple(sorted(house.values())), 1, 3)))
    lines = text.encode().splitlines(keepends=True)
    first = int(told[1].split("tail -n +")[1].split()[0])

    assert told[0] == f"SHA-256 of the data: {hashlib.sha256(b''.join(lines[first - 1 :])).hexdigest()}"
    assert told[3:] == [hashlib.sha256(str(position).encode()).hexdigest() for position in (1, 2, 3)]


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_may_be_called_anything(house, name):
    db.session.get(Unit, house["Service counter"]).name = name
    db.session.commit()

    data = bytes_of([house["Service counter"]])

    book = load_workbook(io.BytesIO(data))
    assert book["data"]["A2"].value == f"Harbour Motors > Northgate > {name}"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert all(
        "<c:f>charts!$I$3</c:f>" in chart or "<c:f>charts!$Q$3</c:f>" in chart for chart in charts_in(data)
    )
    assert book["charts"]["I3"].value == f"{name}: mood, 1 to 5"


def test_a_week_in_words_is_a_gap_in_the_chart_and_a_word_in_its_table(house):
    data = bytes_of([house["Showroom"]], 1, 1)

    row = [cell.value for cell in load_workbook(io.BytesIO(data))["charts"][5]][:7]
    assert row == [datetime(2026, 3, 2), None, "low", 5, None, None, "few"]
    mood, _people = charts_in(data)
    assert "dispBlanksAs" not in mood  # Without it, a blank is a gap.
    assert '<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="1"/></c:numCache>' in mood


def test_a_week_that_is_not_shown_says_so_beside_the_chart(house):
    sheet = book_of([house["Service counter"]])["charts"]

    assert [cell.value for cell in sheet[6]][1:7] == [None, "not shown", None, "not shown", None, "not shown"]
    assert [cell.value for cell in sheet[7]][1:7] == [4.8, "4.8 or higher", None, "most", 7, None]


def test_the_figures_of_small_teams_are_called_so(house):
    release({house["Northgate"]: Released(8, "3.0")})
    sheet = book_of([house["Northgate"]], 1, 4)["charts"]

    assert sheet["A3"].value == "Harbour Motors > Small teams of Northgate, together"
    assert sheet["I3"].value == "Small teams of Northgate, together: mood, 1 to 5"


def test_at_most_twelve_units_are_drawn_in_the_trees_order(house, monkeypatch):
    monkeypatch.setattr(xlsx_charts, "MOST_UNITS", 1)

    data = bytes_of(house.values())

    assert len(charts_in(data)) == 2
    sheet = load_workbook(io.BytesIO(data))["charts"]
    assert sheet["A1"].value.startswith("Charts of the first 1 of 2 units.")
    assert sheet["A3"].value == "Harbour Motors > Northgate > Service counter"


def test_a_choice_without_a_block_is_a_workbook_all_the_same(house):
    data = bytes_of([house["Parts"]])

    assert [row[0].value for row in load_workbook(io.BytesIO(data))["data"].iter_rows()] == ["unit"]
    assert charts_in(data) == []


def test_the_same_request_gives_the_same_bytes_at_any_time_in_any_process(house):
    with time_machine.travel(datetime(2026, 4, 1), tick=False):
        first = bytes_of(house.values())
    release({house["Service counter"]: Released(8, "2.0")})

    with time_machine.travel(datetime(2031, 7, 9, 13, 5), tick=False):
        assert bytes_of(house.values()) == first


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_workbook_can_be_made_in_every_language(house, app, language):
    with app.test_request_context(), force_locale(language):
        book = book_of(house.values())

    assert len(book.sheetnames) == 5


def test_stopping_in_the_middle_leaves_nothing_behind(house, monkeypatch, tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr(xlsx_file, "PIECE", 100)
    pieces = xlsx_file.pieces(reading.session, Selection(tuple(house.values()), 1, 3))
    next(pieces)
    assert list(folder.iterdir())

    pieces.close()

    assert list(folder.iterdir()) == []
