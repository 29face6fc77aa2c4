"""Codes of an authenticator app and spare codes: each once, few tries, and a secret that is good for one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House
from tests.cast import NOW
from tests.fixtures.authenticator import shown
from wellbeing import second_factor, spare_codes
from wellbeing.models.base import db
from wellbeing.models.second_factor import Authenticator, SpareCode
from wellbeing.second_factor import CodeRefused, Refusal

SECRET = b"12345678901234567890"
STEP = timedelta(seconds=30)


def have_app(house: House, name: str = "Alba") -> list[str]:
    """Give somebody an app whose first code was that of two minutes ago."""
    person = house.cast.people[name]
    made = second_factor.keep(db.session(), person, SECRET, shown(SECRET), NOW.date())
    db.session.execute(sa.update(Authenticator).values(last_step=Authenticator.last_step - 4))
    db.session.commit()
    return made


def check(house: House, code: str, name: str = "Alba", now: datetime = NOW) -> None:
    second_factor.check_app(db.session(), house.cast.people[name], code, now)


def refusal(try_it: Callable[[], object]) -> Refusal:
    with pytest.raises(CodeRefused) as refused:
        try_it()
    return refused.value.reason


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str):
    at = datetime.fromtimestamp(seconds, UTC)

    assert second_factor._step_of(SECRET, code, at) == seconds // 30
    assert shown(SECRET, at) == code


def test_the_picture_holds_what_every_app_understands(app: Flask):
    address = second_factor.address(SECRET, "sol@shop", "Second Wind")

    assert address.startswith("otpauth://totp/Second%20Wind:sol%40shop?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address and "period=30" in address
    assert second_factor.as_text(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert len(second_factor.new_secret()) == 20 and second_factor.new_secret() != second_factor.new_secret()


def test_a_code_is_taken_half_a_minute_early_or_late_and_no_more(house: House):
    have_app(house)
    now = datetime.now(UTC)

    for away, good in ((-2, False), (2, False), (-1, True), (0, True), (1, True)):
        code = shown(SECRET, now + away * STEP)
        if good:
            check(house, f" {code[:3]} {code[3:]} ")
        else:
            assert refusal(lambda code=code: check(house, code)) is Refusal.WRONG


def test_no_code_works_twice_nor_one_from_before_it(house: House):
    have_app(house)
    now = datetime.now(UTC)
    check(house, shown(SECRET, now))

    assert refusal(lambda: check(house, shown(SECRET, now))) is Refusal.USED
    assert refusal(lambda: check(house, shown(SECRET, now - STEP))) is Refusal.USED


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "１２３４５６", "abcdef", "-12345", "1" * 1_000])
def test_what_cannot_be_a_code_is_wrong(house: House, typed: str):
    have_app(house)

    assert refusal(lambda: check(house, typed)) is Refusal.WRONG


def test_five_wrong_codes_close_the_app_and_leave_the_spare_codes_open(house: House):
    made, alba = have_app(house), house.cast.people["Alba"]
    for _try in range(5):
        assert refusal(lambda: check(house, "000000")) is Refusal.WRONG

    assert refusal(lambda: check(house, shown(SECRET))) is Refusal.LOCKED
    assert second_factor.check_spare(db.session(), alba, made[0].lower().replace("-", " "), NOW) == 9
    check(house, shown(SECRET), now=NOW + timedelta(minutes=15))


def test_thirty_wrong_codes_close_the_app_for_a_day(house: House):
    have_app(house)
    for number in range(30):
        now = NOW + timedelta(minutes=4 * number)
        assert refusal(lambda now=now: check(house, "000000", now=now)) is Refusal.WRONG

    later = NOW + timedelta(hours=12)
    assert refusal(lambda: check(house, shown(SECRET), now=later)) is Refusal.LOCKED
    check(house, shown(SECRET), now=NOW + timedelta(hours=27))


def test_a_spare_code_works_once_and_for_its_owner_alone(house: House):
    made = have_app(house)
    have_app(house, "Max")
    alba, maxs = house.cast.people["Alba"], house.cast.people["Max"]

    assert len(set(made)) == 10
    assert refusal(lambda: second_factor.check_spare(db.session(), maxs, made[0], NOW)) is Refusal.WRONG
    assert second_factor.check_spare(db.session(), alba, made[0], NOW) == 9
    assert refusal(lambda: second_factor.check_spare(db.session(), alba, made[0], NOW)) is Refusal.WRONG
    assert refusal(lambda: second_factor.check_spare(db.session(), alba, "no code", NOW)) is Refusal.WRONG


def test_new_spare_codes_void_those_of_before(house: House):
    old, alba = have_app(house), house.cast.people["Alba"]
    new = spare_codes.make(db.session(), alba)
    db.session.commit()

    assert not set(old) & set(new) and spare_codes.left(db.session(), alba) == 10
    assert refusal(lambda: second_factor.check_spare(db.session(), alba, old[0], NOW)) is Refusal.WRONG


def test_the_database_holds_neither_the_secret_nor_a_spare_code(house: House):
    made = have_app(house)
    stored = db.session.scalars(sa.select(Authenticator.wrapped_secret)).one()
    macs = b"".join(db.session.scalars(sa.select(SpareCode.code_mac)))

    assert SECRET not in stored
    assert not any(code.replace("-", "").encode() in macs for code in made)


def test_one_persons_secret_put_in_anothers_place_opens_nothing(house: House):
    have_app(house)
    stolen = sa.select(Authenticator.wrapped_secret).scalar_subquery()
    row = {"person_id": house.cast.people["Max"], "confirmed_on": NOW.date()}
    db.session.execute(sa.insert(Authenticator).values(wrapped_secret=stolen, **row))
    db.session.commit()

    assert refusal(lambda: check(house, shown(SECRET), "Max")) is Refusal.WRONG


def test_whoever_has_no_app_has_no_code(house: House):
    assert refusal(lambda: check(house, shown(SECRET))) is Refusal.WRONG
    assert second_factor.facts(db.session(), house.cast.people["Alba"]) is None


def test_of_two_who_type_one_code_at_once_one_gets_in(any_app: Flask, any_house: House):
    made, alba, code = have_app(any_house), any_house.cast.people["Alba"], shown(SECRET)
    db.session.rollback()

    def try_at_once(take: Callable[[], object]) -> list[bool]:
        def attempt(_number: int) -> bool:
            with any_app.app_context():
                try:
                    take()
                except CodeRefused:
                    return False
                return True

        with ThreadPoolExecutor(4) as pool:
            return sorted(pool.map(attempt, range(4)))

    once = [False, False, False, True]
    assert try_at_once(lambda: second_factor.check_app(db.session(), alba, code, NOW)) == once
    assert try_at_once(lambda: second_factor.check_spare(db.session(), alba, made[0], NOW)) == once


def test_two_taps_on_confirm_leave_one_app_and_ten_codes(any_app: Flask, any_house: House):
    alba, code = any_house.cast.people["Alba"], shown(SECRET)
    db.session.rollback()

    def keep(_number: int) -> int:
        with any_app.app_context():
            return len(second_factor.keep(db.session(), alba, SECRET, code, NOW.date()))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(keep, range(2))) == [10, 10]
    assert second_factor.facts(db.session(), alba) == second_factor.Facts(NOW.date(), 10)
