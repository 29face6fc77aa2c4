"""Somebody's passkeys: challenges used once, copies found out, and a diary that opens to its own owner."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, rows
from tests.cast import NOW, PASSWORD
from tests.fixtures.passkeys import Passkey as Device
from wellbeing import jobs, passkey_answers, passkeys, sign_in
from wellbeing.diary import door, keeping, opening
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import Passkey, PasskeyChallenge
from wellbeing.passkey_answers import Party, bytes_of
from wellbeing.passkey_refusals import PasskeyRefused, Refusal
from wellbeing.passkeys import KnownAlready, OnlyWayIn, TooMany

PARTY = Party("localhost", "http://localhost")
TODAY = NOW.date()


@pytest.fixture
def sol(any_house: House) -> Iterator[int]:
    yield any_house.cast.people["Sol"]
    db.session.rollback()


def add(person_id: int, device: Device, name: str = "My phone") -> Passkey:
    session = db.session()
    challenge = passkeys.ask(session, NOW)
    options = passkeys.to_make(session, PARTY, session.get_one(Person, person_id), challenge)
    passkeys.take(session, challenge, NOW)
    made = passkey_answers.made(PARTY, challenge, device.made(options))
    kept = passkeys.add(session, person_id, name, made, TODAY)
    session.commit()
    return kept


def answer(device: Device, person_id: int | None = None) -> tuple[Passkey, bytes | None]:
    challenge = passkeys.ask(db.session(), NOW)
    options = passkeys.to_use(PARTY, challenge)
    kept, found = passkeys.use(db.session(), PARTY, challenge, device.used(options), person_id)
    db.session.commit()
    return kept, found.secret


def test_a_passkey_says_whose_it_is_and_counts_along(sol: int):
    device = Device()
    add(sol, device)

    assert answer(device)[0].person_id == sol
    assert answer(device, sol)[0].sign_count == 3


def test_what_a_passkey_keeps_names_nobody_to_others_and_is_asked_to_check_its_owner(sol: int):
    kept = add(sol, Device())
    options = passkeys.to_make(db.session(), PARTY, db.session.get_one(Person, sol), b"c" * 32)

    assert options["user"]["name"] == "Sol Vale"
    assert len(bytes_of(options["user"]["id"])) == 32
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [bytes_of(one["id"]) for one in options["excludeCredentials"]] == [kept.credential_id]
    assert passkeys.to_use(PARTY, b"c" * 32)["allowCredentials"] == []
    assert passkeys.to_use(PARTY, b"c" * 32, [kept])["allowCredentials"] == options["excludeCredentials"]


def test_a_challenge_is_good_once_and_for_five_minutes(sol: int):
    session = db.session()
    first, second = passkeys.ask(session, NOW), passkeys.ask(session, NOW)
    passkeys.take(session, first, NOW)
    for late, when in ((first, NOW), (second, NOW + timedelta(minutes=5)), (bytes(32), NOW)):
        with pytest.raises(PasskeyRefused) as refused:
            passkeys.take(session, late, when)
        assert refused.value.reason is Refusal.OVER


def test_whoever_asks_for_many_challenges_makes_the_oldest_go(
    sol: int, any_house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(passkeys, "MOST_CHALLENGES", 3)
    asked = [passkeys.ask(db.session(), NOW + timedelta(seconds=number)) for number in range(5)]

    assert {row.challenge for row in rows(any_house, PasskeyChallenge)} == set(asked[2:])
    passkeys.take(db.session(), asked[2], NOW + timedelta(seconds=6))


def test_challenges_that_nobody_answered_go_with_the_jobs(any_house: House, sol: int):
    passkeys.ask(db.session(), NOW)
    jobs.run(any_house.engine, any_house.server_key, NOW + timedelta(minutes=4))
    assert len(rows(any_house, PasskeyChallenge)) == 1

    jobs.run(any_house.engine, any_house.server_key, NOW + timedelta(minutes=5))
    assert rows(any_house, PasskeyChallenge) == []


def test_an_unknown_passkey_and_somebody_elses_are_refused_alike(any_house: House, sol: int):
    device = Device()
    add(any_house.cast.people["Noor"], device)
    for stranger, person_id in ((Device(), None), (device, sol)):
        with pytest.raises(PasskeyRefused) as refused:
            answer(stranger, person_id)
        assert refused.value.reason is Refusal.UNKNOWN


def test_a_copy_of_a_passkey_is_found_out(sol: int):
    device = Device()
    add(sol, device)
    device.count += 5
    answer(device)
    device.count = 3
    with pytest.raises(PasskeyRefused) as refused:
        answer(device)
    assert refused.value.reason is Refusal.BACKWARDS


def test_nobody_has_more_than_ten_and_none_is_added_twice(sol: int):
    first = Device()
    add(sol, first)
    first.count = 0
    with pytest.raises(KnownAlready):
        add(sol, first)
    for _more in range(passkeys.MOST - 1):
        add(sol, Device())
    with pytest.raises(TooMany):
        add(sol, Device())


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(any_house: House, sol: int):
    noor, session = any_house.cast.people["Noor"], db.session()
    kept = add(sol, Device())
    kept_id = kept.id

    assert not passkeys.rename(session, noor, kept_id, "Mine now")
    assert not passkeys.remove(session, noor, kept_id)
    assert passkeys.rename(session, sol, kept_id, "Old phone")
    assert [one.name for one in passkeys.of_person(session, sol)] == ["Old phone"]
    assert passkeys.remove(session, sol, kept_id)
    assert passkeys.of_person(session, sol) == []


def test_the_only_way_in_is_not_removed(sol: int):
    session = db.session()
    first, second = add(sol, Device()).id, add(sol, Device()).id
    session.execute(sa.update(Person).where(Person.id == sol).values(password_hash=None))
    session.commit()

    assert passkeys.remove(session, sol, first)
    with pytest.raises(OnlyWayIn):
        passkeys.remove(session, sol, second)


def test_a_passkey_opens_the_diary_that_it_was_let_open_and_none_that_came_after(any_house: House, sol: int):
    session, device = db.session(), Device()
    add(sol, device)
    begun = opening.begin(session, sol, PASSWORD)
    kept, secret = answer(device)
    assert secret is not None and passkeys.private_key(session, kept, secret) is None
    passkeys.let_open(kept, secret, begun.private)
    session.commit()

    kept, secret = answer(device)
    assert passkeys.private_key(session, kept, secret) == begun.private
    assert passkeys.private_key(session, kept, bytes(32)) is None
    assert passkeys.private_key(session, kept, None) is None
    older = kept.by_passkey
    door.begin_anew(session, any_house.server_key, sol, PASSWORD)
    session.commit()
    assert kept.by_passkey is None
    kept.by_passkey = older
    assert passkeys.private_key(session, kept, secret) is None


def test_a_deleted_diary_is_wrapped_by_no_passkey_any_more(any_house: House, sol: int):
    session, device = db.session(), Device()
    add(sol, device)
    begun = opening.begin(session, sol, PASSWORD)
    kept, secret = answer(device)
    passkeys.let_open(kept, secret or b"", begun.private)
    session.commit()
    with any_house.engine.begin() as connection:
        keeping.forget(connection, any_house.server_key, sol)

    assert [row.by_passkey for row in rows(any_house, Passkey)] == [None]


def test_a_passkey_signs_nobody_in_who_has_left(any_house: House, sol: int):
    session = db.session()
    entered = sign_in.enter(session, sol, NOW)
    assert entered is not None and entered.id == sol
    assert sign_in.is_fresh(session, entered.token, NOW + timedelta(minutes=14))
    assert not sign_in.is_fresh(session, entered.token, NOW + timedelta(minutes=15))
    assert not sign_in.is_fresh(session, "another token", NOW)
    session.execute(sa.update(Person).where(Person.id == sol).values(active=False))

    assert sign_in.enter(session, sol, NOW) is None
