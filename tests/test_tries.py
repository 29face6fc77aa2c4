"""Wrong tries: when five close a sign-in name, and for how long."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.answers import house_of
from tests.cast import NOW
from wellbeing import tries
from wellbeing.models.base import db

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "locked"),
    [
        ([0, 0, 0, 0], False),
        ([0, 0, 0, 0, 0], True),
        ([-14, -14, -14, -14, -14], True),
        ([-15, -15, -15, -15, -15], False),
        ([-29, -10, -9, -8, -1], False),
        ([-15, -10, -9, -8, 0], True),
        ([-29, -29, -28, -27, -14], True),
    ],
)
def test_five_failures_within_fifteen_minutes_lock_for_fifteen(minutes: list[int], locked: bool):
    assert tries.is_locked([NOW + minute * MINUTE for minute in minutes], NOW) is locked


@given(st.lists(st.integers(-40, 0), max_size=12))
def test_a_lock_never_outlasts_fifteen_minutes_without_a_new_failure(minutes: list[int]):
    failures = [NOW + minute * MINUTE for minute in minutes]

    assert not tries.is_locked(failures, NOW + 15 * MINUTE)
    assert tries.is_locked(failures, NOW) == tries.is_locked(failures[::-1], NOW)


def test_tries_of_the_same_moment_are_counted_one_after_the_other(postgres_app: Flask):
    with postgres_app.app_context():
        house_of(postgres_app)
        with Session(db.engine) as first, Session(db.engine) as second, Session(db.engine) as third:
            tries.count_try(first, "sol", NOW)
            tries.count_try(second, "noor", NOW)
            third.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                tries.count_try(third, "sol", NOW)
            third.rollback()
            first.commit()

            for _try in range(4):
                tries.count_try(third, "sol", NOW)
            with pytest.raises(tries.SignInRefused):
                tries.count_try(third, "sol", NOW)
