"""A manager sets an authenticator app up on a small phone, and signs in with its code."""

from base64 import b32decode

from playwright.sync_api import Page, expect

from tests.browser.test_own_sign_in import good
from tests.cast import PASSWORD, Cast
from tests.fixtures.authenticator import shown
from tests.fixtures.live import Live


def test_alba_sets_her_app_up_and_signs_in_with_it(page: Page, live: Live, site: Cast, complaints: list[str]):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    _password(page, live, "/my/second-factor")
    good(page)
    page.get_by_role("button", name="Set up an authenticator app").click()
    page.get_by_text("Type this instead").click()
    good(page)
    secret = b32decode(page.locator("#app-secret").inner_text().replace(" ", ""))
    page.get_by_label("Code of your authenticator app").fill(shown(secret))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()
    good(page)
    spare = page.locator("#spare-codes li").first.inner_text()
    page.get_by_role("link", name="I have them").click()
    page.goto(f"{live.url}/my/sign-in")
    good(page)
    page.get_by_role("button", name="Sign out everywhere, here too").click()

    _password(page, live, "/my/second-factor")
    page.get_by_text("Phone lost? Use a spare code").click()
    good(page)
    page.get_by_label("Spare code").fill(spare)
    page.get_by_role("button", name="Sign in with a spare code").click()
    expect(page.get_by_text("You have 9 spare codes left.")).to_be_visible()
    good(page)
    assert complaints == []


def _password(page: Page, live: Live, wanted: str) -> None:
    page.goto(f"{live.url}/sign-in?next={wanted}")
    page.get_by_label("Sign-in name").fill("alba")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
