"""The page of one's own sign-in: another password, and the phones that are one's own."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, change, rows
from tests.cast import NOW, PASSWORD, Cast, pin_of
from wellbeing import phones
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryOpened, Phone

NEW = "a walk round the block"
CHANGED = {"password": PASSWORD, "new_password": NEW, "again": NEW}


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> FlaskClient:
    return sign_in(client, "sol")


def phone_of(house: House, name: str) -> Phone:
    phones.set_up(db.session(), house.cast.people[name], "Mozilla/5.0 (Linux; Android 15)", NOW)
    found = phones.of_person(db.session(), house.cast.people[name])[0]
    db.session.rollback()
    return found


def test_the_page_says_what_one_signs_in_with(sol: FlaskClient, house: House):
    page = sol.get("/my/sign-in").text

    assert "Make this my own phone" in page and "What a diary is" in page
    assert "nothing of what you tap is kept for you" in page


def test_sol_changes_the_password_and_the_diary_opens_with_it(sol: FlaskClient, house: House):
    sol.post("/my/diary", data={"password": PASSWORD, "pin": pin_of("Sol")})
    db.session.rollback()
    assert "then opens with the new password" in sol.get("/my/sign-in").text
    assert sol.post("/my/sign-in/password", data=CHANGED).location == "/my/sign-in"
    db.session.rollback()

    assert "Your password is changed." in sol.get("/my/sign-in").text
    sol.post("/sign-out")
    assert sol.post("/sign-in", data={"login": "sol", "password": NEW}).status_code == 302
    assert sol.get("/my/open").location == "/my/days"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"again": "another"}, "not the same"),
        ({"new_password": "password123", "again": "password123"}, "first passwords"),
        ({"password": ""}, "Please fill this in"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(sol: FlaskClient, house: House, wrong: dict, said: str):
    page = sol.post("/my/sign-in/password", data=CHANGED | wrong)

    assert page.status_code == 422 and said in page.text


def test_wrong_passwords_close_the_sign_in_name(sol: FlaskClient, app: Flask, house: House):
    for _try in range(5):
        sol.post("/my/sign-in/password", data=CHANGED | {"password": "wrong"})
    db.session.rollback()

    assert "Wait 15 minutes" in sol.post("/my/sign-in/password", data=CHANGED).text
    answer = app.test_client().post("/sign-in", data={"login": "sol", "password": PASSWORD})
    assert answer.status_code == 429


def test_own_phones_are_listed_and_removed(sol: FlaskClient, house: House):
    mine, noors = phone_of(house, "Sol"), phone_of(house, "Noor")
    page = sol.get("/my/sign-in").text
    assert "Android" in page and "Remove Android" in page

    assert sol.post("/my/sign-in/phone", data={"phone": noors.id}).status_code == 404
    assert sol.post("/my/sign-in/phone", data={"phone": "x"}).status_code == 404
    db.session.rollback()
    assert sol.post("/my/sign-in/phone", data={"phone": mine.id}).location == "/my/sign-in"
    db.session.rollback()
    assert [one.person_id for one in rows(house, Phone)] == [house.cast.people["Noor"]]


def test_sol_sees_where_she_is_signed_in_and_ends_it_there(
    client: FlaskClient, app: Flask, site: Cast, sign_in
):
    sol = sign_in(client, "sol")
    other = sign_in(app.test_client(), "sol")
    page = sol.get("/my/sign-in").text
    assert "This browser" in page and "Another browser" in page and "by password" in page
    name = re.findall(r'name="browser" value="([0-9a-f]{64})"', page)[1]

    for wrong in ("x", "0" * 64, name.upper(), name + "\n"):
        assert sol.post("/my/sign-in/browser", data={"browser": wrong}).status_code == 404
    assert sol.post("/my/sign-in/browser", data={"browser": name}).location == "/my/sign-in"
    assert other.get("/my/sign-in").location.startswith("/sign-in?")
    assert "Signed out there." in sol.get("/my/sign-in").text


def test_sol_signs_out_all_other_browsers(client: FlaskClient, app: Flask, site: Cast, sign_in):
    sol, other = sign_in(client, "sol"), sign_in(app.test_client(), "sol")
    assert sol.post("/my/sign-in/others").location == "/my/sign-in"

    assert other.get("/my/sign-in").location.startswith("/sign-in?")
    assert "You are signed in here alone." in sol.get("/my/sign-in").text


@pytest.mark.parametrize("with_phones", [False, True])
def test_a_new_password_or_leaving_everywhere_takes_own_phones_along_if_wanted(
    sol: FlaskClient, house: House, with_phones: bool
):
    phone_of(house, "Sol")
    assert "Remove my own phones, too" in sol.get("/my/sign-in").text
    also = {"phones": "y"} if with_phones else {}
    sol.post("/my/sign-in/password", data=CHANGED | also)
    db.session.rollback()
    assert len(rows(house, Phone)) == (0 if with_phones else 1)

    sol.post("/sign-out-everywhere", data={"phones": "yes"})
    db.session.rollback()
    assert rows(house, Phone) == []


@pytest.mark.parametrize("new", ["harbour motors 7", "valeharbour1"])
def test_a_password_of_names_that_anybody_knows_is_refused_kindly(sol: FlaskClient, house: House, new: str):
    page = sol.post("/my/sign-in/password", data=CHANGED | {"new_password": new, "again": new})

    assert page.status_code == 422 and "a name or a word that anybody here knows" in page.text


@pytest.fixture
def by_passkey(sol: FlaskClient, house: House) -> FlaskClient:
    """Sol, who signed in a moment ago and has no password."""
    change(house, sa.update(Person).where(Person.login == "sol").values(password_hash=None))
    return sol


FIRST = {"new_password": NEW, "again": NEW}


def test_whoever_signs_in_by_a_passkey_chooses_a_password_beside_it(
    by_passkey: FlaskClient, app: Flask, house: House
):
    page = by_passkey.get("/my/sign-in").text
    assert "Choose a password" in page and "Change the password" not in page
    assert by_passkey.post("/my/sign-in/password", data=FIRST).location == "/my/sign-in"
    db.session.rollback()

    assert "You have a password now." in by_passkey.get("/my/sign-in").text
    answer = app.test_client().post("/sign-in", data={"login": "sol", "password": NEW})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"again": "another"}, "not the same"),
        ({"new_password": "password123", "again": "password123"}, "first passwords"),
        ({"new_password": ""}, "Please fill this in"),
    ],
)
def test_a_first_password_is_looked_at_like_any_other(by_passkey: FlaskClient, wrong: dict, said: str):
    page = by_passkey.post("/my/sign-in/password", data=FIRST | wrong)

    assert page.status_code == 422 and said in page.text


def test_a_browser_that_was_left_alone_chooses_no_password(by_passkey: FlaskClient, house: House):
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert "Sign in again, then choose a password." in by_passkey.get("/my/sign-in").text
        assert by_passkey.post("/my/sign-in/password", data=FIRST).location == "/my/sign-in"
        db.session.rollback()
    assert "Choose a password" not in by_passkey.get("/help").text
    assert [person.password_hash for person in rows(house, Person) if person.login == "sol"] == [None]


def test_without_a_sign_in_name_a_password_would_open_nothing(by_passkey: FlaskClient, house: House):
    change(house, sa.update(Person).where(Person.login == "sol").values(login=None))
    page = by_passkey.post("/my/sign-in/password", data=FIRST)

    assert page.status_code == 422 and "This was not saved." in page.text


def test_a_first_password_opens_the_diary_that_is_open_now_and_no_closed_one(
    sol: FlaskClient, app: Flask, house: House
):
    sol.post("/my/diary", data={"password": PASSWORD, "pin": pin_of("Sol")})
    db.session.rollback()
    change(house, sa.update(Person).where(Person.login == "sol").values(password_hash=None))
    opened = rows(house, DiaryOpened)
    change(house, sa.delete(DiaryOpened))
    page = sol.post("/my/sign-in/password", data=FIRST)
    assert page.status_code == 422 and "Open your diary first" in page.text
    db.session.rollback()
    change(house, sa.insert(DiaryOpened).values([vars_of(row) for row in opened]))

    assert sol.post("/my/sign-in/password", data=FIRST).status_code == 302
    db.session.rollback()
    other = app.test_client()
    other.post("/sign-in", data={"login": "sol", "password": NEW})
    assert other.get("/my/open").location == "/my/days"


def vars_of(row: DiaryOpened) -> dict:
    return {column.name: getattr(row, column.name) for column in DiaryOpened.__table__.columns}
