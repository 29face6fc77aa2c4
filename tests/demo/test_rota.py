"""The rota: everybody's weeks look like a shop's, with days off, and nobody works a Sunday."""

from collections import Counter
from datetime import UTC, date, time, timedelta
from itertools import groupby, pairwise
from random import Random
from statistics import fmean

import pytest

from wellbeing.demo.rota import shifts

MONDAY = date(2026, 5, 18)


def rota(seed, weeks=60):
    return list(shifts(Random(seed), MONDAY, weeks, UTC))


def by_week(worked):
    return {
        week: list(days)
        for week, days in groupby(worked, lambda shift: (shift.start.date() - MONDAY).days // 7)
    }


@pytest.mark.parametrize("seed", range(8))
def test_a_person_works_at_most_five_days_a_week_and_one_shift_a_day(seed):
    worked = rota(seed)

    assert max(len(days) for days in by_week(worked).values()) <= 5
    assert all(one.end + timedelta(hours=10) < next_one.start for one, next_one in pairwise(worked))
    assert all(shift.start.date() == shift.end.date() for shift in worked)


@pytest.mark.parametrize("seed", range(8))
def test_a_week_is_early_or_late_and_a_saturday_comes_every_third_week(seed):
    weeks = by_week(rota(seed))
    weekday_starts = {
        week: {day.start.time() for day in days if day.start.weekday() < 5} for week, days in weeks.items()
    }
    saturdays = {week % 3 for week, days in weeks.items() if days[-1].start.weekday() == 5}

    assert all(len(starts) <= 1 for starts in weekday_starts.values())
    assert set().union(*weekday_starts.values()) == {time(7, 30), time(10, 30)}
    assert len(saturdays) == 1


def test_nobody_works_on_a_sunday_and_holidays_are_few():
    people = [rota(seed) for seed in range(30)]
    weekdays = Counter(shift.start.weekday() for worked in people for shift in worked)

    assert weekdays[6] == 0
    assert 0.85 < fmean(len(by_week(worked)) / 60 for worked in people) < 0.98


def test_some_people_work_part_time():
    days = [max(len(days) for days in by_week(rota(seed)).values()) for seed in range(40)]

    assert set(days) == {3, 5}
    assert 2 <= days.count(3) <= 16
