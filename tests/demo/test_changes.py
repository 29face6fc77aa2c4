"""What the made-up dealership changed: in units that it has, on days that have been, about things alone."""

from datetime import date, timedelta

import pytest

from wellbeing.demo.changes import CHANGES, Change
from wellbeing.demo.dealership import WEEKS
from wellbeing.demo.house import TEAMS
from wellbeing.notes import LONGEST

PATHS = {(), *((team.site,) for team in TEAMS), *(team.path for team in TEAMS)}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.text)
def test_every_change_is_of_a_unit_of_the_house_within_its_half_year(change: Change):
    for today in (date(2026, 11, 16) + timedelta(days=day) for day in range(7)):
        assert today - timedelta(weeks=WEEKS) < change.day(today) < today
        assert change.day(today).weekday() == change.weekday
    assert change.unit in PATHS
    assert len(change.text) <= LONGEST


def test_the_counter_in_its_bad_month_got_a_second_person():
    (change,) = [change for change in CHANGES if change.text == "Second person on Saturdays"]

    assert change.unit == ("Northgate", "Service counter")
    assert change.day(date(2026, 11, 18)) == date(2026, 9, 26)
