"""What a browser fetches for a team's page on the demo site: at the first view, and at the second."""

import logging
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from bench.rounds import Result, summarise
from scripts.screenshots import demo_site
from tests.fixtures.browser import ARGUMENTS, MISSING, find_chromium
from wellbeing.demo import making

FIRST_VIEW, SECOND_VIEW = 450_000, 60_000  # bytes
VISITS = 3


def run() -> list[Result]:
    """Open a team's page twice in a browser with nothing cached; return its bytes as shares of the goals."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            raise RuntimeError(MISSING)
        with demo_site(Path(folder)) as (port, _link):
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            sizes = [_visits(browser, port) for _ in range(VISITS)]
            browser.close()
    first, second = [size for size, _again in sizes], [size for _size, size in sizes]
    return [
        _result("charts_page_first_view", first, FIRST_VIEW, "with nothing cached"),
        _result("charts_page_second_view", second, SECOND_VIEW, "when it is opened again"),
    ]


def _result(name: str, sizes: list[int], goal: int, when: str) -> Result:
    note = f"{max(sizes):,} bytes with headers until Plotly has drawn, {when}; half a year of the demo site"
    return summarise(name, [size / goal for size in sizes], 1.0, "lower", note)


def _visits(browser: Browser, port: int) -> tuple[int, int]:
    """Sign in with one browser, and open the page with another that has the cookie and nothing else."""
    address = f"http://127.0.0.1:{port}"
    signed_in = browser.new_context(base_url=address)
    page = signed_in.new_page()
    page.goto("/sign-in")
    page.locator("[name=login]").fill("manager")
    page.locator("[name=password]").fill(making.PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)
    fresh = browser.new_context(base_url=address, storage_state=signed_in.storage_state())
    found = _sizes(fresh)
    fresh.close()
    signed_in.close()
    return found


def _sizes(context: BrowserContext) -> tuple[int, int]:
    page = context.new_page()
    received: list[float] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    views = []
    for _view in range(2):
        received.clear()
        page.goto("/team/", wait_until="networkidle")
        expect(page.locator(".chart.alive")).to_have_count(2)
        views.append(round(sum(received)))
    return views[0], views[1]
