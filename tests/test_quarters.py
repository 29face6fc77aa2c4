"""Calendar quarters and months, where the site is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wellbeing import quarters

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("moment", "months", "begins", "ends"),
    [
        (datetime(2026, 3, 9, tzinfo=UTC), 3, (2026, 1, 1), (2026, 4, 1)),
        (datetime(2026, 3, 9, tzinfo=UTC), 1, (2026, 3, 1), (2026, 4, 1)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 3, (2026, 10, 1), (2027, 1, 1)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), 3, (2027, 1, 1), (2027, 4, 1)),
        (datetime(2026, 12, 9, tzinfo=UTC), 1, (2026, 12, 1), (2027, 1, 1)),
    ],
)
def test_a_check_up_lasts_a_calendar_quarter_or_month_of_the_site(moment, months, begins, ends):
    found = quarters.period(moment, months, MADRID)

    local = [each.astimezone(MADRID) for each in found]
    assert [(each.year, each.month, each.day, each.hour) for each in local] == [(*begins, 0), (*ends, 0)]


def test_a_midnight_that_the_clock_jumps_over_is_the_first_moment_after_it():
    havana = ZoneInfo("America/Havana")

    _begins, ends = quarters.period(datetime(2026, 1, 20, tzinfo=UTC), 1, havana)

    assert ends.astimezone(havana).date() == date(2026, 2, 1)


def test_the_last_day_is_the_one_before_the_next_begins():
    assert quarters.last_day(datetime(2026, 3, 31, 22, tzinfo=UTC), MADRID) == date(2026, 3, 31)
