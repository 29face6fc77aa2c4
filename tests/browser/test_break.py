"""A break at the counter: a time to be back that needs no tablet, and a “not yet” that nothing records."""

import re

import pytest
from playwright.sync_api import Request, expect

from tests.answers import everything, house_of
from tests.browser.conftest import Opened
from tests.browser.screens import A_ROUGH_ONE, NEXT, PIN, Visit, go, person, tap
from tests.cast import Cast
from tests.fixtures.live import Live

BREAK = (
    ("who", tap("[data-act=break]")),
    ("pin", person("Sol")),
    ("break", PIN),
    ("done", tap("[data-kind=walk]")),
)
BACK = (("who", tap("[data-act=back]")), ("pin", person("Sol")), ("mood", PIN))
CARE = (*A_ROUGH_ONE, ("care", tap("[data-go=skip-rest]")))


@pytest.fixture
def visit(counter: Opened) -> Visit:
    """The clock on the wall says five past two."""
    found = counter(timezone_id="Europe/Madrid")
    found.page.evaluate("Date.now = () => Date.UTC(2026, 2, 4, 13, 5)")
    return found


def sent(visit: Visit) -> list[str]:
    """Return the acts that the page sends from now on."""
    acts: list[str] = []

    def listen(asked: Request) -> None:
        if asked.post_data:
            acts.append(asked.post_data_json["act"])

    visit.page.on("request", listen)
    return acts


def test_a_break_says_when_to_be_back_and_not_yet_is_an_answer_that_nothing_records(
    visit: Visit, live: Live, site: Cast
):
    page, acts = visit.page, sent(visit)
    go(visit, *BREAK[:3])
    page.locator("[data-minutes='15']").click()
    go(visit, BREAK[3])
    expect(page.locator("#screen").get_by_text("Back at about 14:20")).to_be_visible()
    go(visit, ("home", NEXT))
    with live.app.app_context():
        before = everything(house_of(live.app, site))

    go(visit, *BACK)
    expect(page.get_by_role("heading", name="Ready for the next one?")).to_be_visible()
    go(visit, ("done", tap("[data-go=not-yet]")))
    expect(page.locator("#screen").get_by_text("Back at about 14:10")).to_be_visible()
    go(visit, ("home", NEXT))
    assert acts == ["who", "break", "who"]
    with live.app.app_context():
        assert everything(house_of(live.app, site)) == before


def test_a_break_that_nobody_can_cover_now_is_kept_for_later_and_not_recorded_as_skipped(visit: Visit):
    page, acts = visit.page, sent(visit)
    go(visit, *CARE, ("later", tap("[data-go=nobody]")))
    expect(page.get_by_role("heading", name="Your break stays yours.")).to_be_visible()
    go(visit, ("reset", tap("[data-go=work]")), ("done", tap("[data-go=ready]")), ("home", NEXT))
    assert acts == ["who", "rough"]

    go(visit, *CARE, ("later", tap("[data-go=nobody]")), ("done", tap("[data-go=cover]")))
    expect(page.get_by_text("or until 14:20")).to_be_visible()
    go(visit, ("home", NEXT))
    wall = page.locator(".cover")
    expect(wall).to_contain_text("Sol V.")
    expect(wall).not_to_contain_text(re.compile("break", re.I))
    go(visit, *BREAK)
    assert acts[2:] == ["who", "rough", "cover", "who", "break"]
