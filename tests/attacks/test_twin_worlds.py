"""Twin worlds: same ledger, other answers behind it. Nobody who is not their owner can tell them apart."""

import pytest
import time_machine
from flask import Flask

from tests.attacks import crawl, naive
from tests.attacks.findings import Report
from tests.attacks.stories import (
    HARD_WEEKS,
    ORDINARY,
    PAIRS,
    SEEN_ON,
    WEEKS,
    Story,
    everything_at_once,
    kept_by_a_dashboard,
)
from tests.attacks.worlds import Worlds, digest, live

# Each test may have to make two worlds and look at every page of both.
pytestmark = pytest.mark.timeout(900)


def told_apart(one: Story, other: Story) -> bool:
    """Tell whether an everyday dashboard shows different figures of two stories."""
    days = 7 * WEEKS
    return naive.figures(kept_by_a_dashboard(one), days) != naive.figures(kept_by_a_dashboard(other), days)


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[other.name for _one, other in PAIRS])
def test_nobody_can_tell_two_worlds_with_the_same_ledger_apart(
    app: Flask, sqlite_worlds: Worlds, finding: Report, one: Story, other: Story
):
    compare(sqlite_worlds, one, other)

    dashboard = sum(told_apart(*pair) for pair in PAIRS)
    finding(
        "twin worlds",
        f"0 of {len(PAIRS)} pairs told apart, 0 bytes",
        f"{dashboard} of {len(PAIRS)} pairs",
        f"{crawl.routes(app)} routes x {len(crawl.ROLES)} roles x {len(crawl.LANGUAGES)} languages",
    )


def test_nobody_can_tell_them_apart_on_postgresql(postgres_worlds: Worlds):
    compare(postgres_worlds, ORDINARY, everything_at_once())


def compare(worlds: Worlds, one: Story, other: Story) -> None:
    """Compare two worlds byte by byte; that their ledgers are equal is what the stories are made for."""
    seen, seen_of_twin = worlds.visit(one), worlds.visit(other)

    assert seen.readable == seen_of_twin.readable, "the two stories should end with the same ledger"
    assert crawl.differences(seen.pages, seen_of_twin.pages) == []


def test_the_crawl_meets_figures_and_closed_doors_alike(sqlite_worlds: Worlds):
    """An attack that sees nothing would prove nothing."""
    pages = sqlite_worlds.visit(ORDINARY).pages
    statuses = {page.status for page in pages.values()}

    assert {200, 302, 400, 401, 404} <= statuses
    assert 500 not in statuses
    assert b"Service counter" in pages["HR: GET /summaries.csv?unit=3&from=1&to=2"].body
    assert "low" in pages["manager: GET /team/3?lang=en"].body.decode()
    assert "bajo" in pages["HR: GET /team/4?lang=es"].body.decode()
    assert b"Front desk" in pages["tablet: GET /counter/state?lang=en"].body


def test_the_twins_with_hard_weeks_have_a_detail_ledger_to_compare(sqlite_worlds: Worlds):
    ordinary, hard = sqlite_worlds.visit(ORDINARY).readable, sqlite_worlds.visit(HARD_WEEKS[0]).readable

    assert ordinary["detail_word.word"] == digest([])
    assert hard["detail_word.word"] != digest([])


def test_another_ledger_is_seen(sqlite_worlds: Worlds):
    """The same attack on worlds whose figures differ must tell them apart."""
    shorter = Story("one silent", [deed for deed in ORDINARY.deeds if deed.name not in ("Sol", "Noor")])

    with sqlite_worlds.world() as (app, house):
        live(app, house, shorter)
        with time_machine.travel(SEEN_ON, tick=False):
            others = crawl.crawl(app, house.cast, ["staff"])
    pages = sqlite_worlds.visit(ORDINARY).pages

    found = [asked for asked, page in others.items() if pages[asked] != page]
    assert any(asked.startswith("staff: GET /team/3") for asked in found)
