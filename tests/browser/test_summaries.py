"""Summaries in a real browser: chosen by the tree, looked at, taken away with progress and a way to stop."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.fixtures.live import Live
from tests.reports.ledger import four_weeks
from wellbeing.reports import exports
from wellbeing.web import files

WIDTHS = (360, 1280)
LATENCY = 0.02


@pytest.fixture
def house(live: Live, site) -> dict[str, int]:
    """The units by name, with weeks in figures, in words and not shown behind them."""
    with live.app.app_context():
        four_weeks(site.units)
    return dict(site.units)


@pytest.fixture
def hilde(page: Page, live: Live, house) -> Page:
    """HR's browser, at the summaries."""
    page.goto(f"{live.url}/sign-in?next=/summaries")
    page.locator("[name=login]").fill("hilde")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
    page.goto(f"{live.url}/summaries")
    return page


def faults(page: Page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def said(page: Page):
    return page.locator("[data-files] [role=status]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_several_units_and_one_alone_are_readable_by_all(hilde, live, house, complaints, scheme):
    hilde.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for query in ("", f"?unit={house['Showroom']}&from=1&to=4", "?from=4&to=1&unit=3"):
        for width in WIDTHS:
            hilde.set_viewport_size({"width": width, "height": 900})
            hilde.goto(f"{live.url}/summaries{query}")
            if hilde.locator(".lines-of-file").count():
                hilde.locator(".lines-of-file summary").click()
            assert fits(hilde), f"{query} at {width}"
            assert faults(hilde) == [], f"{query} at {width}"
        complaints.clear()  # The browser's own word on the 400 of a period that runs backwards.


def test_units_are_picked_by_the_tree_and_taken_away_by_keyboard(hilde, complaints):
    hilde.get_by_role("button", name="No unit").press("Enter")
    assert hilde.get_by_role("checkbox", checked=True).count() == 0
    hilde.get_by_role("button", name="Northgate with all below it").press("Enter")
    assert hilde.get_by_role("checkbox", checked=True).count() == 4
    hilde.get_by_role("checkbox", name="Service counter").press("Space")
    hilde.get_by_role("button", name="Show").press("Enter")
    expect(hilde.get_by_role("heading", name="Showroom, 2")).to_be_visible()

    with hilde.expect_download() as download:
        hilde.get_by_role("link", name="Lines (CSV)").press("Enter")

    assert download.value.suggested_filename == "second-wind-ticks-1-to-4.csv"
    assert "Showroom" in Path(download.value.path()).read_text("utf-8-sig")
    expect(said(hilde)).to_have_text("second-wind-ticks-1-to-4.csv is in your downloads.")


def test_every_other_format_is_kept_under_its_own_name(hilde, complaints):
    endings = {"Report (PDF)": "pdf", "Workbook (Excel)": "xlsx", "For programs (JSON)": "json"}
    for label, ending in endings.items():
        with hilde.expect_download() as download:
            hilde.get_by_role("link", name=label).click()

        assert download.value.suggested_filename == f"second-wind-ticks-1-to-4.{ending}"
        assert Path(download.value.path()).stat().st_size > 1000


@pytest.fixture
def endless(monkeypatch) -> threading.Event:
    """A file that never ends; tells when its making did."""
    ended = threading.Event()

    def pieces(sessions, selection) -> Iterator[str]:
        try:
            yield from exports.pieces(sessions, selection)
            while True:
                yield "#" * 65536
                time.sleep(LATENCY)
        finally:
            ended.set()

    monkeypatch.setitem(files.FORMATS, "csv", replace(files.FORMATS["csv"], pieces=pieces))
    return ended


def test_a_long_download_tells_how_far_it_is_and_can_be_stopped(hilde, endless, complaints):
    hilde.get_by_role("link", name="Lines (CSV)").click()
    expect(hilde.get_by_role("progressbar")).to_be_visible()
    expect(said(hilde)).to_have_text("5 of 5 lines")
    assert faults(hilde) == []

    hilde.get_by_role("button", name="Cancel").click()

    expect(said(hilde)).to_have_text("Stopped. Nothing was kept.")
    expect(hilde.get_by_role("link", name="Lines (CSV)")).to_be_focused()
    expect(hilde.get_by_role("progressbar")).to_be_hidden()
    assert endless.wait(10)


def test_half_a_file_is_never_kept(hilde, monkeypatch, complaints):
    def pieces(sessions, selection) -> Iterator[str]:
        yield next(exports.pieces(sessions, selection))

    monkeypatch.setitem(files.FORMATS, "csv", replace(files.FORMATS["csv"], pieces=pieces))
    kept = []
    hilde.on("download", lambda download: kept.append(download))
    hilde.get_by_role("link", name="Lines (CSV)").click()

    expect(said(hilde)).to_have_text(
        "The file could not be made, and nothing of it was kept. Please try again."
    )
    assert kept == []


def test_more_units_than_an_address_holds_are_named_before_it_is_sent(hilde, complaints):
    hilde.locator("form.choose").evaluate("form => { form.dataset.most = 3; }")
    hilde.get_by_role("button", name="Show").click()

    expect(hilde.get_by_role("alert")).to_have_text("Choose at most 1000 units at a time.")


def test_without_scripts_the_links_and_boxes_do_all(browser, hilde, live, house):
    context = browser.new_context(java_script_enabled=False, storage_state=hilde.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{live.url}/summaries")
    expect(plain.get_by_role("button", name="All units")).to_be_hidden()
    plain.get_by_role("checkbox", name="Service counter").uncheck()
    plain.get_by_role("button", name="Show").click()
    expect(plain.get_by_role("heading", name="Showroom, 2")).to_be_visible()

    with plain.expect_download() as download:
        plain.get_by_role("link", name="Lines (CSV)").click()

    assert download.value.suggested_filename == "second-wind-ticks-1-to-4.csv"
    context.close()


def test_an_edge_of_a_table_behind_which_there_is_more_has_a_shadow(hilde):
    hilde.locator(".lines-of-file summary").click()
    table = hilde.locator(".lines-of-file .scroll")

    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    expect(table).to_have_css("background-attachment", "local, local, scroll, scroll")
