"""The door of a diary: begun with open eyes, opened by what its owner knows, and shut for everybody else."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, change, rows, say
from tests.cast import NOW, PASSWORD, pin_of
from wellbeing import codes
from wellbeing.diary import door, opening, wraps
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey, Phone

NEW = "a walk round the block"
LATER = NOW + timedelta(minutes=20)


def begin(client: FlaskClient, name: str = "Sol") -> str:
    """Begin a diary of the signed-in person, by name, and return its recovery code."""
    code = shown_code(client.post("/my/diary", data=known_to(name)).text)
    # The test's own context is shared, and with it the lock of a form's transaction.
    db.session.rollback()
    return code


def known_to(name: str = "Sol", **more: str) -> dict[str, str]:
    """Return what only somebody themselves knows, as a form sends it."""
    return {"password": PASSWORD, "pin": pin_of(name)} | more


def shown_code(page: str) -> str:
    return "-".join(re.findall("<span>([0-9A-Z]{4})</span>", page))


def diary_of(house: House, name: str = "Sol") -> DiaryKey | None:
    db.session.rollback()
    return opening.diary_of(db.session(), house.cast.people[name])


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> FlaskClient:
    return sign_in(client, "sol")


def test_who_has_no_diary_is_told_what_it_is_before_anything_is_kept(sol: FlaskClient, house: House):
    asked = sol.get("/my/open?next=/my/data")
    page = sol.get(asked.location)

    assert asked.location == "/my/diary?next=/my/data"
    assert "Nobody can bring it back" in page.text and 'value="/my/data"' in page.text
    assert diary_of(house) is None


@pytest.mark.parametrize("name", ["Sol", "Alba", "Ada"])
def test_everybody_with_a_sign_in_can_begin_one(client: FlaskClient, house: House, sign_in, name: str):
    code = begin(sign_in(client, name.lower()), name)
    found = diary_of(house, name)

    assert re.fullmatch("(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", code)
    assert found is not None
    assert opening.with_recovery_code(found, code) == opening.with_password(found, PASSWORD)


def test_a_begun_diary_is_open_and_leads_where_somebody_was_going(sol: FlaskClient, house: House):
    page = sol.post("/my/diary", data=known_to(next="/my/data"))

    assert 'href="/my/data"' in page.text
    assert sol.get("/my/open?next=/my/data").location == "/my/data"
    assert sol.get("/my/open?next=//elsewhere.example").location == "/my/days"


def test_a_diary_is_not_begun_with_a_password_that_is_not_ones_own(sol: FlaskClient, house: House):
    page = sol.post("/my/diary", data=known_to(password="wrong"))

    assert page.status_code == 422 and "This is not your password." in page.text
    assert sol.post("/my/diary", data={}).status_code == 422
    assert diary_of(house) is None


def test_nobody_has_two_diaries(sol: FlaskClient, house: House):
    begin(sol)
    before = diary_of(house).public_key
    again = sol.post("/my/diary", data=known_to())

    assert again.location == "/my/diary"
    assert "You have a diary already." in sol.get("/my/diary").text
    assert diary_of(house).public_key == before


def test_a_diary_asks_for_the_pin_so_that_nobody_begins_one_in_anothers_name(sol: FlaskClient, house: House):
    """Whoever made Sol a code could sign in as Sol, and then read what Sol says at the tablet."""
    wrong = sol.post("/my/diary", data=known_to(pin="9999"))
    assert wrong.status_code == 422 and "This is not your PIN." in wrong.text
    for _try in range(4):
        sol.post("/my/diary", data=known_to(pin="9999"))

    assert "Too many wrong tries." in sol.post("/my/diary", data=known_to()).text
    assert diary_of(house) is None


def test_who_has_no_pin_chooses_one_first(sol: FlaskClient, house: House):
    change(house, sa.update(Person).where(Person.login == "sol").values(pin_mac=None, pin_length=None))

    assert "First choose a PIN at the tablet" in sol.get("/my/diary").text
    assert sol.post("/my/diary", data=known_to()).status_code == 422


def test_two_taps_on_begin_make_one_diary(sol: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch):
    begin(sol)
    outside = replace(door.facts(db.session(), house.cast.people["Sol"]), by_recovery=None)
    monkeypatch.setattr(door, "facts", lambda *_asked: outside)

    assert sol.post("/my/diary", data=known_to()).location == "/my/diary"


@pytest.fixture
def kept(sol: FlaskClient, house: House) -> str:
    """The recovery code of Sol's diary, which holds a check-in and is closed again."""
    code = begin(sol)
    say(house, "Sol", mood=4)
    return code


def test_it_closes_after_a_quarter_of_an_hour_and_the_password_opens_it(sol: FlaskClient, kept: str):
    with time_machine.travel(LATER):
        page = sol.get("/my/open?next=/my/data")
        opened = sol.post("/my/open", data={"password": PASSWORD, "next": "/my/data"})

        assert "Open my diary" in page.text and 'value="/my/data"' in page.text
        assert opened.location == "/my/data"
        assert sol.get("/my/open").location == "/my/days"


def test_signing_in_opens_it(client: FlaskClient, sol: FlaskClient, kept: str, sign_in):
    client.post("/sign-out")
    sign_in(client, "sol")

    assert client.get("/my/open").location == "/my/days"


def test_signing_in_takes_as_long_for_somebody_without_a_diary(
    client: FlaskClient, sol: FlaskClient, kept: str, sign_in, monkeypatch: pytest.MonkeyPatch
):
    derived: list[str] = []
    slow = wraps._key_of

    def counted(password: str, costs: bytes, salt: bytes) -> bytes:
        derived.append(password)
        return slow(password, costs, salt)

    sign_in(client, "noor")  # Nobody's wrap is made once, at the first of all sign-ins.
    monkeypatch.setattr(wraps, "_key_of", counted)
    for login in ("sol", "noor"):
        sign_in(client, login)
    assert derived == [PASSWORD] * 2


def test_wrong_tries_count_like_those_at_the_sign_in(client: FlaskClient, sol: FlaskClient, kept: str):
    with time_machine.travel(LATER):
        tries = [sol.post("/my/open", data={"password": "wrong"}) for _try in range(3)]
        tries += [sol.post("/my/open/code", data={"code": "wrong"}) for _try in range(2)]
        assert {answer.status_code for answer in tries} == {422}
        assert "This is not your password." in tries[0].text
        assert "does not open your diary" in tries[3].text

        for data, address in (({"password": PASSWORD}, "/my/open"), ({"code": kept}, "/my/open/code")):
            assert "Wait 15 minutes" in sol.post(address, data=data).text
        entering = client.post("/sign-in", data={"login": "sol", "password": PASSWORD})
        assert entering.status_code == 429


def test_the_recovery_code_opens_it_however_it_is_typed(sol: FlaskClient, kept: str):
    with time_machine.travel(LATER):
        assert sol.post("/my/open/code", data={}).status_code == 422
        typed = kept.replace("-", " ").lower()
        opened = sol.post("/my/open/code", data={"code": typed, "next": "/my/share"})

        assert opened.location == "/my/share"
        assert sol.get("/my/open").location == "/my/days"


def test_a_new_recovery_code_takes_the_place_of_the_old_one(sol: FlaskClient, house: House, kept: str):
    assert "Make a new recovery code" in sol.get("/my/diary").text
    newer = shown_code(sol.post("/my/diary/code").text)
    found = diary_of(house)

    assert opening.with_recovery_code(found, newer)
    with pytest.raises(wraps.WrongSecret):
        opening.with_recovery_code(found, kept)
    with time_machine.travel(LATER):
        assert "Open my diary first" in sol.get("/my/diary").text
        assert sol.post("/my/diary/code").location == "/my/open"


def forgotten(client: FlaskClient, house: House) -> FlaskClient:
    """Choose a new password with a code that somebody made for Sol."""
    code = codes.make_code(db.session, CodePurpose.PASSWORD, house.cast.people["Sol"], NOW)
    db.session.commit()
    page = client.post("/first-time", data={"code": code})
    assert "stays closed to the new password" in page.text and "Do you want a diary" not in page.text
    form = {"code": code, "login": "sol", "password": NEW, "again": NEW}
    assert client.post("/first-time/password", data=form).location == "/"
    db.session.rollback()
    assert "A diary asks for its recovery code once." in client.get("/my/sign-in").text
    return client


def test_whoever_makes_somebody_a_code_cannot_find_out_with_it_whether_they_keep_a_diary(
    client: FlaskClient, house: House
):
    opening.begin(db.session(), house.cast.people["Sol"], PASSWORD)
    pages = []
    for name in ("Sol", "Noor"):
        code = codes.make_code(db.session, CodePurpose.PASSWORD, house.cast.people[name], NOW)
        db.session.commit()
        page = client.post("/first-time", data={"code": code}).text
        pages.append(page.replace(code, "").replace(name, "").replace(name.lower(), ""))

    assert pages[0] == pages[1]
    assert "If you keep a diary" in pages[0] and "begin later" not in pages[0]


def test_a_forgotten_password_needs_the_recovery_code_once(sol: FlaskClient, house: House, kept: str):
    forgotten(sol, house)
    page = sol.get("/my/open")
    assert "does not open your diary yet" in page.text and 'name="password"' not in page.text
    assert sol.post("/my/open", data={"password": NEW}).status_code == 422
    assert sol.post("/my/open", data={}).status_code == 422

    data = {"code": kept, "code_password": "wrong"}
    assert "This is not your password." in sol.post("/my/open/code", data=data).text
    assert sol.post("/my/open/code", data=data | {"code_password": NEW}).location == "/my/days"
    assert [one.kind for one in entries_with(house, opening.with_password(diary_of(house), NEW))] == [
        Kind.CHECK_IN
    ]


def entries_with(house: House, private: bytes) -> list[Entry]:
    connection = db.session().connection()
    found = opening.read(connection, house.server_key, house.cast.people["Sol"], private)
    return [one.entry for one in found]


def test_a_new_password_by_code_ends_own_phones(sol: FlaskClient, house: House, kept: str):
    sol_id = house.cast.people["Sol"]
    db.session.add(Phone(person_id=sol_id, name="Android", token_mac=bytes(32), set_up_on=NOW.date()))
    db.session.commit()
    forgotten(sol, house)

    assert rows(house, Phone) == []


def test_beginning_anew_deletes_what_was_there_and_says_so_first(sol: FlaskClient, house: House, kept: str):
    before = diary_of(house).public_key
    page = sol.get("/my/diary/anew")
    assert "Nobody can bring it back." in page.text
    for missing in (known_to(), known_to(pin="9999", sure="y"), known_to(password="wrong", sure="y")):
        assert sol.post("/my/diary/anew", data=missing).status_code == 422
        db.session.rollback()
    assert len(rows(house, DiaryEntry)) > 0

    newer = shown_code(sol.post("/my/diary/anew", data=known_to(sure="y")).text)
    db.session.rollback()
    assert rows(house, DiaryEntry) == []
    assert diary_of(house).public_key != before
    assert opening.with_recovery_code(diary_of(house), newer)


def test_another_browser_does_not_keep_the_key_of_a_diary_that_is_gone(
    app: Flask, sol: FlaskClient, kept: str, sign_in
):
    other = sign_in(app.test_client(), "sol")
    assert other.get("/my/open").location == "/my/days"
    sol.post("/my/diary/anew", data=known_to(sure="y"))

    assert "Open my diary" in other.get("/my/open").text


def test_who_has_no_diary_has_none_to_begin_anew(sol: FlaskClient, house: House):
    assert sol.get("/my/diary/anew").location == "/my/diary"


def test_who_signs_in_without_a_password_has_a_diary_that_the_code_opens(sol: FlaskClient, house: House):
    """A passkey alone: its own secret may open the diary, a password cannot."""
    change(house, sa.update(Person).where(Person.login == "sol").values(password_hash=None))
    assert 'name="password"' not in sol.get("/my/diary").text
    code = begin(sol)
    assert diary_of(house).by_password is None

    with time_machine.travel(LATER):
        page = sol.get("/my/open")
        assert "does not open your diary yet" not in page.text and 'name="password"' not in page.text
        assert sol.post("/my/open/code", data={"code": code}).location == "/my/days"
    assert 'name="password"' not in sol.get("/my/diary/anew").text
    newer = shown_code(sol.post("/my/diary/anew", data=known_to(sure="y")).text)
    assert newer != code


def test_a_diary_that_goes_in_this_very_moment_gets_no_new_code(
    sol: FlaskClient, kept: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(opening, "diary_of", lambda *_asked: None)

    assert sol.post("/my/diary/code").status_code == 404


@pytest.fixture
def first(client: FlaskClient, house: House) -> dict[str, str]:
    """What Sol, who has no sign-in yet, types on her phone; a diary has not been asked about."""
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(login=None, password_hash=None))
    code = codes.make_code(db.session, CodePurpose.PASSWORD, house.cast.people["Sol"], NOW)
    db.session.commit()
    page = client.post("/first-time", data={"code": code}).text
    assert "Nobody can bring it back" in page and "checked" not in page
    return {"code": code, "login": "sol.v", "password": NEW, "again": NEW}


def test_who_signs_in_for_the_first_time_chooses_whether_to_have_a_diary(
    client: FlaskClient, house: House, first: dict[str, str]
):
    for missing, said in (
        ({}, "Choose one of the two."),
        ({"diary": "perhaps"}, "Choose one of the two."),
        ({"diary": "yes"}, "Please fill this in."),
        ({"diary": "yes", "pin": "9999"}, "This is not your PIN."),
    ):
        page = client.post("/first-time/password", data=first | missing)
        assert page.status_code == 422 and said in page.text, missing
        assert "Type the password twice once more" in page.text and page.text.count("autofocus") == 1
    assert diary_of(house) is None
    db.session.rollback()

    page = client.post("/first-time/password", data=first | {"diary": "yes", "pin": pin_of("Sol")})
    assert opening.with_recovery_code(diary_of(house), shown_code(page.text))
    assert 'href="/my/phone"' in page.text
    assert 'name="pin"' not in client.get("/my/phone").text
    assert client.get("/my/open").location == "/my/days"


def test_who_wants_none_has_none(client: FlaskClient, house: House, first: dict[str, str]):
    none = first | {"diary": "no", "pin": pin_of("Sol")}

    assert client.post("/first-time/password", data=none).location == "/my/phone"
    assert diary_of(house) is None


def test_whoever_holds_a_code_and_not_the_pin_signs_in_as_nobody(client: FlaskClient, house: House, first):
    for pin, said in (("9999", "not your PIN"), ("", "Please fill this in")):
        page = client.post("/first-time/password", data=first | {"diary": "no", "pin": pin})
        assert page.status_code == 422 and said in page.text
    assert client.get("/my/days").location.startswith("/sign-in")
    right = first | {"diary": "no", "pin": pin_of("Sol")}
    assert client.post("/first-time/password", data=right).status_code == 302


def test_who_has_no_pin_yet_is_told_that_a_diary_can_begin_later(
    client: FlaskClient, house: House, first: dict[str, str]
):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(pin_mac=None, pin_length=None))

    assert "can begin later" in client.post("/first-time", data={"code": first["code"]}).text
    assert client.post("/first-time/password", data=first).location == "/my/phone"
