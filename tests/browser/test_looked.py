"""The log of who looked and the page to ask for word, in a real browser, by keyboard too."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW
from tests.fixtures.live import Live
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.base import db
from wellbeing.permissions import Role


@pytest.fixture
def looked(live: Live, site) -> None:
    """HR looked at all teams on two days, each in another way."""
    with live.app.app_context():
        for number, act in enumerate(Act):
            for unit in ("Northgate", "Service counter", "Showroom")[: number + 1]:
                day = NOW.date() - timedelta(days=number % 2)
                db.session.add(AccessEntry(day=day, unit_id=site.units[unit], role=Role.HR, act=act))
        db.session.commit()


def test_the_log_and_the_page_for_word_are_readable_by_all(page, live, looked, complaints):
    sign_in(page, live, "hilde")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in ("/team/looked", "/team/word"):
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(live.url + path)
                assert fits(page), f"{path} at {width}"
                assert faults(page) == [], f"{path} at {width} in {scheme}"


def test_a_manager_asks_for_word_and_stops_it_by_keyboard(page, live, site, complaints):
    sign_in(page, live, "alba")
    page.get_by_role("link", name="Word of new figures").press("Enter")
    page.get_by_label("E-mail address").press_sequentially("alba@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Word goes to alba@example.org.")).to_be_visible()

    page.get_by_role("button", name="Switch it off").press("Enter")

    expect(page.get_by_role("heading", name="Switch it on")).to_be_visible()


def test_a_manager_who_opened_the_page_is_in_the_log_that_staff_read(page, live, site, complaints):
    sign_in(page, live, "alba")
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, live, "sol")
    page.get_by_role("link", name="Who looked", exact=False).first.click()

    expect(page.get_by_text("A manager looked at the figures.")).to_be_visible()
