"""One-time codes at the tablet: enrolling it, choosing a PIN, and what happens to wrong ones."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import NOW, TOKEN, Cast, pin_of
from wellbeing import people, tablets
from wellbeing.models.accounts import CodePurpose, PasswordFailure, Person
from wellbeing.models.base import db

WRONG = "0000-0000"


@pytest.fixture
def tablet(app: Flask, site: Cast) -> FlaskClient:
    """A tablet's browser, with forms guarded as in real life: it speaks by token alone."""
    return app.test_client()


def enrol(tablet: FlaskClient, code: str, name: str = "By the door") -> TestResponse:
    return tablet.post("/counter/enrol", json={"code": code, "name": name})


def choose(tablet: FlaskClient, code: str, pin: str = "8026", act: str = "first") -> TestResponse:
    body = {"id": act, "act": "choose_pin", "code": code, "pin": pin}
    return tablet.post("/counter/act", json=body, headers={"Authorization": f"Bearer {TOKEN}"})


def tablet_code(app: Flask, site: Cast) -> str:
    with app.app_context():
        return tablets.make_code(db.session(), site.units["Parts"], NOW)


def pin_code(app: Flask, site: Cast) -> str:
    with app.app_context():
        return people.make_code(db.session(), CodePurpose.PIN, site.people["Sol"], NOW)


def wrong_codes(app: Flask) -> int | None:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(PasswordFailure))


def test_a_code_enrols_a_tablet_once(app: Flask, tablet: FlaskClient, site: Cast):
    code = tablet_code(app, site)
    answer = enrol(tablet, code.lower())

    assert (answer.status_code, answer.json["team"]) == (200, "Parts")
    with app.app_context():
        assert tablets.tablet_of(db.session.connection(), answer.json["token"]).name == "By the door"
    assert enrol(tablet, code).status_code == 410


def test_a_name_that_cannot_be_read_uses_no_code_up(app: Flask, tablet: FlaskClient, site: Cast):
    code = tablet_code(app, site)
    answer = enrol(tablet, code, "bell\a")

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert enrol(tablet, code).status_code == 200


def test_sol_chooses_a_pin_once(app: Flask, tablet: FlaskClient, site: Cast):
    code = pin_code(app, site)

    assert choose(tablet, code).json == {"saved": True, "name": "Sol"}
    assert choose(tablet, code, act="second").status_code == 410
    with app.app_context():
        assert db.session.get_one(Person, site.people["Sol"]).pin_length == 4


def test_a_wrong_code_is_counted_although_nothing_else_of_it_stays(app: Flask, tablet: FlaskClient):
    assert enrol(tablet, WRONG).status_code == choose(tablet, WRONG).status_code == 410

    assert wrong_codes(app) == 2


def test_a_refused_act_can_be_tried_again_under_the_same_id(app: Flask, tablet: FlaskClient, site: Cast):
    assert choose(tablet, WRONG).status_code == 410

    assert choose(tablet, pin_code(app, site)).json["saved"]


def test_a_code_that_expired_says_so(app: Flask, tablet: FlaskClient, site: Cast):
    code = tablet_code(app, site)

    with time_machine.travel(NOW + timedelta(minutes=16)):
        answer = enrol(tablet, code)
    assert "expired" in answer.json["error"]
    assert wrong_codes(app) == 0


def test_after_fifty_wrong_codes_a_tablet_waits_too(app: Flask, tablet: FlaskClient, site: Cast):
    code = tablet_code(app, site)
    for _try in range(50):
        enrol(tablet, WRONG)

    answer = enrol(tablet, code)
    assert (answer.status_code, answer.json["code"]) == (429, "pin_locked")
    assert wrong_codes(app) == 50


def test_the_code_for_an_own_sign_in_comes_with_its_way_there(app: Flask, tablet: FlaskClient, site: Cast):
    with app.app_context():
        sol = db.session.get_one(Person, site.people["Sol"])
        sol.login = sol.password_hash = None
        db.session.commit()
    author = {"person": site.people["Sol"], "pin": pin_of("Sol")}
    body = {"id": "first", "act": "own_sign_in"} | author
    answer, again = (
        tablet.post("/counter/act", json=body, headers={"Authorization": f"Bearer {TOKEN}"}).json
        for _try in range(2)
    )

    assert answer["address"] == "http://localhost/first-time"
    assert answer["picture"].startswith("data:image/svg+xml")
    assert "Hello Sol Vale" in phone_page(app, answer["code"])
    assert again == {"saved": True, "code": None}


def phone_page(app: Flask, code: str) -> str:
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client().post("/first-time", data={"code": code}).text
