"""Signing in with a second factor: the password alone opens nothing, whatever is tried with it."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, PASSWORD, Cast
from tests.fixtures.authenticator import half_way, set_up, shown
from tests.fixtures.passkeys import Passkey
from tests.web.test_access import BY_TOKEN, PUBLIC, address, rules
from wellbeing import codes, second_factor
from wellbeing.audit import Act
from wellbeing.diary import opening
from wellbeing.models.accounts import CodePurpose, SignIn
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryOpened
from wellbeing.models.settings import Settings

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def albas(app: Flask, client: FlaskClient, site: Cast, sign_in) -> tuple[bytes, list[str]]:
    """Alba has an authenticator app since five minutes before the test; its secret, and her spare codes."""
    with time_machine.travel(NOW - timedelta(minutes=5), tick=True):
        made = set_up(sign_in(app.test_client(), "alba"))
    return made


def signed_in_as(client: FlaskClient) -> str | None:
    found = re.search(r"Signed in as ([^.]+)\.", client.get("/help").text)
    return found[1] if found else None


def rows(app: Flask, query: sa.Select) -> list:
    with app.app_context():
        return list(db.session.scalars(query))


def test_alba_types_her_password_then_the_code_and_lands_where_she_wanted(
    app: Flask, client: FlaskClient, albas: tuple
):
    half_way(client, "alba", "/people/")
    page = client.get("/sign-in/second").text
    assert "Your password is right." in page and "Alba" not in page

    answer = client.post("/sign-in/second", data={"code": shown(albas[0])})

    assert answer.location == "/people/"
    assert signed_in_as(client) == "Alba Vale"


def test_half_way_in_every_page_and_form_is_as_closed_as_to_a_stranger(
    app: Flask, client: FlaskClient, albas: tuple
):
    half_way(client, "alba")
    stranger = app.test_client()
    closed = PUBLIC | BY_TOKEN | {"static"}

    assert signed_in_as(client) is None
    for rule in rules(app):
        if rule.endpoint in closed:
            continue
        for method in sorted(rule.methods & {"GET", "HEAD", "POST"}):
            mine = client.open(address(rule), method=method)
            theirs = stranger.open(address(rule), method=method)
            assert (mine.status_code, mine.location) == (theirs.status_code, theirs.location), rule
    assert client.get("/").status_code == 200 and client.get("/sign-in/second").status_code == 200


def test_the_token_of_before_the_code_is_worth_nothing_after_it(
    app: Flask, client: FlaskClient, albas: tuple
):
    half_way(client, "alba")
    with client.session_transaction() as cookie:
        before = dict(cookie)
    client.post("/sign-in/second", data={"code": shown(albas[0])})
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before["half_way"] and "half_way" not in cookie

    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(before)
    assert thief.get("/sign-in/second").location == "/sign-in"
    with thief.session_transaction() as cookie:
        cookie["_user_id"] = before["half_way"]
    assert signed_in_as(thief) is None


def test_a_token_half_way_put_where_a_signed_in_one_stands_opens_nothing(client: FlaskClient, albas: tuple):
    half_way(client, "alba")
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = cookie["half_way"], True

    assert signed_in_as(client) is None
    assert client.get("/my/sign-in").location.startswith("/sign-in?")


def test_a_code_seen_by_somebody_else_does_not_work_in_their_browser(
    app: Flask, client: FlaskClient, albas: tuple
):
    code = shown(albas[0])
    other = app.test_client()
    half_way(client, "alba")
    half_way(other, "alba")

    assert client.post("/sign-in/second", data={"code": code}).status_code == 302
    refused = other.post("/sign-in/second", data={"code": code})
    assert refused.status_code == 401 and "used already" in refused.text


def test_wrong_codes_are_counted_over_all_browsers(app: Flask, client: FlaskClient, albas: tuple):
    for _browser in range(5):
        other = app.test_client()
        half_way(other, "alba")
        assert other.post("/sign-in/second", data={"code": "000000"}).status_code == 401

    half_way(client, "alba")
    answer = client.post("/sign-in/second", data={"code": shown(albas[0])})
    assert answer.status_code == 429 and "A spare code works" in answer.text
    assert client.post("/sign-in/second/spare", data={"spare": albas[1][0]}).status_code == 302
    assert "You have 9 spare codes left" in client.get("/help").text


def test_after_ten_minutes_the_password_is_asked_for_again(client: FlaskClient, albas: tuple):
    half_way(client, "alba")
    with time_machine.travel(NOW + timedelta(minutes=11), tick=True):
        page = client.get("/sign-in/second", follow_redirects=True)
        assert "Type your password first" in page.text
        for door in ("/sign-in/second", "/sign-in/second/spare"):
            assert client.post(door, data={"code": shown(albas[0])}).location == "/sign-in"


def test_a_stranger_finds_no_second_half(client: FlaskClient, site: Cast):
    assert client.get("/sign-in/second").location == "/sign-in"
    assert client.post("/sign-in/second", data={"code": "000000"}).location == "/sign-in"


def test_a_wrong_password_says_the_same_with_and_without_an_app(client: FlaskClient, albas: tuple):
    said = [client.post("/sign-in", data={"login": name, "password": "wrong"}) for name in ("alba", "max")]

    assert [answer.status_code for answer in said] == [401, 401]
    assert said[0].text.replace("alba", "max") == said[1].text


@pytest.mark.parametrize(
    ("door", "field", "said"),
    [
        ("/sign-in/second", {"code": ""}, "Please fill this in"),
        ("/sign-in/second/spare", {"spare": ""}, "Please fill this in"),
        ("/sign-in/second/spare", {"spare": "AAAAA-AAAAA"}, "none of your spare codes"),
        ("/sign-in/second", {"code": "1" * 21}, "six digits"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: FlaskClient, albas: tuple, door: str, field: dict, said: str
):
    half_way(client, "alba")
    page = client.post(door, data=field)

    assert page.status_code in (401, 422) and said in page.text


def test_five_wrong_spare_codes_wait_too(client: FlaskClient, albas: tuple):
    half_way(client, "alba")
    for _try in range(5):
        client.post("/sign-in/second/spare", data={"spare": "AAAAA-AAAAA"})

    page = client.post("/sign-in/second/spare", data={"spare": albas[1][0]})
    assert page.status_code == 429 and "Too many wrong spare codes" in page.text


def test_the_last_spare_codes_are_counted_down(app: Flask, client: FlaskClient, albas: tuple):
    for code in albas[1]:
        browser = app.test_client()
        half_way(browser, "alba")
        browser.post("/sign-in/second/spare", data={"spare": code})
        said = browser.get("/help").text

    assert "That was your last spare code." in said


def test_signed_out_everywhere_meanwhile_the_right_code_comes_too_late(
    app: Flask, client: FlaskClient, albas: tuple, monkeypatch: pytest.MonkeyPatch
):
    half_way(client, "alba")

    def sign_out_then_check(*_given: object) -> None:
        db.session.execute(sa.delete(SignIn))
        db.session.commit()

    monkeypatch.setattr(second_factor, "check_app", sign_out_then_check)
    assert client.post("/sign-in/second", data={"code": shown(albas[0])}).location == "/sign-in"
    assert signed_in_as(client) is None


def test_the_diary_opens_after_the_code_and_not_before(
    app: Flask, client: FlaskClient, site: Cast, albas: tuple
):
    with app.app_context():
        opening.begin(db.session(), site.people["Alba"], PASSWORD)
        db.session.commit()
    half_way(client, "alba")
    with client.session_transaction() as cookie:
        held = cookie["diary_held"]
        assert "diary" not in cookie and PASSWORD not in str(dict(cookie))
        # Nobody's cookie can be changed like this; and if it could, it would open nothing.
        cookie["diary"], cookie["_user_id"] = held, cookie["half_way"]
    assert client.get("/my/open").location.startswith("/sign-in?")

    client.post("/sign-in/second", data={"code": shown(albas[0])})

    assert client.get("/my/open").location == "/my/days"
    assert len(rows(app, sa.select(DiaryOpened))) == 1
    with client.session_transaction() as cookie:
        assert cookie["diary"] != held and "diary_held" not in cookie


def test_a_passkey_is_two_factors_and_no_code_is_asked(
    app: Flask, client: FlaskClient, albas: tuple, sign_in
):
    half_way(client, "alba")
    client.post("/sign-in/second", data={"code": shown(albas[0])})
    device = Passkey()
    asked = client.post("/my/passkeys/new", json={"name": "My phone"})
    client.post("/my/passkeys/add", json={"name": "My phone", "answer": device.made(asked.json)})

    other = app.test_client()
    asked = other.post("/sign-in/passkey/ask", json={})
    assert other.post("/sign-in/passkey", json={"answer": device.used(asked.json)}).status_code == 200
    assert signed_in_as(other) == "Alba Vale"


def test_where_the_rule_holds_a_manager_with_a_passkey_does_not_get_in_by_password_alone(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    device, other = Passkey(), sign_in(app.test_client(), "max")
    asked = other.post("/my/passkeys/new", json={"name": "My phone"})
    other.post("/my/passkeys/add", json={"name": "My phone", "answer": device.made(asked.json)})
    with app.app_context():
        db.session.execute(sa.update(Settings).values(second_factor=True))
        db.session.commit()

    half_way(client, "max")
    page = client.get("/sign-in/second").text
    assert "your passkey" in page and 'name="code"' not in page
    assert client.post("/sign-in/second", data={"code": "000000"}).status_code == 401
    asked = client.post("/sign-in/passkey/ask", json={})
    client.post("/sign-in/passkey", json={"answer": device.used(asked.json)})
    assert signed_in_as(client) == "Max Vale"


@pytest.mark.parametrize("by_passkey", [False, True])
def test_a_one_time_code_removes_a_lost_phones_app_and_says_so(
    app: Flask, client: FlaskClient, site: Cast, albas: tuple, by_passkey: bool
):
    with app.app_context():
        code = codes.make_code(db.session(), CodePurpose.PASSWORD, site.people["Alba"], NOW)
        db.session.commit()
    if by_passkey:
        named = {"code": code, "name": "My phone"}
        asked = client.post("/first-time/passkey/ask", json=named)
        answer = Passkey().made(asked.json)
        assert client.post("/first-time/passkey", json=named | {"answer": answer}).status_code == 200
    else:
        new = {"password": "a walk round the block", "again": "a walk round the block"}
        assert (
            client.post("/first-time/password", data=new | {"code": code, "login": "alba"}).status_code == 302
        )

    assert "Your authenticator app was removed on 4 Mar 2026" in client.get("/help").text
    noted = rows(app, sa.select(AuditEntry).where(AuditEntry.act == Act.SECOND_FACTOR_REMOVED))
    assert [(entry.person_id, entry.actor_id) for entry in noted] == [(site.people["Alba"],) * 2]


def test_whoever_set_an_app_up_anew_is_told_no_more(
    app: Flask, client: FlaskClient, site: Cast, albas: tuple
):
    with app.app_context():
        second_factor.remove_by(db.session(), site.people["Alba"], None, NOW)
        db.session.commit()
    first = app.test_client()
    first.post("/sign-in", data={"login": "alba", "password": PASSWORD})
    assert "was removed on" in first.get("/help").text
    secret, _codes = set_up(first)

    with time_machine.travel(LATER, tick=True):
        half_way(client, "alba")
        client.post("/sign-in/second", data={"code": shown(secret)})
        assert "was removed on" not in client.get("/help").text
