"""The ratchet: what tightens binds at the next tick, what loosens a whole announced tick later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, after_tick, blocks, change, epoch_of, in_week, rows, say, tick
from tests.cast import CONFIRMED, NOW
from wellbeing import epochs, ratchet
from wellbeing.models.base import db
from wellbeing.models.changes import SettingsChange
from wellbeing.models.epochs import Epoch, Place
from wellbeing.models.settings import Settings
from wellbeing.ratchet import SettingsRefused, Values

NEXT, ONE_LATER = date(2026, 3, 9), date(2026, 3, 16)
USUAL = Values(5, 7, 7)


def plan(people: int = 5, own: int = 7, days: int = 7, now=NOW) -> tuple[int, date, date]:
    made = ratchet.plan(db.session(), Values(people, own, days), now)
    found = made.from_number, made.announced_on, made.takes_effect_on
    db.session.rollback()
    return found


def in_force(house: House) -> Values:
    return ratchet.values_of(rows(house, Settings)[0])


def start_with(house: House, people: int, own: int, days: int = 7) -> None:
    change(house, sa.update(Settings).values(people_needed=people, own_pool_from=own, tick_days=days))


def opened(house: House, now) -> None:
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, now)


def of_epoch(house: House, number: int) -> Values:
    found = epoch_of(house, number)
    return Values(found.people_needed, found.own_pool_from, found.tick_days)


@pytest.mark.parametrize(
    "tighter", [Values(6, 7, 7), Values(5, 8, 7), Values(5, 7, 14), Values(8, 9, 14), Values(5, 7, 7, 30)]
)
def test_what_tightens_binds_from_the_next_epoch_on(any_house: House, tighter: Values):
    made = ratchet.plan(db.session(), tighter, NOW)
    assert (made.from_number, made.takes_effect_on) == (2, NEXT)
    db.session.rollback()

    assert in_force(any_house) == of_epoch(any_house, 1) == USUAL
    opened(any_house, after_tick(1))
    assert in_force(any_house) == tighter
    assert of_epoch(any_house, 2) == replace(tighter, activation_days=14)


@pytest.mark.parametrize("looser", [Values(7, 10, 14), Values(8, 9, 14), Values(8, 10, 7), Values(9, 9, 14)])
def test_what_loosens_anything_waits_for_a_whole_announced_tick(house: House, looser: Values):
    start_with(house, 8, 10, 14)
    made = ratchet.plan(db.session(), looser, NOW)
    # The epoch that runs has 7 days, the one in which the announcement is in sight has 14.
    assert (made.from_number, made.takes_effect_on) == (3, date(2026, 3, 23))
    db.session.rollback()

    opened(house, after_tick(3))
    assert of_epoch(house, 2) == Values(8, 10, 14)
    assert of_epoch(house, 3) == looser
    assert epoch_of(house, 3).opens_at.date() == date(2026, 3, 23)


def test_accounts_that_count_earlier_are_announced_a_whole_tick_ahead(any_house: House):
    change(any_house, sa.update(Settings).values(activation_days=30))
    made = ratchet.plan(db.session(), Values(5, 7, 7, 21), NOW)
    assert (made.from_number, made.takes_effect_on) == (3, ONE_LATER)
    db.session.rollback()

    opened(any_house, after_tick(1))
    assert in_force(any_house) == Values(5, 7, 7, 30)
    opened(any_house, after_tick(2))
    assert in_force(any_house) == Values(5, 7, 7, 21)


def test_a_change_is_announced_until_it_is_in_force(any_house: House):
    start_with(any_house, 8, 10)
    with any_house.engine.connect() as connection:
        assert ratchet.announced(connection) is None
    plan(6, 10)
    with any_house.engine.connect() as connection:
        assert ratchet.values_of(ratchet.announced(connection)) == Values(6, 10, 7)

    opened(any_house, after_tick(1))
    with any_house.engine.connect() as connection:
        assert ratchet.announced(connection) is not None
    opened(any_house, after_tick(2))
    with any_house.engine.connect() as connection:
        assert ratchet.announced(connection) is None


def test_each_epoch_opened_late_gets_the_settings_of_its_own_time(any_house: House):
    plan(6, 7, now=NOW)
    opened(any_house, after_tick(1))
    plan(6, 9, now=in_week(2))
    opened(any_house, after_tick(5))

    assert [of_epoch(any_house, number) for number in range(1, 6)] == [
        USUAL,
        Values(6, 7, 7),
        Values(6, 9, 7),
        Values(6, 9, 7),
        Values(6, 9, 7),
    ]


def test_a_plan_that_takes_the_place_of_another_keeps_its_day_unless_it_loosens_more(house: House):
    start_with(house, 9, 10)
    first = plan(7, 10)
    assert first == (3, date(2026, 3, 4), ONE_LATER)
    opened(house, after_tick(1))

    assert plan(8, 12, now=in_week(2)) == first
    anew = plan(6, 12, now=in_week(2))
    assert anew == (4, date(2026, 3, 11), date(2026, 3, 23))
    assert len([row for row in rows(house, SettingsChange) if row.from_number > 2]) == 1


def test_a_loosening_plan_gives_way_to_a_tightening_one_at_once(house: House):
    start_with(house, 9, 10)
    plan(7, 10)
    assert plan(10, 10) == (2, date(2026, 3, 4), NEXT)
    assert plan(9, 9) == (3, date(2026, 3, 4), ONE_LATER)
    assert len(rows(house, SettingsChange)) == 1


def test_a_plan_can_be_withdrawn_and_leaves_no_trace(house: House):
    plan(6)
    assert ratchet.withdraw(db.session()) is True
    assert ratchet.withdraw(db.session()) is False
    opened(house, after_tick(2))

    assert rows(house, SettingsChange) == []
    assert of_epoch(house, 3) == USUAL


def test_before_anybody_has_answered_nobody_needs_a_warning(house: House):
    change(house, sa.delete(Place), sa.delete(Epoch), sa.update(Settings).values(confirmed_at=None))
    start_with(house, 9, 10)
    assert plan(5, 7, 14, now=CONFIRMED - timedelta(days=1)) == (1, date(2026, 3, 1), date(2026, 3, 1))
    change(house, sa.update(Settings).values(confirmed_at=CONFIRMED))
    opened(house, NOW)

    assert of_epoch(house, 1) == Values(5, 7, 14)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Values(4, 7, 7), "from 5 to 40"),
        (Values(41, 50, 7), "from 5 to 40"),
        (Values(5, 6, 7), "from 7 to 100"),
        (Values(9, 8, 7), "from 9 to 100"),
        (Values(5, 101, 7), "from 7 to 100"),
        (Values(5, 7, 8), "every 7 or every 14"),
        (Values(5, 7, 7, 13), "count 14 to 90 days"),
        (Values(5, 7, 7, 91), "count 14 to 90 days"),
        (USUAL, "like this already"),
    ],
)
def test_what_the_rules_forbid_is_refused(house: House, wanted: Values, why: str):
    with pytest.raises(SettingsRefused, match=why):
        ratchet.plan(db.session(), wanted, NOW)
    db.session.rollback()
    assert rows(house, SettingsChange) == []


def test_the_same_plan_twice_is_refused(house: House):
    plan(6)
    with pytest.raises(SettingsRefused, match="planned already"):
        plan(6)


def test_a_change_planned_in_a_missed_week_is_announced_from_then_on(house: House):
    start_with(house, 8, 10)
    # Nothing ran since the first week; the plan is made in the third.
    assert plan(6, 10, now=in_week(3)) == (5, date(2026, 3, 18), date(2026, 3, 30))
    opened(house, in_week(5))

    assert [of_epoch(house, number).people_needed for number in range(2, 6)] == [8, 8, 8, 6]


def test_k_is_asked_of_each_pool_as_its_epoch_had_it(any_house: House):
    people = ["Sol", "Noor", "Bea", "Carl", "Dana"]
    for name in people:
        say(any_house, name)
    plan(6, 7)
    tick(any_house, 1)
    assert [block.people_needed for block in blocks(any_house)] == [5]

    for name in people:
        say(any_house, name, now=in_week(2))
    tick(any_house, 2)
    assert len(blocks(any_house)) == 1


def test_a_site_that_becomes_strict_in_between_waits_fourteen_days_from_then_on(any_house: House):
    for name in ["Sol", "Noor", "Bea", "Carl", "Dana"]:
        say(any_house, name)
    plan(days=14)
    tick(any_house, 1)
    for name in ["Sol", "Noor", "Bea", "Carl", "Dana"]:
        say(any_house, name, now=in_week(2))
    assert tick(any_house, 2).ticks == 0
    tick(any_house, 3)

    assert [(block.number, block.tick_days) for block in blocks(any_house)] == [(1, 7), (2, 14)]
