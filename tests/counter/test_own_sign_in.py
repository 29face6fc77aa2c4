"""A code for one's own sign-in from the tablet: for whoever has none, with the PIN, for 15 minutes."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change, rows
from tests.cast import NOW, pin_of
from tests.conftest import SECRETS
from wellbeing import badges, codes, sign_in
from wellbeing.counter.acts import Refused, Reply, Scene, perform
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import ON_PHONES, Act
from wellbeing.counter.sealed import SEALABLE
from wellbeing.models.accounts import OneTimeCode, Person
from wellbeing.models.base import db
from wellbeing.models.diary import Passkey
from wellbeing.tablets import TabletFacts


@pytest.fixture
def new(any_house: House) -> House:
    """A house where Sol and Alba have not set a sign-in of their own up yet."""
    without = sa.update(Person).where(Person.name.in_(("Sol Vale", "Alba Vale")))
    change(any_house, without.values(login=None, password_hash=None))
    return any_house


def ask(house: House, name: str = "Sol", act_id: str = "one", **fields: object) -> Reply | Refusal:
    author = fields or {"person": house.cast.people[name], "pin": pin_of(name)}
    with house.engine.begin() as connection:
        tablet = TabletFacts(1, house.cast.units["Service counter"], "Front desk")
        return perform(Scene(connection, tablet, NOW, SECRETS), Act(act_id, "own_sign_in", author))


def test_the_code_opens_the_first_sign_in_for_a_quarter_of_an_hour(new: House):
    code = ask(new)["code"]

    chooser = sign_in.whose_code(db.session(), code, NOW + timedelta(minutes=14))
    assert (chooser.id, chooser.is_first) == (new.cast.people["Sol"], True)
    with pytest.raises(codes.CodeRefused) as refused:
        sign_in.whose_code(db.session(), code, NOW + timedelta(minutes=15))
    assert refused.value.reason is codes.Refusal.EXPIRED


def test_the_same_tap_again_makes_no_second_code(new: House):
    ask(new)

    assert ask(new) == {"saved": True, "code": None}
    assert len(rows(new, OneTimeCode)) == 1


def test_a_wrong_pin_makes_none(new: House):
    assert ask(new, person=new.cast.people["Sol"], pin="0000") is Refusal.WRONG
    assert rows(new, OneTimeCode) == []


@pytest.mark.parametrize("name", ["Alba", "Noor"])
def test_who_has_a_role_or_a_sign_in_asks_for_a_code(new: House, name: str):
    """A PIN that somebody saw over a shoulder must not open a manager's pages, nor another's sign-in."""
    with pytest.raises(Refused, match="sign_in_taken"):
        ask(new, name)
    assert rows(new, OneTimeCode) == []


def test_who_signs_in_with_a_passkey_asks_for_a_code(new: House):
    sol = new.cast.people["Sol"]
    made = {"name": "Phone", "credential_id": b"1", "public_key": b"2", "sign_count": 0}
    change(new, sa.insert(Passkey).values(person_id=sol, made_on=NOW.date(), **made))

    with pytest.raises(Refused, match="sign_in_taken"):
        ask(new)


def test_a_badge_needs_its_owners_pin_even_where_it_is_enough_otherwise(new: House):
    sol = new.cast.people["Sol"]
    badges.stand_alone(db.session(), True)
    badge = badges.make(db.session(), SECRETS.pin_pepper, [sol], NOW.date())[sol]
    db.session.commit()

    with pytest.raises(Refused, match="pin_needed"):
        ask(new, badge=badge, pin=None)
    assert ask(new, badge=badge, pin=pin_of("Sol"))["code"]


def test_it_is_nothing_to_be_done_later_or_from_a_phone():
    assert "own_sign_in" not in SEALABLE | ON_PHONES
