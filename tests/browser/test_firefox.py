"""The counter in an engine that is not Chromium's: a day at it, with the cable out in the middle."""

from collections import Counter
from datetime import UTC, datetime

from tests.browser.at_counter import recorded
from tests.cast import Cast, pin_of
from tests.fixtures.firefox import Firefox
from tests.fixtures.keepsakes import KEPT, Kept, readable
from tests.fixtures.live import Live
from tests.fixtures.network import Network
from wellbeing import tablets
from wellbeing.models.base import db


def at(firefox: Firefox, screen: str) -> None:
    firefox.until(f"document.getElementById('screen')?.dataset.screen === '{screen}'")


def check_in(firefox: Firefox, site: Cast, name: str, mood: int) -> None:
    at(firefox, "home")
    firefox.tap("[data-act=check_in]")
    firefox.tap(f"[data-person='{site.people[name]}']")
    at(firefox, "pin")
    firefox.type(pin_of(name))
    firefox.tap(f"[data-mood='{mood}']")
    at(firefox, "done")


def kept(firefox: Firefox, site: Cast) -> Kept:
    found = Kept(firefox.run(KEPT))
    assert readable(found, map(pin_of, site.people), site.people) == []
    return found


def test_a_shift_in_firefox_with_the_cable_out_in_the_middle(
    firefox: Firefox, network: Network, live: Live, site: Cast
):
    with live.app.app_context():
        code = tablets.make_code(db.session(), site.units["Service counter"], datetime.now(UTC))
    firefox.go(f"{network.url}/counter#code={code}")
    firefox.tap("form button")
    check_in(firefox, site, "Sol", 4)
    assert recorded(live.app, site) == Counter([("Sol", 4, False, False)])
    firefox.tap("[data-go=next]")
    firefox.until("Boolean(navigator.serviceWorker.controller)")

    network.cut = True
    firefox.go(f"{network.url}/counter?again")
    check_in(firefox, site, "Noor", 2)
    assert "Saved here." in firefox.run("document.querySelector('h1').innerText")
    assert len(kept(firefox, site).queue) == 1
    firefox.tap("[data-go=next]")
    firefox.until("document.querySelector('[data-waiting]')?.dataset.waiting === '1'")

    network.cut = False
    firefox.run("dispatchEvent(new Event('online'))")
    at(firefox, "home")
    firefox.until("!document.querySelector('[data-waiting]')")

    assert recorded(live.app, site) == Counter([("Sol", 4, False, False), ("Noor", 2, False, False)])
    assert kept(firefox, site).queue == []
