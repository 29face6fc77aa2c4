"""The set-up on a narrow phone: each step can be read and tapped, and the way to the next one is there."""

import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_hands_and_eyes import AXE, WIDE
from tests.cast import PASSWORD, Cast
from tests.fixtures.live import Live
from wellbeing.models.agreements import Agreement
from wellbeing.models.base import db


def faults(page: Page) -> list:
    page.evaluate(Axe().axe_script)
    return [fault for look in (WIDE, AXE) for fault in page.evaluate(look)]


def test_the_set_up_is_gone_through_on_a_narrow_phone(
    page: Page, complaints: list[str], live: Live, site: Cast
):
    with live.app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(Agreement))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live.url}/sign-in")
    page.locator("#login").fill("ada")
    page.locator("#password").fill(PASSWORD)
    page.locator("form .button.primary").click()
    expect(page.locator("summary[autofocus]")).to_contain_text("Texts")
    expect(page.locator("summary[autofocus]")).to_be_focused()
    assert page.locator("#texts .step-body").bounding_box()["y"] < 400, "what is to be done is in sight"

    page.locator(".admin-menu > summary").click()
    for step in ("organisation", "units", "people", "tablets", "help"):
        page.locator(f"#{step} > summary").click()
    assert faults(page) == []

    page.get_by_role("button", name="They fit us").click()
    expect(page.locator("#privacy")).to_have_attribute("open", "")
    page.locator("#tablets > summary").click()
    page.get_by_role("button", name="Make a code").click()
    expect(page.locator("#tablets .qr")).to_be_visible()
    expect(page.locator("#enrol-title")).to_be_in_viewport()
    assert faults(page) == []
    page.goto(f"{live.url}/admin/settings")
    assert faults(page) == []
    page.goto(f"{live.url}/admin/")
    assert faults(page) == []
