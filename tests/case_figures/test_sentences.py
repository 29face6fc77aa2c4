from collections.abc import Iterator
from datetime import date
from math import inf

import pytest
from flask import Flask

from wellbeing.case_figures import sentences
from wellbeing.case_figures.chances import Chance
from wellbeing.case_figures.figures import Figures
from wellbeing.case_figures.medians import Waiting
from wellbeing.case_figures.parity import Verdict
from wellbeing.case_figures.trends import Stretch, Trend, trend
from wellbeing.estimates import Estimate

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def language(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def quarters(before: tuple[int, int], newest: tuple[int, int]) -> Trend:
    return trend([Stretch(MONDAY, *counts) for counts in [before] * 3 + [newest] * 3])


def test_how_long_customers_wait_is_told_with_its_range_and_who_waits_still():
    known = Estimate(30, 20, 45)

    assert sentences.waits(Waiting(40, 0, known)) == (
        "Half of 40 customers had somebody's attention within 30 min (likely 20 min to 45 min)."
    )
    assert sentences.waits(Waiting(40, 1, known)).endswith("45 min). One customer still waits.")
    assert sentences.waits(Waiting(40, 3, known)).endswith("45 min). 3 customers still wait.")


def test_where_nothing_can_be_told_that_is_said():
    assert sentences.waits(Waiting(0, 0, None)) == "Nobody turned to us in these weeks."
    assert sentences.waits(Waiting(5, 0, None)).startswith("Fewer than six customers turned to us")
    assert sentences.waits(Waiting(9, 6, Estimate(inf, 20, inf))) == (
        "So many customers still wait that nobody can tell yet how long half of them do. "
        "6 customers still wait."
    )


@pytest.mark.parametrize(
    ("verdict", "begins"),
    [
        (Verdict.TOO_FEW, "Too few customers threatened"),
        (Verdict.EQUAL, "No clear difference"),
        (Verdict.SOONER, "All channels together, customers who threaten get attention sooner."),
        (Verdict.LATER, "All channels together, customers who threaten wait longer."),
    ],
)
def test_every_verdict_on_parity_has_its_sentence(verdict: Verdict, begins: str):
    none = quarters((0, 0), (0, 0))
    found = Figures(MONDAY, Waiting(0, 0, None), (), (), verdict, none, none, (), ())

    assert sentences.parity(found).startswith(begins)


@pytest.mark.parametrize(
    ("before", "newest", "threats", "first_moves"),
    [
        ((2, 3), (1, 3), "That is no clear change", "That is no clear change"),
        ((0, 1), (1, 1), "There are too few cases to say", "There are too few cases to say"),
        ((9, 10), (1, 10), "That is clearly less than", "That is clearly less than"),
        ((1, 10), (9, 10), "That is clearly more than", "That is clearly more than"),
    ],
)
def test_a_change_is_told_for_both_trends(
    before: tuple[int, int], newest: tuple[int, int], threats: str, first_moves: str
):
    both = quarters(before, newest)

    assert threats in sentences.threats(both)
    assert first_moves in sentences.first_moves(both)


def test_a_change_for_the_worse_is_called_so_once():
    fewer, more = quarters((9, 10), (1, 10)), quarters((1, 10), (9, 10))
    wrong = "It should be the other way round."

    assert wrong not in sentences.threats(fewer)
    assert sentences.threats(more).endswith(wrong)
    assert sentences.first_moves(fewer).endswith(wrong)
    assert wrong not in sentences.first_moves(more)


def test_shares_are_told_with_their_counts():
    both = quarters((0, 0), (3, 10))

    assert sentences.threats(both).startswith(
        "In the last 12 weeks 9 of 30 cases came with a threat (30%, likely 17% to 48%)."
    )
    assert sentences.first_moves(both).startswith(
        "In the last 12 weeks we made the first move in 9 of 30 cases (30%, likely 17% to 48%)."
    )
    assert sentences.threats(quarters((1, 1), (0, 0))) == "No case came in the last 12 weeks."
    assert sentences.first_moves(quarters((1, 1), (0, 0))) == "No case came in the last 12 weeks."


def test_only_customers_of_whom_it_is_known_count_as_stayed_or_left():
    assert sentences.chances((Chance(1, 5, 2, 9), Chance(2, 1, 0, 0))) == (
        "6 of 8 customers of whom we know stayed."
    )
    assert sentences.chances((Chance(1, 1, 0, 0),)) == "1 of one customer of whom we know stayed."
    assert sentences.chances((Chance(1, 0, 0, 3),)).startswith("No case of these weeks is closed yet")
    assert sentences.chances(()).startswith("No case of these weeks is closed yet")
