"""A period of days comes to whole ticks, and the page says to which."""

from datetime import date, timedelta

import pytest

from tests.reports.weeks import MONDAY, weeks_of
from wellbeing.reports import periods
from wellbeing.reports.periods import Period
from wellbeing.reports.trends import Week

WEEKS = weeks_of(*["3.4"] * 200)


def day(after):
    return MONDAY + timedelta(days=after)


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        (0, 6, [1]),
        (6, 7, [1, 2]),
        (8, 9, [2]),
        (7, 20, [2, 3]),
        (-50, 0, [1]),
    ],
)
def test_a_week_that_is_only_partly_in_a_period_is_taken_whole(first, last, numbers):
    found = periods.within(WEEKS, Period(day(first), day(last)))

    assert [week.number for week in found] == numbers


def test_an_open_end_reaches_to_the_newest_week_and_an_open_beginning_half_a_year_back():
    assert [week.number for week in periods.within(WEEKS, Period(first=day(198 * 7)))] == [199, 200]
    assert len(periods.within(WEEKS, Period(last=day(100 * 7)))) == 26


def test_three_years_are_the_most_that_is_shown():
    assert len(periods.within(WEEKS, Period(day(0), day(200 * 7)))) == 156


def test_the_page_says_which_weeks_it_shows():
    assert periods.said(WEEKS[:2]) == "Whole weeks only: 2–15 Mar 2026."
    two_weeks = Week(1, MONDAY, MONDAY + timedelta(days=14))
    assert periods.said([two_weeks]) == "Whole figures only: 2–15 Mar 2026."


def test_where_a_period_has_no_week_the_page_says_from_when_on_there_are_some():
    assert periods.within(WEEKS, Period(date(2020, 1, 1), date(2020, 2, 1))) == ()
    assert periods.none_in(WEEKS[:3], "Parts") == (
        "Nothing was released about Parts for those days. What there is reaches over 2–22 Mar 2026."
    )
