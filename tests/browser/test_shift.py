"""The whole way: a tablet enrolled, a shift at it, the tick, the manager's chart, HR's file."""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, TEAMS, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing import jobs
from wellbeing.models.base import db
from wellbeing.models.settings import Settings


def sign_in(page: Page, live: Live, login: str) -> None:
    page.goto(f"{live.url}/sign-in")
    page.get_by_label("Sign-in name").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def screen(page: Page, name: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-screen", name)


def identify(page: Page, cast: Cast, act: str, name: str) -> None:
    screen(page, "home")
    page.locator(f"[data-act={act}]").click()
    page.locator(f"[data-person='{cast.people[name]}']").click()
    screen(page, "pin")
    page.keyboard.type(pin_of(name))


def leave(page: Page) -> None:
    page.locator("[data-go=next], [data-go=leave]").first.click()
    screen(page, "home")


def code_for_a_tablet(page: Page, live: Live) -> str:
    """A manager makes a code on their own device."""
    sign_in(page, live, "alba")
    page.get_by_role("link", name="Tablets").click()
    page.get_by_role("button", name=re.compile("code", re.I)).first.click()
    return page.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")).first.inner_text()


def check_in(tablet: Page, cast: Cast, name: str, mood: int) -> None:
    identify(tablet, cast, "check_in", name)
    tablet.locator(f"[data-mood='{mood}']").click()
    screen(tablet, "done")
    leave(tablet)


def have_a_rough_one(tablet: Page, cast: Cast, name: str) -> None:
    identify(tablet, cast, "rough", name)
    tablet.locator("[data-mood='1']").click()
    tablet.locator("[data-severity='hard']").click()
    screen(tablet, "chips")
    tablet.locator("[data-chip]").first.click()
    tablet.locator("[data-go=next]").click()
    tablet.locator("[data-go=skip-rest]").click()
    screen(tablet, "care")


def take_a_break(tablet: Page, cast: Cast, name: str) -> None:
    identify(tablet, cast, "break", name)
    tablet.locator("[data-kind=walk]").click()
    screen(tablet, "done")
    tablet.locator("[data-go=cover]").click()
    expect(tablet.locator("[data-go=cover]")).to_have_count(0)
    leave(tablet)


def let_the_week_pass(live: Live) -> None:
    """The stored clock of a test site moves forward, and the jobs run."""
    with live.app.app_context():
        settings = db.session.get(Settings, 1)
        settings.clock_ahead_seconds = int(timedelta(days=5).total_seconds())
        db.session.commit()
        assert jobs.run_now(db.engine, live.app.extensions["config"]).ticks == 1


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    """The shared tablet: a browser of its own."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    yield context.new_page()
    context.close()


def test_a_shift_from_the_tablet_to_the_managers_chart_and_hrs_file(
    page: Page, tablet: Page, complaints: list[str], live: Live, site: Cast
) -> None:
    tablet.goto(f"{live.url}/counter#code={code_for_a_tablet(page, live)}")
    tablet.locator("#enrol-name").fill("Front desk")
    tablet.locator("form button").click()
    for name in TEAMS["Service counter"][2:]:
        check_in(tablet, site, name, 4)
    have_a_rough_one(tablet, site, "Sol")
    leave(tablet)
    take_a_break(tablet, site, "Sol")
    expect(tablet.get_by_text("Sol V.")).to_be_visible()
    assert tablet.url == f"{live.url}/counter"
    assert tablet.context.cookies() == []
    let_the_week_pass(live)

    sign_in(page, live, "alba")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mood was 3.7")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("8 to 11.*few.*few"))).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, live, "hilde")
    page.goto(f"{live.url}/summaries")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV")).click()
    rows = blocks_in(Path(download.value.path()))
    assert [row["people"] for row in rows] == ["8 to 11"]


def blocks_in(path: Path) -> list[dict[str, str]]:
    """Return the blocks of HR's file, without the rules that are written above them."""
    lines = [line for line in path.read_text("utf-8-sig").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(StringIO("\n".join(lines))))
