"""Who looked at the demo's figures: as often as people do, and never before the dealership was open."""

from datetime import date, timedelta

from wellbeing.demo.looks import WEEKS, looks
from wellbeing.models.access_log import Act
from wellbeing.permissions import Role

TODAY = date(2026, 11, 18)
HELD = [(3, Role.MANAGER), (1, Role.HR), (1, Role.ADMIN)]


def test_managers_look_on_most_mondays_hr_once_a_month_and_the_admin_once():
    found = list(looks(HELD, date(2026, 5, 18), TODAY))

    opened = [(day, role) for day, act, (_unit, role) in found if act is Act.OPENED]
    managers = [day for day, role in opened if role is Role.MANAGER]
    assert WEEKS // 2 < len(managers) < WEEKS
    assert {day.weekday() for day in managers} == {0}
    assert [day for day, role in opened if role is Role.HR] == [date(2026, 11, 17), date(2026, 10, 20)]
    assert len([day for day, role in opened if role is Role.ADMIN]) == 1


def test_nobody_looked_before_it_was_open_or_looks_tomorrow():
    found = [day for day, _act, _look in looks(HELD, TODAY - timedelta(days=9), date(2026, 11, 16))]

    assert found
    assert min(found) >= TODAY - timedelta(days=9)
    assert max(found) <= date(2026, 11, 16)
