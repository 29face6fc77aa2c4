"""The cable is out: everything works, nothing can be read on the tablet, and all of it arrives once."""

from collections import Counter

from playwright.sync_api import expect

from tests.browser.at_counter import CREW, Deed, Said, Tablet, deed, receipts, recorded
from tests.cast import Cast
from tests.fixtures.live import Live
from tests.fixtures.network import Network

MOODS = (1, 2, 3, 4, 5)


def test_a_new_member_of_staff_has_a_whole_shift_without_a_network(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    network.cut = True
    tablet.page.reload()
    tablet.check_in("Sol", 4)
    expect(tablet.page.get_by_role("heading", name="Saved here.")).to_be_visible()
    tablet.kept()
    tablet.leave()
    assert len(tablet.kept().queue) == 1
    have_a_rough_one(tablet, "Sol")
    tablet.kept()
    take_a_break(tablet)
    come_back(tablet, "Sol")
    beginning = tablet.kept()
    tablet.until_waiting(len(beginning.queue))
    assert recorded(live.app, site) == Counter()

    network.cut = False
    tablet.until_sent()

    said = [
        ("Sol", 4, False, False),
        ("Sol", 1, True, False),
        ("Sol", None, False, True),
        ("Sol", 5, False, False),
    ]
    assert recorded(live.app, site) == Counter(said)
    expect(tablet.page.get_by_text("Sol V.")).to_be_visible()
    assert tablet.kept().everything["history"] == beginning.everything["history"]


def have_a_rough_one(tablet: Tablet, name: str) -> None:
    tablet.identify("rough", name)
    tablet.tap("[data-mood='1']")
    tablet.tap("[data-severity='hard']")
    tablet.at("chips")
    tablet.tap("[data-chip]")
    tablet.tap("[data-go=next]")
    tablet.tap("[data-go=skip-rest]")
    tablet.at("care")


def take_a_break(tablet: Tablet) -> None:
    tablet.tap("[data-go=break]")
    tablet.tap("[data-kind=walk]")
    tablet.at("done")
    tablet.tap("[data-go=cover]")
    expect(tablet.page.locator("[data-go=cover]")).to_have_count(0)
    tablet.kept()
    tablet.leave()


def come_back(tablet: Tablet, name: str) -> None:
    tablet.identify("back", name)
    tablet.tap("[data-mood='5']")
    tablet.at("done")
    tablet.leave()


def acts(site: Cast, count: int) -> tuple[list[Deed], Counter[Said]]:
    """Return so many check-ins, rough ones and breaks of everybody, and what should be recorded of them."""
    deeds, said = [], []
    for number in range(count):
        name, mood = CREW[number % len(CREW)], MOODS[number // len(CREW)]
        kind = number % 3
        if kind == 0:
            deeds.append(deed(site, name, "check_in", mood=mood))
        elif kind == 1:
            deeds.append(deed(site, name, "rough", mood=mood, severity="hard"))
        else:
            deeds.append(deed(site, name, "break", kind="walk", minutes=5))
        said.append((name, mood if kind < 2 else None, kind == 1, kind == 2))
    return deeds, Counter(said)


def test_fifty_acts_without_a_network_are_recorded_once_each(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    deeds, said = acts(site, 50)
    network.cut = True
    tablet.do(*deeds)
    assert len(tablet.kept().queue) == 50

    network.cut = False
    tablet.until_sent()

    assert recorded(live.app, site) == said
    assert receipts(live.app) == 50


def test_a_network_that_loses_every_second_answer_neither_loses_nor_doubles(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    deeds, said = acts(site, 30)
    network.loses_every = 1
    tablet.do(*deeds[:2])
    assert recorded(live.app, site).total() == 2
    network.loses_every = 2
    tablet.do(*deeds[2:4])
    network.cut = True
    tablet.do(*deeds[4:])

    network.cut = False
    while len(tablet.kept().queue):
        tablet.send()

    assert network.lost >= 4
    assert recorded(live.app, site) == said
    assert receipts(live.app) == 30


def test_what_is_taken_back_or_undone_without_a_network_is_not_recorded(
    tablet: Tablet, network: Network, live: Live, site: Cast
):
    tablet.do(deed(site, "Sol", "check_in", mood=1), deed(site, "Noor", "cover", minutes=5))
    network.cut = True
    tablet.do(deed(site, "Sol", "rough", mood=1, severity="severe"), deed(site, "Sol", "take_back"))
    tablet.do(deed(site, "Sol", "check_in", mood=5))
    tablet.check_in("Bea", 2)
    tablet.tap("[data-go=undo]")
    expect(tablet.page.get_by_role("heading", name="Undone.")).to_be_visible()
    tablet.leave()
    tablet.until_waiting(3)
    tablet.kept()

    network.cut = False
    tablet.until_sent()

    assert recorded(live.app, site) == Counter([("Sol", 5, False, False)])
    expect(tablet.page.get_by_text("Noor V.")).to_be_visible()
    network.cut = True
    tablet.tap("[data-cover]")
    tablet.until_waiting(1)
    tablet.kept()
    network.cut = False
    tablet.until_sent()
    expect(tablet.page.get_by_text("Noor V.")).to_have_count(0)
