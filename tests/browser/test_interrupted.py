"""A full queue, and whatever may happen to it: nothing is lost, nothing counts twice."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import BrowserContext, Playwright

from tests.browser.at_counter import CREW, Said, Tablet, deed, receipts, recorded
from tests.browser.conftest import Enrol
from tests.cast import NOW, Cast
from tests.fixtures.live import Live
from tests.fixtures.mortal import mortal_server
from tests.fixtures.network import Network, network_to
from wellbeing import tablets
from wellbeing.models.accounts import Tablet as TabletRow
from wellbeing.models.base import db


def fill(tablet: Tablet, count: int = 5) -> Counter[Said]:
    """Check so many people in, all of whom wait; return what should be recorded of them."""
    said = [(CREW[number % len(CREW)], 1 + number % 5) for number in range(count)]
    tablet.do(*(deed(tablet.cast, name, "check_in", mood=mood) for name, mood in said))
    assert len(tablet.kept().queue) == count
    return Counter((name, mood, False, False) for name, mood in said)


def test_a_server_killed_amid_a_delivery_gets_the_rest_when_it_is_back(
    app: Flask, enrolled: Enrol, site: Cast
):
    with mortal_server(app.extensions["config"]) as server, network_to(server.port) as network:
        tablet = enrolled(network)
        network.cut = True
        said = fill(tablet, 40)
        network.instead["/counter/sealed"] = server.kill
        network.cut = False
        tablet.send()
        while server.process:
            tablet.page.wait_for_timeout(20)

        assert recorded(app, site).total() == 20
        assert len(tablet.kept().queue) == 40
        server.start()
        tablet.until_sent()

    assert recorded(app, site) == said
    assert receipts(app) == 40


def test_one_person_at_two_tablets_without_a_network_counts_for_each_time(
    enrolled: Enrol, network: Network, live: Live, site: Cast
):
    both = [enrolled(network), enrolled(network, another_tablet(live, site))]
    network.cut = True
    for tablet, mood in zip(both, (2, 5), strict=True):
        tablet.do(deed(site, "Sol", "check_in", mood=mood), deed(site, "Noor", "check_in", mood=mood))
    network.cut = False
    for tablet in both:
        tablet.send()
    for tablet in both:
        tablet.until_sent()

    said = [(name, mood, False, False) for name in ("Sol", "Noor") for mood in (2, 5)]
    assert recorded(live.app, site) == Counter(said)


def code_for_a_tablet(live: Live, site: Cast) -> str:
    with live.app.app_context():
        return tablets.make_code(db.session(), site.units["Service counter"], datetime.now(UTC))


def another_tablet(live: Live, site: Cast) -> str:
    code = code_for_a_tablet(live, site)
    with live.app.app_context(), db.engine.begin() as connection:
        return tablets.enrol(connection, code, "Side door", datetime.now(UTC)).token


# What the page does by itself when it has been left alone for a while.
TAKE_OVER = """async () => {
  const worker = await navigator.serviceWorker.ready;
  await worker.update();
  while (!worker.waiting) await new Promise((later) => setTimeout(later, 50));
  const taken = new Promise((take) => navigator.serviceWorker.addEventListener("controllerchange", take));
  worker.waiting.postMessage("take over");
  await taken;
}"""


def test_a_new_version_takes_over_with_a_full_queue(tablet: Tablet, network: Network, live: Live, site: Cast):
    network.cut = True
    said = fill(tablet)
    network.barred, network.cut = "/counter/sealed", False
    with live.app.app_context():
        # What the counter promises is part of its page, so that this makes a new version.
        db.session.execute(sa.text("UPDATE settings SET people_needed = 6"))
        db.session.commit()
    tablet.page.evaluate(TAKE_OVER)
    tablet.page.reload()
    tablet.until_waiting(5)
    assert "least 5 others" in tablet.page.locator("#counter-strings").inner_text()

    network.barred = None
    tablet.until_sent()

    assert recorded(live.app, site) == said


def test_a_tablet_that_was_signed_out_keeps_what_waits_and_sends_it_once_it_is_set_up_again(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    network.cut = True
    said = fill(tablet)
    with live.app.app_context():
        mine = db.session.scalars(sa.select(TabletRow)).one()
        tablets.revoke(db.session(), mine.id, NOW)
    network.cut = False
    tablet.send()
    tablet.at("enrol")
    tablet.page.wait_for_timeout(500)
    kept, asked = tablet.kept(), network.sent("/counter/sealed")
    assert len(kept.queue) == 5
    assert kept.beside.keys() <= {"unmatched"}
    tablet.page.reload()
    tablet.at("enrol")
    tablet.send()
    assert network.sent("/counter/sealed") == asked
    assert recorded(live.app, site) == Counter()

    tablet.page.locator("#enrol-code").fill(code_for_a_tablet(live, site))
    tablet.tap("form button")
    tablet.until_sent()

    assert recorded(live.app, site) == said


Start = Callable[[], BrowserContext]


@pytest.fixture
def start(playwright: Playwright, browser_type_launch_args: dict, profile: Path) -> Iterator[Start]:
    """Starts a browser that keeps what it has."""
    started: list[BrowserContext] = []

    def launch() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(str(profile), **browser_type_launch_args)
        started.append(context)
        return context

    yield launch
    started[-1].close()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where that browser keeps it."""
    return tmp_path / "profile"


def kill(profile: Path) -> None:
    """Kill every process of the browser that uses a profile, as a flat battery does."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"chrom" in command and f"--user-data-dir={profile}".encode() in command:
            os.kill(int(process.name), signal.SIGKILL)


def test_a_browser_that_is_killed_has_everything_when_it_is_opened_again(
    start: Start, profile: Path, network: Network, live: Live, site: Cast
):
    before = start()
    tablet = Tablet(before.new_page(), site)
    tablet.page.goto(f"{network.url}/counter#code={code_for_a_tablet(live, site)}")
    tablet.tap("form button")
    tablet.at("home")
    tablet.until_independent()
    before.close()
    network.cut = True
    tablet = Tablet(start().new_page(), site)
    tablet.page.goto(f"{network.url}/counter")
    said = fill(tablet)
    tablet.check_in("Sol", 3)

    kill(profile)
    tablet = Tablet(start().new_page(), site)
    tablet.page.goto(f"{network.url}/counter")
    tablet.until_waiting(6)
    on_disk = b"".join(file.read_bytes() for file in profile.rglob("IndexedDB/**/*.log"))
    assert b"box" in on_disk and b"check_in" not in on_disk
    network.cut = False
    tablet.until_sent()

    assert recorded(live.app, site) == said + Counter([("Sol", 3, False, False)])
