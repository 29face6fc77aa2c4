"""Everybody's hands and eyes: every screen of the counter, for fingers, keys, small screens, other eyes."""

import json
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import PIN, Visit, go, person, tap, walk
from tests.cast import NOW, TOKEN, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing import people
from wellbeing.models.accounts import CodePurpose, Person
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
AXE = """() => axe.run({resultTypes: ["violations"]}).then((found) =>
    found.violations.map((fault) => `${fault.id}: ${fault.nodes[0].html}`))"""
SEVEN_TO_ONE = AXE.replace("{", '{runOnly: ["color-contrast-enhanced"], ', 1)
Opened = Callable[..., Visit]


@pytest.fixture
def counter(browser: Browser, live: Live, site: Cast) -> Iterator[Opened]:
    """The enrolled tablet of the service counter; Noor is there for the first time, and has a code."""
    contexts = []
    with live.app.app_context():
        noor = sa.update(Person).where(Person.id == site.people["Noor"])
        db.session.execute(noor.values(pin_mac=None, pin_length=None))
        code = people.make_code(db.session(), CodePurpose.PIN, site.people["Noor"], NOW)

    def open_it(language: str = "en", **looks: object) -> Visit:
        contexts.append(browser.new_context(**looks))
        kept = json.dumps(json.dumps({"token": TOKEN, "language": language}))
        contexts[-1].add_init_script(f"localStorage.setItem('second-wind.tablet', {kept})")
        page = contexts[-1].new_page()
        page.goto(f"{live.url}/counter?lang={language}")
        expect(page.locator("#screen")).to_have_attribute("data-screen", "home")
        return Visit(page, site, code)

    yield open_it
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    """What is too small for a finger, too wide for the screen, or a violation for axe."""
    return [*page.evaluate(SMALL), *page.evaluate(WIDE), *page.evaluate(AXE)]


def faults_at_twice_the_size(page: Page) -> list[str]:
    """What goes wrong where everything is drawn twice as large: half as many pixels each way."""
    size = page.viewport_size
    page.set_viewport_size({side: max(320, pixels // 2) for side, pixels in size.items()})
    found = [*page.evaluate(SMALL), *page.evaluate(WIDE)]
    page.set_viewport_size(size)
    return found


A_ROUGH_ONE = (
    ("who", tap("[data-act=rough]")),
    ("pin", person("Sol")),
    ("mood", PIN),
    ("severity", tap("[data-mood='2']")),
    ("chips", tap("[data-severity=hard]")),
)
LOOKS = {
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "dark phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "language": "es"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_has_room_for_fingers_and_no_fault_that_axe_finds(counter: Opened, look: str):
    visit = counter(**LOOKS[look], reduced_motion="reduce")
    visit.page.evaluate(Axe().axe_script)

    found = []
    for screen in walk(visit):
        found += [(screen, fault) for fault in faults(visit.page)]
        found += [(screen, fault) for fault in faults_at_twice_the_size(visit.page)]
    assert found == []


def test_who_asks_for_more_contrast_reads_with_seven_to_one(counter: Opened):
    visit = counter()
    visit.page.evaluate(Axe().axe_script)

    found = []
    for screen in walk(visit, A_ROUGH_ONE):
        for scheme in ("light", "dark"):
            visit.page.emulate_media(contrast="more", color_scheme=scheme)
            found += [(screen, scheme, fault) for fault in visit.page.evaluate(SEVEN_TO_ONE)]
    assert found == []


def test_colours_of_ones_own_still_tell_how_many_digits_are_typed_and_what_is_chosen(counter: Opened):
    visit = counter(forced_colors="active")
    page, looks = visit.page, "(one) => getComputedStyle(one).backgroundColor"
    go(visit, *A_ROUGH_ONE[:2])
    page.keyboard.type("1")
    assert len({dot.evaluate(looks) for dot in page.locator(".dot").all()}) == 2
    page.keyboard.press("Backspace")
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
