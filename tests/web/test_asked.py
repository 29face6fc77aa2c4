"""What an address may ask of a mood page, and in which words the rest is refused."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from wellbeing.reports.periods import Period
from wellbeing.web.asked import Asked, Nonsense, asked, refuse_long, typed_days


def of(*pairs):
    return asked(MultiDict(pairs))


def test_half_a_year_is_shown_where_nothing_is_asked():
    assert of() == of(("from", ""), ("to", "")) == Asked(26, None)


def test_so_many_weeks_or_a_period_can_be_asked_for():
    assert of(("weeks", "13")) == Asked(13)
    assert of(("from", "2026-08-31"), ("to", "2026-09-12")).period == Period(
        date(2026, 8, 31), date(2026, 9, 12)
    )


def test_an_end_of_a_period_may_be_left_open():
    assert of(("from", "2026-08-31"), ("to", "")).period == Period(date(2026, 8, 31), None)
    assert of(("to", "2026-08-31")).period == Period(None, date(2026, 8, 31))


@pytest.mark.parametrize(
    "day",
    ["yesterday", "2026-02-30", "20260831", "2026-W36-1", "２026-08-31", "0000-01-01", "2026-08-31 ", " "],
)
def test_a_day_that_is_none_is_named(day):
    with pytest.raises(Nonsense) as refused:
        of(("from", day))

    assert refused.value.sentence == "Choose one day for each end of the period, such as 31 Aug 2026."
    assert str(refused.value) == ""


def test_a_period_is_given_once_and_runs_forwards():
    with pytest.raises(Nonsense) as twice:
        of(("to", "2026-08-31"), ("to", "2026-08-31"))
    with pytest.raises(Nonsense) as reversed_:
        of(("from", "2026-09-01"), ("to", "2026-08-31"))

    assert "Choose one day for each end" in twice.value.sentence
    assert reversed_.value.sentence == (
        "The period ends on 31 Aug 2026, before it begins on 1 Sept 2026. Swap the two days."
    )


def test_what_was_typed_is_kept_where_it_is_a_day():
    assert typed_days(MultiDict([("from", "2026-08-31"), ("to", "soon")])) == {"from": "2026-08-31", "to": ""}
    assert typed_days(MultiDict()) == {"from": "", "to": ""}


def test_an_endless_address_is_too_large():
    refuse_long(b"from=2026-08-31&to=2026-09-12")
    with pytest.raises(RequestEntityTooLarge):
        refuse_long(b"x" * 1_000_000)
