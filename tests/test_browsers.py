"""Where somebody is signed in: told to them alone, and ended one by one."""

from datetime import timedelta

from tests.answers import House
from tests.cast import NOW, PASSWORD
from wellbeing import browsers, sign_in
from wellbeing.models.accounts import SignInMethod
from wellbeing.models.base import db
from wellbeing.sign_in import SignedIn

MINUTE = timedelta(minutes=1)


def enter(login: str, minutes: int = 0) -> SignedIn:
    return sign_in.sign_in(db.session(), login, PASSWORD, NOW + minutes * MINUTE)


def test_this_browser_stands_first_and_the_newest_next(house: House):
    here = enter("sol")
    enter("sol", 1)
    enter("noor", 2)
    sign_in.enter(db.session(), house.cast.people["Sol"], NOW + 3 * MINUTE)

    found = browsers.of_person(db.session(), house.cast.people["Sol"], here.token, NOW + 4 * MINUTE)
    assert [(one.since - NOW, one.method, one.is_here) for one in found] == [
        (timedelta(), SignInMethod.PASSWORD, True),
        (3 * MINUTE, SignInMethod.PASSKEY, False),
        (MINUTE, SignInMethod.PASSWORD, False),
    ]
    assert all(one.is_complete and here.token not in one.name for one in found)


def test_a_browser_is_ended_by_its_owner_alone(house: House):
    here, there, noors = enter("sol"), enter("sol"), enter("noor")
    sol, noor = house.cast.people["Sol"], house.cast.people["Noor"]
    name = next(one.name for one in browsers.of_person(db.session(), sol, here.token, NOW) if not one.is_here)

    assert not browsers.end(db.session(), noor, name)
    assert browsers.end(db.session(), sol, name) and not browsers.end(db.session(), sol, name)
    assert sign_in.signed_in(db.session(), there.token, NOW) is None
    assert sign_in.signed_in(db.session(), noors.token, NOW)


def test_the_others_end_and_this_one_stays(house: House):
    here, there = enter("sol"), enter("sol")
    browsers.end_others(db.session(), house.cast.people["Sol"], here.token)

    assert sign_in.signed_in(db.session(), here.token, NOW)
    assert sign_in.signed_in(db.session(), there.token, NOW) is None
