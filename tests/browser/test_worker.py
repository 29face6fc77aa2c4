"""The counter starts without a network, and renews itself only when nobody is there."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.cast import NOW, TOKEN, Cast
from tests.fixtures.live import Live
from wellbeing import tablets
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.web import kept

KEPT = json.dumps({"token": TOKEN, "language": "en"})
AS_ENROLLED = f"localStorage.setItem('second-wind.tablet', '{KEPT}')"
# How many versions the tablet keeps once a worker is there; if none comes (are the compressed copies
# of files as new as their originals?) the waiting ends.
AT_WORK = """() => Promise.race([
  navigator.serviceWorker.ready.then(async () => (await caches.keys()).length),
  new Promise((later) => setTimeout(() => later("no worker"), 10_000)),
])"""
ASK_FOR_UPDATE = "dispatchEvent(new Event('online'))"
UPDATE_WAITS = """async () => {
  const worker = await navigator.serviceWorker.ready;
  for (let tries = 0; !worker.waiting && tries < 200; tries += 1) {
    await new Promise((later) => setTimeout(later, 50));
  }
  return Boolean(worker.waiting);
}"""
# Asks for an update, and tells how the new worker ended.
UPDATE_ENDS = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const found = new Promise((take) => (registration.onupdatefound = () => take(registration.installing)));
  await registration.update();
  const worker = await found;
  while (["parsed", "installing"].includes(worker.state)) await new Promise((later) => setTimeout(later, 50));
  return worker.state;
}"""
# Nobody has to have spoken Spanish here before.
SPANISH_IS_KEPT = """async () => {
  const { recall } = await import("/static/js/counter/store.js");
  while (!(await recall("choices-es"))) await new Promise((later) => setTimeout(later, 50));
}"""
KINDS_OF_BREAK = """import("/static/js/counter/state.js")
  .then(({ state }) => state().choices.break_kind.map((kind) => kind.label))"""

# What a page asks of a browser, told by itself.
LISTEN = """window.asked = [];
Object.defineProperty(navigator, "wakeLock", { value: {
  request: async (kind) => { asked.push(kind); return { released: false }; },
} });
navigator.storage.persist = async () => asked.push("persist");"""

Start = Callable[[], BrowserContext]


@pytest.fixture
def start(playwright: Playwright, browser_type_launch_args: dict, tmp_path: Path) -> Iterator[Start]:
    """Starts the tablet's own browser, which keeps what it has when it is closed and started again."""
    started: list[BrowserContext] = []

    def launch() -> BrowserContext:
        profile = str(tmp_path / "profile")
        started.append(playwright.chromium.launch_persistent_context(profile, **browser_type_launch_args))
        return started[-1]

    yield launch
    for context in started:
        context.close()


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    """The tablet on the counter, with a clock that can be moved."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()


def open_counter(page: Page, live: Live) -> None:
    """Open the counter of an enrolled tablet, and wait until it could do without a network."""
    page.add_init_script(AS_ENROLLED)
    page.goto(f"{live.url}/counter")
    expect(page.locator("#screen")).to_have_attribute("data-screen", "home")
    assert page.evaluate(AT_WORK) == 1


def test_a_tablet_that_was_switched_off_starts_without_a_network(start: Start, live: Live, site: Cast):
    before = start()
    page = before.new_page()
    open_counter(page, live)
    page.evaluate(SPANISH_IS_KEPT)
    before.close()

    tablet = start()
    tablet.set_offline(True)
    page = tablet.new_page()
    page.goto(f"{live.url}/counter?lang=es")

    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert "Paseo" in page.evaluate(KINDS_OF_BREAK)
    page.locator("[data-go=help]").click()
    expect(page.locator(".help-lines")).to_contain_text("116 123")


def test_a_new_version_waits_while_somebody_is_at_the_counter(tablet: Page, live: Live, site: Cast):
    open_counter(tablet, live)
    tablet.locator("[data-act=check_in]").click()
    tablet.locator(f"[data-person='{site.people['Sol']}']").click()
    with live.app.app_context():
        db.session.get(Settings, 1).people_needed = 7
        db.session.commit()

    tablet.evaluate(ASK_FOR_UPDATE)
    assert tablet.evaluate(UPDATE_WAITS)
    tablet.clock.fast_forward(15_000)
    expect(tablet.locator("#screen")).to_have_attribute("data-screen", "pin")
    tablet.locator("[data-go=leave]").click()
    tablet.clock.fast_forward(20_000)
    assert "least 4 others" in tablet.locator("#counter-strings").inner_text()

    tablet.clock.fast_forward(11_000)
    with tablet.expect_navigation():
        tablet.clock.fast_forward(6_000)
    assert "least 6 others" in tablet.locator("#counter-strings").inner_text()
    assert tablet.evaluate(AT_WORK) == 1


def test_a_mixture_of_two_versions_is_refused_and_the_old_one_goes_on(
    tablet: Page, live: Live, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    open_counter(tablet, live)
    monkeypatch.setattr(kept, "_digest_of_file", lambda path: kept.digest(b"newer " + path.read_bytes()))

    assert tablet.evaluate(UPDATE_ENDS) == "redundant"

    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.locator("#screen h1")).to_be_visible()


def test_without_https_a_tablet_says_that_it_needs_its_network_before_a_code_is_spent(
    page: Page, complaints: list[str], live: Live, site: Cast
):
    page.add_init_script(
        "if (location.search) Object.defineProperty(window, 'isSecureContext', { get: () => false })"
    )
    page.goto(f"{live.url}/counter?without=https")

    expect(page.locator("#online-only")).to_contain_text("does not begin with https")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0

    page.goto(f"{live.url}/counter")
    expect(page.locator("#enrol-code")).to_be_visible()
    expect(page.locator("#online-only")).to_have_count(0)


def test_a_tablet_asks_to_stay_awake_and_to_keep_what_it_has_from_its_set_up_on(
    page: Page, complaints: list[str], live: Live, site: Cast
):
    with live.app.app_context():
        code = tablets.make_code(db.session(), site.units["Parts"], NOW)
    page.add_init_script(LISTEN)
    page.goto(f"{live.url}/counter#code={code}")
    expect(page.locator("#enrol-name")).to_be_visible()
    assert page.evaluate("asked") == []

    page.locator("form [type=submit]").click()
    expect(page.locator("#screen")).to_have_attribute("data-screen", "home")
    assert page.evaluate("asked") == ["screen", "persist"]

    page.reload()
    expect(page.locator("#screen")).to_have_attribute("data-screen", "home")
    assert page.evaluate("asked") == ["screen"]
