from collections.abc import Iterator
from math import inf

import pytest
from flask import Flask
from flask_babel import force_locale

from wellbeing.case_figures import words
from wellbeing.case_figures.medians import Waiting
from wellbeing.case_figures.parity import Pair
from wellbeing.estimates import Estimate


@pytest.fixture(autouse=True)
def language(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        *((0, "under a minute"), (0.4, "under a minute"), (1, "1 min"), (59.4, "59 min")),
        *((59.6, "1 h"), (90, "1.5 h"), (570, "9.5 h"), (625, "10 h"), (47 * 60, "47 h")),
        *(
            (48 * 60, "2 days"),
            (3.52 * 1440, "3.5 days"),
            (30 * 1440, "30 days"),
            (1500 * 1440, "1,500 days"),
        ),
    ],
)
def test_times_are_as_exact_as_anybody_needs(minutes: float, said: str):
    assert words.time(minutes) == said


def test_times_and_shares_are_written_as_the_language_writes_them():
    with force_locale("es"):
        assert words.time(90) == "1,5 h"
        assert words.share(Estimate(0.25, 0.1, 0.4)) == "25\xa0%"


def test_a_range_without_an_end_says_so():
    assert words.times(10, 90) == "10 min to 1.5 h"
    assert words.times(10, inf) == "10 min or more"


def test_a_median_is_only_told_where_there_is_one():
    few, open_ended = Waiting(3, 0, None), Waiting(9, 6, Estimate(inf, 20, inf))
    known = Waiting(9, 0, Estimate(30, 20, 45))

    assert [words.median(one) for one in (few, open_ended, known)] == [
        "too few to say",
        "not known yet",
        "30 min",
    ]
    assert [words.likely(one) for one in (few, open_ended, known)] == [
        "",
        "20 min or more",
        "20 min to 45 min",
    ]


def test_the_words_for_two_medians_say_which_customers_wait_less_and_how_much():
    waits = Waiting(9, 0, None)

    def said(apart: Estimate | None) -> str:
        return words.verdict(Pair("phone", waits, waits, apart))

    assert said(None) == "too few to say"
    assert said(Estimate(-20, -60, 20)) == "no clear difference"
    assert said(Estimate(-20, -30, -10)) == "with a threat 20 min sooner"
    assert said(Estimate(90, 60, 120)) == "with a threat 1.5 h later"


def test_four_weeks_without_a_case_have_no_share():
    assert (words.share(None), words.shares(None)) == ("no cases", "")
    assert words.shares(Estimate(0.25, 0.1, 0.4)) == "10% to 40%"
