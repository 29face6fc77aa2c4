"""The tablets page: a manager's own teams, a code that no address holds, names, days, and a way to revoke."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, TOKEN, Cast, pin_of
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


def test_the_page_says_what_revoking_does_before_and_after(app: Flask, alba: FlaskClient):
    assert "can neither read nor send anything" in alba.get("/tablets/").text
    alba.post(f"/tablets/{tablet_id(app)}/revoke")
    page = alba.get("/tablets/").text

    assert "From now on it can neither read nor send anything" in page
    assert 'aria-label="Revoke' not in page


def ask(app: Flask, **headers: str) -> int:
    """Let the service counter's tablet ask for its screen, and return the status."""
    headers = {"Authorization": f"Bearer {TOKEN}"} | headers
    return app.test_client().get("/counter/state", headers=headers).status_code


def test_a_stolen_tablet_can_neither_read_nor_send(app: Flask, alba: FlaskClient, site: Cast):
    alba.post(f"/tablets/{tablet_id(app)}/revoke")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    act = {"id": "a-stolen-tablet", "act": "who", "person": site.people["Sol"], "pin": pin_of("Sol")}
    sealed = {"now": 1, "entries": [{"key": "none", "box": "AAAA"}]}

    assert ask(app) == 401
    assert app.test_client().post("/counter/act", json=act, headers=headers).status_code == 401
    assert app.test_client().post("/counter/sealed", json=sealed, headers=headers).status_code == 401
    assert "Not seen yet" not in alba.get("/tablets/").text


def test_a_tablet_was_last_seen_on_a_day_and_its_queue_is_empty_or_waiting(app: Flask, alba: FlaskClient):
    assert "Not seen yet" in alba.get("/tablets/").text
    with time_machine.travel(NOW - timedelta(days=1)):
        assert ask(app, Queue="waiting") == 200
    page = alba.get("/tablets/").text
    assert "Last seen on 3 Mar 2026" in page
    assert "Queue: waiting" in page
    ask(app, Queue="empty")
    page = alba.get("/tablets/").text
    assert "Seen today" in page
    assert "Queue: empty" in page


def test_alba_gives_her_tablet_another_name(app: Flask, alba: FlaskClient):
    mine = tablet_id(app)

    assert alba.post(f"/tablets/{mine}/name", data={"name": " By  the door "}).location == (
        f"/tablets/#tablet-{mine}"
    )
    assert "<h3>By the door</h3>" in alba.get("/tablets/").text


@pytest.mark.parametrize("form", [{}, {"name": " "}, {"name": "x" * 81}, {"name": "zero\0"}])
def test_a_name_that_nobody_can_read_is_refused_in_words_and_the_old_one_stays(
    app: Flask, alba: FlaskClient, form: dict[str, str]
):
    answer = alba.post(f"/tablets/{tablet_id(app)}/name", data=form)

    assert answer.status_code == 422
    assert "A name has 1 to 80 characters that can be read." in answer.text
    assert "<details open>" in answer.text
    assert "<h3>Front desk</h3>" in answer.text


def test_a_revoked_tablet_keeps_the_name_under_which_it_was_known(app: Flask, alba: FlaskClient):
    lost = tablet_id(app)
    alba.post(f"/tablets/{lost}/revoke")

    assert alba.post(f"/tablets/{lost}/name", data={"name": "Somewhere"}).status_code == 404


def test_max_cannot_rename_albas_tablet(app: Flask, client: FlaskClient, site: Cast, sign_in):
    kept = tablet_id(app)

    assert sign_in(client, "max").post(f"/tablets/{kept}/name", data={"name": "Mine"}).status_code == 404
    assert client.post("/tablets/99999/name", data={"name": "Nobody's"}).status_code == 404


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
