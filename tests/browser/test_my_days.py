"""My days in a real browser: one thumb on a small phone, a kind word to send away, pictures for all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW, PASSWORD, Cast
from tests.conftest import SECRETS
from tests.fixtures.live import Live
from wellbeing.diary import keeping, opening
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryOpened


def told(days_ago: float, kind: Kind, mood: int | None = None, **more: object) -> Entry:
    at = NOW - timedelta(days=days_ago)
    return Entry(kind, at, at, mood=mood, **more)  # type: ignore[arg-type]


def shift(day: int, mood: int, rough: int) -> list[Entry]:
    return [
        told(day, Kind.CHECK_IN, mood),
        told(day - 0.1, Kind.ROUGH, rough, severity="hard"),
        told(day - 0.11, Kind.BREAK, minutes=10, break_kind="walk"),
        told(day - 0.2, Kind.CHECK_IN, mood),
    ]


@pytest.fixture
def diary(live: Live, site: Cast) -> None:
    """Sol's diary, with three bad shifts in it."""
    with live.app.app_context():
        opening.begin(db.session(), site.people["Sol"], PASSWORD)
        entries = [entry for day in (9, 3, 1) for entry in shift(day, 1, 1)]
        keeping.keep(db.session().connection(), SECRETS.server_key, site.people["Sol"], entries)
        db.session.commit()


@pytest.fixture
def phone(page: Page, live: Live, diary: None, complaints: list[str]) -> Page:
    """Sol's small phone, in the dark, with the diary open."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    sign_in(page, live, "sol")
    page.goto(f"{live.url}/my/days")
    return page


SMALL = """[...document.querySelectorAll("main :is(a, button, summary, textarea), .mine-tabs a")]
  .filter((one) => one.checkVisibility() && !one.closest("p"))
  .filter((one) => one.getBoundingClientRect().height < 47.5).map((one) => one.outerHTML)"""


def test_a_note_is_written_and_an_entry_taken_away_with_one_thumb(phone: Page, live: Live):
    phone.get_by_label("A note, in your own words").first.fill("Oranges helped.")
    phone.get_by_role("button", name="Keep this note").first.click()
    expect(phone.get_by_role("status")).to_contain_text("Kept in your diary.")
    today = phone.get_by_role("article").first
    expect(today).to_contain_text("Oranges helped.")
    older = phone.get_by_role("article").nth(1)
    older.get_by_text("Look closer, or add a note").click()
    older.get_by_label("Take away:").first.click()
    assert fits(phone) and faults(phone) == [] and phone.evaluate(SMALL) == []
    older.get_by_role("button", name="Take it away").first.click()
    expect(phone.get_by_role("status")).to_contain_text("Taken out of your diary.")

    phone.get_by_label("A note, in your own words").first.fill("It took me a quarter of an hour.")
    with live.app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(DiaryOpened))
    phone.get_by_role("button", name="Keep this note").first.click()
    expect(phone.get_by_role("alert")).to_contain_text("Your diary has closed meanwhile")
    with phone.context.expect_page() as opened:
        phone.get_by_role("link", name="Open my diary").click()
    opened.value.get_by_label("Your password").fill(PASSWORD)
    opened.value.get_by_role("button", name="Open", exact=True).click()
    expect(opened.value.get_by_role("heading", name="My days")).to_be_visible()
    phone.get_by_role("button", name="Keep this note").first.click()
    expect(phone.get_by_role("article").first).to_contain_text("It took me a quarter of an hour.")


def test_the_kind_word_comes_once_goes_when_it_is_sent_away_and_never_comes_to_a_tablet(
    phone: Page, live: Live
):
    card = phone.get_by_role("region", name="The last few shifts have looked hard.")
    expect(card).to_be_visible()
    phone.get_by_text("Somebody to talk to, at any hour").click()
    assert faults(phone) == []
    card.get_by_role("button", name="Close", exact=True).click()
    expect(card).to_have_count(0)
    phone.reload()
    expect(phone.locator("#support-card")).to_be_hidden()

    month = 30 * 24 * 60 * 60 * 1000
    shown = f"localStorage.setItem('second-wind.card.shown', Date.now() - {month})"
    phone.evaluate(f"localStorage.setItem('second-wind.tablet', '{{\"token\": \"x\"}}'); {shown}")
    phone.reload()
    expect(phone.locator("#support-card")).to_be_hidden()
    phone.evaluate("localStorage.removeItem('second-wind.tablet')")
    phone.goto(f"{live.url}/my/insights")
    card.get_by_role("button", name="Don't show again").click()
    phone.evaluate(shown)
    phone.reload()
    expect(phone.locator("#support-card")).to_be_hidden()


def test_what_my_days_show_can_be_read_by_all(phone: Page, live: Live):
    for scheme, width, language in (("dark", 320, "es"), ("light", 1280, "en")):
        phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        phone.set_viewport_size({"width": width, "height": 780})
        phone.goto(f"{live.url}/my/insights?lang={language}")
        for table in phone.locator("details").all():
            table.evaluate("(one) => { one.open = true; }")
        assert fits(phone) and faults(phone) == [] and phone.evaluate(SMALL) == []
    expect(phone.get_by_role("img", name="Mood by shift")).to_be_visible()
