"""The tablets page of a site with many: forty of them on a phone, in long words."""

from datetime import date

import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_hands_and_eyes import AXE, SMALL, WIDE
from tests.cast import PASSWORD, Cast
from tests.fixtures.live import Live
from wellbeing.models.accounts import Tablet
from wellbeing.models.base import db

# The page's own targets; the frame around it is every page's.
OWN = SMALL.replace("document.", "document.querySelector('#content').", 1)
LONG = "Mostrador de posventa, recambios y atención telefónica"


def forty_tablets(live: Live, cast: Cast) -> None:
    units = [cast.units[name] for name in ("Service counter", "Showroom", "Parts")]
    with live.app.app_context():
        for number in range(39):
            row = {"unit_id": units[number % 3], "name": f"{number} {LONG}", "waiting": number % 7 == 0}
            days = {"enrolled_on": date(2026, 3, 2), "seen_on": date(2026, 3, 4 - number % 3)}
            token = {"token_mac": bytes([number]) * 32}
            db.session.execute(sa.insert(Tablet).values(row | days | token))
        db.session.commit()


def test_forty_tablets_are_read_renamed_and_revoked_on_a_phone(
    page: Page, complaints: list[str], live: Live, site: Cast
):
    forty_tablets(live, site)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live.url}/sign-in?lang=es")
    page.locator("#login").fill("ada")
    page.locator("#password").fill(PASSWORD)
    page.locator("form .button.primary").click()
    page.goto(f"{live.url}/tablets/?lang=es")
    page.evaluate(Axe().axe_script)

    assert page.locator("#in-use ~ .tablets > li").count() == 40
    assert [fault for look in (OWN, WIDE, AXE) for fault in page.evaluate(look)] == []
    first = page.locator(".tablets > li").first
    first.locator("summary").click()
    first.locator("input[name=name]").fill("Junto a la puerta")
    first.locator("details button").click()
    expect(page.get_by_role("heading", name="Junto a la puerta")).to_be_visible()
    page.locator("li", has_text="Junto a la puerta").locator(".button.danger").click()
    expect(page.locator("#revoked ~ .tablets > li")).to_contain_text("Junto a la puerta")
