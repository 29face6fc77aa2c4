"""The counter says that a check-up is open, to everybody alike, when it has begun and before it ends."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.answers import House
from tests.quarters import opened, tell
from wellbeing.counter.checkup_line import checkup_line

OPENED = datetime(2026, 4, 1, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Madrid")


def line(house: House, now: datetime) -> list[dict[str, str]]:
    with house.engine.connect() as connection:
        return checkup_line(connection, now, ZONE)


@pytest.mark.parametrize(
    ("month", "day", "is_said"), [(4, 1, True), (4, 7, True), (4, 9, False), (6, 15, False), (6, 18, True)]
)
def test_it_is_said_in_the_first_week_and_in_the_last_two(house: House, month: int, day: int, is_said: bool):
    opened(house, OPENED)

    said = line(house, datetime(2026, month, day, 9, tzinfo=UTC))
    assert [notice["title"] for notice in said] == ["The check-up is open until Tuesday 30 June."] * is_said


def test_nothing_is_said_where_none_is_open(house: House):
    assert line(house, OPENED) == []


def test_it_is_the_same_whoever_has_answered(house: House):
    opened(house, OPENED)
    before = line(house, OPENED)

    tell(house, "Sol", now=OPENED)

    assert line(house, OPENED) == before
