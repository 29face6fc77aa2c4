"""Passkeys in a real browser, whose authenticator can keep a secret for the diary, or cannot."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_figures import faults, fits
from tests.cast import PASSWORD
from tests.fixtures.live import Live
from wellbeing.diary import opening
from wellbeing.models.base import db
from wellbeing.models.diary import Passkey

Held = Callable[[bool], str]


@pytest.fixture
def held(page: Page, live: Live, site, complaints) -> Held:
    """Gives the browser an authenticator that can keep a secret (PRF) or cannot; Sol has a diary."""
    with live.app.app_context():
        opening.begin(db.session(), site.people["Sol"], PASSWORD)
        db.session.commit()

    def hold(prf: bool) -> str:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasPrf": prf}
        able = ("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | dict.fromkeys(able, True)})
        page.set_viewport_size({"width": 320, "height": 780})
        page.emulate_media(reduced_motion="reduce")
        # Passkeys need https, or localhost by its name.
        return live.url.replace("127.0.0.1", "localhost")

    return hold


def enter(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in?next=/my/sign-in")
    page.get_by_label("Sign-in name").fill("sol")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My sign-in")).to_be_visible()


def add(page: Page) -> None:
    page.get_by_label("What do you call it?").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="My phone", exact=True)).to_be_visible()


def leave(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_a_passkey_signs_in_and_opens_the_diary_with_one_tap(page: Page, live: Live, held: Held):
    url = held(True)
    enter(page, url)
    add(page)
    expect(page.locator("#passkeys")).to_contain_text("Opens your diary.")
    assert fits(page) and faults(page) == []
    leave(page)

    page.goto(f"{url}/sign-in?next=/my/open")
    assert fits(page) and faults(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/my/days")
    with live.app.app_context():
        (kept,) = db.session.query(Passkey).all()
        assert kept.by_passkey is not None and kept.sign_count > 0


def test_without_a_secret_a_passkey_signs_in_and_the_diary_asks_for_the_password(
    page: Page, live: Live, held: Held, complaints: list[str]
):
    url = held(False)
    enter(page, url)
    add(page)
    expect(page.locator("#passkeys")).to_contain_text("Does not open your diary.")
    page.get_by_role("button", name="Let a passkey open my diary").click()
    expect(page.locator("#passkeys").get_by_role("alert").filter(has_text="cannot")).to_be_visible()
    assert len(complaints) == 1 and "422" in complaints.pop()
    leave(page)

    page.goto(f"{url}/sign-in?next=/my/open")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name="Open with my passkey")).to_have_count(0)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("delete window.PublicKeyCredential", "There are no passkeys here"),
        (
            "localStorage.setItem('second-wind.tablet', '{\"token\": \"t\"}')",
            "This is a tablet that a team shares",
        ),
    ],
)
def test_where_no_passkey_should_be_made_the_page_says_so(
    page: Page, live: Live, site, complaints, script: str, sentence: str
):
    page.add_init_script(script)
    enter(page, live.url.replace("127.0.0.1", "localhost"))
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)
