"""A history from another mood tracker on a small phone: looked at, put right with a thumb, loaded."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_coach import SMALL_HERE
from tests.browser.test_hands_and_eyes import AXE, WIDE
from tests.cast import PASSWORD, Cast
from tests.fixtures.live import Live
from wellbeing.diary import opening
from wellbeing.models.base import db

FILE = "full_date,date,weekday,time,mood,activities,note_title,note\n" + "".join(
    f"2026-02-{day:02},February {day},Monday,20:{day},{mood},walk | friends,,\n"
    for day, mood in zip(
        range(10, 16), ("rad", "good", "meh", "so sleepy that it hardly counts", "bad", "awful"), strict=True
    )
)


def faults(page: Page) -> list[str]:
    page.evaluate(Axe().axe_script)
    return [fault for look in (SMALL_HERE, WIDE, AXE) for fault in page.evaluate(look)]


def test_a_history_is_looked_at_put_right_and_loaded_on_a_small_phone(
    browser: Browser, live: Live, site: Cast
):
    with live.app.app_context():
        opening.begin(db.session(), site.people["Sol"], PASSWORD)
        db.session.commit()
    context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=live.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/sign-in?next=/my/import")
    page.locator("[name=login]").fill("sol")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("heading", name="Import my history")).to_be_visible()
    assert faults(page) == []

    page.get_by_label("CSV file").set_input_files(
        {"name": "daylio.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("button", name="Load 5 entries")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("so sleepy that it hardly counts").select_option("Bad")
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Load 6 entries").click()

    expect(page.get_by_role("button", name="Delete all 6 imported entries")).to_be_visible()
    assert faults(page) == [] and complaints == []
    context.close()
