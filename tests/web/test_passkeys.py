"""Passkeys on the pages: signing in, opening the diary, adding and removing; and every wrong answer."""

import logging
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import NOW, PASSWORD, Cast, pin_of
from tests.conftest import close, config_at
from tests.fixtures.passkeys import PRESENT, Passkey, meant, told
from wellbeing import codes, create_app
from wellbeing.diary import opening
from wellbeing.models.accounts import CodePurpose, Person, RoleGrant
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryKey, DiaryOpened, PasskeyChallenge
from wellbeing.models.diary import Passkey as Row

Enter = Callable[[FlaskClient, str], FlaskClient]
NAMED = {"name": "My phone"}


@pytest.fixture
def sol(client: FlaskClient, site: Cast, sign_in: Enter) -> FlaskClient:
    """Sol's browser, signed in just now."""
    return sign_in(client, "sol")


@pytest.fixture
def diary(app: Flask, site: Cast) -> Iterator[None]:
    """Sol has a diary."""
    with app.app_context():
        opening.begin(db.session(), site.people["Sol"], PASSWORD)
        db.session.commit()
    yield


@pytest.fixture
def phone(sol: FlaskClient) -> Passkey:
    """The passkey in Sol's phone, added already."""
    device = Passkey()
    assert add(sol, device).status_code == 200
    return device


def add(client: FlaskClient, device: Passkey, **more: Any) -> TestResponse:
    asked = client.post("/my/passkeys/new", json=NAMED | more)
    if asked.status_code != 200:
        return asked
    return client.post("/my/passkeys/add", json=NAMED | more | {"answer": device.made(asked.json)})


def enter(client: FlaskClient, device: Passkey, wanted: object = "", **client_data: Any) -> TestResponse:
    asked = client.post("/sign-in/passkey/ask", json={})
    return client.post(
        "/sign-in/passkey", json={"next": wanted, "answer": device.used(asked.json, **client_data)}
    )


def use(client: FlaskClient, address: str, device: Passkey, **more: Any) -> TestResponse:
    asked = client.post("/my/passkeys/use", json={})
    return client.post(address, json=more | {"answer": device.used(asked.json)})


def rows(app: Flask, query: Any) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(query))


def close_diary(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.delete(DiaryOpened))
        db.session.commit()


def test_sol_signs_in_with_a_passkey_and_lands_where_wanted(app: Flask, phone: Passkey):
    other = app.test_client()
    answer = enter(other, phone, "/team/")

    assert (answer.status_code, answer.json) == (200, {"go": "/team/"})
    assert "Signed in as Sol Vale." in other.get("/help").text
    assert enter(app.test_client(), phone, "//evil.example").json == {"go": "/"}


def test_the_sign_in_page_offers_passkeys_to_browsers_that_know_them(client: FlaskClient, site: Cast):
    page = client.get("/sign-in?next=/team/").text

    form = re.search(r'<form [^>]*action="/sign-in/passkey"[^>]*>', page)
    assert form is not None and form[0].endswith(" hidden>")
    assert "js/passkeys.js" in page


def test_a_passkey_added_while_the_diary_is_open_opens_it_at_the_next_sign_in(
    app: Flask, diary: None, phone: Passkey
):
    other = app.test_client()
    enter(other, phone)

    with other.session_transaction() as cookie:
        assert cookie["diary"]
    assert other.get("/my/open").status_code == 302


def test_a_passkey_without_prf_signs_in_and_the_diary_waits_for_the_password(
    app: Flask, diary: None, sol: FlaskClient
):
    device = Passkey(prf=False)
    assert add(sol, device).json["again"] is True
    assert use(sol, "/my/passkeys/diary", device).status_code == 422
    other = app.test_client()

    assert enter(other, device).status_code == 200
    assert "cannot open a diary" in use(other, "/my/open/passkey", device).json["error"]
    assert "Open with my passkey" not in other.get("/my/open").text


def test_the_diary_is_opened_by_a_passkey_that_was_let_open_it(app: Flask, diary: None, phone: Passkey):
    other = app.test_client()
    enter(other, phone)
    close_diary(app)
    page = other.get("/my/open").text

    assert "Open with my passkey" in page
    assert use(other, "/my/open/passkey", phone).json == {"go": "/my/days"}
    close_diary(app)
    assert use(other, "/my/open/passkey", phone, next="/my/sign-in").json == {"go": "/my/sign-in"}
    assert other.get("/my/open").status_code == 302


def test_a_passkey_is_let_open_the_diary_later(app: Flask, sol: FlaskClient, phone: Passkey, site: Cast):
    with app.app_context():
        opening.begin(db.session(), site.people["Sol"], PASSWORD)
        db.session.commit()
    page = sol.get("/my/sign-in").text
    assert "Open my diary to let a passkey open it too" in page
    assert "Open your diary first." in use(sol, "/my/passkeys/diary", phone).json["error"]
    assert "does not open your diary yet" in use(sol, "/my/open/passkey", phone).json["error"]
    sol.post("/my/open", data={"password": PASSWORD})

    assert "Let a passkey open my diary" in sol.get("/my/sign-in").text
    assert use(sol, "/my/passkeys/diary", phone).json == {"go": "/my/sign-in"}
    page = sol.get("/my/sign-in").text
    assert "“My phone” opens your diary from now on." in page and "Opens your diary." in page


def test_a_new_password_changes_nothing_for_the_passkey(app: Flask, diary: None, phone: Passkey):
    with app.app_context():
        db.session.execute(sa.update(DiaryKey).values(by_password=None))
        db.session.commit()
    other = app.test_client()
    enter(other, phone)

    assert other.get("/my/open").status_code == 302


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ({"origin": "https://evil.example"}, 403, "another address"),
        ({"challenge": told(b"x" * 32)}, 410, "longer than five minutes"),
        ({"type": "webauthn.create"}, 400, "not a passkey's answer"),
    ],
)
def test_an_answer_from_elsewhere_opens_nothing(
    app: Flask, phone: Passkey, said: dict, status: int, sentence: str
):
    other = app.test_client()
    answer = enter(other, phone, **said)

    assert answer.status_code == status and sentence in answer.json["error"]
    assert other.get("/my/sign-in").status_code == 302


def test_an_answer_counts_once_and_for_the_browser_that_was_asked(app: Flask, phone: Passkey):
    other, thief = app.test_client(), app.test_client()
    asked = other.post("/sign-in/passkey/ask", json={})
    answer = {"answer": phone.used(asked.json)}

    assert thief.post("/sign-in/passkey", json=answer).status_code == 410
    cookie = other.get_cookie("session")
    assert cookie is not None
    assert other.post("/sign-in/passkey", json=answer).status_code == 200
    thief.set_cookie("session", cookie.value)
    again = thief.post("/sign-in/passkey", json=answer)
    assert (again.status_code, again.json["error"]) == (
        410,
        "This took longer than five minutes, or was sent twice. Try again.",
    )


def test_an_answer_that_took_too_long_is_refused(app: Flask, phone: Passkey):
    other = app.test_client()
    asked = other.post("/sign-in/passkey/ask", json={})
    with time_machine.travel(NOW + timedelta(minutes=6)):
        answer = other.post("/sign-in/passkey", json={"answer": phone.used(asked.json)})

    assert answer.status_code == 410


def test_an_unknown_passkey_a_copy_and_an_unverified_owner_are_refused(app: Flask, phone: Passkey):
    unknown = enter(app.test_client(), Passkey())
    assert (unknown.status_code, "not known here" in unknown.json["error"]) == (401, True)
    phone.count = 0
    copied = enter(app.test_client(), phone)
    assert (copied.status_code, "may be a copy" in copied.json["error"]) == (403, True)
    phone.count, phone.flags = 10, PRESENT
    unverified = enter(app.test_client(), phone)
    assert (unverified.status_code, "did not check that it is you" in unverified.json["error"]) == (403, True)


@pytest.mark.parametrize(
    "body", [None, [], "x", {"answer": None}, {"answer": {"id": 5}}, {"answer": {}, "next": 7}]
)
def test_nonsense_is_refused_in_a_sentence(client: FlaskClient, site: Cast, body: object):
    client.post("/sign-in/passkey/ask", json={})
    answer = client.post("/sign-in/passkey", json=body)

    assert answer.status_code == 400
    assert answer.json == {"error": "That was not a passkey's answer. Reload the page and try again."}


@pytest.mark.parametrize("data", [b"{", b"[" * 5_000, b'{"a": "' + b"x" * 20_000 + b'"}', b""])
def test_what_is_no_json_or_too_much_of_it_is_refused(client: FlaskClient, site: Cast, data: bytes):
    for address in ("/sign-in/passkey/ask", "/sign-in/passkey", "/first-time/passkey/ask"):
        assert client.post(address, data=data, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        ("http://192.0.2.7", "opened by a bare number"),
        ("http://wind.example", "begins with https"),
    ],
)
def test_an_address_that_cannot_have_passkeys_says_so(
    client: FlaskClient, site: Cast, base: str, sentence: str
):
    answer = client.post("/sign-in/passkey/ask", json={}, base_url=base)

    assert answer.status_code == 422 and sentence in answer.json["error"]


def test_a_forged_host_gets_no_answer_that_belongs_here(app: Flask, phone: Passkey):
    other = app.test_client()
    asked = other.post("/sign-in/passkey/ask", json={}, base_url="https://evil.example")
    phone.origin = "https://evil.example"
    answer = other.post("/sign-in/passkey", json={"answer": phone.used(asked.json)})

    assert asked.json["rpId"] == "evil.example"
    assert answer.status_code == 410  # The cookie of one address is not sent to another.


def test_whoever_has_left_is_not_let_in(app: Flask, phone: Passkey, site: Cast):
    with app.app_context():
        db.session.execute(sa.update(Person).where(Person.id == site.people["Sol"]).values(active=False))
        db.session.commit()

    assert enter(app.test_client(), phone).status_code == 401


def test_one_passkey_is_not_another_persons(app: Flask, phone: Passkey, site: Cast, sign_in: Enter):
    noor = sign_in(app.test_client(), "noor")
    assert use_nobodys(noor) == "You have no passkey here."
    own = Passkey()
    add(noor, own)

    assert use(noor, "/my/open/passkey", phone).status_code == 401
    assert noor.post("/my/passkeys/remove", data={"passkey": 1}).status_code == 404
    assert noor.post("/my/passkeys/name", data={"passkey": 1, "name": "Mine"}).status_code == 404
    assert len(rows(app, sa.select(Row))) == 2


def use_nobodys(client: FlaskClient) -> str:
    answer = client.post("/my/passkeys/use", json={})
    assert answer.status_code == 422
    return str(answer.json["error"])


def test_a_passkey_is_added_only_soon_after_signing_in(app: Flask, sol: FlaskClient):
    assert add(sol, Passkey()).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=16)):
        assert add(sol, Passkey()).status_code == 403
        assert "To add a passkey, sign in again" in sol.get("/my/sign-in").text


def test_a_challenge_to_sign_in_adds_no_passkey_in_a_browser_that_somebody_left(app: Flask, sol: FlaskClient):
    asked = sol.post("/my/passkeys/new", json=NAMED).json
    with time_machine.travel(NOW + timedelta(minutes=16)):
        challenge = sol.post("/sign-in/passkey/ask", json={}).json["challenge"]
        answer = Passkey().made(asked | {"challenge": challenge})
        assert sol.post("/my/passkeys/add", json=NAMED | {"answer": answer}).status_code == 403

    assert rows(app, sa.select(Row)) == []


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\0b", "Ring 611 222 333", 7])
def test_a_passkeys_name_is_looked_at_first(sol: FlaskClient, name: object):
    answer = add(sol, Passkey(), name=name)

    assert answer.status_code == (400 if name == 7 else 422)
    assert answer.json["error"]


def test_the_same_passkey_is_added_once_and_ten_at_most(app: Flask, sol: FlaskClient, phone: Passkey):
    phone.count = 0
    assert add(sol, phone).status_code == 409
    for _more in range(9):
        add(sol, Passkey())
    full = add(sol, Passkey())

    assert (full.status_code, full.json["error"]) == (422, "You have ten passkeys. Remove one first.")


def test_sol_names_and_removes_a_passkey(app: Flask, sol: FlaskClient, phone: Passkey):
    (row,) = rows(app, sa.select(Row.id))
    assert sol.post("/my/passkeys/name", data={"passkey": row, "name": "Old phone"}).status_code == 302
    assert "Old phone" in sol.get("/my/sign-in").text
    wrong = sol.post("/my/passkeys/name", data={"passkey": row, "name": ""})
    assert (wrong.status_code, "Please fill this in." in wrong.text) == (422, True)
    assert sol.post("/my/passkeys/name", data={}).status_code == 422
    assert sol.post("/my/passkeys/remove", data={}).status_code == 400
    sol.post("/my/passkeys/remove", data={"passkey": row})

    assert "The passkey is removed here." in sol.get("/my/sign-in").text
    assert enter(app.test_client(), phone).status_code == 401


def first_code(app: Flask, site: Cast, **values: object) -> str:
    with app.app_context():
        sol = sa.update(Person).where(Person.id == site.people["Sol"])
        db.session.execute(sol.values(login=None, password_hash=None, **values))
        code = codes.make_code(db.session, CodePurpose.PASSWORD, site.people["Sol"], NOW)
        db.session.commit()
    return code


def begin(client: FlaskClient, code: str, login: str = "sol.v", **more: Any) -> TestResponse:
    body = NAMED | {"code": code, "login": login, "pin": pin_of("Sol")} | more
    asked = client.post("/first-time/passkey/ask", json=body)
    if asked.status_code != 200:
        return asked
    return client.post("/first-time/passkey", json=body | {"answer": Passkey().made(asked.json)})


def test_somebody_new_chooses_a_passkey_in_place_of_a_password(app: Flask, client: FlaskClient, site: Cast):
    code = first_code(app, site)
    assert "Or a passkey in place of a password" in client.post("/first-time", data={"code": code}).text
    answer = begin(client, code)

    assert answer.json == {"go": "/my/diary?next=/my/phone"}
    assert "Your passkey is added." in client.get("/my/sign-in").text
    assert rows(app, sa.select(Person.login).where(Person.id == site.people["Sol"])) == ["sol.v"]
    client.post("/my/passkeys/remove", data={"passkey": 1})
    assert "your only way to sign in" in client.get("/my/sign-in").text
    assert begin(app.test_client(), code).status_code == 422


def test_whoever_holds_a_code_and_not_the_pin_adds_no_passkey(app: Flask, client: FlaskClient, site: Cast):
    code = first_code(app, site)

    for pin in ("9999", ""):
        answer = begin(client, code, pin=pin)
        assert answer.status_code == 422 and "not your PIN" in answer.json["error"]
    assert rows(app, sa.select(Row)) == []
    assert begin(client, code).status_code == 200


def test_whoever_has_a_passkey_and_no_password_opens_a_diary_with_it(
    app: Flask, client: FlaskClient, site: Cast
):
    device, body = Passkey(), NAMED | {"code": first_code(app, site), "login": "sol.v", "pin": pin_of("Sol")}
    asked = client.post("/first-time/passkey/ask", json=body)
    client.post("/first-time/passkey", json=body | {"answer": device.made(asked.json)})
    begun = client.post("/my/diary", data={"pin": pin_of("Sol"), "next": "/my/phone"})
    assert "let my passkey open it too" in begun.text
    assert "nothing but this code opens your diary yet" in begun.text
    assert use(client, "/my/passkeys/diary", device, next="/my/phone").json == {"go": "/my/phone"}
    other = app.test_client()
    enter(other, device)

    assert other.get("/my/open").status_code == 302
    assert rows(app, sa.select(DiaryKey.by_password)) == [None]


@pytest.mark.parametrize(
    ("values", "go"),
    [({"pin_mac": None, "pin_length": None}, "/my/phone"), ({"role": True}, "/my/diary?next=/")],
)
def test_what_comes_next_depends_on_pin_and_role(
    app: Flask, client: FlaskClient, site: Cast, values: dict, go: str
):
    if values.pop("role", False):
        with app.app_context():
            team = site.units["Service counter"]
            db.session.add(RoleGrant(person_id=site.people["Sol"], unit_id=team, role="manager"))
            db.session.commit()

    assert begin(client, first_code(app, site, **values)).json == {"go": go}


@pytest.mark.parametrize(
    ("code", "login", "sentence"),
    [
        ("0000-0000", "sol.v", "not known"),
        (None, "s", "2 to 80 letters"),
        (None, "", "Please fill this in."),
        (None, "noor", "Somebody else has this sign-in name."),
    ],
)
def test_a_bad_code_or_name_adds_no_passkey_and_uses_no_code_up(
    app: Flask, client: FlaskClient, site: Cast, code: str | None, login: str, sentence: str
):
    right = first_code(app, site)
    answer = begin(client, code or right, login)

    assert answer.status_code == 422 and sentence in answer.json["error"]
    assert rows(app, sa.select(Row)) == []
    assert begin(client, right).status_code == 200


def test_whoever_left_before_the_passkey_was_made_is_not_let_in(app: Flask, client: FlaskClient, site: Cast):
    code = first_code(app, site)
    body = NAMED | {"code": code, "login": "sol.v", "pin": pin_of("Sol")}
    asked = client.post("/first-time/passkey/ask", json=body)
    with app.app_context():
        db.session.execute(sa.update(Person).where(Person.id == site.people["Sol"]).values(active=False))
        db.session.commit()

    answer = client.post("/first-time/passkey", json=body | {"answer": Passkey().made(asked.json)})
    assert answer.status_code in (404, 422)


def test_every_challenge_is_used_up_whatever_came_of_it(app: Flask, phone: Passkey):
    other = app.test_client()
    enter(other, Passkey())
    enter(other, phone)

    assert rows(app, sa.select(PasskeyChallenge)) == []


def test_forms_of_strangers_are_refused(app: Flask, site: Cast):
    stranger = app.test_client()

    assert stranger.post("/sign-in/passkey", json={}).status_code == 400
    assert stranger.post("/my/passkeys/add", json={}).status_code == 400


def test_the_answer_for_the_diary_is_stored_and_logged_nowhere(
    app: Flask, diary: None, phone: Passkey, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    other = app.test_client()
    asked = other.post("/sign-in/passkey/ask", json={}).json
    answer = phone.used(asked)
    assert other.post("/sign-in/passkey", json={"answer": answer}).status_code == 200
    secret = answer["clientExtensionResults"]["prf"]["results"]["first"]
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    cookie = other.get_cookie("session")

    assert phone.id in files and cookie is not None
    for form in (meant(secret), secret.encode(), meant(secret).hex().encode()):
        assert form not in files
    assert secret not in caplog.text + cookie.value
    assert told(phone.id) not in caplog.text and phone.id.hex() not in caplog.text


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "wind.example"}


@pytest.mark.parametrize(("believed", "name"), [(True, "wind.example"), (False, "localhost")])
def test_only_a_proxy_that_is_believed_says_which_site_this_is(
    tmp_path: Path, empty_database: Path, present: None, believed: bool, name: str
):
    shutil.copy(empty_database, tmp_path / "test.db")
    app = create_app(replace(config_at(tmp_path), behind_proxy=believed))
    app.config["WTF_CSRF_ENABLED"] = False
    asked = app.test_client().post("/sign-in/passkey/ask", json={}, headers=FORWARDED)
    close(app)

    assert asked.json["rpId"] == name


def test_whoever_comes_with_a_code_is_told_of_passkeys_that_somebody_may_have_left(
    app: Flask, client: FlaskClient, site: Cast, phone: Passkey
):
    told_so, form = "Passkeys from before still work.", {"password": "a new long password"}
    form |= {"again": form["password"], "login": "sol.v", "diary": "no", "code": first_code(app, site)}
    form["pin"] = pin_of("Sol")
    assert client.post("/first-time/password", data=form).location == "/my/phone"
    assert told_so in client.get("/my/phone").text

    other = app.test_client()
    assert begin(other, first_code(app, site)).status_code == 200
    assert told_so in other.get("/my/sign-in").text


def test_whoever_has_made_their_first_passkey_is_told_of_no_other(
    app: Flask, client: FlaskClient, site: Cast
):
    begin(client, first_code(app, site))

    assert "Passkeys from before" not in client.get("/my/sign-in").text


def test_a_passkey_that_somebody_else_made_with_a_code_is_noticed_because_the_password_signs_in_no_more(
    app: Flask, client: FlaskClient, site: Cast, diary: None
):
    with app.app_context():
        code = codes.make_code(db.session, CodePurpose.PASSWORD, site.people["Sol"], NOW)
        db.session.commit()
    assert begin(client, code).status_code == 200
    refused = app.test_client().post("/sign-in", data={"login": "sol", "password": PASSWORD})

    assert refused.status_code == 401
    assert client.get("/my/open").status_code == 200
    # Its owner's password, which nobody else knows, still opens the diary.
    assert client.post("/my/open", data={"password": PASSWORD}).location == "/my/days"
