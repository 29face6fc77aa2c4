"""A strict site, whose figures come every second Monday: from the counter to the page and the file."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from tests.answers import FIRST_TICK, House, blocks, change, in_week, rows, say
from wellbeing import epochs, jobs, people
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.ledger import Tick
from wellbeing.models.settings import Settings
from wellbeing.reports import board, reading

TEAM = ["Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus"]
SIXTH_WEEK = in_week(6)

Browse = Callable[[str, str], str]


@pytest.fixture
def strict(house: House) -> House:
    """Two strict ticks have passed; the third epoch runs."""
    change(house, sa.delete(Place), sa.delete(Epoch), sa.update(Settings).values(tick_days=14))
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, in_week(1))
    for week in (1, 2, 3, 4):
        if week == 3:
            jobs.run(house.engine, house.server_key, in_week(3))
        for name in TEAM:
            say(house, name, now=in_week(week), mood=4)
    jobs.run(house.engine, house.server_key, in_week(5))
    return house


@pytest.fixture
def read(strict: House, client: FlaskClient, sign_in) -> Browse:
    """Read a page as somebody, in the sixth week."""

    def as_somebody(login: str, page: str) -> str:
        with time_machine.travel(SIXTH_WEEK, tick=True):
            return sign_in(client, login).get(page).text

    return as_somebody


def test_nothing_is_released_in_the_middle_of_two_weeks(strict: House):
    ticks = [tick for tick in rows(strict, Tick) if tick.ledger is LedgerKind.WEEKLY]
    assert [tick.closed_on - tick.opened_on for tick in ticks] == [timedelta(days=14)] * 2
    assert ticks[0].closed_on == (FIRST_TICK + timedelta(days=7)).date()
    assert [(block.tick_days, block.people_floor) for block in blocks(strict)] == [(14, 8), (14, 8)]
    assert jobs.run(strict.engine, strict.server_key, in_week(6)).ticks == 0


def test_somebody_who_answered_in_both_weeks_counts_once(strict: House):
    assert all(block.people_floor == 8 for block in blocks(strict))


def test_the_teams_page_speaks_of_two_weeks(strict: House, read: Browse):
    page = read("sol", f"/team/{strict.cast.units['Service counter']}")

    assert "Mood was 4.0 or higher" in page or "Mood was 4.0 " in page
    assert "in the last two weeks" in page
    assert "Figures come every two weeks" in page
    assert "The next release is on Monday 13 April." in page
    assert "16–29 Mar 2026" in page
    assert "2–15 Mar 2026" in page
    for word in ("Week by week", "week by week</h2>", "People per week", "13 weeks", "once a week"):
        assert word not in page
    assert "26 figures" in page


def test_manager_and_staff_read_the_same(strict: House, read: Browse):
    page = f"/team/{strict.cast.units['Service counter']}"
    shown = [read(login, page).partition("<main")[2].partition("</main>")[0] for login in ("sol", "alba")]

    assert shown[0] == shown[1]


def test_the_file_says_how_many_days_each_block_spans(strict: House, read: Browse):
    units = strict.cast.units["Service counter"]
    file = read("hilde", f"/summaries.csv?unit={units}&from=1&to=2")

    assert "every 14 days" in file
    lines = [line.split(",") for line in file.splitlines() if line.startswith("Harbour")]
    assert [(line[2], line[3], line[9]) for line in lines] == [
        ("2026-03-02", "2026-03-15", "14"),
        ("2026-03-16", "2026-03-29", "14"),
    ]


def test_weeks_of_both_kinds_are_named_for_what_they_are(strict: House):
    change(strict, sa.update(Settings).values(tick_days=7))
    jobs.run(strict.engine, strict.server_key, in_week(7))
    for name in TEAM:
        say(strict, name, now=in_week(7))
    jobs.run(strict.engine, strict.server_key, in_week(8))

    with reading.session() as session:
        found = board.board(session, strict.cast.units["Service counter"], 26, in_week(8))
        later = board.board(session, strict.cast.units["Service counter"], 1, in_week(12))
    assert [week.weeks for week in found.weeks] == [2, 2, 2, 1]
    assert (found.by_week, later.by_week, found.every_two_weeks) == (False, True, False)
    assert "last week" in found.headline
    assert "in the week of 13–19 Apr 2026" in later.headline


def test_old_figures_of_two_weeks_are_named_by_their_days(strict: House):
    unit = strict.cast.units["Service counter"]
    with reading.session() as session:
        late = board.board(session, unit, 26, in_week(12)).headline
    jobs.run(strict.engine, strict.server_key, in_week(7))
    with reading.session() as session:
        hidden = board.board(session, unit, 26, in_week(12)).headline

    assert "in the weeks of 16–29 Mar 2026" in late
    assert hidden.startswith("The weeks of 30 Mar")
    assert hidden.endswith("2026 are not shown.")


def test_a_newcomer_is_told_the_strict_tick_from_which_they_count(strict: House):
    change(
        strict,
        sa.update(Person).where(Person.id == strict.cast.people["Ivo"]).values(counts_from=in_week(7).date()),
    )
    change(strict, sa.delete(Place).where(Place.person_id == strict.cast.people["Ivo"]))
    counts, day = people.counting(db.session, strict.cast.people["Ivo"], in_week(7).date())

    assert (counts, day.isoformat()) == (False, "2026-04-27")
