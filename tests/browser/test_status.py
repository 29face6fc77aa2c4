"""The status page in a real browser: readable by everybody, on a phone too, and by keyboard."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW, Cast
from tests.fixtures.live import Live
from wellbeing import regular
from wellbeing.models.base import db
from wellbeing.models.watching import Alert
from wellbeing.regular import Work


@pytest.fixture
def troubled(live: Live, site: Cast) -> None:
    """A site in which something is well, something worth a look, and something wrong."""
    with live.app.app_context():
        for work in (Work.BACKUP, Work.CHAIN_BROKEN):
            regular.note(db.engine, work, NOW)
        db.session.execute(sa.insert(Alert).values(name="chain", since=NOW, told_at=NOW))
        db.session.commit()


def test_what_is_wrong_comes_first_and_is_readable_by_all(page, live, troubled, complaints):
    sign_in(page, live, "ada")
    for scheme, width in (("light", 320), ("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live.url + "/admin/status")
        assert fits(page), width
        assert faults(page) == [], f"{width} in {scheme}"

    expect(page.get_by_text("Something needs you.")).to_be_visible()
    expect(page.locator(".checks li").first).to_contain_text("Wrong")
