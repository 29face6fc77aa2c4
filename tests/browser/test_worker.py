"""The counter that starts without a network, and renews itself only when nobody is there."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.cast import TOKEN, Cast
from tests.fixtures.live import Live

AS_ENROLLED = (
    f"""localStorage.setItem("second-wind.tablet", JSON.stringify({{ token: "{TOKEN}", language: "en" }}))"""
)
# What a page must not do anything without: a worker that has everything, and is at work.
AT_WORK = "async () => { await navigator.serviceWorker.ready; return (await caches.keys()).length === 1 }"

Open = Callable[[], BrowserContext]


@pytest.fixture
def open_browser(playwright: Playwright, browser_type_launch_args: dict, tmp_path: Path) -> Iterator[Open]:
    """Opens the tablet's own browser, which keeps what it has when it is closed and opened again."""
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        opened.append(
            playwright.chromium.launch_persistent_context(
                str(tmp_path / "profile"), **browser_type_launch_args
            )
        )
        return opened[-1]

    yield start
    for context in opened:
        context.close()


def at_the_counter(context: BrowserContext, live: Live) -> Page:
    """Open the counter of an enrolled tablet, and wait until it could do without a network."""
    context.add_init_script(AS_ENROLLED)
    page = context.new_page()
    page.goto(f"{live.url}/counter")
    assert page.evaluate(AT_WORK)
    return page


def test_a_tablet_that_was_switched_off_starts_without_a_network(open_browser: Open, live: Live, site: Cast):
    first = open_browser()
    at_the_counter(first, live)
    first.close()

    tablet = open_browser()
    tablet.set_offline(True)
    tablet.add_init_script(AS_ENROLLED)
    page = tablet.new_page()
    page.goto(f"{live.url}/counter?lang=es")

    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#screen h1")).to_be_visible()
    page.locator("[data-go=help]").click()
    expect(page.locator("#help-lines, .help-lines")).to_contain_text("116 123")
