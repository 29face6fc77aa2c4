"""Whose PIN is it: wrong tries lock one person out for a while, right ones leave no trace."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House, change, everything, house_of, rows
from tests.cast import CONFIRMED, NOW, pin_of
from tests.conftest import SECRETS
from wellbeing import badges, codes, collect, people
from wellbeing.answer import Answer
from wellbeing.counter import identify
from wellbeing.counter.identify import Known, Refusal
from wellbeing.models.accounts import CodePurpose, Person, PinFailure, Tablet
from wellbeing.models.base import db

WRONG = "0000"


@pytest.fixture
def tablets(any_house: House) -> tuple[int, int, int]:
    """Three tablets' ids."""
    more = {"unit_id": any_house.cast.units["Parts"], "enrolled_on": CONFIRMED.date()}
    change(
        any_house,
        *(
            sa.insert(Tablet).values(name=name, token_mac=name.encode() * 4, **more)
            for name in ("second__", "third___")
        ),
    )
    return tuple(sorted(row.id for row in rows(any_house, Tablet)))  # type: ignore[return-value]


def enters(house: House, name: str, pin: str, tablet: int, now: datetime = NOW) -> Known | Refusal:
    with house.engine.begin() as connection:
        return identify.known(connection, SECRETS.pin_pepper, tablet, house.cast.people[name], pin, now)


def test_sol_is_known_by_her_pin_and_leaves_no_trace(any_house: House, tablets: tuple[int, ...]):
    before = everything(any_house)

    known = enters(any_house, "Sol", pin_of("Sol"), tablets[0])

    assert known == Known(any_house.cast.people["Sol"], "Sol Vale", CONFIRMED.date())
    assert everything(any_house) == before


def test_a_wrong_pin_is_written_down_with_nothing_but_who_where_and_when(
    any_house: House, tablets: tuple[int, ...]
):
    assert enters(any_house, "Sol", WRONG, tablets[0]) is Refusal.WRONG
    assert enters(any_house, "Sol", pin_of("Noor"), tablets[0]) is Refusal.WRONG

    sol = any_house.cast.people["Sol"]
    assert [row[1:] for row in rows(any_house, PinFailure)] == [(sol, tablets[0], NOW)] * 2


def test_five_wrong_tries_lock_sol_out_at_that_tablet_and_nobody_else(
    any_house: House, tablets: tuple[int, ...]
):
    for _try in range(5):
        assert enters(any_house, "Sol", WRONG, tablets[0]) is Refusal.WRONG

    assert enters(any_house, "Sol", pin_of("Sol"), tablets[0]) is Refusal.LOCKED
    assert enters(any_house, "Sol", WRONG, tablets[0]) is Refusal.LOCKED
    assert len(rows(any_house, PinFailure)) == 5
    assert isinstance(enters(any_house, "Sol", pin_of("Sol"), tablets[1]), Known)
    assert isinstance(enters(any_house, "Noor", pin_of("Noor"), tablets[0]), Known)


def test_wrong_tries_at_the_same_moment_are_no_way_around_the_lock(
    any_house: House, tablets: tuple[int, ...]
):
    start = threading.Barrier(8)

    def try_it() -> None:
        start.wait()
        enters(any_house, "Sol", WRONG, tablets[0])

    threads = [threading.Thread(target=try_it) for _try in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(rows(any_house, PinFailure)) == 5


def test_ten_wrong_tries_anywhere_lock_sol_out_everywhere(any_house: House, tablets: tuple[int, ...]):
    for _try in range(4):
        for tablet in tablets:
            enters(any_house, "Sol", WRONG, tablet)

    assert len(rows(any_house, PinFailure)) == 10
    assert {enters(any_house, "Sol", pin_of("Sol"), tablet) for tablet in tablets} == {Refusal.LOCKED}


@pytest.mark.parametrize(("seconds", "open_again"), [(15 * 60 - 1, False), (15 * 60, True)])
def test_a_lock_opens_a_quarter_of_an_hour_after_the_first_wrong_try(
    any_house: House, tablets: tuple[int, ...], seconds: int, open_again: bool
):
    for minute in range(5):
        enters(any_house, "Sol", WRONG, tablets[0], NOW + timedelta(minutes=minute))
    later = NOW + timedelta(seconds=seconds)

    assert isinstance(enters(any_house, "Sol", pin_of("Sol"), tablets[0], later), Known) is open_again


def guess_all_day(house: House, tablets: tuple[int, ...]) -> datetime:
    """Let somebody type wrong PINs for Sol, ten in each quarter of an hour, and return when it was over."""
    for quarter in range(3):
        for number in range(10):
            enters(house, "Sol", WRONG, tablets[number % 3], NOW + timedelta(minutes=16 * quarter))
    return NOW + timedelta(minutes=48)


def test_thirty_wrong_tries_in_a_day_lock_sol_out_until_the_first_is_a_day_old(
    any_house: House, tablets: tuple[int, ...]
):
    over = guess_all_day(any_house, tablets)

    assert len(rows(any_house, PinFailure)) == 30
    for moment in (over, NOW + timedelta(hours=23, minutes=59)):
        assert enters(any_house, "Sol", pin_of("Sol"), tablets[2], moment) is Refusal.LOCKED_FOR_A_DAY
    assert isinstance(enters(any_house, "Noor", pin_of("Noor"), tablets[2], over), Known)
    assert isinstance(enters(any_house, "Sol", pin_of("Sol"), tablets[2], NOW + timedelta(days=1)), Known)
    assert len(rows(any_house, PinFailure)) == 30


def test_a_code_for_a_new_pin_ends_the_lock_of_a_day(any_house: House, tablets: tuple[int, ...]):
    over = guess_all_day(any_house, tablets)
    with any_house.engine.begin() as connection:
        code = codes.make_code(connection, CodePurpose.PIN, any_house.cast.people["Sol"], over)
        people.choose_pin(connection, SECRETS.pin_pepper, code, "2580", over)

    assert isinstance(enters(any_house, "Sol", "2580", tablets[0], over), Known)


def test_wrong_tries_are_forgotten_after_a_day(any_house: House, tablets: tuple[int, ...]):
    enters(any_house, "Sol", WRONG, tablets[0])
    enters(any_house, "Sol", WRONG, tablets[0], NOW + timedelta(minutes=1))
    with any_house.engine.begin() as connection:
        identify.forget_old_failures(connection, NOW + timedelta(days=1))

    assert [row.at for row in rows(any_house, PinFailure)] == [NOW + timedelta(minutes=1)]


def test_somebody_who_left_or_has_no_pin_or_never_was_is_refused_alike(
    any_house: House, tablets: tuple[int, ...]
):
    people = any_house.cast.people
    change(
        any_house,
        sa.update(Person).where(Person.id == people["Sol"]).values(active=False),
        sa.update(Person).where(Person.id == people["Noor"]).values(pin_mac=None, pin_length=None),
    )

    for name in ("Sol", "Noor"):
        assert enters(any_house, name, pin_of(name), tablets[0]) is Refusal.WRONG
    with any_house.engine.begin() as connection:
        nobody = identify.known(connection, SECRETS.pin_pepper, tablets[0], 4711, "2580", NOW)
    assert nobody is Refusal.WRONG


def test_postgresql_keeps_nothing_about_a_transaction_that_joins_a_person_to_an_answer(postgres_app: Flask):
    """A row lock on the person would leave the answer's transaction in the person's row, as its xmax."""
    with postgres_app.app_context():
        house = house_of(postgres_app)
        with house.engine.begin() as connection:
            sol = house.cast.people["Sol"]
            assert isinstance(
                identify.known(connection, SECRETS.pin_pepper, 1, sol, pin_of("Sol"), NOW), Known
            )
            collect.record(connection, house.server_key, sol, Answer(mood=1), NOW)
        joined = "FROM pending JOIN {0} ON {0}.xmax = pending.xmin OR {0}.xmin = pending.xmin"

        with house.engine.connect() as connection:
            for table in ("person", "place", "tablet", "role_grant"):
                assert connection.exec_driver_sql(f"SELECT count(*) {joined.format(table)}").scalar() == 0


@pytest.fixture
def badge(any_house: House) -> str:
    """Sol's badge."""
    sol = any_house.cast.people["Sol"]
    return badges.make(db.session(), SECRETS.pin_pepper, [sol], CONFIRMED.date())[sol]


def scans(house: House, badge: str, pin: str | None, tablet: int, now: datetime = NOW) -> Known | Refusal:
    with house.engine.begin() as connection:
        return identify.known_by_badge(connection, SECRETS.pin_pepper, tablet, badge, pin, now)


def test_a_badge_stands_for_the_tile_alone_unless_the_site_says_more(
    any_house: House, tablets: tuple[int, ...], badge: str
):
    before = everything(any_house)
    sol = Known(any_house.cast.people["Sol"], "Sol Vale", CONFIRMED.date())

    assert scans(any_house, badge, None, tablets[0]) is Refusal.PIN_NEEDED
    assert scans(any_house, badge, pin_of("Sol"), tablets[0]) == sol
    assert everything(any_house) == before

    badges.stand_alone(db.session(), True)
    assert scans(any_house, badge, None, tablets[0]) == sol
    assert scans(any_house, badge, pin_of("Sol"), tablets[1]) == sol


def test_a_wrong_pin_beside_a_badge_counts_like_any_other(
    any_house: House, tablets: tuple[int, ...], badge: str
):
    badges.stand_alone(db.session(), True)
    for _try in range(4):
        assert scans(any_house, badge, WRONG, tablets[0]) is Refusal.WRONG
    assert enters(any_house, "Sol", WRONG, tablets[0]) is Refusal.WRONG

    assert scans(any_house, badge, pin_of("Sol"), tablets[0]) is Refusal.LOCKED
    assert scans(any_house, badge, None, tablets[0]) is Refusal.LOCKED
    assert isinstance(scans(any_house, badge, None, tablets[1]), Known)
    assert isinstance(scans(any_house, badge, None, tablets[0], NOW + timedelta(minutes=15)), Known)
    assert len(rows(any_house, PinFailure)) == 5


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("pin", [None, "2580"])
def test_a_badge_that_is_nobodys_is_refused_alike_and_counts_against_nobody(
    any_house: House, tablets: tuple[int, ...], badge: str, alone: bool, pin: str | None
):
    badges.stand_alone(db.session(), alone)
    assert scans(any_house, badges.number(), pin, tablets[0]) is Refusal.BADGE_UNKNOWN
    change(any_house, sa.update(Person).where(Person.name == "Sol Vale").values(active=False))
    assert scans(any_house, badge, pin, tablets[0]) is Refusal.BADGE_UNKNOWN
    change(any_house, sa.update(Person).where(Person.name == "Sol Vale").values(active=True))
    badges.revoke(db.session(), any_house.cast.people["Sol"])
    assert scans(any_house, badge, pin, tablets[0]) is Refusal.BADGE_UNKNOWN

    assert rows(any_house, PinFailure) == []


def test_whoever_is_erased_while_their_badge_is_read_is_nobody(house: House, monkeypatch: pytest.MonkeyPatch):
    gone = badges.Owner(4711, "Sol Vale", 4, alone=True)
    monkeypatch.setattr(badges, "find", lambda *_asked: gone)

    assert scans(house, badges.number(), None, 1) is Refusal.BADGE_UNKNOWN
