"""“What happens to this answer?” is one tap away on every screen of a check-in, and leads back to it."""

import json
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from tests.cast import TOKEN, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing.models.base import db
from wellbeing.models.lists import ListEntry, ListName


@pytest.fixture
def tablet(browser: Browser, live: Live, site: Cast) -> Iterator[Page]:
    """The enrolled tablet of the service counter, as narrow as a phone; it keeps no page for later."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    kept = json.dumps(json.dumps({"token": TOKEN, "language": "en"}))
    context.add_init_script(f"localStorage.setItem('second-wind.tablet', {kept})")
    page = context.new_page()
    page.goto(f"{live.url}/counter")
    yield page
    context.close()


def begin(tablet: Page, site: Cast, act: str, name: str) -> None:
    tablet.locator(f"[data-act={act}]").click()
    tablet.locator(f"[data-person='{site.people[name]}']").click()
    expect(tablet.locator("#screen")).to_have_attribute("data-screen", "pin")
    tablet.keyboard.type(pin_of(name))


def read_and_come_back(tablet: Page, screen: str) -> None:
    """Read what happens, the long form included, and be where one was."""
    expect(tablet.locator("#screen")).to_have_attribute("data-screen", screen)
    tablet.locator("[data-go=what-happens]").click()
    expect(tablet.get_by_text("Confidential, shown anonymously")).to_be_visible()
    tablet.get_by_text("Who sees what").click()
    expect(tablet.get_by_role("row", name=re.compile("Whoever runs the server"))).to_be_visible()
    assert not tablet.evaluate("document.documentElement.scrollWidth > innerWidth")
    tablet.locator("#screen .button.primary").click()
    expect(tablet.locator("#screen")).to_have_attribute("data-screen", screen)


def test_it_is_there_on_every_screen_of_a_rough_one_and_its_break(tablet: Page, site: Cast):
    read_and_come_back(tablet, "home")
    begin(tablet, site, "rough", "Sol")
    read_and_come_back(tablet, "mood")
    tablet.locator("[data-mood='2']").click()
    read_and_come_back(tablet, "severity")
    tablet.locator("[data-severity=severe]").click()
    read_and_come_back(tablet, "safe")
    tablet.locator("[data-go=safe]").click()
    read_and_come_back(tablet, "chips")
    tablet.locator("[data-go=skip-rest]").click()
    read_and_come_back(tablet, "care")
    tablet.locator("[data-go=break]").click()
    read_and_come_back(tablet, "break")
    tablet.locator("[data-kind=walk]").click()
    read_and_come_back(tablet, "done")
    expect(tablet.locator("[data-go=undo]")).to_be_visible()


def test_it_is_there_before_and_after_a_check_in_and_before_taking_back(tablet: Page, site: Cast):
    begin(tablet, site, "check_in", "Noor")
    read_and_come_back(tablet, "mood")
    tablet.locator("[data-mood='4']").click()
    read_and_come_back(tablet, "done")
    tablet.locator("[data-go=next]").click()
    begin(tablet, site, "take_back", "Noor")
    read_and_come_back(tablet, "take-back")


def test_without_a_network_the_short_form_is_still_there(tablet: Page, site: Cast):
    begin(tablet, site, "check_in", "Noor")
    tablet.route("**/what-happens*", lambda route: route.abort())
    tablet.locator("[data-go=what-happens]").click()

    expect(tablet.get_by_text("Confidential, shown anonymously")).to_be_visible()
    expect(tablet.get_by_text("Who sees what")).to_have_count(0)


def test_a_list_of_many_long_words_stands_in_columns_and_fits_the_screen(
    tablet: Page, live: Live, site: Cast
):
    label = "Entrega aplazada sin aviso por parte del taller o la tienda"
    with live.app.app_context():
        for number in range(14):
            entry = {"key": f"site_{number}", "label": f"{number} {label}"[:60], "position": number}
            db.session.execute(sa.insert(ListEntry).values(list_name=ListName.BEHAVIOUR, **entry))
        db.session.commit()
    tablet.reload()
    begin(tablet, site, "rough", "Sol")
    tablet.locator("[data-mood='2']").click()
    tablet.locator("[data-severity=hard]").click()

    expect(tablet.locator(".chips.long .chip")).to_have_count(24)
    assert not tablet.evaluate("document.documentElement.scrollWidth > innerWidth")
    tablet.set_viewport_size({"width": 1180, "height": 820})
    tops = tablet.evaluate("[...document.querySelectorAll('.chip')].map((chip) => chip.offsetTop)")
    assert len(set(tops)) == 8
