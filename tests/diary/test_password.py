"""Another password: the diary comes along, and what could go wrong meanwhile changes nothing."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.answers import House
from tests.cast import NOW, PASSWORD
from wellbeing import sign_in
from wellbeing.diary import opening, password, wraps
from wellbeing.diary.opening import Begun
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryKey
from wellbeing.passwords import PasswordRefused
from wellbeing.sign_in import SignedIn
from wellbeing.tries import SignInRefused

NEW = "a walk round the block"


@pytest.fixture
def sol(any_house: House) -> SignedIn:
    return sign_in.sign_in(db.session(), "sol", PASSWORD, NOW)


@pytest.fixture
def begun(sol: SignedIn) -> Iterator[Begun]:
    found = opening.begin(db.session(), sol.id, PASSWORD)
    db.session.commit()
    yield found


def change(sol: SignedIn, old: str = PASSWORD, new: str = NEW, private: bytes | None = None) -> None:
    password.change(db.session(), sol, old, new, NOW, private)


def diary(sol: SignedIn) -> DiaryKey:
    db.session.rollback()
    return db.session.get_one(DiaryKey, sol.id)


def test_the_new_password_opens_both_doors_and_the_old_one_neither(sol: SignedIn, begun: Begun):
    change(sol)

    assert opening.with_password(diary(sol), NEW) == begun.private
    assert opening.with_recovery_code(diary(sol), begun.recovery_code) == begun.private
    with pytest.raises(wraps.WrongSecret):
        opening.with_password(diary(sol), PASSWORD)
    with pytest.raises(SignInRefused):
        sign_in.sign_in(db.session(), "sol", PASSWORD, NOW)
    assert sign_in.sign_in(db.session(), "sol", NEW, NOW).id == sol.id


def test_it_signs_out_every_browser_but_this_one(sol: SignedIn):
    other = sign_in.sign_in(db.session(), "sol", PASSWORD, NOW)
    noor = sign_in.sign_in(db.session(), "noor", PASSWORD, NOW)
    change(sol)

    here = [one.token for one in (sol, other, noor) if sign_in.signed_in(db.session(), one.token, NOW)]
    assert here == [sol.token, noor.token]


def test_a_wrong_or_a_bad_password_changes_nothing(sol: SignedIn, begun: Begun):
    before = diary(sol).by_password
    with pytest.raises(SignInRefused):
        change(sol, old="wrong")
    with pytest.raises(PasswordRefused):
        change(sol, new="sol")

    assert diary(sol).by_password == before


def test_who_has_no_diary_changes_the_password_alone(sol: SignedIn):
    change(sol)

    assert sign_in.sign_in(db.session(), "sol", NEW, NOW).id == sol.id


def test_a_diary_that_waits_for_its_code_goes_on_waiting_unless_it_is_open(sol: SignedIn, begun: Begun):
    diary(sol).by_password = None
    db.session.commit()
    change(sol)
    assert diary(sol).by_password is None

    change(sol, old=NEW, new="another walk, another block", private=begun.private)
    assert opening.with_password(diary(sol), "another walk, another block") == begun.private


@pytest.mark.parametrize("meanwhile", ["a code was used", "the diary was begun anew"])
def test_what_happened_meanwhile_stays(
    sol: SignedIn, begun: Begun, monkeypatch: pytest.MonkeyPatch, meanwhile: str
):
    """Deriving two keys takes its time, in which nobody holds the database."""
    slow = wraps.by_password

    def derive(new: str, private: bytes) -> bytes:
        statement = (
            sa.update(Person).where(Person.id == sol.id).values(password_hash="another")
            if meanwhile == "a code was used"
            else sa.update(DiaryKey).values(by_recovery=b"another")
        )
        db.session.execute(statement)
        db.session.commit()
        return slow(new, private)

    before = db.session.get_one(Person, sol.id).password_hash
    monkeypatch.setattr(wraps, "by_password", derive)
    with pytest.raises(SignInRefused):
        change(sol)
    db.session.commit()
    assert db.session.get_one(Person, sol.id).password_hash in (before, "another")
    with pytest.raises(wraps.WrongSecret):
        opening.with_password(diary(sol), NEW)
