"""Word that new figures are out follows from the tick's date alone."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import FIRST_TICK, House, change, say, tick
from wellbeing import new_figures
from wellbeing.models.accounts import Person
from wellbeing.new_figures import Week

WORD = "The figures of 2–8 Mar 2026 are out. Your team and its managers read the same page."


def word(house: House, now: datetime) -> str:
    with house.engine.connect() as connection:
        return new_figures.sentence(connection, now)


def test_before_the_first_tick_there_is_nothing_to_say(house: House):
    assert word(house, FIRST_TICK) == ""
    with house.engine.connect() as connection:
        assert new_figures.newest_number(connection) == 0


@pytest.mark.parametrize("answered", [True, False])
def test_it_is_said_for_three_days_whatever_was_released(any_house: House, answered: bool):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil") if answered else ():
        say(any_house, name)
    tick(any_house, 1)

    monday = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
    assert word(any_house, monday - timedelta(days=1)) == ""
    assert word(any_house, monday) == word(any_house, monday + timedelta(days=2)) == WORD
    assert word(any_house, monday + timedelta(days=3)) == ""


def test_an_organisation_too_small_for_any_figure_is_told_nothing(house: House):
    tick(house, 1)
    change(house, sa.update(Person).values(active=False))

    assert word(house, FIRST_TICK) == ""


def test_the_weeks_after_one_are_found_in_their_order(any_house: House):
    for number in (1, 2, 3):
        tick(any_house, number)

    with any_house.engine.connect() as connection:
        weeks = new_figures.weeks(connection, after=1)
        assert new_figures.newest_number(connection) == 3
    days = [datetime(2026, 3, day).date() for day in (9, 16, 23)]
    assert weeks == [Week(2, days[0], days[1]), Week(3, days[1], days[2])]
