from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wellbeing.case_figures import periods

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("asked", "weeks"),
    [("13", 13), ("1", 13), ("0", 13), ("14", 26), ("26", 26), ("27", 52), ("52", 52), ("999", 52)]
    + [(None, 26), ("", 26), ("13 weeks", 26), ("-1", 26), ("1000", 26), ("١٣", 26)],
)
def test_a_number_of_weeks_becomes_the_shortest_choice_that_holds_it(asked: str | None, weeks: int):
    assert periods.snapped(asked) == weeks


def test_a_period_is_whole_weeks_with_the_running_one_as_its_last():
    assert periods.first_day(WEDNESDAY, 1) == date(2026, 3, 2)
    assert periods.first_day(date(2026, 3, 2), 13) == date(2025, 12, 8)
    assert periods.first_day(date(2026, 3, 8), 13) == date(2025, 12, 8)


def test_a_year_has_thirteen_stretches_of_four_weeks():
    found = periods.starts(WEDNESDAY)

    assert len(found) == 13
    assert found[0] == periods.first_day(WEDNESDAY, 52)
    assert {(later - day).days for day, later in zip(found, found[1:], strict=False)} == {28}
    assert found[-1] == date(2026, 2, 9)


def test_a_day_begins_at_the_sites_own_midnight():
    assert periods.midnight(WEDNESDAY, ZoneInfo("Europe/Madrid")) == datetime(2026, 3, 3, 23, tzinfo=UTC)
