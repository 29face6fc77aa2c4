"""The tablets page: a manager's own teams, a code that no address holds, and a way to revoke."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, TOKEN, Cast
from wellbeing import tablets
from wellbeing.models.accounts import Tablet
from wellbeing.models.base import db


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


def tablet_id(app: Flask) -> int:
    with app.app_context():
        return tablets.tablet_of(db.session.connection(), TOKEN).id


def test_alba_sees_her_teams_tablet_and_no_other_team(alba: FlaskClient):
    page = alba.get("/tablets/").text

    assert "Front desk" in page
    assert "Service counter" in page
    assert "Showroom" not in page


def test_max_has_no_tablet_yet(client: FlaskClient, site: Cast, sign_in):
    assert "No tablet yet" in sign_in(client, "max").get("/tablets/").text


def test_ada_may_enrol_for_every_team(client: FlaskClient, site: Cast, sign_in):
    page = sign_in(client, "ada").get("/tablets/").text

    assert page.count("<option") == 3


def test_a_code_is_shown_with_its_picture_and_enrols_a_tablet(app: Flask, alba: FlaskClient, site: Cast):
    answer = alba.post("/tablets/code", data={"unit": site.units["Service counter"]})
    code = re.search(r'<p class="code">([0-9A-Z-]{9})</p>', answer.text).group(1)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'src="data:image/svg+xml' in answer.text
    with app.app_context():
        assert tablets.enrol(db.session, code, "By the door", NOW).unit_name == "Service counter"


def test_somebody_elses_team_does_not_exist(alba: FlaskClient, site: Cast):
    assert alba.post("/tablets/code", data={"unit": site.units["Showroom"]}).status_code == 404
    assert alba.post("/tablets/code", data={"unit": 99999}).status_code == 404


def test_a_tablet_stands_in_a_team_not_in_a_whole_site(client: FlaskClient, site: Cast, sign_in):
    ada = sign_in(client, "ada")

    assert ada.post("/tablets/code", data={"unit": site.units["Northgate"]}).status_code == 404


@pytest.mark.parametrize("unit", ["", "service", "-1", "0", "1.5", "9" * 30])
def test_a_unit_that_is_no_number_is_not_understood(alba: FlaskClient, unit: str):
    assert alba.post("/tablets/code", data={"unit": unit}).status_code == 400


def test_alba_revokes_her_tablet_and_it_knows_nothing_any_more(app: Flask, alba: FlaskClient):
    lost = tablet_id(app)

    assert alba.post(f"/tablets/{lost}/revoke").location == "/tablets/"
    assert "Revoked on" in alba.get("/tablets/").text
    with app.app_context():
        assert tablets.tablet_of(db.session.connection(), TOKEN) is None


def test_max_cannot_revoke_albas_tablet(app: Flask, client: FlaskClient, site: Cast, sign_in):
    kept = tablet_id(app)

    assert sign_in(client, "max").post(f"/tablets/{kept}/revoke").status_code == 404
    with app.app_context():
        assert db.session.get_one(Tablet, kept).revoked_on is None


@pytest.mark.parametrize("number", ["99999", "9" * 30])
def test_a_tablet_that_is_not_there_is_not_found(alba: FlaskClient, number: str):
    assert alba.post(f"/tablets/{number}/revoke").status_code == 404


@pytest.mark.parametrize("login", ["sol", "hilde"])
def test_staff_and_hr_have_no_tablets_page(client: FlaskClient, site: Cast, sign_in, login: str):
    assert sign_in(client, login).get("/tablets/").status_code == 404
