"""A diary that is open in a browser, opened there once more."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.answers import House, house_of, rows
from tests.cast import NOW, PASSWORD
from wellbeing import sign_in
from wellbeing.diary import opening, unlocking, wraps
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryOpened


def test_whoever_opens_it_again_has_a_new_quarter_of_an_hour_and_a_new_secret(house: House):
    person = house.cast.people["Sol"]
    private = opening.begin(db.session(), person, PASSWORD).private
    entered = sign_in.enter(db.session(), person, NOW)
    assert entered is not None
    again = NOW + timedelta(minutes=10)
    former = unlocking.unlock(db.session(), entered.token, private, NOW)
    newer = unlocking.unlock(db.session(), entered.token, private, again)

    later = again + timedelta(minutes=14)
    assert unlocking.private_key(db.session(), entered.token, newer, later) == private
    assert unlocking.private_key(db.session(), entered.token, former, later) is None
    db.session.rollback()
    assert len(rows(house, DiaryOpened)) == 1


def test_a_browser_that_was_signed_out_from_elsewhere_meanwhile_keeps_nothing_open(any_house: House):
    person = any_house.cast.people["Sol"]
    private = opening.begin(db.session(), person, PASSWORD).private
    entered = sign_in.enter(db.session(), person, NOW)
    assert entered is not None
    sign_in.sign_out_everywhere(db.session(), person)
    secret = unlocking.unlock(db.session(), entered.token, private, NOW)

    assert unlocking.private_key(db.session(), entered.token, secret, NOW) is None
    db.session.rollback()
    assert rows(any_house, DiaryOpened) == []


def test_two_taps_that_open_it_wait_for_each_other(postgres_app: Flask):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        person = house.cast.people["Sol"]
        private = opening.begin(db.session(), person, PASSWORD).private
        entered = sign_in.enter(db.session(), person, NOW)
        assert entered is not None
        with Session(house.engine) as first, Session(house.engine) as second:
            first.commit = first.flush  # type: ignore[method-assign]
            unlocking.unlock(first, entered.token, private, NOW)
            second.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                unlocking.unlock(second, entered.token, private, NOW)


def test_a_wrap_for_one_purpose_opens_for_no_other():
    private, secret = bytes(range(32)), bytes(16)
    wrap = wraps.by_secret(secret, "browser", private)

    assert wraps.with_secret(secret, "browser", wrap) == private
    with pytest.raises(wraps.WrongSecret):
        wraps.with_secret(secret, "recovery", wrap)
