"""My shift on one's own phone: one tap, a break to breathe in, and nothing lost or given to somebody else."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.at_counter import INDEPENDENT, recorded
from tests.cast import NOW, PASSWORD, TOKEN, Cast, pin_of
from tests.fixtures.keepsakes import KEPT
from tests.fixtures.live import Live
from tests.fixtures.network import Network
from wellbeing import phones
from wellbeing.models.base import db

SMALL = {"viewport": {"width": 320, "height": 568}, "color_scheme": "dark", "has_touch": True}
# What the browser is asked to do about its screen.
WAKE_LOCK = """
  globalThis.asked = [];
  Object.defineProperty(navigator, "wakeLock", {value: {request: async (what) => {
    asked.push(what);
    return {released: false, release: async () => asked.push("let go")};
  }}});
"""
LET_GO = """async () => {
  while (!asked.includes("let go")) await new Promise((later) => setTimeout(later, 50));
}"""
Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens a browser on a phone; no page of it may complain."""
    contexts, heard = [], []

    def open_it(**looks: object) -> Page:
        contexts.append(browser.new_context(**{**SMALL, **looks}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: heard.append(str(error)))
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert heard == []


def token_of(live: Live, person: int) -> str:
    with live.app.app_context():
        return phones.set_up(db.session(), person, "iPhone", NOW)


def kept_as(token: str) -> str:
    return json.dumps({"token": token, "language": "en"})


def at(page: Page, screen: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-screen", screen)


def tap(page: Page, *selectors: str) -> None:
    for selector in selectors:
        page.locator(selector).first.tap()


def look(page: Page) -> None:
    """Let axe look; nothing stands out at the side, and everything is large enough for a thumb."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = "[...document.querySelectorAll('button, a.button')].filter((one) => one.offsetHeight < 48).length"
    assert page.evaluate(small) == 0


def test_a_phone_is_set_up_and_one_tap_is_a_check_in_that_can_be_undone(
    opened: Opened, live: Live, site: Cast
):
    page = opened(service_workers="block")
    page.goto(f"{live.url}/sign-in?next=/my/phone")
    page.locator("[name=login]").fill("sol")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.get_by_label("Your PIN at the tablet").fill(pin_of("Sol"))
    page.get_by_role("button", name="This is my phone").tap()
    at(page, "home")
    expect(page.get_by_text("Sol", exact=True)).to_be_visible()
    look(page)

    tap(page, "[data-mood='4']")
    at(page, "done")
    assert recorded(live.app, site) == Counter([("Sol", 4, False, False)])
    tap(page, "[data-go=undo]")
    expect(page.get_by_role("heading", name="Undone.")).to_be_visible()
    assert recorded(live.app, site) == Counter()


def test_what_a_phone_keeps_without_a_network_stays_its_authors_when_somebody_else_sets_it_up(
    opened: Opened, network: Network, live: Live, site: Cast
):
    sols, noors = (token_of(live, site.people[name]) for name in ("Sol", "Noor"))
    page = opened()
    page.goto(f"{network.url}/help")
    # A shared tablet's token in the same browser is another thing, and stays what it is.
    put = "([name, value]) => localStorage.setItem(name, value)"
    page.evaluate(put, ["second-wind.tablet", kept_as(TOKEN)])
    page.evaluate(put, ["second-wind.phone", kept_as(sols)])
    page.goto(f"{network.url}/phone")
    at(page, "home")
    page.evaluate(INDEPENDENT)

    network.cut = True
    page.reload()
    tap(page, "[data-act=rough]", "[data-mood='2']", "[data-severity=hard]", "[data-go=skip-rest]")
    at(page, "care")
    tap(page, "[data-go=break]", "[data-kind=walk]")
    at(page, "rest")
    expect(page.get_by_text("Saved here.")).to_be_visible()
    tap(page, "[data-go=leave]")
    expect(page.locator("[data-waiting='2']")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert [set(entry) for _number, entry in kept["databases"]["second-wind.phone"]["queue"]] == [
        {"key", "box"}
    ] * 2
    assert "second-wind" not in kept["databases"]

    page.evaluate(put, ["second-wind.phone", kept_as(noors)])
    network.cut = False
    page.reload()
    expect(page.get_by_text("Noor", exact=True)).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_count(0)
    tap(page, "[data-mood='4']")
    at(page, "done")
    said = [("Sol", 2, True, False), ("Sol", None, False, True), ("Noor", 4, False, False)]
    assert recorded(live.app, site) == Counter(said)


def test_a_break_breathes_counts_down_and_keeps_the_screen_on_until_its_owner_leaves(
    opened: Opened, live: Live, site: Cast
):
    page = opened(service_workers="block", reduced_motion="reduce")
    page.add_init_script(WAKE_LOCK)
    page.goto(f"{live.url}/help")
    page.evaluate(
        "(value) => localStorage.setItem('second-wind.phone', value)",
        kept_as(token_of(live, site.people["Sol"])),
    )
    page.goto(f"{live.url}/phone")
    tap(page, "[data-act=break]", "[data-minutes='10']", "[data-kind=breathing]")
    at(page, "rest")

    expect(page.get_by_text("Breathe in")).to_be_visible()
    expect(page.get_by_role("timer")).to_contain_text("9:5")
    expect(page.locator("[data-go=cover]")).to_be_visible()
    assert page.evaluate("asked") == ["screen"]
    look(page)
    tap(page, "[data-go=leave]")
    expect(page.locator("[data-act=rest]")).to_be_visible()
    page.evaluate(LET_GO)
    tap(page, "[data-act=rest]", "[data-act=back]", "[data-mood='3']")
    at(page, "done")
    assert recorded(live.app, site) == Counter([("Sol", None, False, True), ("Sol", 3, False, False)])
