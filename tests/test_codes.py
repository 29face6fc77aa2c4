"""One-time codes: typed as people type, used once, and not to be guessed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW, Cast, assemble
from wellbeing import codes, site
from wellbeing.codes import ALPHABET, CodeFacts, CodeRefused, Refusal
from wellbeing.models.accounts import CodePurpose, OneTimeCode, PasswordFailure, Person
from wellbeing.models.base import db

PIN, PASSWORD, TABLET = CodePurpose.PIN, CodePurpose.PASSWORD, CodePurpose.TABLET
WRONG = "0000-0000"


@pytest.fixture
def cast(any_app: Flask, present: None) -> Iterator[Cast]:
    with any_app.app_context():
        found = assemble(site.config().secrets.pin_pepper)
        db.session.rollback()
        yield found
        db.session.rollback()


def refusal(code: str, purpose: CodePurpose, now=NOW) -> Refusal:
    with pytest.raises(CodeRefused) as refused:
        codes.redeem(db.session, code, purpose, now)
    codes.count_wrong(db.session, refused.value, now)
    return refused.value.reason


def test_sol_uses_a_code_once(cast: Cast):
    code = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)

    assert codes.redeem(db.session, code, PIN, NOW) == CodeFacts(cast.people["Sol"], None)
    assert refusal(code, PIN) is Refusal.UNKNOWN


def test_a_tablet_code_is_for_a_team_and_works_on_a_plain_connection(cast: Cast):
    with db.engine.begin() as connection:
        code = codes.make_code(connection, TABLET, cast.units["Parts"], NOW)
        assert codes.redeem(connection, code, TABLET, NOW) == CodeFacts(None, cast.units["Parts"])


def test_looking_a_code_up_leaves_it_usable(cast: Cast):
    code = codes.make_code(db.session, PASSWORD, cast.people["Sol"], NOW)

    assert codes.look_up(db.session, code, PASSWORD, NOW) == codes.redeem(db.session, code, PASSWORD, NOW)


def test_a_new_code_voids_the_old_one_of_the_same_purpose_only(cast: Cast):
    first = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)
    for_password = codes.make_code(db.session, PASSWORD, cast.people["Sol"], NOW)
    noors = codes.make_code(db.session, PIN, cast.people["Noor"], NOW)
    second = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)

    assert refusal(first, PIN) is Refusal.UNKNOWN
    assert codes.redeem(db.session, second, PIN, NOW).person_id == cast.people["Sol"]
    assert codes.redeem(db.session, for_password, PASSWORD, NOW).person_id == cast.people["Sol"]
    assert codes.redeem(db.session, noors, PIN, NOW).person_id == cast.people["Noor"]


def test_a_code_opens_no_other_door(cast: Cast):
    code = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)

    assert refusal(code, PASSWORD) is Refusal.UNKNOWN
    assert refusal(code, TABLET) is Refusal.UNKNOWN


@pytest.mark.parametrize(
    ("purpose", "good_for"),
    [(PIN, timedelta(days=7)), (PASSWORD, timedelta(days=7)), (TABLET, timedelta(minutes=15))],
)
def test_a_code_expires_and_says_so_for_a_month(cast: Cast, purpose: CodePurpose, good_for: timedelta):
    owner = cast.units["Parts"] if purpose is TABLET else cast.people["Sol"]
    code = codes.make_code(db.session, purpose, owner, NOW)

    assert refusal(code, purpose, NOW + good_for) is Refusal.EXPIRED
    codes.make_code(db.session, PIN, cast.people["Noor"], NOW + good_for + timedelta(days=30))
    assert refusal(code, purpose, NOW + good_for + timedelta(days=30)) is Refusal.UNKNOWN


def test_somebody_who_left_cannot_use_a_code(cast: Cast):
    code = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)
    db.session.execute(sa.update(Person).where(Person.id == cast.people["Sol"]).values(active=False))

    assert refusal(code, PIN) is Refusal.UNKNOWN


def test_after_fifty_wrong_codes_even_a_right_one_waits_a_quarter_of_an_hour(cast: Cast):
    code = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)
    for _try in range(50):
        assert refusal(WRONG, PIN) is Refusal.UNKNOWN

    assert refusal(code, PIN) is Refusal.LOCKED
    assert codes.redeem(db.session, code, PIN, NOW + timedelta(minutes=15))
    assert refusal(WRONG, PIN, NOW + timedelta(minutes=15)) is Refusal.UNKNOWN
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordFailure)) == 1


def test_what_cannot_be_a_code_is_no_guess(cast: Cast):
    for typed in ("", "sol", "ABCD-EFG", "ABCD-EFGH-J", "ABCD-EFG!", "ÄBCD-EFGH"):
        assert refusal(typed, PIN) is Refusal.UNKNOWN
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordFailure)) == 0


def test_a_code_that_another_transaction_just_used_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    facts = CodeFacts(cast.people["Sol"], None)
    monkeypatch.setattr(codes, "look_up", lambda *_args: facts)

    assert refusal(WRONG, PIN) is Refusal.UNKNOWN


def test_the_database_never_holds_a_code(cast: Cast):
    code = codes.make_code(db.session, PIN, cast.people["Sol"], NOW)
    stored = db.session.scalars(sa.select(OneTimeCode.code_mac)).one()

    assert code.replace("-", "").encode() not in stored
    assert len(stored) == 32


def test_every_refusal_has_a_sentence(app: Flask):
    with app.test_request_context():
        assert all(str(CodeRefused(reason).sentence).endswith(".") for reason in Refusal)


SLIPS = {"0": "0Oo", "1": "1IiLl"}
codes_as_shown = st.text(ALPHABET, min_size=8, max_size=8)


@given(codes_as_shown, st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject):
    gaps = st.sampled_from(["", "-", " ", "–", "\u00a0", "\t"])
    typed = "".join(
        data.draw(gaps) + data.draw(st.sampled_from(SLIPS.get(sign, sign + sign.lower()))) for sign in code
    )

    assert codes.normalised(typed) == code


@given(st.text(max_size=20))
def test_anything_else_is_either_a_whole_code_or_none(typed: str):
    found = codes.normalised(typed)

    assert found is None or (len(found) == 8 and codes.normalised(found) == found)
