"""The floor in a real browser: asked for at the tablet, taken on the manager's page, and nobody reloads."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.cast import NOW, PASSWORD, TOKEN, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing import notices
from wellbeing.models.base import db
from wellbeing.notice_draft import Draft

WIDTHS = (360, 1280)


@pytest.fixture
def tablet(browser: Browser, live: Live, site: Cast) -> Iterator[Page]:
    """The enrolled tablet of the service counter."""
    context = browser.new_context(viewport={"width": 1180, "height": 740})
    kept = json.dumps(json.dumps({"token": TOKEN, "language": "en"}))
    context.add_init_script(f"localStorage.setItem('second-wind.tablet', {kept})")
    page = context.new_page()
    page.goto(f"{live.url}/counter")
    yield page
    context.close()


@pytest.fixture
def floor(page: Page, live: Live, site: Cast, complaints: list[str]) -> Page:
    """Alba's page of her floor, asking far more often than it does in life."""
    page.add_init_script("const slow = setTimeout; window.setTimeout = (done, ms) => slow(done, ms / 20);")
    page.goto(f"{live.url}/sign-in")
    page.locator("[name=login]").fill("alba")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
    page.goto(f"{live.url}/floor/{site.units['Service counter']}")
    return page


def hang(live: Live, site: Cast, unit: str = "Northgate") -> None:
    said = Draft(
        "Loan cars are late",
        "Your car will be here by three.",
        NOW - timedelta(hours=1),
        NOW + timedelta(hours=3),
        ("Pick-ups", "Reception"),
    )
    with live.app.app_context():
        notices.write(db.session(), site.units[unit], said, NOW)


def at(tablet: Page, screen: str) -> None:
    expect(tablet.locator("#screen")).to_have_attribute("data-screen", screen)


def ask_for_cover(tablet: Page, site: Cast, name: str) -> None:
    tablet.locator("[data-act=break]").click()
    tablet.locator(f"[data-person='{site.people[name]}']").click()
    at(tablet, "pin")
    tablet.keyboard.type(pin_of(name))
    tablet.locator("[data-kind=walk]").click()
    tablet.locator("[data-go=cover]").click()
    expect(tablet.locator("[data-go=cover]")).to_have_count(0)
    tablet.locator("[data-go=next]").click()
    at(tablet, "home")


def test_a_request_at_the_tablet_appears_is_taken_and_is_gone_at_both(
    tablet: Page, floor: Page, live: Live, site: Cast
):
    expect(floor.get_by_text("Nobody needs cover right now.")).to_be_visible()
    floor.evaluate("window.sameVisit = true")

    ask_for_cover(tablet, site, "Sol")

    got_it = floor.get_by_role("button", name="I've got it: Sol V.")
    expect(got_it).to_be_visible()
    expect(floor.locator("#floor-said")).to_contain_text("Sol V., Service counter, needs cover until")
    assert floor.title().startswith("(1) ")
    got_it.press("Enter")
    expect(got_it).to_have_count(0)
    expect(floor.locator("#floor-said")).to_contain_text("You've got it.")
    expect(floor.locator("#cover-title")).to_be_focused()
    assert floor.evaluate("window.sameVisit")
    tablet.reload()
    at(tablet, "home")
    expect(tablet.get_by_text("Sol V.")).to_have_count(0)


def test_whom_to_tell_is_ticked_at_the_tablet_by_keyboard_and_seen_on_the_floor(
    tablet: Page, floor: Page, live: Live, site: Cast
):
    hang(live, site)
    expect(floor.get_by_text("Your car will be here by three.")).to_be_visible()
    tablet.reload()
    pick_ups = tablet.get_by_role("button", name="Pick-ups")
    expect(pick_ups).to_have_attribute("aria-pressed", "false")
    assert pick_ups.bounding_box()["height"] >= 48

    pick_ups.press("Enter")

    expect(pick_ups).to_have_attribute("aria-pressed", "true")
    expect(pick_ups).to_be_focused()
    ticked = floor.get_by_role("button", name=re.compile("Pick-ups told 12:3"))
    expect(ticked).to_have_attribute("aria-pressed", "true")
    ticked.press("Space")
    expect(floor.get_by_role("button", name="Pick-ups")).to_have_attribute("aria-pressed", "false")
    expect(floor.get_by_role("button", name="Pick-ups")).to_be_focused()
    assert Axe().run(tablet).response["violations"] == []


def test_a_floor_says_that_it_is_not_connected_and_finds_its_way_back(
    floor: Page, live: Live, site: Cast, complaints: list[str]
):
    said = floor.locator("#floor-connection")
    floor.route("**/wall", lambda route: route.abort())
    expect(said).to_contain_text("Not connected.")
    floor.unroute("**/wall")
    expect(said).to_be_hidden()
    complaints.clear()

    floor.context.clear_cookies()

    expect(said).to_contain_text("You are signed out")


def test_a_floor_that_nobody_looks_at_asks_for_nothing(floor: Page, live: Live, site: Cast):
    asked: list[str] = []
    floor.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { get: () => window.away ?? false });
          window.away = true;
        }"""
    )
    floor.wait_for_timeout(600)
    floor.on("request", lambda request: asked.append(request.url))
    floor.wait_for_timeout(800)
    assert asked == []

    with floor.expect_request("**/wall"):
        floor.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_floor_fits_and_is_readable_by_all(floor: Page, live: Live, site: Cast, scheme):
    hang(live, site, "Service counter")
    floor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    address = floor.url
    for path in (address, f"{live.url}/floor/notice/1"):
        for width in WIDTHS:
            floor.set_viewport_size({"width": width, "height": 900})
            floor.goto(path)
            found = Axe().run(floor).response["violations"]
            assert [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found] == [], (path, width)
            assert floor.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
