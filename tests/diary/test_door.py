"""The door of a diary: wrong tries count, and are forgotten as soon as its owner is in."""

from collections.abc import Callable

import pytest

from tests.answers import House
from tests.cast import NOW, PASSWORD
from wellbeing.diary import door, opening
from wellbeing.diary.opening import Begun
from wellbeing.diary.wraps import WrongSecret
from wellbeing.models.base import db
from wellbeing.tries import SignInRefused

Open = Callable[[int, Begun], bytes]


def by_password(person: int, _begun: Begun) -> bytes:
    return door.with_password(db.session(), person, PASSWORD, NOW)


def by_code(person: int, begun: Begun) -> bytes:
    return door.with_code(db.session(), person, begun.recovery_code, "", NOW)


@pytest.mark.parametrize("opens", [by_password, by_code])
def test_whoever_got_in_may_mistype_again(house: House, opens: Open):
    person = house.cast.people["Sol"]
    begun = opening.begin(db.session(), person, PASSWORD)
    db.session.commit()

    for _time in range(2):
        for _try in range(2):
            with pytest.raises(SignInRefused):
                door.with_password(db.session(), person, "wrong", NOW)
            with pytest.raises(WrongSecret):
                door.with_code(db.session(), person, "wrong", "", NOW)
        assert opens(person, begun) == begun.private
