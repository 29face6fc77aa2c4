"""A pledge: one line of a team, with the names of those who chose to stand under it."""

from datetime import date

import pytest

from tests.answers import House, everything, rows
from wellbeing.models.talk import Pledge, Signature
from wellbeing.talk import pledges
from wellbeing.talk.posts import TalkRefused

TODAY = date(2026, 3, 4)
WORDS = "We call before they have to ask."


def make(house: House, words: str = WORDS, team: str = "Service counter") -> None:
    with house.engine.begin() as connection:
        pledges.make(connection, house.cast.units[team], words, TODAY)


def standing(house: House, team: str = "Service counter") -> pledges.Standing | None:
    with house.engine.connect() as connection:
        return pledges.of_unit(connection, house.cast.units[team])


def join(house: House, *names: str) -> None:
    for name in names:
        with house.engine.begin() as connection:
            found = pledges.of_unit(connection, house.cast.units["Service counter"])
            assert found is not None
            pledges.join(connection, found, house.cast.people[name])


def test_names_stand_under_a_pledge_by_choice_and_once(any_house: House):
    assert standing(any_house) is None
    make(any_house)
    join(any_house, "Sol", "Bea", "Sol")

    found = standing(any_house)
    assert found is not None
    assert (found.text, found.made_on, found.names) == (WORDS, TODAY, ("Bea V.", "Sol V."))
    assert found.people == (any_house.cast.people["Bea"], any_house.cast.people["Sol"])
    assert standing(any_house, "Parts") is None


def test_a_name_that_comes_too_late_comes_under_nothing(any_house: House):
    make(any_house)
    old = standing(any_house)
    assert old is not None
    with any_house.engine.begin() as connection:
        pledges.take_down(connection, any_house.cast.units["Service counter"])
        pledges.join(connection, old, any_house.cast.people["Sol"])

    assert rows(any_house, Signature) == []


def test_a_name_comes_off_again(any_house: House):
    make(any_house)
    join(any_house, "Sol", "Bea")

    with any_house.engine.begin() as connection:
        found = pledges.of_unit(connection, any_house.cast.units["Service counter"])
        assert found is not None
        pledges.leave(connection, found, any_house.cast.people["Sol"])

    found = standing(any_house)
    assert found is not None and found.names == ("Bea V.",)


def test_new_words_begin_without_names_and_the_old_are_gone(any_house: House):
    make(any_house)
    join(any_house, "Sol")
    make(any_house, "We tell it as it is.")

    found = standing(any_house)
    assert found is not None and (found.text, found.names) == ("We tell it as it is.", ())
    assert len(rows(any_house, Pledge)) == 1 and rows(any_house, Signature) == []


def test_the_same_words_again_keep_the_names(house: House):
    make(house)
    join(house, "Sol")
    make(house, f"  {WORDS} ")

    found = standing(house)
    assert found is not None and found.names == ("Sol V.",)


def test_a_pledge_names_no_customer(house: House):
    with pytest.raises(TalkRefused):
        make(house, "We are kind to Mr Smith.")


def test_a_pledge_that_is_taken_down_leaves_nothing(any_house: House):
    make(any_house, team="Parts")
    before = everything(any_house)
    make(any_house)
    join(any_house, "Sol")

    with any_house.engine.begin() as connection:
        pledges.take_down(connection, any_house.cast.units["Service counter"])

    assert everything(any_house) == before
