"""The apology coach and the lines in a browser: on a tablet without a network, on a phone with one thumb."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.at_counter import Tablet
from tests.browser.test_hands_and_eyes import AXE, SMALL, WIDE
from tests.cast import Cast
from tests.fixtures.keepsakes import KEPT
from tests.fixtures.live import Live
from tests.fixtures.network import Network

OWN = "Thank you for coming back to us."
PROMISED = {
    "What I can do": "Ask the haulier",
    "By when": "Today at two",
    "Next update": "Half past two, news or not",
}
STRAIGHT = ("next", "yes", "next", "next", "next", "next", "next", "yes", "yes", "yes", "yes", "yes")
# The frame around a page is looked at elsewhere.
SMALL_HERE = SMALL.replace('!one.closest(".prose p")', 'one.closest("main, dialog")')
FETCH = "import('/static/js/counter/care/load.js').then((care) => care.keepLoaded())"


@pytest.fixture
def phone(browser: Browser, live: Live, site: Cast) -> Iterator[Page]:
    """A small phone, dark and in Spanish; it may copy, and every request that it sends is noted."""
    looks: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
    context = browser.new_context(**looks, reduced_motion="reduce", base_url=live.url, locale="es")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def say(page: Page, *words: str) -> None:
    """Give some answers, one after the other."""
    for word in words:
        page.locator(f"[data-answer={word}]").click()


def faults(page: Page) -> list[str]:
    return [fault for look in (SMALL_HERE, WIDE, AXE) for fault in page.evaluate(look)]


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, exact=True)).to_be_visible()


def write(page: Page, words: str) -> None:
    page.locator("summary").first.click()
    page.locator("textarea").fill(words)


def test_at_a_tablet_without_a_network_somebody_walks_through_it_in_two_taps_and_nothing_stays(
    tablet: Tablet, network: Network
):
    page = tablet.page
    page.evaluate(FETCH)
    tablet.tap("[data-act=right]")
    tablet.tap("[data-go=walk]")
    say(page, "next", "yes")
    tablet.tap("[data-language=es]")
    heading(page, "Agradece al cliente que te haya hecho ver el problema")
    expect(page.locator("[data-language=en]")).to_be_focused()
    network.cut = True
    page.reload()
    tablet.at("home")
    tablet.tap("[data-act=right]")
    tablet.at("coach-start")
    tablet.tap("[data-go=walk]")
    say(page, "next", "no")
    heading(page, "Have they finished?")
    expect(page.get_by_text("Keep listening.")).to_be_visible()
    expect(page.locator(".coach-timer")).to_have_text("Listening for 0:01")
    assert page.locator("#closing").inner_text().startswith("closes by itself in 1")
    say(page, "yes")
    heading(page, "Thank the customer for bringing the issue to your attention")
    write(page, OWN)
    say(page, "next", "back")
    expect(page.locator(".own blockquote")).to_have_text(OWN)
    say(page, *STRAIGHT[2:])
    heading(page, "Good that you did this.")

    tablet.tap("#screen [data-go=close]")
    tablet.at("coach-start")
    tablet.tap("[data-go=walk]")
    say(page, "next", "yes")
    expect(page.locator(".own")).to_have_count(0)
    kept = page.evaluate(KEPT)
    assert OWN not in json.dumps(kept)
    assert kept["databases"]["second-wind"]["queue"] == []


def test_with_one_thumb_on_a_small_phone_every_moment_is_within_reach_and_without_a_fault(phone: Page):
    phone.goto("/coach")
    phone.evaluate(Axe().axe_script)
    assert faults(phone) == []
    phone.locator("[data-go=walk]").click()
    found = []
    for word in ("next", *STRAIGHT[1:5], "branch", "next", "branch", *STRAIGHT[6:-1], "no", "next"):
        phone.locator("summary").evaluate_all(
            "(all) => all.forEach((one) => (one.parentElement.open = true))"
        )
        found += [(phone.locator("h2").first.inner_text(), fault) for fault in faults(phone)]
        button = phone.locator(f"[data-answer={word}]")
        box = button.bounding_box()
        assert box is not None and 740 / 2 < box["y"] and box["y"] + box["height"] <= 740, word
        button.click()
    phone.locator("[data-go=close]").wait_for()
    assert found + faults(phone) == []

    for screen in ("still", "mattered"):
        phone.go_back()
        expect(phone.locator("[data-answer]").first, screen).to_be_visible()
    phone.emulate_media(color_scheme="light")
    assert faults(phone) == []


def test_own_words_stay_on_the_phone_are_compared_in_practice_and_forgotten_on_request(
    phone: Page, live: Live
):
    sent = []
    phone.on("request", lambda request: sent.append((request.method, request.post_data, request.url)))
    phone.goto("/coach?lang=en")
    phone.locator("[data-go=practice]").click()
    phone.get_by_role("button", name="Snow on the pass").click()
    say(phone, "next")
    expect(phone.get_by_text("The lorry is stuck behind a closed road")).to_be_visible()
    say(phone, "yes")
    expect(phone.locator(".coach-quote")).to_have_count(0)
    phone.locator("textarea").fill(OWN)
    say(phone, *STRAIGHT[2:6], "branch")
    for label, words in PROMISED.items():
        phone.get_by_label(label).fill(words)
    say(phone, "next", "yes")
    heading(phone, "Yours and the example")
    expect(phone.get_by_text("Nobody caused the snow.")).to_be_visible()
    expect(phone.locator(".coach-beside").first).to_contain_text(OWN)
    expect(phone.locator(".coach-beside").filter(has_text="fits the story")).to_contain_text("not our doing")

    phone.reload()
    phone.locator("[data-go=walk]").click()
    say(phone, "next", "yes")
    expect(phone.locator(".own blockquote")).to_have_text(OWN)
    phone.reload()
    phone.get_by_role("button", name="Forget what I wrote here").click()
    expect(phone.get_by_text("Forgotten.")).to_be_visible()
    kept = json.dumps(phone.evaluate(KEPT))
    assert [words for words in (OWN, *PROMISED.values()) if words in kept] == []
    assert {(method, data) for method, data, _url in sent} == {("GET", None)}
    assert all(url.startswith(live.url) and "Thank" not in url for _method, _data, url in sent)


def test_a_line_is_chosen_by_theme_copied_and_shown_large(phone: Page):
    phone.goto("/lines?lang=en#lines-missed")
    phone.evaluate(Axe().axe_script)
    expect(phone.locator(".line-group:visible")).to_have_count(1)
    phone.get_by_role("link", name="Take the lead").click()
    line = "There are two ways from here. I’ll tell you both, and you choose."
    card = phone.locator(".line-text").filter(has_text=line)
    card.get_by_role("button", name="Copy").click()
    expect(card.get_by_role("button", name="Copied.")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == line
    assert faults(phone) == []

    card.get_by_role("button", name="Show large").click()
    expect(phone.get_by_role("dialog")).to_contain_text(line)
    assert faults(phone) == []
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("dialog")).to_have_count(0)
    phone.get_by_role("link", name="All").click()
    expect(phone.locator(".line-group:visible")).to_have_count(5)
