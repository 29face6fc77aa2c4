"""The Monday sheet as a page and as a PDF: who may open it, and that it says what the team's page says."""

import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.cast import Cast
from tests.reports.four_weeks import four_weeks
from tests.reports.ledger import Released, release
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import MoodWord


@pytest.fixture
def enter(client: FlaskClient, sign_in):
    """Sign somebody in and return their browser."""
    return lambda name: sign_in(client, name)


@pytest.fixture
def released(app, site: Cast) -> str:
    """Two weeks of the service counter; the address of its page."""
    with app.app_context():
        counter, top = site.units["Service counter"], site.units["Harbour Motors"]
        release({counter: Released(12, "3.4", 5), top: Released(5, MoodWord.LOW)})
        release({counter: Released(12, "3.5", 6), top: Released(5, MoodWord.HIGH)})
        words = {"delay": ShareWord.MOST, "price": ShareWord.FEW}
        four_weeks({counter: {Question.CAUSE: words}})
    return f"/team/{site.units['Service counter']}"


def test_the_sheet_says_what_the_teams_page_says(released, enter):
    browser = enter("alba")
    sheet = browser.get(f"{released}/monday").text

    assert "no clear change from before" in sheet
    assert "Six people had a rough interaction; few took a break." in sheet
    assert sheet.count('<svg class="drawn') == 2
    assert "plotly" not in sheet
    assert "Nothing is written down for the last three months." in sheet
    assert f'href="{released}/monday"' in browser.get(released).text


def test_the_teams_page_says_what_to_change_before_any_picture(released, enter):
    page = enter("alba").get(released).text

    assert "About what, from most people: Delay or late status." in page
    assert "Name one person a shift who calls customers before they have to call us." in page
    assert page.index("What to change this week") < page.index("Mood, week by week")


def test_staff_open_the_very_same_sheet(app, released, client, sign_in):
    for path in ("/monday", "/monday.pdf"):
        read = []
        for name in ("alba", "sol"):
            body = sign_in(app.test_client(), name).get(released + path).get_data()
            read.append(body.partition(b"<main")[2].partition(b"</main>")[0] or body)
        assert read[0] == read[1]


def test_the_pdf_has_one_page_and_a_name_that_suits_every_file_system(app, site, released, enter):
    with app.app_context():
        unit = db.session.execute(db.text("UPDATE unit SET name = 'Tällar/é' WHERE name = 'Service counter'"))
        assert unit.rowcount == 1
        db.session.commit()

    answer = enter("alba").get(f"{released}/monday.pdf")

    assert answer.mimetype == "application/pdf"
    name = f"monday-sheet-{site.units['Service counter']}.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    (page,) = PdfReader(io.BytesIO(answer.data)).pages
    assert "no clear change from before" in " ".join(page.extract_text().split())


@pytest.mark.parametrize("path", ["/monday", "/monday.pdf"])
def test_other_units_have_no_sheet_for_a_manager(site, released, enter, path):
    browser = enter("alba")

    for unit in (site.units["Showroom"], site.units["Northgate"], 999):
        assert browser.get(f"/team/{unit}{path}").status_code == 404


def test_a_small_teams_sheet_says_whose_figure_it_is_and_why(site, released, enter):
    sheet = enter("tess").get(f"/team/{site.units['Parts']}/monday").text

    assert "Mood was high" in sheet
    assert "Parts has fewer than seven people whose answers can count" in sheet


def test_a_new_site_has_a_sheet_with_a_question_and_no_picture(site, enter):
    answer = enter("alba").get(f"/team/{site.units['Service counter']}/monday")

    assert answer.status_code == 200
    assert "Nothing has been released for Service counter yet." in answer.text
    assert "To talk about" in answer.text
    assert '<svg class="drawn' not in answer.text


def test_a_sites_sheet_leads_to_those_of_its_teams(site, released, enter):
    text = enter("hilde").get(f"/team/{site.units['Northgate']}/monday").text

    assert f'href="{released}/monday"' in text
    assert text.index("A sheet for each team") < text.index('id="sheet-title"')
    assert f"/team/{site.units['Parts']}/monday" not in text
    assert "All 13 teams" not in text


def test_many_teams_of_a_site_are_folded(app, site, enter):
    with app.app_context():
        bays = [
            Unit(name=f"Bay {at}", level=Level.TEAM, parent_id=site.units["Northgate"]) for at in range(13)
        ]
        db.session.add_all(bays)
        db.session.commit()
        release({bay.id: Released() for bay in bays})

    assert (
        "<summary>All 13 teams</summary>"
        in enter("hilde").get(f"/team/{site.units['Northgate']}/monday").text
    )


def test_the_page_marks_what_to_begin_with(released, enter):
    page = enter("alba").get(released).text

    steps = [page.index(step) for step in ("Write down who covers for whom", "Name one person a shift")]
    assert page.index('class="begin"') < steps[0] < page.index(">Or:<") < steps[1]
