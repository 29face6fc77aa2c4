"""After a rough one in a browser: three taps, safety first, and only what is ticked leaves the device."""

from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.at_counter import Tablet
from tests.browser.screens import A_ROUGH_ONE, PIN, go, person, tap
from tests.browser.test_hands_and_eyes import AXE, WIDE, faults
from tests.cast import PASSWORD, Cast
from tests.fixtures.live import Live
from tests.fixtures.network import Network
from wellbeing import appointed, incidents
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db

# Fetches the texts now, and not some seconds later.
FETCH = "import('/static/js/counter/care/load.js').then((care) => care.keepLoaded())"
COACHING = "[data-go=right], [data-go=lines], .care-perspective, .care-under"
# Nobody touches the tablet for 25 seconds.
LATER = "void (Date.now = ((now) => () => now() + 25_000)(Date.now.bind(Date)))"


@pytest.fixture
def hilde_reads(live: Live, site: Cast) -> None:
    with live.app.app_context():
        for subject in ReaderOf:
            appointed.appoint(db.session(), subject, db.session.get_one(Person, site.people["Hilde"]))


def test_after_a_severe_one_safety_comes_first_and_nobody_coaches(counter):
    visit = counter("en", viewport={"width": 1024, "height": 768})
    go(visit, *A_ROUGH_ONE[:-1], ("safe", tap("[data-severity=severe]")))
    expect(visit.page.get_by_role("heading", name="Are you safe now?")).to_be_visible()

    go(visit, ("chips", tap("[data-go=safe]")), ("care", tap("[data-go=skip-rest]")))

    expect(visit.page.get_by_role("heading", name="You may end an abusive contact")).to_be_visible()
    for way in ("break", "care-help", "incident"):
        expect(visit.page.locator(f"[data-go={way}]")).to_be_visible()
    expect(visit.page.locator(COACHING)).to_have_count(0)
    for way, screen in (("incident", "incident"), ("breathe", "breathe")):
        go(visit, (screen, tap(f"[data-go={way}]")), ("care", tap("[data-go=care-back]")))
        expect(visit.page.get_by_role("heading", name="You may end an abusive contact")).to_be_visible()
        expect(visit.page.locator(COACHING)).to_have_count(0)


def test_after_a_severe_one_nobody_coaches_where_the_texts_cannot_be_had_either(counter):
    visit = counter("en", viewport={"width": 1024, "height": 768})
    visit.page.route("**/care/care.js*", lambda asked: asked.abort())
    go(visit, *A_ROUGH_ONE[:-1], ("safe", tap("[data-severity=severe]")))
    go(visit, ("chips", tap("[data-go=safe]")), ("care", tap("[data-go=skip-rest]")))

    expect(visit.page.get_by_role("heading", name="That should not happen to anybody.")).to_be_visible()
    expect(visit.page.get_by_text("You may end an abusive contact.")).to_be_visible()
    expect(visit.page.locator(COACHING)).to_have_count(0)


def test_without_a_network_the_care_screen_is_three_taps_away_and_forgets_who_stood_there(
    tablet: Tablet, network: Network
):
    page = tablet.page
    page.evaluate(FETCH)
    network.cut = True
    tablet.identify("rough", "Sol")
    for button in ("[data-mood='2']", "[data-severity=hard]", "[data-go=skip-rest]"):
        tablet.tap(button)
    tablet.at("care")
    first = page.locator(".care-perspective").text_content()
    tablet.tap("[data-go=another]")
    assert page.locator(".care-perspective").text_content() != first

    page.evaluate(LATER)
    page.wait_for_timeout(700)

    tablet.at("care")
    tablet.tap("[data-go=break]")
    tablet.at("who")


def test_a_tablet_sends_only_what_is_ticked_to_whom_it_named(counter, hilde_reads):
    visit = counter("en", viewport={"width": 1024, "height": 768})
    page, sent = visit.page, []
    page.on("request", lambda asked: sent.append(asked.post_data or ""))
    go(visit, ("help", tap("[data-go=help]")), ("who", tap("[data-go=ask]")))
    go(visit, ("pin", person("Sol")), ("ask", PIN))
    expect(page.get_by_text("Who reads it: Hilde Vale, and whoever is appointed later.")).to_be_visible()
    page.evaluate(Axe().axe_script)
    assert faults(page) == []

    page.get_by_label("A line of my own").first.check()
    page.locator("textarea").fill("a secret")
    page.get_by_label("A line of my own").first.uncheck()
    page.get_by_label("My name").check()
    go(visit, ("done", tap("[type=submit]")))
    go(visit, ("done", tap("[data-go=undo]")))
    expect(page.get_by_role("heading", name="Undone.")).to_be_visible()

    asked = [body for body in sent if '"act":"ask"' in body]
    assert len(asked) == 1 and '"name":true' in asked[0]
    assert not any(word in body for body in sent for word in ("secret", "words", "reach", "team"))


def test_a_phone_sends_only_what_is_ticked_and_breathes_without_motion(
    browser: Browser, live: Live, site: Cast, hilde_reads
):
    looks = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "reduced_motion": "reduce"}
    context = browser.new_context(**looks, base_url=live.url)
    page, sent = context.new_page(), []
    page.on("request", lambda asked: sent.append(asked.post_data or ""))
    _breathe(page)
    _sign_in(page)
    page.goto("/help/contact")
    _is_clean(page)
    page.get_by_label("How to reach me").first.check()
    page.locator("#reach").fill("a secret")
    page.get_by_label("How to reach me").first.uncheck()
    page.get_by_label("My name").check()
    page.get_by_role("button", name="Send what is ticked").click()
    expect(page.get_by_text("Nobody else was told.")).to_be_visible()

    (asked,) = [body for body in sent if "name=y" in body]
    assert set(parse_qs(asked, keep_blank_values=True)) == {"csrf_token", "name"}
    page.goto("/incident")
    _is_clean(page)
    context.close()


def test_an_incident_report_is_printed_as_typed_with_nothing_sent_and_nothing_kept(
    browser: Browser, live: Live, site: Cast, hilde_reads
):
    context = browser.new_context(base_url=live.url)
    page, sent = context.new_page(), []
    _sign_in(page)
    page.goto("/incident")
    # The browser fetches the icon of its tab whenever it likes.
    page.on("request", lambda asked: asked.url.endswith("icon.svg") or sent.append(asked.url))
    page.get_by_label("What happened").fill("They shouted.")
    page.get_by_label("A threat").check()
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_role("button", name="Print, and send nothing").click()
    page.emulate_media(media="print")

    expect(page.locator("[data-paper=what]")).to_have_text("They shouted.")
    expect(page.locator("[data-paper=kinds]")).to_have_text("A threat")
    expect(page.get_by_role("button", name="Send to Hilde Vale")).to_be_hidden()
    assert sent == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    with live.app.app_context():
        assert incidents.every(db.session()) == []
    context.close()


def _breathe(page: Page) -> None:
    page.goto("/care")
    _is_clean(page)
    page.get_by_role("button", name="Breathe with me").click()
    expect(page.locator(".breath.still")).to_be_visible()
    expect(page.locator(".breath-count")).to_have_text("3 · Breath 1 of 3")
    _is_clean(page)


def _is_clean(page: Page) -> None:
    page.evaluate(Axe().axe_script)
    assert [fault for look in (WIDE, AXE) for fault in page.evaluate(look)] == []


def _sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill("sol")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
