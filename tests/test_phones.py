"""Own phones: made while signed in, known by their token, removed at once."""

from datetime import date

import pytest
from flask import Flask

from tests.answers import House
from tests.cast import NOW, Cast
from wellbeing import phones
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import Phone

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"


def known(token: str) -> phones.PhoneFacts | None:
    with db.engine.connect() as connection:
        return phones.phone_of(connection, token)


def test_a_phone_is_its_owners_from_the_day_on_which_it_was_set_up(any_house: House):
    sol, counter = any_house.cast.people["Sol"], any_house.cast.units["Service counter"]
    token = phones.set_up(db.session(), sol, IPHONE, NOW)
    (row,) = phones.of_person(db.session(), sol)

    assert (row.name, row.set_up_on) == ("iPhone", date(2026, 3, 4))
    assert known(token) == phones.PhoneFacts(row.id, sol, counter, "Sol Vale", date(2026, 3, 2))


def test_nothing_that_is_stored_of_a_phone_is_its_token(app: Flask, site: Cast):
    with app.app_context():
        token = phones.set_up(db.session(), site.people["Sol"], IPHONE, NOW)
        row = db.session.execute(Phone.__table__.select()).one()

        assert known("made up") is None
    assert token.encode() not in row.token_mac
    assert IPHONE not in tuple(row)


def test_what_a_browser_calls_itself_tells_the_kind_of_phone_and_nothing_else():
    android = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36"

    assert [phones.kind_of(text) for text in (IPHONE, android, "")] == ["iPhone", "Android", "Browser"]


def test_a_phone_that_was_removed_is_known_no_more_and_nobody_removes_anothers(app: Flask, site: Cast):
    sol, noor = site.people["Sol"], site.people["Noor"]
    with app.app_context():
        token = phones.set_up(db.session(), sol, IPHONE, NOW)
        number = phones.of_person(db.session(), sol)[0].id

        assert not phones.remove(db.session(), noor, number)
        assert known(token) is not None
        assert phones.remove(db.session(), sol, number)
        assert known(token) is None
        assert not phones.remove(db.session(), sol, number)


def test_all_phones_of_somebody_are_removed_at_once(app: Flask, site: Cast):
    sol, noor = site.people["Sol"], site.people["Noor"]
    with app.app_context():
        tokens = [phones.set_up(db.session(), sol, IPHONE, NOW) for _ in range(2)]
        hers = phones.set_up(db.session(), noor, IPHONE, NOW)
        phones.remove_all(db.session(), sol)
        db.session.commit()

        assert [known(token) for token in tokens] == [None, None]
        assert known(hers) is not None


def test_who_has_left_has_no_phone_here(app: Flask, site: Cast):
    with app.app_context():
        token = phones.set_up(db.session(), site.people["Sol"], IPHONE, NOW)
        db.session.get(Person, site.people["Sol"]).active = False
        db.session.commit()

        assert known(token) is None


def test_nobody_has_more_than_ten_phones(app: Flask, site: Cast):
    with app.app_context():
        for _ in range(phones.MOST):
            phones.set_up(db.session(), site.people["Sol"], IPHONE, NOW)

        with pytest.raises(phones.TooManyPhones):
            phones.set_up(db.session(), site.people["Sol"], IPHONE, NOW)
