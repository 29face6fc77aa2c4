from datetime import date, timedelta

from wellbeing.case_figures.recurring import Caused, Recurring, recurring

TODAY = date(2026, 6, 30)
COUNTER, PARTS = 3, 5


def cases(*causes: str | None, unit: int = COUNTER, days_ago: int = 10) -> list[Caused]:
    return [Caused(unit, cause, TODAY - timedelta(days=days_ago)) for cause in causes]


def test_a_cause_that_comes_three_times_in_a_quarter_is_said_twice_is_not():
    found = recurring(cases("delay", "delay", "delay", "price", "price"), TODAY)

    assert found == [Recurring("delay", 3, (COUNTER,))]


def test_three_teams_with_one_case_each_have_no_pattern():
    once = [case for unit in (3, 4, 5) for case in cases("delay", unit=unit)]

    assert recurring(once, TODAY) == []


def test_teams_that_have_it_are_added_up_and_the_most_frequent_cause_comes_first():
    both = cases(*["delay"] * 3, *["price"] * 4) + cases(*["delay"] * 5, "price", unit=PARTS)

    assert recurring(both, TODAY) == [
        Recurring("delay", 8, (COUNTER, PARTS)),
        Recurring("price", 4, (COUNTER,)),
    ]


def test_a_known_disruption_is_no_error_and_what_nobody_knows_is_no_cause():
    nobody = [key for key in ("disruption", "own_life", "other", "unknown", None) for _time in range(4)]

    assert recurring(cases(*nobody), TODAY) == []


def test_what_is_older_than_thirteen_weeks_or_still_to_come_does_not_count():
    inside = cases("delay", "delay", days_ago=90)

    assert recurring(inside + cases("delay", days_ago=91), TODAY) == []
    assert recurring(inside + cases("delay", days_ago=-1), TODAY) == []
    assert recurring(inside + cases("delay", days_ago=0), TODAY) == [Recurring("delay", 3, (COUNTER,))]


def test_how_often_is_often_can_be_said():
    assert recurring(cases("delay", "delay"), TODAY, times=2) == [Recurring("delay", 2, (COUNTER,))]
