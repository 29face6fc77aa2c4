"""Which categories have a word: those that could be chosen, and not those that were."""

from datetime import date, timedelta

import sqlalchemy as sa

from tests.answers import House, change
from tests.cast import NOW
from wellbeing import choices
from wellbeing.disclosure.categories import categories
from wellbeing.models.detail_ledger import Question
from wellbeing.models.lists import ListEntry, ListName


def found(house: House, question: Question) -> tuple[str, ...]:
    with house.engine.connect() as connection:
        return categories(connection, question, NOW)


def entry(key: str, retired_on: date | None) -> sa.Insert:
    values = {"list_name": ListName.CAUSE, "key": key, "label": key, "position": 1, "retired_on": retired_on}
    return sa.insert(ListEntry).values(values)


def test_the_sites_own_lists_are_asked_and_not_the_answers(house: House):
    assert set(found(house, Question.CAUSE)) == choices.CAUSE_KEYS
    assert len(found(house, Question.WEEKDAY)) == 7
    assert found(house, Question.DAY_PART) == ("morning", "afternoon", "evening")
    assert found(house, Question.SEVERITY) == ("unpleasant", "hard", "severe")


def test_what_was_offered_while_answers_waited_has_its_word_and_what_was_not_has_none(house: House):
    four_weeks_before = NOW.date() - timedelta(days=28)
    change(house, entry("strike", four_weeks_before), entry("flood", four_weeks_before - timedelta(days=60)))

    assert set(found(house, Question.CAUSE)) - choices.CAUSE_KEYS == {"strike"}
