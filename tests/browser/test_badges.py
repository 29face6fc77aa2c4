"""Badges in a real browser: a scanner that types anywhere at the counter, the camera, the printing pages."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.at_counter import Tablet, recorded
from tests.cast import NOW, PASSWORD, Cast, pin_of
from tests.conftest import SECRETS
from tests.fixtures.live import Live
from tests.fixtures.network import Network
from tests.reports.pdf import pages
from wellbeing import badges
from wellbeing.models.base import db

PARCEL = "4006381333931"
# A browser that reads codes, before whose camera somebody holds a badge.
CAMERA = """(badge) => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["code_128", "qr_code"]; }
    async detect() { return window.held ? [{ rawValue: "%s" }, { rawValue: badge }] : []; }
  };
  navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput" }];
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    return (window.stream = canvas.captureStream());
  };
}"""


# A machine that runs many tests at once types slower than a scanner does, so the pauses last longer there.
PATIENT = """const wait = setTimeout;
const longer = (pause) => ([100, 300].includes(pause) ? pause * 15 : pause);
window.setTimeout = (job, pause, ...more) => wait(job, longer(pause), ...more);"""


@pytest.fixture
def cards(live: Live, site: Cast) -> dict[str, str]:
    """Badges of Sol and Noor, at a site where a badge is enough."""
    with live.app.app_context():
        badges.stand_alone(db.session(), True)
        people = [site.people["Sol"], site.people["Noor"]]
        made = badges.make(db.session(), SECRETS.pin_pepper, people, NOW.date())
        return {name: made[site.people[name]] for name in ("Sol", "Noor")}


@pytest.fixture
def scanning(cards: dict[str, str], tablet: Tablet) -> Tablet:
    """The tablet at the front desk, with a scanner beside it."""
    tablet.page.add_init_script(PATIENT)
    tablet.page.reload()
    tablet.at("home")
    return tablet


def scan(tablet: Tablet, code: str, ending: str = "\n") -> None:
    """Type as a scanner does: at once, and Enter after it."""
    tablet.page.keyboard.type(code + ending)


def told(tablet: Tablet, words: str) -> None:
    expect(tablet.page.locator(".note", has_text=words)).to_be_visible()


def faults(page: Page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def test_one_scan_and_one_tap_check_somebody_in(
    scanning: Tablet, cards: dict[str, str], live: Live, site: Cast
):
    scan(scanning, cards["Sol"])
    scanning.at("mood")
    expect(scanning.page.locator("#bar .who")).to_have_text("Sol")
    scan(scanning, cards["Noor"])
    told(scanning, "Somebody is still here.")
    assert faults(scanning.page) == []
    scanning.tap("[data-mood='4']")
    scanning.at("done")

    assert recorded(live.app, site) == {("Sol", 4, False, False): 1}
    scanning.tap("[data-go=undo]")
    expect(scanning.page.get_by_role("heading", name="Undone.")).to_be_visible()
    assert recorded(live.app, site) == {}
    scanning.leave()
    assert cards["Sol"] not in scanning.page.content()


def test_a_scan_says_who_came_for_what_was_chosen_and_types_nowhere(
    scanning: Tablet, cards: dict[str, str], live: Live, site: Cast
):
    scanning.tap("[data-act=break]")
    scan(scanning, badges.number(), "")
    told(scanning, "This badge is not known")
    scanning.at("who")
    scanning.tap("[data-go=find]")
    scan(scanning, PARCEL)
    told(scanning, "That is not a badge of Second Wind.")
    scanning.page.keyboard.type("so 12")
    expect(scanning.page.locator("#find")).to_have_value("so 12")
    scanning.tap("[data-go=leave]")
    scanning.tap(f"[data-person='{site.people['Noor']}']")
    scan(scanning, str((int(cards["Sol"]) + 1) % 10**24).zfill(24))
    told(scanning, "That is not a badge")
    expect(scanning.page.locator(".dot.full")).to_have_count(0)

    scan(scanning, cards["Sol"], "")
    scanning.at("break")
    scanning.tap("[data-kind=walk]")
    scanning.at("done")

    assert recorded(live.app, site) == {("Sol", None, False, True): 1}


def test_where_a_badge_is_not_enough_it_finds_the_tile_and_the_pin_is_asked(
    live: Live, site: Cast, cards: dict[str, str], tablet: Tablet, network: Network
):
    with live.app.app_context():
        badges.stand_alone(db.session(), False)
    scan(tablet, cards["Sol"])
    tablet.at("pin")
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Sol V., your PIN")
    tablet.page.keyboard.type(pin_of("Sol"))
    tablet.tap("[data-mood='4']")
    tablet.at("done")
    tablet.leave()
    expect(tablet.page.get_by_text("Your name, your PIN, one face.")).to_be_visible()

    network.cut = True
    scan(tablet, cards["Sol"])
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("Your PIN")
    tablet.page.keyboard.type(pin_of("Sol") + "\n")
    tablet.tap("[data-mood='2']")
    tablet.at("done")
    tablet.leave()
    network.cut = False
    tablet.until_sent()
    assert recorded(live.app, site) == {("Sol", 4, False, False): 1, ("Sol", 2, False, False): 1}


def test_without_a_network_a_badge_is_taken_as_it_is_and_sealed(
    scanning: Tablet, cards: dict[str, str], live: Live, site: Cast, network: Network
):
    network.cut = True
    scanning.page.reload()
    scanning.at("home")
    scan(scanning, cards["Sol"])
    scanning.tap("[data-mood='2']")
    scanning.at("done")
    scanning.leave()
    assert cards["Sol"] not in repr(scanning.kept())
    scan(scanning, badges.number())
    scanning.tap("[data-mood='3']")
    scanning.at("done")
    scanning.leave()
    scanning.until_waiting(2)

    network.cut = False
    scanning.until_sent()

    assert recorded(live.app, site) == {("Sol", 2, False, False): 1}
    expect(scanning.page.get_by_text("1 entry that waited could not be recorded.")).to_be_visible()


def test_the_camera_reads_a_badge_and_is_off_at_once(scanning: Tablet, cards: dict[str, str]):
    page = scanning.page
    page.add_init_script(f"({CAMERA % PARCEL})('{cards['Noor']}')")
    page.reload()
    scanning.at("home")
    scanning.tap("[data-act=check_in]")
    scanning.tap("[data-go=scan]")
    scanning.at("camera")
    assert faults(page) == []
    scanning.tap("[data-go=leave]")
    scanning.at("who")
    page.wait_for_function("() => window.stream.getTracks()[0].readyState === 'ended'")

    scanning.tap("[data-go=scan]")
    page.evaluate("window.held = true")
    scanning.at("mood")

    expect(page.locator("#bar .who")).to_have_text("Noor")
    assert page.evaluate("window.stream.getTracks()[0].readyState") == "ended"


def test_alba_prints_badges_and_the_page_says_who_has_one(
    page: Page, live: Live, site: Cast, complaints: list[str]
):
    sign_in(page, live, "alba")
    page.goto(f"{live.url}/people/{site.units['Service counter']}")
    page.get_by_role("link", name="Badges").click()
    page.get_by_role("checkbox", name="Sol Vale").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Print for those ticked").click()
    assert "Sol Vale" in pages(Path(download.value.path()).read_bytes())[0]
    page.reload()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("button", name="Revoke the badge of Sol Vale").click()
    expect(page.get_by_role("status")).to_contain_text("is revoked")
    assert not re.search(r"\d{24}", page.content() + page.url)


def test_ada_says_that_a_badge_is_enough(page: Page, live: Live, site: Cast, complaints: list[str]):
    sign_in(page, live, "ada")
    page.goto(f"{live.url}/admin/settings")
    page.get_by_label("A badge is enough, without a PIN").check()
    assert faults(page) == []
    page.locator("#badges").get_by_role("button", name="Save").click()

    expect(page.get_by_text("From now on a badge is enough.")).to_be_visible()
    expect(page.get_by_label("A badge is enough, without a PIN")).to_be_checked()


def sign_in(page: Page, live: Live, login: str) -> None:
    page.goto(f"{live.url}/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
