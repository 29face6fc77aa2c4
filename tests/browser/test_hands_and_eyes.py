"""Everybody's hands and eyes: every screen of the counter, for fingers, keys, small screens, other eyes."""

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.screens import A_ROUGH_ONE, NOORS_PIN, go, walk
from tests.cast import CONFIRMED, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing.models.accounts import Person
from wellbeing.models.base import db

LEAST = 48
# A link within a sentence is as high as its line; every other target has room for a finger.
SMALL = f"""() => [...document.querySelectorAll("button, input, select, summary, a[href]")]
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width && box.height && (box.width < {LEAST} || box.height < {LEAST}))
    .filter(([one]) => !one.closest(".prose p"))
    .map(([one, box]) => `${{one.outerHTML.slice(0, 90)}}: ${{box.width}} x ${{box.height}}`)"""
WIDE = """() => document.documentElement.scrollWidth > innerWidth ? [`wider than ${innerWidth}`] : []"""
SCROLLS = "document.documentElement.scrollHeight > innerHeight"
# What somebody types is offered to nobody after them.
REMEMBERED = """() => [...document.querySelectorAll("input")]
    .filter((field) => field.autocomplete !== "off" || field.name)
    .map((field) => `${field.id} may be remembered`)"""
AXE = """() => axe.run({resultTypes: ["violations"]}).then((found) =>
    found.violations.map((fault) => `${fault.id}: ${fault.nodes[0].html}`))"""
SEVEN_TO_ONE = AXE.replace("{", '{runOnly: ["color-contrast-enhanced"], ', 1)


def faults(page: Page) -> list[str]:
    """What is too small for a finger, too wide for the screen, or a violation for axe."""
    return [*(fault for look in (SMALL, WIDE, REMEMBERED, AXE) for fault in page.evaluate(look))]


def faults_at_twice_the_size(page: Page) -> list[str]:
    """What goes wrong where everything is drawn twice as large: half as many pixels each way."""
    size = page.viewport_size
    page.set_viewport_size({side: max(320, pixels // 2) for side, pixels in size.items()})
    found = [*page.evaluate(SMALL), *page.evaluate(WIDE)]
    page.set_viewport_size(size)
    return found


# These come up before every act, and differ in a word at most: once is enough.
ALIKE = {"home", "who", "pin"}
PARTS = "document.querySelector('#app').innerHTML.replaceAll(/>[^<]+</g, '><')"
LOOKS = {
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "dark phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "language": "es"},
}
STATE, ASK_AGAIN = "**/counter/state", "dispatchEvent(new Event('online'))"
LONG_NAMES = ("Maximiliano", "Purificación", "Bartholomew", "Wilhelmina")
ON_THE_WALL = {
    "notices": [
        {
            "id": 1,
            "title": "The lift on the left stands still until the afternoon",
            "text": "We are waiting for a part. I can tell you at three how it looks.",
            "until": "15:00",
            "audience": [
                {"id": 1, "whom": "Customers with an appointment today", "told": True},
                {"id": 2, "whom": "Showroom", "told": False},
            ],
        }
    ],
    "released": {"text": "New figures are out."},
    "changed": [{"day": "2026-03-02", "text": "Two people stand at the counter from nine to eleven"}],
    "cover": [{"id": 3, "name": "Sol V.", "place": "Service counter", "until": "14:20"}],
}


def forty_in_the_team(live: Live, cast: Cast) -> None:
    with live.app.app_context():
        for number in range(28):
            name = f"{LONG_NAMES[number % 4]} {chr(65 + number % 26)}enavides"
            row = {"name": name, "unit_id": cast.units["Service counter"], "created_at": CONFIRMED}
            db.session.execute(sa.insert(Person).values(row))
        db.session.commit()


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_has_room_for_fingers_and_no_fault_that_axe_finds(
    counter: Opened, live: Live, site: Cast, look: str
):
    if look == "dark phone":
        forty_in_the_team(live, site)
    visit = counter(**LOOKS[look], reduced_motion="reduce")
    visit.page.evaluate(Axe().axe_script)

    found, seen = [], set()
    for screen in walk(visit):
        parts = visit.page.evaluate(PARTS)
        if screen not in ALIKE or parts not in seen:
            found += [(screen, fault) for fault in faults(visit.page)]
            found += [(screen, fault) for fault in faults_at_twice_the_size(visit.page)]
        seen.add(parts)
    assert found == []


def test_a_full_counter_one_that_lost_the_server_and_one_that_is_revoked_have_no_fault(counter: Opened):
    visit = counter(viewport={"width": 360, "height": 740})
    page = visit.page
    page.evaluate(Axe().axe_script)

    page.route(STATE, lambda route: route.fulfill(json=route.fetch().json() | ON_THE_WALL), times=1)
    page.evaluate(ASK_AGAIN)
    expect(page.locator("[data-cover]")).to_be_visible()
    assert faults(page) == []
    page.route("**/counter/act", lambda route: route.abort())
    go(visit, *NOORS_PIN[:-1], ("unsaved", NOORS_PIN[-1][1]))
    assert faults(page) == []
    page.keyboard.press("Escape")
    unknown = {"error": "This tablet is not enrolled, or was signed out.", "code": "tablet_unknown"}
    page.route(STATE, lambda route: route.fulfill(status=401, json=unknown))
    page.evaluate(ASK_AGAIN)
    expect(page.locator("#screen")).to_have_attribute("data-screen", "enrol")
    assert faults(page) == []


def test_who_asks_for_more_contrast_reads_with_seven_to_one(counter: Opened):
    visit = counter()
    visit.page.evaluate(Axe().axe_script)

    found = []
    for screen in walk(visit, A_ROUGH_ONE):
        for scheme in ("light", "dark"):
            visit.page.emulate_media(contrast="more", color_scheme=scheme)
            found += [(screen, scheme, fault) for fault in visit.page.evaluate(SEVEN_TO_ONE)]
    assert found == []


def test_who_asks_for_less_motion_sees_nothing_move(counter: Opened):
    page = counter(reduced_motion="reduce").page

    page.locator("[data-act=rough]").hover()
    page.mouse.down()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator("[data-act=rough]").evaluate("(act) => getComputedStyle(act).transform") == "none"


def test_colours_of_ones_own_still_tell_how_many_digits_are_typed_and_what_is_chosen(counter: Opened):
    visit = counter(forced_colors="active")
    page, looks = visit.page, "(one) => getComputedStyle(one).backgroundColor"
    go(visit, *A_ROUGH_ONE[:2])
    page.keyboard.type("1")
    expect(page.locator(".dot.full")).to_have_count(1)
    assert len({dot.evaluate(looks) for dot in page.locator(".dot").all()}) == 2
    page.keyboard.press("Backspace")
    expect(page.locator(".dot.full")).to_have_count(0)
    go(visit, *A_ROUGH_ONE[2:])
    page.locator("[data-chip]").first.click()
    assert len({chip.evaluate(looks) for chip in page.locator("[data-chip]").all()}) == 2


def test_a_check_in_is_seven_taps_of_which_none_scrolls(counter: Opened):
    """Twelve people, a tablet held across: the counter, a tile, four digits, a face."""
    visit = counter(viewport={"width": 1024, "height": 768})
    page, sol = visit.page, visit.cast.people["Sol"]
    digits = [f"[data-digit='{digit}']" for digit in pin_of("Sol")]

    for target in ("[data-act=check_in]", f"[data-person='{sol}']", *digits, "[data-mood='4']"):
        assert not page.evaluate(SCROLLS), target
        page.locator(target).click()
    expect(page.locator("#screen")).to_have_attribute("data-screen", "done")
    assert not page.evaluate(SCROLLS)


def test_with_the_keyboard_alone_somebody_checks_in_and_leaves(counter: Opened):
    visit = counter()
    page = visit.page

    def go_to(selector: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("(one) => document.activeElement.matches(one)", selector):
                break
        assert page.locator(selector).evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
        page.keyboard.press("Enter")

    go_to("[data-act=check_in]")
    go_to(f"[data-person='{visit.cast.people['Sol']}']")
    expect(page.locator("#screen")).to_have_attribute("data-screen", "pin")
    page.keyboard.type(pin_of("Sol"))
    expect(page.locator("#screen")).to_have_attribute("data-screen", "mood")
    go_to("[data-mood='4']")
    expect(page.locator("#screen")).to_have_attribute("data-screen", "done")
    page.keyboard.press("Escape")
    expect(page.locator("#screen")).to_have_attribute("data-screen", "home")


def test_a_pin_that_is_too_easy_is_refused_before_it_is_typed_twice(counter: Opened):
    visit = counter()
    go(visit, *NOORS_PIN[:3])
    page = visit.page

    for easy in ("1234", "7777", "0987", "567890"):
        page.keyboard.type(easy)
        page.locator("[data-go=ok]").click()
        expect(page.locator("#pin-error")).to_contain_text("That PIN is too easy to guess.")
        expect(page.locator("#screen")).to_have_attribute("data-screen", "new-pin")
    go(visit, *NOORS_PIN[3:])
