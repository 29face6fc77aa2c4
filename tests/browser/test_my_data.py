"""My data and the page to share in a real browser: readable by all, taken along, and left for good."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.answers import house_of, say
from tests.browser.test_figures import faults, fits, sign_in
from tests.browser.test_my_days import SMALL, shift
from tests.cast import NOW, PASSWORD, Cast
from tests.fixtures.live import Live
from wellbeing.diary import keeping, opening
from wellbeing.models.base import db
from wellbeing.models.pending import Dimension


@pytest.fixture
def sol(page: Page, live: Live, site: Cast, complaints: list[str]) -> Page:
    """Sol's small phone, with a diary of ten shifts open, the last of which was counted."""
    with live.app.app_context():
        house, person = house_of(live.app, site), site.people["Sol"]
        opening.begin(db.session(), person, PASSWORD)
        entries = [entry for day in range(2, 11) for entry in shift(day, 4, 2)]
        keeping.keep(db.session().connection(), house.server_key, person, entries)
        db.session.commit()
        say(house, "Sol", mood=2, rough=True, details=((Dimension.CAUSE, "delay"),))
        say(house, "Sol", NOW + timedelta(minutes=20), mood=4)
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    sign_in(page, live, "sol")
    return page


def is_for_all(page: Page) -> None:
    for folded in page.locator("main details").all():
        folded.evaluate("(one) => { one.open = true; }")
    assert fits(page) and faults(page) == [] and page.evaluate(SMALL) == [], page.url


def test_what_is_kept_of_somebody_can_be_read_by_all(sol: Page, live: Live):
    for path in ("/my/data", "/my/data/receipt", "/my/data/leave", "/my/data/dictionary", "/my/share"):
        for language in ("en", "es"):
            sol.goto(f"{live.url}{path}?lang={language}")
            is_for_all(sol)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_doors_of_a_diary_and_a_phone_can_be_used_by_all(sol: Page, live: Live, language: str):
    for path in ("/my/diary", "/my/diary/anew", "/my/sign-in", "/my/phone", "/my/import", "/left"):
        sol.goto(f"{live.url}{path}?lang={language}")
        is_for_all(sol)
    sol.goto(f"{live.url}/my/days?lang={language}")
    is_for_all(sol)
    sol.locator("form[action$='/my/days/close'] button").click()
    sol.wait_for_url("**/my/open")
    is_for_all(sol)


def test_a_page_to_share_is_made_kept_as_a_file_and_then_its_owner_leaves(sol: Page, live: Live):
    sol.goto(f"{live.url}/my/share?lang=en")
    for box in sol.get_by_role("checkbox").all():
        box.check()
    is_for_all(sol)
    sol.get_by_role("button", name="Make the page").click()
    expect(sol.get_by_role("heading", name="My days: Sol Vale")).to_be_visible()
    is_for_all(sol)
    with sol.expect_download() as saved:
        sol.get_by_role("button", name="Save it as a file").click()
    file = saved.value
    assert file.suggested_filename.startswith("my-days-") and file.suggested_filename.endswith(".html")
    alone = sol.context.new_page()
    alone.set_content(file.path().read_text())
    expect(alone.get_by_role("img").first).to_be_visible()
    assert fits(alone)
    alone.close()

    sol.goto(f"{live.url}/my/data/leave")
    sol.get_by_label("Your password").fill(PASSWORD)
    sol.get_by_role("button", name="Leave, and delete everything").click()
    expect(sol.get_by_role("heading", name="You have left")).to_be_visible()
    expect(sol.get_by_role("button", name="Sign out")).to_have_count(0)
    is_for_all(sol)
