"""The check-up in a real browser: one thumb on a phone, the keyboard alone, and words all can read."""

import pytest
from playwright.sync_api import expect

from tests.answers import house_of
from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW, TEAMS
from tests.quarters import IN_APRIL, opened, run_jobs, tell, tell_all, three
from wellbeing.models.checkup import Reply


@pytest.fixture
def house(live, site):
    """The cast's site with its first check-up open."""
    with live.app.app_context():
        found = house_of(live.app, site)
    opened(found, NOW)
    return found


def test_a_step_is_answered_with_one_thumb_on_a_phone(page, live, house, complaints):
    page.set_viewport_size({"width": 360, "height": 780})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    sign_in(page, live, "sol")
    expect(page.get_by_role("complementary", name="Check-up")).to_contain_text("You have not answered yet.")
    page.goto(f"{live.url}/checkup")
    assert fits(page) and faults(page) == []
    page.get_by_role("link", name="Step 1").click()
    assert fits(page) and faults(page) == []
    small = page.evaluate(
        "[...document.querySelectorAll('.checkup-words span')].map(word => word.getBoundingClientRect())"
        ".filter(word => word.height < 48 || word.width < 48).length"
    )
    assert small == 0
    page.locator(".checkup-words label", has_text="Yes").first.click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_role("complementary")).to_have_count(0)


def test_a_step_is_answered_by_keyboard(page, live, house, complaints):
    sign_in(page, live, "sol")
    page.goto(f"{live.url}/checkup/headline")
    page.get_by_role("radio", name="Skip").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")


def test_the_words_fit_and_are_readable_by_all(page, live, house, complaints):
    for name in TEAMS["Service counter"][1:9]:
        tell(house, name, now=NOW)
        tell_all(house, name, {"small-call": three(Reply.YES, Reply.NO, Reply.NO)}, NOW)
    run_jobs(house, IN_APRIL)
    sign_in(page, live, "alba")
    for scheme, width in (("light", 1024), ("dark", 360)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 780})
        page.goto(f"{live.url}/team/3/checkup?lang=es")
        page.locator("#log summary").first.click()
        assert fits(page), width
        assert faults(page) == [], scheme
