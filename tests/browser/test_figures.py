"""The pages of figures in a real browser: drawn under the strict policy, readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.fixtures.live import Live
from tests.reports.ledger import Released, four_weeks, release
from wellbeing.models.ledger import CountWord

WIDTHS = (360, 1280, 1920)


@pytest.fixture
def house(live: Live, site) -> dict[str, int]:
    """The units by name, with weeks in figures, in words and not shown behind them."""
    with live.app.app_context():
        four_weeks(site.units)
    return dict(site.units)


def sign_in(page: Page, live: Live, login: str) -> None:
    page.goto(f"{live.url}/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()


def drawn(page: Page) -> None:
    for picture in ("#mood-chart", "#people-chart"):
        expect(page.locator(f"{picture} .main-svg").first).to_be_visible()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def faults(page: Page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def test_a_manager_sees_both_pictures_and_nothing_is_complained_about(page, live, house, complaints):
    sign_in(page, live, "alba")
    page.goto(f"{live.url}/team/{house['Service counter']}")

    drawn(page)
    expect(page.locator("#mood-chart")).to_contain_text("not shown")
    expect(page.locator("#people-chart")).to_contain_text("most")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_figures_fits_and_is_readable_by_all(page, live, house, complaints, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, live, "hilde")
    for path in ("/team/", f"/team/{house['Showroom']}", f"/team/{house['Northgate']}", "/summaries"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live.url + path)
            if "Showroom" in page.title():
                drawn(page)
            assert fits(page), f"{path} at {width}"
        assert faults(page) == [], path


def test_pictures_follow_the_scheme_without_a_reload(page, live, house, complaints):
    page.emulate_media(color_scheme="light")
    sign_in(page, live, "alba")
    page.goto(f"{live.url}/team/{house['Service counter']}")
    mark = page.locator("#mood-chart .scatterlayer .point").last
    expect(mark).to_have_css("fill", "rgb(11, 107, 99)")

    page.emulate_media(color_scheme="dark")

    expect(mark).to_have_css("fill", "rgb(91, 196, 183)")


def test_weeks_with_few_alone_are_counted_in_whole_people(page, live, site):
    with live.app.app_context():
        release({site.units["Showroom"]: Released(12, "3.4", CountWord.FEW, CountWord.FEW)})
    sign_in(page, live, "max")
    page.goto(f"{live.url}/team/{site.units['Showroom']}")
    drawn(page)

    assert page.locator("#people-chart .ytick text").all_text_contents() == ["0", "1", "2"]
