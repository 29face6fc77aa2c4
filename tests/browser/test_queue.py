"""Without a network the counter takes every act, sealed, and sends it later; nothing lost is called saved."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from tests.cast import TOKEN, Cast, pin_of
from tests.fixtures.live import Live
from wellbeing.models.accounts import Tablet
from wellbeing.models.base import db
from wellbeing.models.pending import Pending

KEPT = json.dumps({"token": TOKEN, "language": "en"})
READY = "import('/static/js/counter/seal.js').then((seal) => seal.prepare()).then(() => true)"
WAITING = "import('/static/js/counter/store.js').then((store) => store.entries())"
SEND = "import('/static/js/counter/queue.js').then((queue) => queue.flush())"
FULL_DISK = """void (IDBObjectStore.prototype.add = () => {
  throw new DOMException("The disk is full.", "QuotaExceededError");
})"""


@pytest.fixture
def tablet(browser: Browser, live: Live, site: Cast) -> Iterator[Page]:
    """The enrolled tablet of the service counter."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, service_workers="block")
    context.add_init_script(f"localStorage.setItem('second-wind.tablet', '{KEPT}')")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{live.url}/counter")
    screen(page, "home")
    assert page.evaluate(READY)
    yield page
    context.close()


def screen(page: Page, name: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-screen", name)


def identify(tablet: Page, site: Cast, act: str, name: str, pin: str | None = None) -> None:
    screen(tablet, "home")
    tablet.locator(f"[data-act={act}]").click()
    tablet.locator(f"[data-person='{site.people[name]}']").click()
    screen(tablet, "pin")
    tablet.keyboard.type(pin or pin_of(name))


def check_in(tablet: Page, site: Cast, name: str, pin: str | None = None) -> None:
    identify(tablet, site, "check_in", name, pin)
    tablet.locator("[data-mood='4']").click()


def saved_here(tablet: Page) -> None:
    screen(tablet, "done")
    expect(tablet.get_by_role("heading", name="Saved here.")).to_be_visible()
    expect(tablet.locator("#live")).to_have_text(
        "Saved here. It is sent, and checked, when the network is back."
    )


def leave(tablet: Page) -> None:
    tablet.locator("[data-go=next], [data-go=leave]").first.click()
    screen(tablet, "home")


def recorded(live: Live) -> int:
    with live.app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Pending)) or 0


def waiting(tablet: Page) -> int:
    return len(tablet.evaluate(WAITING))


def until_empty(tablet: Page) -> None:
    """Wait for the queue itself: the mark on the counter may not have come yet."""
    for _ in range(100):
        if not waiting(tablet):
            break
        tablet.wait_for_timeout(100)
    expect(tablet.locator("[data-waiting]")).to_have_count(0)


def test_what_is_entered_without_a_network_waits_and_is_sent_when_it_is_back(
    tablet: Page, live: Live, site: Cast
):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    saved_here(tablet)
    leave(tablet)
    expect(tablet.get_by_text("1 saved here, waiting")).to_be_visible()
    check_in(tablet, site, "Noor", pin="0000")
    saved_here(tablet)
    leave(tablet)
    expect(tablet.get_by_text("2 saved here, waiting")).to_be_visible()
    with tablet.expect_request("**/counter/state") as asked:
        tablet.clock.fast_forward(60_000)
    assert asked.value.headers["queue"] == "waiting"

    tablet.context.set_offline(False)
    expect(tablet.get_by_text("1 entry that waited could not be recorded.")).to_be_visible()
    until_empty(tablet)
    assert (recorded(live), waiting(tablet)) == (1, 0)
    tablet.locator("[data-go=close-unmatched]").click()
    expect(tablet.locator(".waiting")).to_have_count(0)


def test_what_waits_looks_the_same_whatever_it_says(tablet: Page, site: Cast):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    saved_here(tablet)
    leave(tablet)
    identify(tablet, site, "rough", "Noor")
    tablet.locator("[data-mood='1']").click()
    tablet.locator("[data-severity=hard]").click()
    expect(tablet.get_by_text("Saved here. If you like, say a little more.")).to_be_visible()
    for chip in tablet.locator("[data-chip]").all():
        chip.click()
    tablet.locator("[data-go=skip-rest]").click()
    screen(tablet, "care")

    entries = [entry for _number, entry in tablet.evaluate(WAITING)]
    assert [sorted(entry) for entry in entries] == [["box", "key"]] * 3
    assert len({len(entry["box"]) for entry in entries}) == 1


def test_what_still_waits_is_taken_back_too(tablet: Page, live: Live, site: Cast):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    saved_here(tablet)
    leave(tablet)
    tablet.route("**/counter/sealed", lambda route: route.abort())
    tablet.context.set_offline(False)
    identify(tablet, site, "take_back", "Sol")
    tablet.locator("[data-go=take-back-yes]").click()
    saved_here(tablet)
    assert waiting(tablet) == 2
    tablet.unroute("**/counter/sealed")
    leave(tablet)
    until_empty(tablet)

    assert waiting(tablet) == 0
    assert recorded(live) == 0


def test_what_waits_goes_out_before_what_is_entered_next(tablet: Page, live: Live, site: Cast):
    tablet.context.set_offline(True)
    identify(tablet, site, "take_back", "Sol")
    tablet.locator("[data-go=take-back-yes]").click()
    saved_here(tablet)
    leave(tablet)
    tablet.route("**/counter/sealed", lambda route: route.abort())
    with tablet.expect_request("**/counter/sealed"):
        tablet.context.set_offline(False)
    tablet.unroute("**/counter/sealed")
    with tablet.expect_response("**/counter/sealed"):
        identify(tablet, site, "check_in", "Sol")
    tablet.locator("[data-mood='4']").click()
    screen(tablet, "done")
    leave(tablet)

    assert waiting(tablet) == 0
    assert recorded(live) == 1


def test_undo_without_a_network_leaves_nothing_that_could_be_sent(tablet: Page, live: Live, site: Cast):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    saved_here(tablet)
    assert waiting(tablet) == 1
    tablet.locator("[data-go=undo]").click()
    expect(tablet.get_by_role("heading", name="Undone.", exact=True)).to_be_visible()
    assert waiting(tablet) == 0
    leave(tablet)
    tablet.context.set_offline(False)
    tablet.evaluate(SEND)

    assert recorded(live) == 0


def test_undo_that_cannot_reach_the_server_says_so_and_can_be_tried_again(
    tablet: Page, live: Live, site: Cast
):
    check_in(tablet, site, "Sol")
    screen(tablet, "done")
    tablet.context.set_offline(True)
    tablet.locator("[data-go=undo]").click()
    expect(tablet.get_by_role("heading", name="Not undone.")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.locator("[data-go=retry]").click()
    expect(tablet.get_by_role("heading", name="Undone.", exact=True)).to_be_visible()

    assert recorded(live) == 0


def test_nothing_goes_out_while_its_person_is_still_here_not_even_from_another_tab(
    tablet: Page, live: Live, site: Cast
):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    saved_here(tablet)
    tablet.context.set_offline(False)
    other = tablet.context.new_page()
    other.goto(f"{live.url}/counter")
    screen(other, "home")
    other.evaluate(SEND)
    tablet.evaluate(SEND)
    assert recorded(live) == 0

    with tablet.expect_response("**/counter/sealed"):
        tablet.clock.fast_forward(21_000)
    screen(tablet, "home")
    assert recorded(live) == 1


def test_cover_is_taken_and_a_tick_set_without_a_network_and_both_show_at_once(tablet: Page, site: Cast):
    cover = {"id": 1, "name": "Bea V.", "place": None, "until": "14:20"}
    notice = {"id": 1, "title": "Parts are late", "text": "", "until": None}
    wall = {
        "cover": [cover],
        "notices": [notice | {"audience": [{"id": 1, "whom": "Workshop", "told": False}]}],
    }
    state = "**/counter/state"
    tablet.route(state, lambda route: route.fulfill(json=route.fetch().json() | wall), times=1)
    tablet.clock.fast_forward(60_000)
    expect(tablet.get_by_text("Bea V.")).to_be_visible()
    tablet.context.set_offline(True)
    tablet.locator("[data-cover]").click()
    expect(tablet.get_by_text("Bea V.")).to_have_count(0)
    tablet.get_by_role("button", name="Workshop").click()

    expect(tablet.get_by_role("button", name="Workshop")).to_have_attribute("aria-pressed", "true")
    expect(tablet.get_by_text("2 saved here, waiting")).to_be_visible()


def test_an_answer_that_was_lost_is_kept_recorded_once_and_not_promised_to_be_undone(
    tablet: Page, live: Live, site: Cast
):
    identify(tablet, site, "check_in", "Sol")
    screen(tablet, "mood")
    tablet.route("**/counter/act", lambda route: (route.fetch(), route.abort()))
    tablet.locator("[data-mood='4']").click()
    saved_here(tablet)
    expect(tablet.locator("[data-go=undo]")).to_have_count(0)
    assert (recorded(live), waiting(tablet)) == (1, 1)
    with tablet.expect_response("**/counter/sealed"):
        leave(tablet)

    until_empty(tablet)
    assert (recorded(live), waiting(tablet)) == (1, 0)


def test_a_network_that_leads_nowhere_holds_the_queue_up_for_a_few_seconds_once(tablet: Page, site: Cast):
    tablet.route("**/counter/*", lambda route: None)
    identify(tablet, site, "check_in", "Sol")
    expect(tablet.locator("#screen")).to_have_attribute("aria-busy", "true")
    tablet.clock.fast_forward(4_000)
    screen(tablet, "mood")
    tablet.locator("[data-mood='4']").click()
    saved_here(tablet)
    leave(tablet)
    identify(tablet, site, "check_in", "Noor")
    tablet.clock.fast_forward(1_500)
    screen(tablet, "mood")


def test_a_tablet_that_can_keep_nothing_says_so(tablet: Page, live: Live, site: Cast):
    tablet.evaluate(FULL_DISK)
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    screen(tablet, "unsaved")
    expect(tablet.get_by_text("could not keep your answer either")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.locator("[data-go=retry]").click()
    expect(tablet.get_by_role("heading", name="Saved.", exact=True)).to_be_visible()

    assert recorded(live) == 1


def test_a_tablet_signed_out_forgets_its_team_and_keeps_what_waits(tablet: Page, live: Live, site: Cast):
    tablet.context.set_offline(True)
    check_in(tablet, site, "Sol")
    saved_here(tablet)
    with live.app.app_context():
        db.session.execute(sa.delete(Tablet))
        db.session.commit()
    tablet.context.set_offline(False)
    tablet.locator("[data-go=next]").click()

    screen(tablet, "enrol")
    assert waiting(tablet) == 1
    kept = "import('/static/js/counter/store.js').then((store) => store.recall('state'))"
    assert tablet.evaluate(kept) is None
