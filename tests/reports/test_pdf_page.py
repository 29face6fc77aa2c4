"""Printed pages of one style: numbered, named, in one language, and the same bytes every time."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
import time_machine
from flask import Flask
from flask_babel import Babel, force_locale
from reportlab.platypus import PageBreak

from tests.reports.pdf import opened, outline, pages, text
from wellbeing.reports.pdf_page import About, written
from wellbeing.reports.pdf_parts import TITLE, Bookmark, said, table

ABOUT = About("Harbour Motors: mood", "Harbour Motors · 9–15 Nov 2026", date(2026, 11, 16))

# The same file as `made`, from a process that knows nothing of this one.
ELSEWHERE = """
import hashlib, sys
from tests.reports.test_pdf_page import alone
sys.stdout.write(hashlib.sha256(alone()).hexdigest())
"""


def alone():
    """Return a file of two pages, made by an app without a site."""
    app = Flask("alone")
    Babel(app)
    with app.test_request_context():
        return written(ABOUT, [said("Mood"), PageBreak(), table(["Week"], [["9–15 Nov"]], [1])])


@pytest.fixture
def reader(app):
    """The app, in the middle of a request."""
    with app.test_request_context():
        yield app


def test_every_page_says_which_it_is_and_of_how_many(reader):
    found = pages(written(ABOUT, [said("one"), PageBreak(), said("two"), PageBreak(), said("three")]))

    assert [page.partition("Page ")[2] for page in found] == ["1 of 3", "2 of 3", "3 of 3"]
    assert all(page.startswith("Second Wind") for page in found)


def test_every_page_says_what_file_it_is_of(reader):
    found = pages(written(ABOUT, [said("one"), PageBreak(), said("two")]))

    assert all("Second Wind" in page and ABOUT.header in page for page in found)


def test_a_file_without_numbers_has_none(reader):
    assert "Page" not in text(written(About("t", "h", date(2026, 1, 1), numbered=False), [said("one")]))


def test_a_file_names_its_title_its_language_and_its_day_but_nobody(reader):
    with force_locale("es"):
        found = opened(written(ABOUT, [said("uno")]))

    assert found.metadata is not None
    assert found.metadata.title == ABOUT.title
    assert not found.metadata.author
    assert found.metadata.creation_date == datetime(2026, 11, 16, 4, tzinfo=UTC)
    assert found.trailer["/Root"]["/Lang"] == "es"


def test_the_outline_leads_to_its_places(reader):
    story = [Bookmark("One"), said("one"), PageBreak(), Bookmark("Two <&>"), said("two")]

    assert outline(written(ABOUT, story)) == [("One", 1), ("Two <&>", 2)]


def test_what_people_wrote_is_never_markup(reader):
    name = "<script>alert(1)</script> & <b>Söhne</b>"

    assert name in text(written(ABOUT, [said(name)]))
    assert name in text(written(ABOUT, [table(["Unit"], [[name]], [1])]))


def test_a_name_without_a_space_is_broken_into_lines(reader):
    name = "Ausbildungswerkstattleitung" * 12

    assert name in text(written(ABOUT, [said(name)])).replace(" ", "")


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(reader):
    rows = [[str(number)] for number in range(120)]

    assert all("Week of" in page for page in pages(written(ABOUT, [table(["Week of"], rows, [1])])))


def test_the_header_is_cut_before_it_reaches_the_products_name(reader):
    about = About("t", "Harbour Motors and its many friends " * 9, date(2026, 1, 1))

    assert "many friends" in text(written(about, [said("one")]))
    assert "… one Page 1 of 1" in text(written(about, [said("one")]))


def test_the_fonts_travel_with_the_file(reader):
    fonts = opened(written(ABOUT, [said("one", TITLE), said("two")])).pages[0]["/Resources"]["/Font"]
    names = [str(font.get_object()["/BaseFont"]) for font in fonts.values()]

    assert any("AtkinsonHyperlegibleNext-Bold" in name for name in names)
    assert any("AtkinsonHyperlegibleNext-Regular" in name for name in names)


def test_the_same_story_is_the_same_file_in_three_years(reader):
    first = alone()
    with time_machine.travel(datetime(2029, 5, 1, tzinfo=UTC)):
        assert alone() == first


def test_another_machine_makes_the_same_file():
    strange = {"LANG": "es_ES.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], env=os.environ | strange, capture_output=True)

    assert done.stdout.decode() == sha256(alone()).hexdigest(), done.stderr.decode()
