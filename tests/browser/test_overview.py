"""The organisation's page in a real browser: forty teams side by side, readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.fixtures.live import Live
from tests.reports.ledger import Released, held, release
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import MoodWord

NAMES = ("<script>alert(1)</script>", "Internacionalización de la recepción de vehículos seminuevos")


@pytest.fixture
def forty(live: Live, site) -> int:
    """The organisation with forty teams: in figures, in words, small, and with odd names."""
    with live.app.app_context():
        names = (*NAMES, *(f"Bay {number:02}" for number in range(35)))
        teams = [Unit(name=name, level=Level.TEAM, parent_id=site.units["Northgate"]) for name in names]
        db.session.add_all(teams)
        db.session.commit()
        said = (Released(12, "3.4"), Released(5, MoodWord.LOW), Released(8, "4.0"), Released(20, "1.9"))
        shown = [team.id for team in teams if team.name != "Bay 03"]
        for week in range(6):
            release({team: said[(team + week) % 4] for team in shown})
        held()
        release({team: said[team % 4] for team in shown})
    return site.units["Harbour Motors"]


@pytest.fixture
def hilde(page: Page, live: Live, forty: int) -> Page:
    """HR, on the organisation's page."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live.url}/sign-in?next=/team/{forty}")
    page.locator("[name=login]").fill("hilde")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("heading", name="Mood by team and week")).to_be_visible()
    return page


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def faults(page: Page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def test_forty_teams_fit_every_screen_and_can_be_read_by_all(hilde, complaints):
    for scheme in ("light", "dark"):
        hilde.emulate_media(color_scheme=scheme)
        for width in (360, 1280):
            hilde.set_viewport_size({"width": width, "height": 900})
            assert fits(hilde), f"{width} wide"
            assert faults(hilde) == [], f"{scheme}, {width} wide"

    expect(hilde.locator(".tiles svg").first).to_be_visible()
    expect(hilde.get_by_text(NAMES[0]).first).to_be_visible()


def test_a_phone_sees_the_newest_week_beside_the_name(hilde, complaints):
    hilde.set_viewport_size({"width": 360, "height": 900})
    hilde.reload()

    row = hilde.get_by_role("row", name="Bay 01")
    name, newest = row.get_by_role("rowheader").bounding_box(), row.get_by_role("cell").last.bounding_box()

    assert name["x"] >= 0 and name["x"] + name["width"] <= newest["x"]
    assert newest["x"] + newest["width"] <= 360


def test_somebody_finds_a_team_and_goes_there_and_back_by_keyboard(hilde, complaints):
    hilde.get_by_role("searchbox", name="Find a site or team").focus()
    hilde.keyboard.type("bay 07")
    hilde.keyboard.press("Enter")
    expect(hilde.get_by_role("status")).to_contain_text("1 unit with “bay 07”")
    assert hilde.locator(".heat tbody tr:not(.site)").count() == 1

    hilde.get_by_role("link", name="Bay 07").first.press("Enter")
    expect(hilde.locator(".crumbs strong")).to_have_text("Bay 07")
    hilde.get_by_role("link", name="Harbour Motors").press("Enter")
    hilde.get_by_role("link", name="More units").press("Enter")

    expect(hilde.get_by_text("Page 2 of 2")).to_be_visible()
    expect(hilde.locator(".heat .site")).to_contain_text("(continued)")
