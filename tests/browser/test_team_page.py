"""A team's page in a real browser: complete before Plotly comes, and whoever reads it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.test_figures import drawn, faults, fits, sign_in
from tests.reports.four_weeks import four_weeks
from tests.reports.ledger import Released, held, release
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.models.notes import Note

WORDS = {
    Question.CAUSE: {"delay": ShareWord.MOST, "price": ShareWord.SOME, "waiting": ShareWord.FEW},
    Question.CHANNEL: {"phone": ShareWord.SOME},
    Question.SPILLOVER: {"with_break": ShareWord.SOME, "without_break": ShareWord.MOST},
}


@pytest.fixture
def team(live, site) -> str:
    """The address of a team with figures, words, a gap, a note and four weeks in words."""
    counter = site.units["Service counter"]
    with live.app.app_context():
        release({counter: Released(12, "3.4", 5, CountWord.FEW)})
        release({counter: Released(5, MoodWord.LOW, CountWord.MOST, CountWord.FEW)})
        held()
        for mood in ("3.6", "3.5", "3.3"):
            release({counter: Released(12, mood, CountWord.MOST, 4)})
        four_weeks({counter: WORDS})
        db.session.add(Note(unit_id=counter, happened_on=date(2026, 3, 25), text="Second <b>person</b>"))
        db.session.commit()
    return f"{live.url}/team/{counter}"


def test_the_page_stands_before_plotly_and_nothing_moves_when_it_comes(page, live, team, complaints):
    held_back = []
    page.route("**/plotly-basic*", lambda route: held_back.append(route))
    sign_in(page, live, "alba")
    page.goto(team)
    still = page.locator("#mood-chart .still.not-small svg")
    expect(still).to_be_visible()
    expect(still.get_by_text("1", exact=True)).to_be_visible()
    expect(page.locator(".key li").first).to_contain_text("Second <b>person</b>")
    expect(page.locator("#people-chart .still.not-small svg")).to_be_visible()
    expect(page.locator(".alive")).to_have_count(0)
    before = page.locator(".weeks").bounding_box()

    page.wait_for_function("document.querySelector('script[src*=plotly]') !== null")
    held_back.pop().continue_()
    drawn(page)

    expect(still).to_be_hidden()
    expect(page.locator("#mood-chart .live .annotation").get_by_text("1", exact=True)).to_be_visible()
    assert page.locator(".weeks").bounding_box() == before
    page.emulate_media(media="print")
    expect(still).to_be_visible()
    expect(page.locator("#mood-chart .live")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_is_readable_by_all(page, live, team, complaints, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, live, "alba")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{team}?from=2026-03-02&to=2026-04-30")
        drawn(page)
        assert fits(page), width
        assert faults(page) == [], width
        table = page.locator(".weeks .scroll")
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth"), f"the table is cut at {width}"


def test_the_keyboard_alone_reaches_a_period(page, live, team, complaints):
    sign_in(page, live, "alba")
    page.goto(team)
    page.get_by_text("Between two days").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("03102026")
    page.get_by_label("To", exact=True).focus()
    page.keyboard.type("03112026")
    page.get_by_role("button", name="Show").press("Enter")

    expect(page.get_by_role("status")).to_have_text("Whole weeks only: 9–15 Mar 2026.")
    expect(page.locator(".weeks tbody tr")).to_have_count(1)
    expect(page.get_by_label("From", exact=True)).to_have_value("2026-03-09")
