"""Takes the README's pictures of the demo site: light and dark, on a tablet and on a phone.

`make screenshots` writes docs/screenshots/NAME.png; the demo site is made first if there is none yet.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from bench.server import free_port, wait_for
from tests.fixtures.browser import ARGUMENTS, MISSING, find_chromium
from wellbeing.demo.making import PASSWORD, PIN

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
DEVICES: dict[str, dict[str, Any]] = {
    "tablet": {"viewport": {"width": 1180, "height": 820}, "has_touch": True},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def counter(page: Page) -> None:
    """The counter as everybody finds it."""
    page.goto("/counter")
    expect(page.get_by_role("button", name="Rough one")).to_be_visible()


def mood(page: Page) -> None:
    """The five faces, after a colleague's name and PIN; nothing is recorded yet."""
    counter(page)
    page.get_by_role("button", name="Check in").click()
    page.locator("main").get_by_role("listitem").get_by_role("button").first.click()
    page.keyboard.type(PIN)
    expect(page.get_by_text("How are you feeling right now?")).to_be_visible()


def team(page: Page) -> None:
    """A manager's team, week by week."""
    _sign_in(page, "manager")
    page.goto("/team/")
    expect(page.locator("main svg").first).to_be_visible()


def summaries(page: Page) -> None:
    """What HR may choose and download."""
    _sign_in(page, "hr")
    page.goto("/summaries")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


PICTURES: dict[str, Callable[[Page], None]] = {
    "counter": counter,
    "mood": mood,
    "team": team,
    "summaries": summaries,
}


def _sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, demo_site() as (address, tablet_link):
        browser = _browser(playwright)
        kept = _enrol(browser, tablet_link)
        for name, show in PICTURES.items():
            for device, settings in DEVICES.items():
                for scheme in SCHEMES:
                    context = browser.new_context(
                        base_url=address, storage_state=kept, color_scheme=scheme, locale="en-GB", **settings
                    )
                    page = context.new_page()
                    show(page)
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=FOLDER / f"{name}-{device}-{scheme}.png", animations="disabled")
                    context.close()
            print(f"docs/screenshots/{name}-*.png")
        browser.close()


@contextmanager
def demo_site() -> Iterator[tuple[str, str]]:
    """Serve the demo site and yield its address and the link that enrols a tablet."""
    port = free_port()
    environment = {**os.environ, "SECOND_WIND_MODE": "demo", "HOST": "127.0.0.1", "PORT": str(port)}
    command = [sys.executable, "app.py"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        link = next(
            (found[0] for line in process.stdout if (found := re.search(r"http\S+#code=\S+", line))), None
        )
        if link is None:
            sys.exit("The demo site did not start; the reason is above.")
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}", link
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


def _browser(playwright: Playwright) -> Browser:
    path = find_chromium(playwright)
    if path is None:
        sys.exit(MISSING)
    return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, "--force-color-profile=srgb"])


def _enrol(browser: Browser, link: str) -> Any:
    """Return what a browser keeps once it is a counter."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("button", name="Rough one")).to_be_visible()
    state = context.storage_state()
    context.close()
    return state


if __name__ == "__main__":
    main()
