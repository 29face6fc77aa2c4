"""Clean for the next person: however a visit ends, the counter is as if nobody had been there."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.screens import A_ROUGH_ONE, Doing, Steps, Visit, go, person, tap
from tests.cast import Cast
from tests.conftest import SECRETS
from tests.fixtures.live import Live
from wellbeing import keys
from wellbeing.models.accounts import Person
from wellbeing.models.base import db

# Digits that stand nowhere by chance.
PIN = "730591"
# All that a script could find of a visit: what is on the screen, said aloud, remembered, and in every store.
TRACES = """async () => {
  const {visit} = await import(document.querySelector('link[href$="/visit.js"]').href);
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  return {
    screen: document.querySelector("#app").outerHTML, heard: document.querySelector("#live").textContent,
    screens: document.body.dataset.screen, focus: document.activeElement.outerHTML.slice(0, 60),
    visit: {...visit}, fields, address: location.href, state: history.state || null, name: window.name,
    session: {...sessionStorage}, local: {...localStorage}, cookies: document.cookie, scrolled: scrollY,
  };
}"""

FORGOTTEN = """() => import(document.querySelector('link[href$="/visit.js"]').href)
    .then(({visit}) => visit.person === null && visit.pin === "")"""


@pytest.fixture
def visit(counter: Opened, live: Live, site: Cast) -> Visit:
    """Sol has a PIN of six digits."""
    sol = site.people["Sol"]
    with live.app.app_context():
        row = sa.update(Person).where(Person.id == sol)
        db.session.execute(row.values(pin_mac=keys.pin_mac(SECRETS.pin_pepper, sol, PIN), pin_length=6))
        db.session.commit()
    return counter(viewport={"width": 1024, "height": 768})


def traces(page: Page) -> dict[str, Any]:
    expect(page.locator("#screen")).to_have_attribute("data-screen", "home")
    page.mouse.move(0, 0)
    found: dict[str, Any] = page.evaluate(TRACES)
    return found


def heap(page: Page) -> str:
    """Everything that the page's memory still holds after a clean-up."""
    parts: list[str] = []
    session = page.context.new_cdp_session(page)
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: parts.append(event["chunk"]))
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.detach()
    return "\n".join(json.loads("".join(parts))["strings"])


def its_pin(visit: Visit) -> None:
    visit.page.keyboard.type(PIN)


def its_half(visit: Visit) -> None:
    visit.page.keyboard.type(PIN[:3])


def its_words(visit: Visit) -> None:
    """Own words for a step of the coach, with the same digits in them."""
    visit.page.locator("summary").first.click()
    visit.page.locator("textarea").fill(f"Thank you for telling me about order {PIN}.")


def after(seconds: int) -> Doing:
    """Let some time pass on the page's clock."""
    script = "(seconds) => (Date.now = ((now) => () => now() + seconds * 1000)(Date.now.bind(Date)))"
    return lambda visit: visit.page.evaluate(f"(seconds) => void ({script})(seconds)", seconds)


def closes_the_lid(visit: Visit) -> None:
    hidden = "(is) => Object.defineProperty(document, 'hidden', {value: is, configurable: true})"
    for is_hidden in (True, False):
        visit.page.evaluate(f"(is) => void ({hidden})(is)", is_hidden)
        visit.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def clock_is_set_back_and_nobody_comes(visit: Visit) -> None:
    after(-86_400)(visit)
    visit.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    after(20)(visit)


def listens(visit: Visit) -> None:
    """Touch nothing while a customer talks: the coach stays open, and whose visit it is is forgotten."""
    after(20)(visit)
    for _ in range(40):
        if visit.page.evaluate(FORGOTTEN):
            break
        visit.page.wait_for_timeout(50)
    assert visit.page.evaluate(FORGOTTEN)
    expect(visit.page.locator("#screen")).to_have_attribute("data-screen", "coach")


IN_THE_MIDDLE = (*A_ROUGH_ONE[:2], ("mood", its_pin), *A_ROUGH_ONE[3:])
CHECKED_IN = (
    ("who", tap("[data-act=check_in]")),
    ("pin", person("Sol")),
    ("mood", its_pin),
    ("done", tap("[data-mood='2']")),
)
IN_THE_COACH = (
    ("coach-start", tap("[data-act=right]")),
    ("coach", tap("[data-go=walk]")),
    ("coach", tap("[data-answer=next]")),
    ("coach", tap("[data-answer=yes]")),
)
# How a visit may end: what somebody had done, and how they left.
ENDS: dict[str, tuple[Steps, Doing]] = {
    "they tap Done": (CHECKED_IN, tap("#screen [data-go=next]")),
    "they cancel": (IN_THE_MIDDLE, lambda visit: visit.page.keyboard.press("Escape")),
    "they walk away": (IN_THE_MIDDLE, after(20)),
    "they walk away after Saved": (CHECKED_IN, after(20)),
    "they walk away, and the tablet's clock is put right": (
        IN_THE_MIDDLE,
        clock_is_set_back_and_nobody_comes,
    ),
    "they go back": (IN_THE_MIDDLE, lambda visit: visit.page.go_back()),
    "they go back with half a PIN": (CHECKED_IN[:2], lambda visit: (its_half(visit), visit.page.go_back())),
    "they close the lid": (IN_THE_MIDDLE, closes_the_lid),
    "they write their own words in the coach, and walk away": (
        (*IN_THE_COACH, ("coach", lambda visit: (its_words(visit), tap("[data-answer=next]")(visit)))),
        after(180),
    ),
    "they come from a rough one, and listen to a customer": (
        (*IN_THE_MIDDLE, ("care", tap("[data-go=skip-rest]")), ("coach", tap("[data-go=right]"))),
        lambda visit: (listens(visit), [visit.page.keyboard.press("Escape") for _ in range(2)]),
    ),
    "they read on, and walk away": ((*IN_THE_MIDDLE, ("help", tap("[data-go=help]"))), after(60)),
}


def test_however_a_visit_ends_nothing_of_it_is_left_on_the_page_or_in_its_memory(visit: Visit):
    page, before = visit.page, traces(visit.page)
    entries = page.evaluate("history.length")

    go(visit, *IN_THE_MIDDLE)
    assert PIN in heap(page), "what cannot be found while it is there cannot be missed after"
    page.keyboard.press("Escape")
    for end, (steps, leave) in ENDS.items():
        go(visit, *steps)
        leave(visit)
        assert traces(page) == before, end
    assert PIN not in heap(page)
    assert page.evaluate("history.length") == entries + 1


def test_who_leaves_the_page_and_comes_back_finds_the_counter_and_no_visit(visit: Visit, live: Live):
    page, before = visit.page, traces(visit.page)

    for leave in (lambda: page.goto(f"{live.url}/help"), page.reload):
        go(visit, *IN_THE_MIDDLE)
        leave()
        if "/help" in page.url:
            page.go_back()
        assert traces(page) == before
        page.go_back()
        assert traces(page) == before
        page.go_forward()
        assert traces(page) == before


def test_a_language_chosen_in_the_middle_is_spoken_at_once_and_goes_with_its_person(visit: Visit):
    page = visit.page
    before = traces(page)
    go(visit, *IN_THE_MIDDLE[:-1])
    page.locator("[data-language=es]").click()

    expect(page.get_by_role("heading", name="¿Cómo de duro ha sido?")).to_be_visible()
    expect(page.locator("[data-severity=hard]")).to_contain_text("Duro")
    assert page.evaluate("document.activeElement.dataset.language") == "en"
    page.keyboard.press("Escape")
    expect(page.locator("[data-act=check_in]")).to_contain_text("Check in")
    assert traces(page) == before
