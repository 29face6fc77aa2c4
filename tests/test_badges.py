"""Badges: a number on a card that only its owner has, one for each person, void when it is replaced."""

from datetime import date
from itertools import pairwise

import pytest
import sqlalchemy as sa

from tests.answers import House, change, everything, rows
from tests.cast import pin_of
from tests.conftest import SECRETS
from wellbeing import badges
from wellbeing.badges import Owner
from wellbeing.models.accounts import Person
from wellbeing.models.badges import Badge
from wellbeing.models.base import db
from wellbeing.models.settings import Settings

TUESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 5)


def hand_out(house: House, *names: str, day: date = TUESDAY) -> dict[str, str]:
    """Make new badges and return their numbers by first name."""
    people = [house.cast.people[name] for name in names]
    made = badges.make(db.session(), SECRETS.pin_pepper, people, day)
    return {name: made[person] for name, person in zip(names, people, strict=True)}


def found(house: House, badge: str) -> Owner | None:
    with house.engine.connect() as connection:
        return badges.find(connection, SECRETS.pin_pepper, badge)


def test_a_number_is_24_digits_and_no_two_are_alike():
    made = [badges.number() for _ in range(200)]

    assert len(set(made)) == 200
    assert all(badges.is_number(one) and len(one) == 24 for one in made)


@pytest.mark.parametrize("card", ["79927398713", "4539578763621486"])
def test_the_check_digit_is_luhns(card: str):
    assert badges._luhn_sum(card) % 10 == 0


def test_a_digit_read_wrongly_or_two_swapped_are_noticed():
    badge = badges.number()
    for at, digit in enumerate(badge):
        for wrong in set("0123456789") - {digit}:
            assert not badges.is_number(badge[:at] + wrong + badge[at + 1 :])
    for at, (one, other) in enumerate(pairwise(badge)):
        # Luhn's rule takes 09 and 90 for each other, and nothing else.
        if one != other and {one, other} != {"0", "9"}:
            assert not badges.is_number(badge[:at] + other + one + badge[at + 2 :])


@pytest.mark.parametrize(
    "text", ["", "0" * 23, "0" * 25, "4006381333931", "٠" * 24, " " * 24, "0" * 23 + "²"]
)
def test_other_codes_of_a_shop_are_no_badges(text: str):
    assert not badges.is_number(text)


def test_sols_badge_is_found_and_its_number_stands_nowhere(any_house: House):
    badge = hand_out(any_house, "Sol")["Sol"]

    assert found(any_house, badge) == Owner(any_house.cast.people["Sol"], "Sol Vale", 4, alone=False)
    assert badge not in repr(everything(any_house))
    assert [row.made_on for row in rows(any_house, Badge)] == [TUESDAY]


def test_a_badge_never_made_is_nobodys(any_house: House):
    hand_out(any_house, "Sol")

    assert found(any_house, badges.number()) is None


def test_a_new_badge_takes_the_place_of_the_old_one_and_of_nobody_elses(any_house: House):
    old = hand_out(any_house, "Sol", "Noor")
    new = hand_out(any_house, "Sol", "Bea", day=THURSDAY)

    assert found(any_house, old["Sol"]) is None
    assert [found(any_house, badge).name for badge in (new["Sol"], old["Noor"], new["Bea"])] == [
        *("Sol Vale", "Noor Vale", "Bea Vale")
    ]
    people = any_house.cast.people
    asked = [people[name] for name in ("Sol", "Noor", "Carl")]
    assert badges.since(db.session(), asked) == {people["Sol"]: THURSDAY, people["Noor"]: TUESDAY}


def test_a_revoked_badge_is_nobodys_at_once(any_house: House):
    made = hand_out(any_house, "Sol", "Noor")

    assert badges.revoke(db.session(), any_house.cast.people["Sol"])
    assert not badges.revoke(db.session(), any_house.cast.people["Sol"])

    assert found(any_house, made["Sol"]) is None
    assert found(any_house, made["Noor"]) is not None


def test_the_badge_of_somebody_who_left_is_nobodys(any_house: House):
    badge = hand_out(any_house, "Sol")["Sol"]
    change(any_house, sa.update(Person).where(Person.name == "Sol Vale").values(active=False))

    assert found(any_house, badge) is None


def test_another_servers_pepper_finds_nobody(house: House):
    badge = hand_out(house, "Sol")["Sol"]

    with house.engine.connect() as connection:
        assert badges.find(connection, b"p" * 32, badge) is None


def test_a_site_says_whether_a_badge_is_enough(any_house: House):
    badge = hand_out(any_house, "Sol")["Sol"]

    badges.stand_alone(db.session(), True)
    assert found(any_house, badge).alone is True
    badges.stand_alone(db.session(), False)
    assert found(any_house, badge).alone is False
    assert [row.badge_alone for row in rows(any_house, Settings)] == [False]


def test_a_badge_is_no_pin(house: House):
    assert not badges.is_number(pin_of("Sol"))
