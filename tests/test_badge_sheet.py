"""The printed sheet: ten cards on a page of A4, whole names, and each number on its own card."""

import pytest
from flask import Flask
from flask_babel import force_locale
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.lib.units import mm

from tests.reports.pdf import opened, pages
from wellbeing import badge_sheet, badges
from wellbeing.badge_sheet import Card, sheet
from wellbeing.reports import pdf_fonts

ALL_OF_MARIA = "María de los Ángeles Fernández-Villaverde y Gutiérrez de la Concha Montenegro"
LONG_TEAM = "Recepción de mecánica, carrocería y vehículos eléctricos"


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.test_request_context():
        yield


def card(name: str = "Sol Vale", team: str = "Service counter") -> Card:
    return Card(name, team, badges.number())


def test_forty_people_take_four_numbered_pages_and_everybody_is_there():
    names = [f"Person {number:02d}" for number in range(40)]

    printed = pages(sheet("Badges of Service counter", [card(name) for name in names]))

    assert len(printed) == 4
    for number, text in enumerate(printed, start=1):
        assert f"Page {number} of 4" in text
        assert "Badges of Service counter" in text
        assert "Print at actual size" in text
        assert [name for name in names if name in text] == names[10 * number - 10 : 10 * number]


def test_an_eleventh_card_begins_a_page_of_its_own():
    assert len(pages(sheet("Badges", [card()] * 10))) == 1
    assert len(pages(sheet("Badges", [card()] * 11))) == 2


def test_a_card_has_the_size_of_a_credit_card_and_all_ten_fit_the_paper():
    assert (badge_sheet.CARD_WIDTH, badge_sheet.CARD_HEIGHT) == (85.6 * mm, 53.98 * mm)
    # Most printers leave five millimetres white.
    assert badge_sheet.LEFT - badge_sheet.GAP - badge_sheet.MARK > 5 * mm
    assert badge_sheet.BELOW - badge_sheet.GAP - badge_sheet.MARK > 5 * mm
    page = opened(sheet("Badges", [card()])).pages[0]
    assert [round(float(side) / mm) for side in page.mediabox[2:]] == [210, 297]


def test_each_card_is_marked_where_to_cut_and_no_mark_is_on_a_card():
    marks = list(badge_sheet._marks())
    right = badge_sheet.LEFT + 2 * badge_sheet.CARD_WIDTH
    top = badge_sheet.BELOW + 5 * badge_sheet.CARD_HEIGHT

    assert len(marks) == 2 * 3 + 2 * 6
    for x1, y1, x2, y2 in marks:
        beside = max(x1, x2) < badge_sheet.LEFT or min(x1, x2) > right
        above_or_below = max(y1, y2) < badge_sheet.BELOW or min(y1, y2) > top
        assert beside or above_or_below


def test_a_long_spanish_name_is_printed_whole():
    (text,) = pages(sheet("Badges", [card(ALL_OF_MARIA, LONG_TEAM)]))

    assert ALL_OF_MARIA in text
    assert "Recepción de mecánica" in text and pdf_fonts.ELLIPSIS in text


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenbergerdorff Ruiz", "Ana " * 60, "M" * 80])
def test_a_name_that_fits_at_no_size_ends_in_an_ellipsis(name: str):
    (text,) = pages(sheet("Badges", [card(name)]))

    assert pdf_fonts.ELLIPSIS in text
    assert name.strip() not in text


@pytest.mark.parametrize("name", ["Sol Vale", ALL_OF_MARIA, "Ana " * 60, "M " * 40, ""])
def test_name_and_team_stay_above_the_bars(name: str):
    room = badge_sheet.CARD_WIDTH - badge_sheet.QR_SIDE - 3 * badge_sheet.EDGE
    size, lines = badge_sheet._name(name, room)
    used = len(lines) * size * badge_sheet.LINE + 2 * badge_sheet.TEAM_SIZE

    free = badge_sheet.CARD_HEIGHT - 2 * badge_sheet.EDGE - badge_sheet.BAR_HEIGHT - 2 * mm
    assert used <= free - badge_sheet.SMALL


def test_both_codes_of_a_card_hold_its_number_and_no_text_does(monkeypatch: pytest.MonkeyPatch):
    coded: list[tuple[type, str]] = []
    for kind in (Code128, QrCodeWidget):
        made = kind.__init__

        def keep(self, value: str, *args: object, kind=kind, made=made, **how: object) -> None:
            coded.append((kind, value))
            made(self, value, *args, **how)

        monkeypatch.setattr(kind, "__init__", keep)
    sol = card()

    file = sheet("Badges", [sol])

    assert sorted(coded, key=str) == [(Code128, sol.badge), (QrCodeWidget, sol.badge)]
    assert sol.badge not in pages(file)[0]


def test_the_bars_leave_ten_quiet_modules_on_each_side():
    bars = Code128(badges.number(), barWidth=badge_sheet.BAR_WIDTH, quiet=False)

    assert (badge_sheet.CARD_WIDTH - bars.width) / 2 >= 10 * badge_sheet.BAR_WIDTH


def test_the_sheet_speaks_the_language_of_whoever_prints_it():
    with force_locale("es"):
        reader = opened(sheet("Tarjetas", [card()]))

    assert reader.metadata.title == "Tarjetas"
    assert reader.trailer["/Root"]["/Lang"] == "es"
