"""Column classes: published figures treat every answer exactly like those of at least four other people.

Each answer of three weeks is turned round in a copy of the site, the real ticks run, and whatever differs
then in HR's file or on a unit's page is that answer's column. Answers with the same column cannot be told
apart by taking figures from one another; with a smaller class, some difference would be about fewer than k.
"""

from collections import defaultdict
from pathlib import Path

import pytest
from flask import Flask

from tests.attacks import naive
from tests.attacks.clones import Clones
from tests.attacks.columns import LAST_WEEK, QUESTIONS, TOGETHER, Columns, story, turn_each
from tests.attacks.findings import Report
from tests.attacks.naive import Said

PEOPLE_NEEDED = 5
# The same people's answers, with one more of each block bad: what a word hides in one story shows in another.
STORIES = (0, 1)


@pytest.fixture
def columns(app: Flask, clones: Clones, tmp_path: Path) -> Columns:
    """Every answer's column."""
    found = Columns()
    for more_bad in STORIES:
        with app.app_context(), clones() as house:
            turn_each(house, story(more_bad), tmp_path, found)
    return found


@pytest.mark.timeout(900)
def test_published_figures_treat_every_answer_like_those_of_at_least_five_people(
    columns: Columns, finding: Report
):
    answers = story(0)
    classes = {question: columns.classes(answers, question) for question in QUESTIONS}
    together = sorted(sorted({name for _week, name in group}) for group in TOGETHER[:-1])

    for question in QUESTIONS:
        assert sorted(map(sorted, classes[question])) == together, question
    smallest = min(len(people) for found in classes.values() for people in found)
    assert smallest >= PEOPLE_NEEDED
    waiting = [answer for answer in answers if answer.number >= len(answers) - len(TOGETHER[-1])]
    assert not any(columns.places[answer.number] for answer in waiting)
    finding(
        "column classes",
        f"the smallest class holds {smallest} people",
        f"{smallest_class_of_a_dashboard()} person where any period can be asked for",
        f"{len(answers)} answers of {LAST_WEEK} weeks, each turned round in {len(STORIES)} stories",
    )


def smallest_class_of_a_dashboard() -> int:
    """Return the same for an everyday dashboard, of a week in which five answer on Monday and one later."""
    said = [*(Said(0, name, 3) for name in "ABCDE"), Said(1, "F", 3)]
    alike: dict[frozenset[naive.Period], set[str]] = defaultdict(set)
    for one in said:
        shown = naive.figures(said, 2)
        alike[frozenset(period for period in shown if period[0] <= one.day <= period[1])].add(one.person)
    return min(map(len, alike.values()))
