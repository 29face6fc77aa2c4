"""What a tablet fetches before its counter screen is ready: bytes over the wire, and from nobody but us."""

import json
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect, sync_playwright

from bench import site
from bench.rounds import Result, summarise
from bench.server import serving
from tests.fixtures.browser import ARGUMENTS, MISSING, find_chromium

ALLOWED = 100_000  # bytes
VISITS = 3


def run() -> list[Result]:
    """Open the counter in a browser with nothing cached; return its bytes as a share of 100 kB."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            raise RuntimeError(MISSING)
        made = site.make(Path(folder) / "site")
        with serving("bench.app:app", made.environment, Path(folder) / "log") as port:
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            sizes = [_visit(browser, port) for _ in range(VISITS)]
            browser.close()
    note = f"{max(sizes):,} bytes with headers until the counter screen is ready; nobody else was asked"
    return [summarise("counter_bytes", [size / ALLOWED for size in sizes], 1.0, "lower", note)]


def _visit(browser: Browser, port: int) -> int:
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    page = context.new_page()
    kept = json.dumps(json.dumps({"token": site.TOKEN, "language": "en"}))
    page.add_init_script(f"localStorage.setItem('second-wind.tablet', {kept})")
    received, asked = [], []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(urlsplit(request.url).hostname))
    page.goto("/counter", wait_until="networkidle")
    expect(page.get_by_role("button", name="Rough one")).to_be_visible()
    context.close()
    if others := set(asked) - {"127.0.0.1"}:
        raise RuntimeError(f"the counter asked others: {sorted(map(str, others))}")
    return round(sum(received))
