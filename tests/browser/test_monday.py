"""The Monday sheet in a real browser: one page on paper, readable on every screen."""

import io

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.test_figures import faults, fits, sign_in
from tests.reports.four_weeks import four_weeks
from tests.reports.ledger import Released, held, release
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord, MoodWord, Tick
from wellbeing.models.notes import Note


@pytest.fixture
def sheet(live, site) -> str:
    """The sheet of a team with all that a sheet can hold, and its texts as long as they get."""
    counter = site.units["Service counter"]
    with live.app.app_context():
        for mood in ["3.4", "3.6", "2.8"] * 5:
            release({counter: Released(12, mood, CountWord.MOST, 4)})
        release({counter: Released(5, MoodWord.LOW, CountWord.FEW, CountWord.FEW)})
        held()
        four_weeks({site.units["Northgate"]: {Question.BEHAVIOUR: {"discriminatory": ShareWord.MOST}}})
        newest = db.session.scalars(sa.select(sa.func.max(Tick.closed_on))).one()
        for number in range(6):
            text = f"{number} A change that takes all of the eighty characters that a note has room for"
            db.session.add(Note(unit_id=counter, happened_on=newest, text=text))
        db.session.commit()
    return f"{live.url}/team/{counter}/monday"


def test_the_sheet_is_one_page_on_paper_and_without_what_only_a_screen_needs(page, live, sheet, complaints):
    sign_in(page, live, "alba")
    page.goto(sheet)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")

    for word in ("Print", "Download as PDF", "Sign out", "Get help"):
        expect(page.get_by_text(word, exact=True).first).to_be_hidden()
    (paper,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    width, height = round(float(paper.mediabox.width)), round(float(paper.mediabox.height))
    assert (width, height) in {(595, 842), (594, 842), (596, 842), (595, 841), (596, 843)}
    text = " ".join(paper.extract_text().split())
    for said in (
        "Last week is not shown.",
        "To talk about",
        "One thing to try this week",
        "see exactly this",
    ):
        assert said in text


def test_the_sheet_fits_every_screen_and_is_readable_by_all(page, live, sheet, complaints):
    sign_in(page, live, "sol")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(sheet)
            assert fits(page), width
            assert faults(page) == [], f"{width} in {scheme}"


def test_a_manager_gets_from_the_sign_in_to_what_to_change_and_to_paper_by_keyboard(
    page, live, sheet, complaints
):
    """The way of a new manager: sign in, read, print."""
    sign_in(page, live, "alba")
    expect(page.get_by_role("heading", name="What to change this week")).to_be_in_viewport()
    expect(page.get_by_text("Ask the team:").first).to_be_in_viewport()
    page.get_by_role("link", name="Monday sheet").press("Enter")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").press("Enter")

    assert download.value.suggested_filename.startswith("monday-sheet-")
