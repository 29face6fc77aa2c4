"""One's own second factor: set up by a first code, renewed, removed; spare codes are shown once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, PASSWORD, Cast
from tests.fixtures.authenticator import half_way, set_up, shown
from tests.fixtures.passkeys import Passkey
from wellbeing.models.accounts import Person
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.second_factor import Authenticator, SpareCode

PAGE = "/my/second-factor"
LATER = NOW + timedelta(minutes=20)
AGAIN = {"password": PASSWORD}


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    """Alba's browser, signed in by password just now."""
    return sign_in(client, "alba")


def rows(app: Flask, query: sa.Select) -> list:
    with app.app_context():
        return list(db.session.scalars(query))


def test_alba_sets_an_app_up_and_gets_ten_spare_codes_once(app: Flask, alba: FlaskClient):
    assert "Set up a second factor" in alba.get("/my/sign-in").text
    secret, codes = set_up(alba)

    assert len(secret) == 20 and len(codes) == 10
    assert "10 spare codes are left" in alba.get("/my/sign-in").text
    assert not any(code in alba.get(PAGE).text for code in codes)
    assert len(rows(app, sa.select(SpareCode))) == 10
    assert rows(app, sa.select(AuditEntry)) == []


def test_before_its_first_code_an_app_is_not_asked_for(app: Flask, alba: FlaskClient):
    alba.post(PAGE)
    page = alba.post(f"{PAGE}/app", data={"code": "000000"})
    assert page.status_code == 422 and "Is your phone&#39;s clock right?" in page.text
    assert alba.post(f"{PAGE}/app", data={"code": ""}).status_code == 422

    assert rows(app, sa.select(Authenticator)) == []
    other = app.test_client()
    assert other.post("/sign-in", data={"login": "alba", "password": PASSWORD}).location == "/"


def test_the_cookie_of_a_begun_set_up_does_not_hold_the_secret(alba: FlaskClient):
    secret, _codes = set_up(alba)
    alba.post(PAGE, data=AGAIN)
    with alba.session_transaction() as cookie:
        kept = cookie["authenticator"]

    assert secret not in kept[0].encode() and PASSWORD not in str(kept)


def test_a_set_up_is_begun_again_after_a_quarter_of_an_hour(alba: FlaskClient):
    alba.post(PAGE)
    with time_machine.travel(LATER, tick=True):
        for answer in (alba.get(f"{PAGE}/app"), alba.post(f"{PAGE}/app", data={"code": "000000"})):
            assert answer.location == PAGE
        assert "Begin again." in alba.get(PAGE).text


def test_a_browser_that_somebody_left_asks_for_the_password(app: Flask, alba: FlaskClient):
    with time_machine.travel(LATER, tick=True):
        assert 'type="password"' in alba.get(PAGE).text
        refused = alba.post(PAGE, data={"password": "wrong"})
        assert refused.status_code == 422 and "This is not your password." in refused.text
        assert alba.post(PAGE, data={"password": ""}).status_code == 422
        set_up(alba)


def test_another_phone_takes_the_place_of_the_first_once_it_shows_a_code(app: Flask, alba: FlaskClient):
    first, old = set_up(alba)
    assert alba.post(PAGE).status_code == 422
    assert alba.post(PAGE, data=AGAIN).status_code == 302
    with time_machine.travel(LATER, tick=True):
        other = app.test_client()
        half_way(other, "alba")
        assert other.post("/sign-in/second", data={"code": shown(first)}).status_code == 302
        second, _new = set_up(alba)
    with time_machine.travel(LATER + timedelta(minutes=5), tick=True):
        third = app.test_client()
        half_way(third, "alba")
        assert third.post("/sign-in/second", data={"code": shown(first)}).status_code == 401
        assert third.post("/sign-in/second/spare", data={"spare": old[0]}).status_code == 401
        assert third.post("/sign-in/second", data={"code": shown(second)}).status_code == 302


def test_new_spare_codes_and_removal_ask_for_the_password(app: Flask, alba: FlaskClient):
    _secret, old = set_up(alba)
    for door in ("codes", "remove"):
        assert alba.post(f"{PAGE}/{door}", data={"password": "wrong"}).status_code == 422

    page = alba.post(f"{PAGE}/codes", data=AGAIN)
    assert page.status_code == 200 and not any(code in page.text for code in old)
    assert alba.post(f"{PAGE}/remove", data=AGAIN).location == PAGE
    assert "No code is asked for" in alba.get(PAGE).text
    assert rows(app, sa.select(Authenticator)) == rows(app, sa.select(SpareCode)) == []
    assert alba.post(f"{PAGE}/codes", data=AGAIN).location == PAGE


def test_whoever_has_no_password_signs_in_again_by_passkey_instead(app: Flask, alba: FlaskClient, site: Cast):
    device = Passkey()
    asked = alba.post("/my/passkeys/new", json={"name": "My phone"})
    alba.post("/my/passkeys/add", json={"name": "My phone", "answer": device.made(asked.json)})
    with app.app_context():
        db.session.get_one(Person, site.people["Alba"]).password_hash = None
        db.session.commit()
    with time_machine.travel(LATER, tick=True):
        assert "Sign in again first." in alba.get(PAGE).text
        assert alba.post(PAGE).location == PAGE
        assert alba.post(f"{PAGE}/remove").location == PAGE
        asked = alba.post("/sign-in/passkey/ask", json={})
        alba.post("/sign-in/passkey", json={"answer": device.used(asked.json)})
        set_up(alba)
        assert alba.post(f"{PAGE}/remove").status_code == 302
    assert rows(app, sa.select(Authenticator)) == []
