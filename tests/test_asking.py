"""Requests to be contacted: by whom, by when they are answered, and how long they stay."""

from datetime import date, timedelta

import pytest

from tests.answers import House
from wellbeing import asking
from wellbeing.models.base import db

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (WEDNESDAY, date(2026, 3, 6)),
        (date(2026, 3, 5), date(2026, 3, 9)),
        (date(2026, 3, 6), date(2026, 3, 10)),
        (date(2026, 3, 7), date(2026, 3, 10)),
    ],
)
def test_an_answer_is_promised_within_two_working_days(asked: date, by: date):
    assert asking.answer_by(asked) == by


def asked(house: House, name: str, day: date = WEDNESDAY) -> None:
    person = house.cast.people[name]
    with house.engine.begin() as connection:
        asking.ask(connection, person, asking.of(connection, person, name=True), day)


def test_what_was_answered_thirty_days_ago_is_deleted_and_what_waits_stays(any_house: House):
    for name in ("Sol", "Noor", "Bea"):
        asked(any_house, name)
    asking.answer(db.session(), 1, WEDNESDAY)
    asking.answer(db.session(), 2, WEDNESDAY + timedelta(days=1))

    with any_house.engine.begin() as connection:
        asking.forget_old(connection, WEDNESDAY + timedelta(days=30))

    assert [request.name for request in asking.every(db.session())] == ["Bea Vale", "Noor Vale"]


def test_those_who_wait_longest_stand_on_top(house: House):
    asked(house, "Sol", WEDNESDAY)
    asked(house, "Noor", WEDNESDAY - timedelta(days=1))

    assert [request.name for request in asking.every(db.session())] == ["Noor Vale", "Sol Vale"]
