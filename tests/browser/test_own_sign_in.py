"""From the tablet to an own phone: a code, a sign-in, a diary by choice, and My shift."""

from playwright.sync_api import Page, expect

from tests.answers import house_of
from tests.browser.conftest import Opened
from tests.browser.screens import NEW_PIN, NEXT, NOORS_CODE, NOORS_PIN, go, tap
from tests.browser.test_figures import faults, fits
from tests.cast import Cast
from tests.fixtures.live import Live
from wellbeing.diary import opening
from wellbeing.models.base import db

PASSWORD = "a walk round the block"


def good(page: Page) -> None:
    """Narrow enough for the smallest phone, and fit for everybody."""
    assert fits(page) and faults(page) == []


def test_noor_sets_her_phone_up_from_the_code_at_the_tablet(
    counter: Opened, page: Page, live: Live, site: Cast, complaints: list[str]
):
    tablet = counter()
    go(tablet, *NOORS_PIN, ("mood", NEXT), ("done", tap("[data-mood='4']")), ("home", NEXT), *NOORS_CODE)
    good(tablet.page)
    code = tablet.page.locator(".own-code").inner_text()
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")

    page.goto(f"{live.url}/first-time#code={code}")
    expect(page.get_by_role("heading", name="Hello Noor Vale, choose a password")).to_be_visible()
    assert "code" not in page.url
    good(page)
    page.get_by_label("Sign-in name").fill("noor.v")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_label("Yes: keep my own answers for me, sealed").check()
    page.get_by_label("Your PIN at the tablet").fill(NEW_PIN)
    good(page)
    page.get_by_role("button", name="Save and sign in").click()

    expect(page.get_by_role("heading", name="Your recovery code")).to_be_visible()
    good(page)
    recovery_code = page.locator("#recovery-code").inner_text().replace("\n", "")
    page.get_by_role("link", name="I have it").click()
    page.get_by_role("button", name="This is my phone").click()
    page.wait_for_url("**/phone")
    with live.app.app_context():
        diary = opening.diary_of(db.session(), house_of(live.app, site).cast.people["Noor"])
        assert opening.with_recovery_code(diary, recovery_code) == opening.with_password(diary, PASSWORD)
