"""Takes the pictures of docs/screenshots from a demo site of its own: light and dark, large and small.

`make screenshots` writes NAME-tablet-light.png and so on for the counter, and NAME-desktop-light.png and so
on for the pages that people sign in to. The site lives in a folder that is thrown away afterwards.
"""

import logging
import re
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from werkzeug.serving import make_server

from scripts.small_png import small_png
from tests.fixtures.browser import ARGUMENTS, MISSING, find_chromium
from wellbeing import config, create_app
from wellbeing.demo import making

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
# Some pages show where the site is; a browser takes any name under localhost for a safe place.
ADDRESS = "http://second-wind.localhost"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
COUNTER_DEVICES: Mapping[str, dict[str, Any]] = {
    "tablet": {"viewport": {"width": 1180, "height": 740}, "has_touch": True},
    "phone": PHONE,
}
PAGE_DEVICES: Mapping[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": PHONE,
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# The third tile of the team is one of its people whose answers count, not the manager's own.
TILE = 2
PIXELS = """async (source) => {
  const picture = await createImageBitmap(await (await fetch(source)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { width, height, data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const reader = new FileReader();
  await new Promise((done) => { reader.onload = done; reader.readAsDataURL(new Blob([data])); });
  return { width, height, rgba: reader.result.split(",")[1] };
}"""

Shoot = Callable[[str, Page], None]
Walk = Callable[[Page, Shoot], None]


def a_shift(page: Page, shoot: Shoot) -> None:
    """The counter, from a check-in over a rough interaction to a break."""
    page.goto("/counter")
    _at(page, "home")
    shoot("counter", page)
    page.locator("[data-act=check_in]").click()
    _at(page, "who")
    shoot("who-are-you", page)
    _who(page)
    shoot("check-in", page)
    page.locator("[data-mood='4']").click()
    _next_person(page)
    page.locator("[data-act=rough]").click()
    _who(page)
    page.locator("[data-mood='2']").click()
    _at(page, "severity")
    shoot("rough-one", page)
    page.locator("[data-severity=hard]").click()
    _at(page, "chips")
    shoot("what-happened", page)
    page.locator("[data-go=skip-rest]").click()
    _at(page, "care")
    shoot("care", page)
    page.locator("[data-go=break]").click()
    _at(page, "break")
    shoot("break", page)
    page.locator("[data-kind=walk]").click()
    _at(page, "done")
    shoot("done", page)
    _next_person(page)


def _at(page: Page, screen: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-screen", screen)


def _who(page: Page) -> None:
    page.locator("[data-person]").nth(TILE).click()
    _at(page, "pin")
    page.keyboard.type(making.PIN)
    _at(page, "mood")


def _next_person(page: Page) -> None:
    _at(page, "done")
    page.locator("[data-go=next]").click()
    _at(page, "home")


def my_shift(page: Page, shoot: Shoot) -> None:
    """Somebody's own phone: the faces at once, and a break to breathe in."""
    _sign_in(page, "staff")
    # The browser of this walk is a shared tablet until now, and such a one becomes nobody's own phone.
    page.evaluate("localStorage.clear()")
    page.goto("/my/phone")
    shoot("own-phone", page)
    page.locator("[data-own-phone=form] [name=pin]").fill(making.PIN)
    page.locator("[data-own-phone=form] button").click()
    _at(page, "home")
    shoot("my-shift", page)
    page.locator("[data-act=break]").click()
    page.locator("[data-kind=breathing]").click()
    _at(page, "rest")
    shoot("my-break", page)


def everybody(page: Page, shoot: Shoot) -> None:
    """What anybody may open without signing in."""
    page.goto("/sign-in")
    shoot("sign-in", page)
    page.goto("/what-happens")
    shoot("what-happens", page)
    page.goto("/coach")
    shoot("coach", page)
    page.goto("/lines")
    shoot("lines", page)


def a_manager(page: Page, shoot: Shoot) -> None:
    """A manager's own team, what is known about it today, its tablets and its people."""
    _sign_in(page, "manager")
    page.goto("/team/")
    expect(page.locator(".chart.alive .main-svg").first).to_be_visible()
    shoot("team", page)
    team = urlsplit(page.url).path
    page.goto(f"{team}/monday")
    shoot("monday-sheet", page)
    page.goto(f"{team}/changed")
    shoot("what-we-changed", page)
    page.goto("/floor/")
    shoot("floor", page)
    page.goto("/cases/")
    shoot("cases", page)
    page.goto("/wall/")
    shoot("wall", page)
    page.goto("/checkup")
    shoot("check-up", page)
    page.goto("/people/")
    shoot("people", page)
    page.goto("/tablets/")
    page.get_by_role("button", name=re.compile("code", re.I)).first.click()
    expect(page.get_by_text(re.compile("^[0-9A-Z]{4}-[0-9A-Z]{4}$")).first).to_be_visible()
    shoot("tablets", page)


def own_days(page: Page, shoot: Shoot) -> None:
    """A diary as its owner sees it."""
    _sign_in(page, "staff")
    page.goto("/my/days")
    shoot("my-days", page)
    page.goto("/my/insights")
    shoot("what-they-show", page)
    page.goto("/my/data")
    shoot("my-data", page)


def an_hr_person(page: Page, shoot: Shoot) -> None:
    """What HR may look at, choose and take away."""
    _sign_in(page, "hr")
    page.goto("/team/1")
    shoot("organisation", page)
    page.goto("/summaries")
    expect(page.get_by_role("link", name=re.compile("CSV"))).to_be_visible()
    shoot("summaries", page)
    page.goto("/summaries/external")
    shoot("external-export", page)


def _sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(making.PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)


def main() -> None:
    """Take every picture."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, demo_site(Path(folder)) as (port, link):
        with sync_playwright() as playwright:
            browser = _browser(playwright, port)
            take(browser, link)
            browser.close()


def take(browser: Browser, link: str) -> None:
    """Walk every way on every device, in light and in dark, and write down what is seen."""
    kept = _enrol(browser, link)
    darkroom = browser.new_page()
    for devices, walks in (
        (COUNTER_DEVICES, (a_shift,)),
        ({"phone": PHONE}, (my_shift,)),
        (PAGE_DEVICES, (everybody, own_days, a_manager, an_hr_person)),
    ):
        for device, settings in devices.items():
            for scheme in SCHEMES:
                for walk in walks:
                    context = browser.new_context(
                        base_url=ADDRESS, storage_state=kept, color_scheme=scheme, locale="en-GB", **settings
                    )
                    _walk(context, walk, darkroom, f"{device}-{scheme}")
                print(f"{device}, {scheme}: " + ", ".join(walk.__name__.replace("_", " ") for walk in walks))


def _walk(context: BrowserContext, walk: Walk, darkroom: Page, ending: str) -> None:
    def shoot(name: str, page: Page) -> None:
        page.evaluate("document.fonts.ready")
        seen = page.screenshot(animations="disabled", caret="hide")
        (FOLDER / f"{name}-{ending}.png").write_bytes(develop(darkroom, seen))

    walk(context.new_page(), shoot)
    context.close()


def develop(darkroom: Page, seen: bytes) -> bytes:
    """Return a screenshot as a small PNG; the browser reads the pixels, an empty page of it is enough."""
    read = darkroom.evaluate(PIXELS, f"data:image/png;base64,{b64encode(seen).decode()}")
    return small_png(read["width"], read["height"], b64decode(read["rgba"]))


@contextmanager
def demo_site(folder: Path) -> Iterator[tuple[int, str]]:
    """Make and serve a demo site in a folder; yield its port and the link that enrols a tablet."""
    settings = config.load({"SECOND_WIND_MODE": "demo"}, folder)
    making.make(settings)
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    found = re.search(r"http\S+#code=\S+", making.sign_ins(app, ADDRESS))
    if found is None:
        sys.exit("The demo site names no tablet to enrol.")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, found[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _browser(playwright: Playwright, port: int) -> Browser:
    path = find_chromium(playwright)
    if path is None:
        sys.exit(MISSING)
    resolve = f"--host-resolver-rules=MAP {urlsplit(ADDRESS).hostname}:80 127.0.0.1:{port}"
    return playwright.chromium.launch(
        executable_path=path, args=[*ARGUMENTS, "--force-color-profile=srgb", resolve]
    )


def _enrol(browser: Browser, link: str) -> Any:
    """Return what a browser keeps once it is a counter."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(link)
    page.locator("#enrol-name").fill("Front desk")
    page.locator("form button").click()
    _at(page, "home")
    state = context.storage_state()
    context.close()
    return state


if __name__ == "__main__":
    main()
