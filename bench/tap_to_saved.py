"""From the last tap of a check-in to "Saved", beside the same check-in as a bare request of the same page."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench import site
from bench.machine import wait_until_quiet
from bench.rounds import Result, percentile, summarise
from bench.server import serving
from tests.fixtures.browser import ARGUMENTS, MISSING, find_chromium

ROUNDS = 5
EACH = 100
# A sealed copy is kept on the tablet meanwhile, and the screen drawn: as much again as the server takes.
GOAL = 2.0
WARM_UP = 10

# Walks through check-ins as a finger does. Just before or after the last tap, when nothing else is under way,
# it sends the same check-in by itself, so that both meet the same weather.
WALKS = """async ([people, pin, token, times]) => {
  const screen = document.getElementById("screen");
  const at = (name) => new Promise((there) => {
    const look = () => screen.dataset.screen === name && (watch.disconnect(), there(performance.now()));
    const watch = new MutationObserver(look);
    watch.observe(screen, {attributes: true, attributeFilter: ["data-screen"]});
    look();
  });
  const tap = (selector) => document.querySelector(selector).click();
  async function bare(person, mood) {
    const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"};
    const body = {id: crypto.randomUUID(), act: "check_in", person, pin, mood};
    const begun = performance.now();
    const asked = {method: "POST", headers, body: JSON.stringify(body), cache: "no-store"};
    const answer = await fetch("/counter/act", asked);
    const {saved} = await answer.json();
    if (!saved) throw new Error("The bare request was not saved.");
    return performance.now() - begun;
  }
  async function lastTap(mood) {
    const tapped = performance.now();
    tap(`[data-mood="${mood}"]`);
    return (await at("done")) - tapped;
  }
  async function walk(person, mood, bareFirst) {
    await at("home");
    tap("[data-act=check_in]");
    tap(`[data-person="${person}"]`);
    for (const digit of pin) tap(`[data-digit="${digit}"]`);
    await at("mood");
    if (bareFirst) found.bare.push(await bare(person, mood));
    found.taps.push(await lastTap(mood));
    if (!bareFirst) found.bare.push(await bare(person, mood));
    tap("[data-go=next]");
  }
  const found = {taps: [], bare: []};
  for (let time = 0; time < times; time++) {
    await walk(people[time % people.length], 1 + time % 5, time % 2 === 0);
  }
  return found;
}"""


@dataclass(frozen=True)
class Round:
    """Milliseconds of the check-ins of one round, with the whole screen and without."""

    taps: list[float]
    bare: list[float]

    def ratio(self, share: float) -> float:
        """Return how many times as long the screen takes, for the ``share`` that is no slower."""
        return percentile(self.taps, share) / percentile(self.bare, share)


def run() -> list[Result]:
    """Check people in again and again; return the ratios of p50 and p99 to those of the bare request."""
    with tempfile.TemporaryDirectory() as folder, counter(Path(folder)) as (page, people):
        _walk(page, people, WARM_UP)
        rounds = [_walk(page, people, EACH) for _ in range(ROUNDS)]
    note = f"{_figures(rounds, 'taps')} from tap to “Saved”, {_figures(rounds, 'bare')} of the bare request; "
    note += f"{EACH} check-ins a round, each beside its bare twin"
    return [
        summarise("tap_to_saved_p50", [one.ratio(0.5) for one in rounds], GOAL, "lower", note),
        summarise("tap_to_saved_p99", [one.ratio(0.99) for one in rounds], GOAL, "lower", note),
    ]


def _figures(rounds: list[Round], side: str) -> str:
    middle, tail = (median(percentile(getattr(one, side), share) for one in rounds) for share in (0.5, 0.99))
    return f"{middle:.1f} ms (p99 {tail:.1f} ms)"


def _walk(page: Page, people: tuple[int, ...], times: int) -> Round:
    wait_until_quiet()
    return Round(**page.evaluate(WALKS, [list(people), site.PIN, site.TOKEN, times]))


@contextmanager
def counter(folder: Path) -> Iterator[tuple[Page, tuple[int, ...]]]:
    """Open an enrolled tablet in a browser, with its team's people; raise RuntimeError without a browser."""
    made = site.make(folder / "site")
    with sync_playwright() as playwright, serving("bench.app:app", made.environment, folder / "log") as port:
        path = find_chromium(playwright)
        if path is None:
            raise RuntimeError(MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield enrolled(browser, port), made.people
        browser.close()


def enrolled(browser: Browser, port: int) -> Page:
    """Open the counter of a tablet that is enrolled already."""
    page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    kept = json.dumps(json.dumps({"token": site.TOKEN, "language": "en"}))
    page.add_init_script(f"localStorage.setItem('second-wind.tablet', {kept})")
    page.goto(f"http://127.0.0.1:{port}/counter")
    expect(page.get_by_role("button", name="Rough one")).to_be_visible()
    return page
