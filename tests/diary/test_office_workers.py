"""175 office workers as diaries: what real moods do on their own, before anybody reads a meaning into them.

Menghini, Pastore and Balducci 2023. Valence runs from 1 to 7; here a mood is a hundred times that.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.regression.mixed_linear_model import MixedLM

from tests.judges.office_workers import SOURCE, needs_office_workers
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.insights import neighbours
from wellbeing.diary.shifts import Shift, shifts_of

pytestmark = needs_office_workers
ROME = ZoneInfo("Europe/Rome")
# What a report answered besides its mood: whether the morning had been rough, or whether it was a break.
OF_THE_MORNING, OF_A_BREAK = "morning", "break"


@dataclass(frozen=True)
class Report:
    """A check-in with what its shift tells beside it, as valence from 1 to 7."""

    person: int
    mood: float
    usual: float
    on_break: bool
    break_known: bool
    hour: int


def told(row: dict[str, str]) -> Iterator[Entry]:
    """Yield a report as a diary keeps it: a rough morning before it, its mood, and the break it fell into."""
    felt = datetime.fromisoformat(f"{row['date']}T{row['time']}").replace(tzinfo=ROME)
    asked = row["negative_events_1_7"]
    if asked and int(asked) > 1:
        yield Entry(Kind.ROUGH, felt - timedelta(minutes=1), felt - timedelta(minutes=1))
    mood = round(100 * float(row["valence_mean_1_7"]))
    answered = OF_THE_MORNING if asked else OF_A_BREAK if row["on_break"] else ""
    yield Entry(Kind.CHECK_IN, felt, felt, mood, text=answered)
    if row["on_break"] == "1":
        yield Entry(Kind.BREAK, felt, felt, minutes=15)


@cache
def diaries() -> tuple[tuple[Shift, ...], ...]:
    """Return everybody's shifts."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    with SOURCE.open(newline="") as file:
        for row in csv.DictReader(file):
            entries[row["person"]] += told(row)
    return tuple(shifts_of(found, ROME) for found in entries.values())


@cache
def days() -> tuple[tuple[Report, ...], ...]:
    """Return the reports of each day."""
    found: dict[tuple[int, Any], list[Report]] = defaultdict(list)
    for person, shifts in enumerate(diaries()):
        usual = fmean(mood for shift in shifts for mood in shift.moods) / 100
        for shift in shifts:
            found[person, shift.day] += reports(shift, person, usual)
    return tuple(map(tuple, found.values()))


def reports(shift: Shift, person: int, usual: float) -> Iterator[Report]:
    breaks = {found.felt_at for found in shift.entries if found.kind is Kind.BREAK}
    for found in shift.check_ins:
        assert found.felt_at is not None and found.mood is not None
        hour = found.felt_at.astimezone(ROME).hour
        known = found.text == OF_A_BREAK
        yield Report(person, found.mood / 100, usual, found.felt_at in breaks, known, hour)


def clustered(later: Sequence[float], earlier: Sequence[float], people: Sequence[int]) -> tuple[float, ...]:
    """Return a slope and its 95 % interval, people taken as wholes."""
    fit = OLS(later, earlier).fit(cov_type="cluster", cov_kwds={"groups": np.array(people)})
    return (fit.params[0], *fit.conf_int()[0])


def test_every_report_became_an_entry_of_somebodys_diary():
    assert len(diaries()) == 175
    assert sum(len(shift.moods) for shifts in diaries() for shift in shifts) == 2157
    assert len(days()) == 562


def test_over_an_hour_and_a_half_a_quarter_of_a_mood_is_still_there():
    people, pairs = [], []
    for person in range(175):
        moods = [[one.mood for one in day] for day in days() if day[0].person == person]
        found = list(neighbours(moods))
        pairs += found
        people += [person] * len(found)

    assert len(pairs) == 1595
    slope, low, high = clustered([later for _, later in pairs], [mood for mood, _ in pairs], people)
    assert (round(slope, 2), round(low, 2), round(high, 2)) == (0.28, 0.21, 0.35)


def test_by_the_rule_of_idle_hours_a_shift_is_a_day_and_inertia_is_the_same():
    pairs = [pair for shifts in diaries() for pair in neighbours([shift.moods for shift in shifts])]

    assert len(pairs) == 1595
    slope = sum(mood * later for mood, later in pairs) / sum(mood**2 for mood, _ in pairs)
    assert round(slope, 2) == 0.28


def test_a_days_mood_falls_a_little_without_any_event():
    changes = [
        (person, shift.change / 100)
        for person, shifts in enumerate(diaries())
        for shift in shifts
        if shift.change is not None and len(shift.check_ins) >= 3
    ]
    people, fell = zip(*changes, strict=True)

    assert len(fell) == 435
    assert fmean(fell) == pytest.approx(-0.25, abs=0.006)
    usual = MixedLM(fell, np.ones((len(fell), 1)), groups=people).fit().params[0]
    assert round(usual, 2) == -0.25


def test_low_moods_rise_by_themselves():
    rises: dict[bool, list[float]] = {True: [], False: []}
    for day in days():
        for low, later in zip(day, day[1:], strict=False):
            if low.mood - low.usual <= -0.5:
                rises[later.on_break].append(later.mood - low.mood)

    assert (len(rises[False]), round(fmean(rises[False]), 2)) == (328, 0.68)
    assert (len(rises[True]), round(fmean(rises[True]), 2)) == (40, 1.12)


def adjusted(rows: Sequence[tuple[Report, Report, Report]]) -> tuple[float, ...]:
    """Return how much higher mood was (in the last report) with a break (in the middle one), as an interval.

    Adjusted for how far the mood before was from usual and for the time of day in slots of two hours, with an
    intercept of each person's own.
    """
    slots = sorted({middle.hour // 2 for _, middle, _ in rows})[1:]
    columns = [
        [1, middle.on_break, before.mood - before.usual, *(middle.hour // 2 == slot for slot in slots)]
        for before, middle, _ in rows
    ]
    people = [before.person for before, _, _ in rows]
    fit = MixedLM([last.mood for *_, last in rows], np.array(columns, dtype=float), groups=people).fit()
    return (fit.params[1], *fit.conf_int()[1])


def test_during_a_break_mood_is_higher():
    rows = [
        (before, during, during)
        for day in days()
        for before, during in zip(day, day[1:], strict=False)
        if during.break_known
    ]

    assert adjusted(rows) == pytest.approx((0.31, 0.17, 0.45), abs=0.005)


def test_back_at_work_nothing_of_it_can_be_seen():
    rows = [
        (before, during, back)
        for day in days()
        for before, during, back in zip(day, day[1:], day[2:], strict=False)
        if during.break_known and not back.on_break
    ]

    assert sum(during.on_break for _, during, _ in rows) == 101
    assert adjusted(rows) == pytest.approx((0.01, -0.18, 0.20), abs=0.01)


def test_what_came_before_the_first_check_in_turns_the_sign_around_and_is_therefore_left_out():
    whole = [
        shift
        for shifts in diaries()
        for shift in shifts
        if len(shift.check_ins) >= 3 and shift.check_ins[0].text == OF_THE_MORNING
    ]
    rough = [shift for shift in whole if shift.rough_ones]
    quiet = [shift for shift in whole if shift.is_quiet]

    assert len(rough) + len(quiet) == len(whole)
    assert [started(rough), started(quiet)] == [4.46, 5.26]
    assert [changed(rough), changed(quiet)] == [-0.15, -0.45]
    assert not any(shift.is_rough for shift in whole)


def started(shifts: Sequence[Shift]) -> float:
    return round(fmean(shift.moods[0] for shift in shifts) / 100, 2)


def changed(shifts: Sequence[Shift]) -> float:
    return round(fmean(shift.moods[-1] - shift.moods[0] for shift in shifts) / 100, 2)
