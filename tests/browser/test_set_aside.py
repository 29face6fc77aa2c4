"""What cannot be recorded at once, and a clock that is wrong."""

from collections import Counter
from datetime import timedelta

import sqlalchemy as sa
import time_machine
from playwright.sync_api import expect

from tests.browser.at_counter import Tablet, deed, recorded
from tests.cast import NOW, Cast
from tests.fixtures.live import Live
from tests.fixtures.network import Network
from wellbeing.models.base import db
from wellbeing.models.pending import Dimension, PendingDetail

DAY = 86_400_000  # milliseconds
CLOCK = "(skew) => { window.right ??= Date.now.bind(Date); Date.now = () => window.right() + skew; }"


def test_wrong_pins_become_a_bare_number_and_who_is_locked_out_is_recorded_later(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    network.cut = True
    tablet.check_in("Sol", 1, pin="0000")
    tablet.leave()
    wrong = [deed(site, "Sol", "check_in", mood=1, pin=f"000{number}") for number in range(1, 6)]
    tablet.do(*wrong, deed(site, "Sol", "check_in", mood=4), deed(site, "Noor", "check_in", mood=5))
    tablet.kept()
    network.cut = False
    tablet.send()

    expect(tablet.page.locator("[data-unmatched='5']")).to_be_visible()
    assert tablet.kept().unmatched == 5
    assert len(tablet.kept().queue) == 2
    assert recorded(live.app, site) == Counter([("Noor", 5, False, False)])

    with time_machine.travel(NOW + timedelta(minutes=20), tick=True):
        tablet.page.reload()
        tablet.until_sent()
    expect(tablet.page.locator("[data-unmatched='6']")).to_be_visible()
    assert recorded(live.app, site) == Counter([("Noor", 5, False, False), ("Sol", 4, False, False)])


def test_a_tablet_whose_clock_is_wrong_loses_nothing_and_guesses_no_weekday(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    for name, as_sealed, as_sent in (("Sol", DAY, DAY), ("Noor", DAY, 0), ("Bea", 0, 31 * DAY)):
        network.cut = True
        tablet.page.evaluate(CLOCK, as_sealed)
        tablet.do(deed(site, name, "rough", mood=2, severity="hard"))
        # By now a delivery that was tried at the time before has failed.
        tablet.until_waiting(1)
        tablet.page.evaluate(CLOCK, as_sent)
        network.cut = False
        tablet.until_sent()

    assert recorded(live.app, site) == Counter((name, 2, True, False) for name in ("Sol", "Noor", "Bea"))
    weekdays = sa.select(PendingDetail.category).where(PendingDetail.dimension == Dimension.WEEKDAY)
    with live.app.app_context():
        said = db.session.scalars(weekdays.where(PendingDetail.category != "")).all()
    assert said == ["wednesday"], "only Sol's tablet kept the same wrong time throughout"
