"""When the next ticks come, also where some were missed or another tick is planned."""

from datetime import date, timedelta

import sqlalchemy as sa

from tests.answers import FIRST_TICK, House, change, in_week
from tests.cast import NOW
from wellbeing import ratchet, ticks
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, Place
from wellbeing.ratchet import Values


def test_the_next_epoch_opens_on_monday_and_the_one_after_a_week_later(any_house: House):
    with any_house.engine.connect() as connection:
        first = ticks.coming(connection, NOW)
        assert (first.number, first.at, first.day) == (2, FIRST_TICK, date(2026, 3, 9))
        assert ticks.coming(connection, FIRST_TICK - timedelta(seconds=1)) == first
        second = ticks.following(connection, first)
        assert (second.number, second.day) == (3, date(2026, 3, 16))
        assert ticks.coming(connection, FIRST_TICK) == second


def test_epochs_that_were_missed_are_counted(house: House):
    with house.engine.connect() as connection:
        found = ticks.coming(connection, in_week(4))

    assert (found.number, found.day) == (5, date(2026, 3, 30))


def test_a_planned_strict_tick_is_counted_from_its_day_on(house: House):
    ratchet.plan(db.session(), Values(5, 7, 14), NOW)
    with house.engine.connect() as connection:
        first = ticks.coming(connection, NOW)
        second = ticks.following(connection, first)
        late = ticks.coming(connection, in_week(4))

    assert [first.day, second.day] == [date(2026, 3, 9), date(2026, 3, 23)]
    assert (late.number, late.day) == (4, date(2026, 4, 6))


def test_before_the_site_opens_nobody_knows(house: House):
    change(house, sa.delete(Place), sa.delete(Epoch))
    with house.engine.connect() as connection:
        assert ticks.coming(connection, NOW) is None
