"""The wall in a browser: written at a tablet without a network, read and copied on a phone."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.at_counter import Tablet
from tests.browser.test_coach import FETCH, SMALL_HERE
from tests.browser.test_hands_and_eyes import AXE, WIDE
from tests.cast import NOW, PASSWORD, Cast, pin_of
from tests.fixtures.live import Live
from tests.fixtures.network import Network
from wellbeing.demo import wall
from wellbeing.models.base import db
from wellbeing.models.talk import GoodMoment, Idea

CAKE = "She came back with 2 cakes."


@pytest.fixture
def filled(live: Live, site: Cast) -> str:
    """The address of the service counter's wall, with all that hangs there in the demo."""
    with live.app.app_context():
        team = site.units["Service counter"]
        wall.hang_up(db.session(), {wall.NORTHGATE: team}, NOW, NOW.date())
    return f"{live.url}/wall/{team}"


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, browser: Browser, live: Live, site: Cast) -> Iterator[Page]:
    """Alba's small phone, in Spanish; it may copy."""
    looks = {"viewport": {"width": 360, "height": 740}, "color_scheme": request.param, "locale": "es"}
    context = browser.new_context(**looks, reduced_motion="reduce", base_url=live.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("[name=login]").fill("alba")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    yield page
    context.close()


def kept(live: Live, table: type[GoodMoment] | type[Idea]) -> list[tuple[str, int | None]]:
    with live.app.app_context(), db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(table.text, table.signed_by))]


def test_on_a_small_phone_all_of_a_wall_can_be_read_reached_and_copied(phone: Page, filled: str):
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    phone.goto(filled)

    for form in phone.locator("details").all():
        form.evaluate("(one) => { one.open = true; }")
    phone.evaluate(Axe().axe_script)
    faults = [fault for look in (SMALL_HERE, WIDE, AXE) for fault in phone.evaluate(look)]
    assert [fault for fault in faults if 'type="checkbox"' not in fault] == []
    phone.locator("[data-copy]").first.click()
    expect(phone.locator("#copy-said")).not_to_be_empty()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert copied == "Thank you for taking my phone while I walked round the block."
    assert complaints == []


def test_what_is_written_without_a_network_hangs_there_once_it_is_back(
    tablet: Tablet, network: Network, live: Live, site: Cast, filled: str
):
    page = tablet.page
    page.evaluate(FETCH)
    network.cut = True
    tablet.tap("[data-act=wall]")
    expect(page.get_by_text("She came back with cake.")).to_be_visible()
    expect(page.locator(".pledge .name")).to_have_count(7)
    tablet.tap("[data-go=moment]")
    page.keyboard.type("Ring 611 222 333")
    tablet.tap("[data-go=unsigned]")
    expect(page.get_by_role("alert")).to_contain_text('"611 222 333"')
    page.locator("textarea").fill("")
    page.keyboard.type(CAKE)
    tablet.tap("[data-go=unsigned]")
    tablet.at("done")
    tablet.leave()
    write_signed(tablet, site)
    before = len(kept(live, GoodMoment)), len(kept(live, Idea))
    assert CAKE not in repr(tablet.kept())

    network.cut = False
    tablet.until_sent()

    assert kept(live, GoodMoment)[before[0] :] == [(CAKE, None)]
    assert kept(live, Idea)[before[1] :] == [("Chairs outside.", site.people["Sol"])]


def test_a_name_comes_under_the_pledge_at_the_tablet(tablet: Tablet, site: Cast, filled: str):
    tablet.tap("[data-act=wall]")
    tablet.tap("[data-go=join]")
    tablet.tap(f"[data-person='{site.people['Jun']}']")
    tablet.at("pin")
    tablet.page.keyboard.type(pin_of("Jun"))
    tablet.at("done")
    tablet.leave()

    tablet.tap("[data-act=wall]")
    expect(tablet.page.locator(".name", has_text="Jun V.")).to_be_visible()


def write_signed(tablet: Tablet, site: Cast) -> None:
    """Let Sol put an idea into the box, with her name."""
    tablet.tap("[data-act=wall]")
    tablet.tap("[data-go=idea]")
    tablet.at("say")
    tablet.page.keyboard.type("Chairs outside.")
    tablet.tap("[data-go=signed]")
    tablet.tap(f"[data-person='{site.people['Sol']}']")
    tablet.at("pin")
    tablet.page.keyboard.type(pin_of("Sol"))
    tablet.at("done")
    tablet.leave()
