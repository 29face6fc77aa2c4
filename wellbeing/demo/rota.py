"""Who works when: early and late shifts by turns, some Saturdays, never a Sunday, and holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

EARLY = (time(7, 30), time(16))
LATE = (time(10, 30), time(19))
SATURDAY = (time(9), time(17))
WEEKS_BETWEEN_SATURDAYS = 3
SICK_A_DAY = 0.02
HOLIDAY_A_WEEK = 0.08
PART_TIME = 0.18


@dataclass(frozen=True)
class Shift:
    """One person's shift, from ``start`` to ``end`` in the site's own time."""

    start: datetime
    end: datetime


def shifts(dice: Random, monday: date, weeks: int, zone: tzinfo | None) -> Iterator[Shift]:
    """Yield one person's shifts in order, week by week from ``monday``."""
    turn = dice.randrange(WEEKS_BETWEEN_SATURDAYS * 2)
    days_a_week = 3 if dice.random() < PART_TIME else 5
    for week in range(weeks):
        if dice.random() < HOLIDAY_A_WEEK:
            continue
        for day in _days(dice, days_a_week, (week + turn) % WEEKS_BETWEEN_SATURDAYS == 0):
            if dice.random() >= SICK_A_DAY:
                start, end = SATURDAY if day == 5 else (EARLY, LATE)[(week + turn) % 2]
                on = monday + timedelta(weeks=week, days=day)
                yield Shift(datetime.combine(on, start, zone), datetime.combine(on, end, zone))


def _days(dice: Random, days_a_week: int, works_saturday: bool) -> list[int]:
    """Return the days of one week, Monday being 0; who works on Saturday has a day off before it."""
    weekdays = dice.sample(range(5), days_a_week - works_saturday)
    return sorted(weekdays) + [5] * works_saturday
