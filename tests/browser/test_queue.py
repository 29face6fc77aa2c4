"""Without a network the counter takes every act, sealed, and sends it later; it never says “Saved” for what is lost."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from tests.cast import TOKEN, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing.models.base import db
from wellbeing.models.pending import Pending

KEPT = json.dumps({"token": TOKEN, "language": "en"})


@pytest.fixture
def tablet(browser: Browser, live: Live, site: Cast) -> Iterator[Page]:
    """The enrolled tablet of the service counter."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, service_workers="block")
    context.add_init_script(f"localStorage.setItem('second-wind.tablet', '{KEPT}')")
    page = context.new_page()
    with page.expect_response("**/hpke.min.js", timeout=8000):
        page.goto(f"{live.url}/counter")
    screen(page, "home")
    yield page
    context.close()


def screen(page: Page, name: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-screen", name)


def identify(tablet: Page, site: Cast, act: str, name: str, pin: str | None = None) -> None:
    screen(tablet, "home")
    tablet.locator(f"[data-act={act}]").click()
    tablet.locator(f"[data-person='{site.people[name]}']").click()
    screen(tablet, "pin")
    tablet.keyboard.type(pin or pin_of(name))


def check_in(tablet: Page, site: Cast, name: str, pin: str | None = None) -> None:
    identify(tablet, site, "check_in", name, pin)
    tablet.locator("[data-mood='4']").click()
    screen(tablet, "done")


def leave(tablet: Page) -> None:
    tablet.locator("[data-go=next]").click()
    screen(tablet, "home")


def recorded(live: Live) -> int:
    with live.app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Pending))


def test_a_check_in_without_a_network_waits_and_is_sent_when_it_is_back(tablet: Page, live: Live, site: Cast):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    expect(tablet.get_by_role("heading", name="Saved here.")).to_be_visible()
    leave(tablet)
    expect(tablet.get_by_text("1 saved here, waiting")).to_be_visible()
    check_in(tablet, site, "Noor", pin="0000")
    leave(tablet)
    expect(tablet.get_by_text("2 saved here, waiting")).to_be_visible()
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("1 entry could not be matched.")).to_be_visible()
    expect(tablet.locator("[data-waiting]")).to_have_count(0)
    assert recorded(live) == 1
