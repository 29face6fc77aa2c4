"""The privacy notice and its admin's page in a real browser: for everybody's eyes, and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW, Cast
from tests.fixtures.live import Live
from tests.law.whole import WHOLE
from wellbeing.law import facts
from wellbeing.models.base import db


@pytest.fixture
def half_written(live: Live, site: Cast) -> None:
    """A site whose admin has left a gap."""
    with live.app.app_context():
        facts.write(db.session(), facts.read(vars(WHOLE) | {"authority": ""}), NOW)


def test_notice_and_form_are_readable_by_all_and_a_gap_is_seen(page, live, half_written, complaints):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live.url + "/privacy?lang=es")
    assert fits(page) and faults(page) == []
    expect(page.locator("mark.gap")).to_have_text("Falta: Autoridad de control")

    sign_in(page, live, "ada")
    for address in ("/admin/privacy?lang=en", "/admin/privacy/assessment?lang=en"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live.url + address)
            assert fits(page) and faults(page) == [], (address, width)

    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live.url + "/admin/privacy?lang=en")
    page.get_by_role("button", name="Write the next version").click()
    expect(page.get_by_role("alert")).to_contain_text("one gap would remain")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    assert fits(page) and faults(page) == []
    assert "422" in complaints.pop(), "a browser says of itself that it was asked back"
