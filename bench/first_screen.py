"""How soon the counter stands there: from the tablet itself without a network, and at its first load."""

import json
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from bench import site
from bench.machine import wait_until_quiet
from bench.rounds import Result, summarise
from bench.server import serving
from tests.fixtures.browser import ARGUMENTS, MISSING, find_chromium

ROUNDS = 5
ALLOWED = 1000  # milliseconds
# A tablet of the middle range is about four times as slow as the machine of a developer.
SLOWED = 4

KEPT = json.dumps(json.dumps({"token": site.TOKEN, "language": "en"}))
WATCH = f"""localStorage.setItem('second-wind.tablet', {KEPT});
new MutationObserver((_, watch) => {{
  if (document.body?.dataset.screen !== "home") return;
  window.homeAt ??= performance.now();
  watch.disconnect();
}}).observe(document, {{subtree: true, childList: true, attributes: true}});"""
HOME = """async () => {
  while (!window.homeAt) await new Promise((later) => setTimeout(later, 20));
  return window.homeAt;
}"""
INDEPENDENT = """async () => {
  while (!navigator.serviceWorker.controller) await new Promise((later) => setTimeout(later, 50));
}"""


def run() -> list[Result]:
    """Open the counter with nothing kept, then without a network; return how soon the second shows it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            raise RuntimeError(MISSING)
        made = site.make(Path(folder) / "site")
        with serving("bench.app:app", made.environment, Path(folder) / "log") as port:
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            found = [_visit(browser, f"http://127.0.0.1:{port}/counter") for _ in range(ROUNDS)]
            browser.close()
    firsts, offline = zip(*found, strict=True)
    note = f"{median(offline):.0f} ms without a network, {median(firsts):.0f} ms at the first load; "
    note += f"processor slowed {SLOWED} times"
    seconds, shares = [one / ALLOWED for one in offline], [after / first for first, after in found]
    return [
        summarise("first_screen_offline", seconds, 1.0, "lower", note),
        summarise("first_screen_offline_to_first_load", shares, 1.0, "lower", note),
    ]


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """Return the milliseconds to the counter's buttons, at the first load and without a network."""
    wait_until_quiet()
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    first = _home(page, address)
    page.evaluate(INDEPENDENT)
    context.set_offline(True)
    after = _home(page, address)
    context.close()
    return first, after


def _home(page: Page, address: str) -> float:
    page.goto(address)
    return float(page.evaluate(HOME))
