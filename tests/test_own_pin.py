"""The PIN that begins a diary: asked of its owner, counted, and told apart from none."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from tests.cast import NOW, pin_of
from wellbeing import own_pin
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.tries import SignInRefused


def test_the_right_pin_is_right_and_another_is_not(house: House):
    sol = house.cast.people["Sol"]

    assert own_pin.is_right(db.session(), sol, pin_of("Sol"), NOW)
    assert not own_pin.is_right(db.session(), sol, "9999", NOW)
    assert not own_pin.is_right(db.session(), sol, "", NOW)


def test_after_five_wrong_tries_even_the_right_pin_waits_a_quarter_of_an_hour(house: House):
    sol = house.cast.people["Sol"]
    for _try in range(5):
        assert not own_pin.is_right(db.session(), sol, "9999", NOW)

    with pytest.raises(SignInRefused):
        own_pin.is_right(db.session(), sol, pin_of("Sol"), NOW)
    assert own_pin.is_right(db.session(), sol, pin_of("Sol"), NOW + timedelta(minutes=16))


def test_after_ten_wrong_tries_it_waits_a_day_so_that_nobody_tries_all_of_them(house: House):
    sol = house.cast.people["Sol"]
    for hour in range(10):
        assert not own_pin.is_right(db.session(), sol, "9999", NOW + timedelta(hours=hour))

    with pytest.raises(SignInRefused):
        own_pin.is_right(db.session(), sol, pin_of("Sol"), NOW + timedelta(hours=23))
    assert own_pin.is_right(db.session(), sol, pin_of("Sol"), NOW + timedelta(hours=24))


def test_whoever_has_no_pin_yet_is_told_so(house: House):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(pin_mac=None, pin_length=None))

    with pytest.raises(own_pin.NoPin):
        own_pin.is_right(db.session(), house.cast.people["Sol"], "9999", NOW)
