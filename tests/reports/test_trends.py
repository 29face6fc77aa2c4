"""What was released about a unit, tick by tick, read through the reading session."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.reports.ledger import Released, held, release
from wellbeing.models.base import db
from wellbeing.models.ledger import CountWord, LedgerKind, MoodWord, Tick
from wellbeing.reports import reading, trends
from wellbeing.reports.trends import Week

MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
def counter(app, site):
    """The service counter's id, inside the app."""
    with app.app_context():
        yield site.units["Service counter"]


def read(unit, ticks=trends.TICKS):
    with reading.session() as session:
        return trends.blocks_of(session, unit, ticks)


def test_a_team_finds_its_week_as_it_was_released(counter):
    release({counter: Released(12, "3.4", 5, CountWord.FEW)})

    assert read(counter) == (
        Week(1, date(2026, 3, 2), date(2026, 3, 9), 12, Decimal("3.4"), None, 5, CountWord.FEW),
    )


def test_a_small_week_is_found_in_words(counter):
    release({counter: Released(5, MoodWord.LOW, CountWord.MOST, CountWord.FEW)})

    (week,) = read(counter)

    assert (week.mood, week.mood_word, week.rough) == (None, MoodWord.LOW, CountWord.MOST)


def test_a_week_without_a_block_is_there_but_says_nothing(counter):
    release({counter: Released()})
    held()
    release({counter: Released()})

    assert [week.shown for week in read(counter)] == [True, False, True]
    assert read(counter)[1] == Week(2, date(2026, 3, 9), date(2026, 3, 16))


def test_weeks_before_the_first_block_of_a_team_are_left_out(counter):
    held(3)
    release({counter: Released()})

    assert [week.number for week in read(counter)] == [4]


def test_only_the_newest_weeks_are_read_the_oldest_first(counter):
    for _week in range(5):
        release({counter: Released()})

    assert [week.number for week in read(counter, ticks=3)] == [3, 4, 5]


def test_a_gap_at_the_start_of_the_view_stays_when_the_team_was_released_before(counter):
    release({counter: Released()})
    held(2)

    assert [week.shown for week in read(counter, ticks=2)] == [False, False]


def test_nobody_meets_the_figures_of_another_team(counter, site):
    release({site.units["Showroom"]: Released()})

    assert read(counter) == ()


def test_a_tick_of_the_four_week_detail_is_no_week(counter):
    release({counter: Released()})
    db.session.add(
        Tick(ledger=LedgerKind.DETAIL, number=1, opened_on=date(2026, 3, 2), closed_on=date(2026, 3, 30))
    )
    db.session.commit()

    assert len(read(counter)) == 1


def test_a_long_ledger_costs_no_more_than_a_short_one(counter):
    """Every step looks rows up by index: none walks through the blocks or the ticks."""
    release({counter: Released()})
    with db.engine.connect() as connection:
        seen = []
        sa.event.listen(connection, "before_cursor_execute", lambda *found: seen.append(found[2:4]))
        with sa.orm.Session(connection) as session:
            trends.blocks_of(session, counter)
        plans = [
            step[3]
            for statement, parameters in list(seen)
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    walks = [step for step in plans if step.startswith("SCAN") and "USING" not in step]
    assert not [step for step in walks if "block" in step or "tick" in step]
    assert any("SEARCH block" in step and "tick_id=? AND unit_id=?" in step for step in plans)


@pytest.mark.parametrize(
    ("last", "confirmed_at", "days", "expected"),
    [
        (date(2026, 3, 9), None, 7, date(2026, 3, 16)),
        (date(2026, 3, 9), None, 14, date(2026, 3, 23)),
        (None, datetime(2026, 3, 4, 9, tzinfo=UTC), 7, date(2026, 3, 9)),
        # Three in the morning of a Monday still belongs to the week before.
        (None, datetime(2026, 3, 9, 2, tzinfo=UTC), 7, date(2026, 3, 9)),
        (None, datetime(2026, 3, 9, 3, tzinfo=UTC), 7, date(2026, 3, 16)),
        (None, None, 7, None),
    ],
)
def test_figures_come_on_the_next_monday(last, confirmed_at, days, expected):
    assert trends.next_release(last, confirmed_at, days, MADRID) == expected


def test_a_first_week_that_began_on_a_thursday_counts_as_one():
    assert Week(1, date(2026, 3, 5), date(2026, 3, 9)).weeks == 1
    assert Week(1, date(2026, 3, 2), date(2026, 3, 16)).weeks == 2


def test_only_ticks_that_happened_are_known(counter):
    held(2)
    with reading.session() as session:
        assert trends.known(session, [1, 2, 3, None]) == {1, 2}
        assert [tick.number for tick in trends.ticks_of(session)] == [2, 1]
