"""Signing in: five tries, the same words for everybody, and browsers that can be signed out from afar."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from tests.cast import NOW, PASSWORD, Cast
from wellbeing import codes, passwords, sign_in
from wellbeing.codes import CodeRefused
from wellbeing.models.accounts import CodePurpose, PasswordFailure, Person, SignIn
from wellbeing.models.base import db
from wellbeing.sign_in import LoginTaken, SignedIn
from wellbeing.tries import Refusal, SignInRefused

NEW = "a walk round the block"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast(app: Flask, site: Cast) -> Iterator[Cast]:
    with app.app_context():
        yield site


def enter(login: str = "sol", password: str = PASSWORD, now: datetime = NOW) -> SignedIn:
    return sign_in.sign_in(db.session(), login, password, now)


def refused(login: str, password: str, now: datetime = NOW) -> Refusal:
    with pytest.raises(SignInRefused) as found:
        enter(login, password, now)
    return found.value.reason


def password_code(cast: Cast, name: str = "Sol") -> str:
    code = codes.make_code(db.session, CodePurpose.PASSWORD, cast.people[name], NOW)
    db.session.commit()
    return code


def person(cast: Cast, name: str = "Sol") -> Person:
    return db.session.get_one(Person, cast.people[name])


def test_sol_signs_in_whatever_the_case_of_the_name(cast: Cast):
    found = enter(" SOL ")

    assert found.grants == []
    assert (found.id, found.name, found.unit_id) == (
        cast.people["Sol"],
        "Sol Vale",
        cast.units["Service counter"],
    )
    assert sign_in.signed_in(db.session(), found.get_id(), NOW).id == cast.people["Sol"]


def test_the_database_holds_no_token_that_could_be_used(cast: Cast):
    token = enter().token

    assert token.encode() not in db.session.scalars(sa.select(SignIn.token_mac)).one()


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(app: Flask, cast: Cast):
    assert refused("sol", "wrong") is refused("nobody", "wrong") is Refusal.WRONG


def test_after_five_wrong_tries_even_the_right_password_waits(cast: Cast):
    for login in ("sol", "nobody"):
        assert [refused(login, "wrong") for _try in range(5)] == [Refusal.WRONG] * 5
        assert refused(login, PASSWORD) is Refusal.LOCKED

    assert refused("sol", PASSWORD, NOW + 14 * MINUTE) is Refusal.LOCKED
    assert enter(now=NOW + 15 * MINUTE).name == "Sol Vale"


def test_somebody_elses_tries_lock_nobody_else_out(cast: Cast):
    for _try in range(6):
        refused("sol", "wrong")

    assert enter("noor").name == "Noor Vale"


def test_a_right_password_forgets_the_wrong_ones(cast: Cast):
    for _try in range(4):
        refused("sol", "wrong")
    enter()

    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordFailure)) == 0


def test_a_failure_names_nobody(cast: Cast):
    refused("sol", "wrong")

    assert b"sol" not in db.session.scalars(sa.select(PasswordFailure.login_mac)).one()


def test_somebody_who_left_is_refused_and_every_browser_of_theirs_is_out(cast: Cast):
    token = enter().token
    person(cast).active = False
    db.session.commit()

    assert sign_in.signed_in(db.session(), token, NOW) is None
    assert refused("sol", PASSWORD) is Refusal.WRONG


def test_a_sign_in_is_over_after_twelve_hours(cast: Cast):
    token = enter().token

    assert sign_in.signed_in(db.session(), token, NOW + timedelta(hours=12) - MINUTE)
    assert sign_in.signed_in(db.session(), token, NOW + timedelta(hours=12)) is None
    enter(now=NOW + timedelta(hours=12))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 1


def test_signing_out_leaves_the_other_browser_and_everybody_else_in(cast: Cast):
    here, there, noors = enter(), enter(), enter("noor")

    sign_in.sign_out(db.session(), here.token)
    assert sign_in.signed_in(db.session(), here.token, NOW) is None
    assert sign_in.signed_in(db.session(), there.token, NOW)

    sign_in.sign_out_everywhere(db.session(), cast.people["Sol"])
    assert sign_in.signed_in(db.session(), there.token, NOW) is None
    assert sign_in.signed_in(db.session(), noors.token, NOW)


def test_an_old_hash_is_renewed_at_the_next_sign_in(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    before = person(cast).password_hash
    enter()
    assert person(cast).password_hash == before

    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    enter()

    assert person(cast).password_hash != before
    assert enter().name == "Sol Vale"


def test_sol_chooses_a_new_password_and_other_browsers_are_out(cast: Cast):
    old, noors, code = enter(), enter("noor"), password_code(cast)
    for _try in range(5):
        refused("sol", "wrong")

    assert sign_in.whose_code(db.session(), code, NOW).login == "sol"
    fresh = sign_in.choose_password(db.session(), code, "somebody else", NEW, NOW)

    assert sign_in.signed_in(db.session(), old.token, NOW) is None
    assert sign_in.signed_in(db.session(), fresh.token, NOW).id == cast.people["Sol"]
    assert sign_in.signed_in(db.session(), noors.token, NOW)
    assert enter("sol", NEW).name == "Sol Vale"


def test_somebody_without_a_sign_in_name_chooses_one_that_is_free(cast: Cast):
    person(cast).login = None
    code = password_code(cast)

    with pytest.raises(LoginTaken):
        sign_in.choose_password(db.session(), code, "Noor", NEW, NOW)
    sign_in.choose_password(db.session(), code, "Sol.Vale", NEW, NOW)

    assert enter("sol.vale", NEW).name == "Sol Vale"


def test_a_weak_password_uses_no_code_up(cast: Cast):
    code = password_code(cast)

    with pytest.raises(passwords.PasswordRefused):
        sign_in.choose_password(db.session(), code, "sol", "password123", NOW)
    assert sign_in.choose_password(db.session(), code, "sol", NEW, NOW).name == "Sol Vale"


def test_a_wrong_code_is_counted_even_though_it_is_refused(cast: Cast):
    with pytest.raises(CodeRefused):
        sign_in.whose_code(db.session(), "0000-0000", NOW)
    db.session.rollback()

    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordFailure)) == 1


def test_every_refusal_has_a_sentence_that_tells_nothing_about_the_name(app: Flask):
    with app.test_request_context():
        assert {str(SignInRefused(reason).sentence) for reason in Refusal} == {
            "The sign-in name and the password do not go together.",
            "Too many wrong tries with this sign-in name. Wait 15 minutes, then try again.",
        }
