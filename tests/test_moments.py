"""When something happened, as far as anybody is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cast import NOW, ZONE
from wellbeing.moments import DAY_PARTS, WEEKDAYS, day_part, weekday


def test_a_day_of_the_week_has_its_name():
    assert [weekday(datetime(2026, 3, day)) for day in range(2, 9)] == list(WEEKDAYS)


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening"), (23, "evening")],
)
def test_a_day_has_three_parts(hour: int, part: str):
    assert part in DAY_PARTS
    assert day_part(NOW.astimezone(ZoneInfo(ZONE)).replace(hour=hour, minute=59)) == part
