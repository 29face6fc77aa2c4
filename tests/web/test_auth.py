"""The front door: what somebody meets before, while and after signing in."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import NOW, PASSWORD, Cast, pin_of
from wellbeing import codes
from wellbeing.models.accounts import CodePurpose, Person, SignIn
from wellbeing.models.base import db
from wellbeing.web.own_path import is_own_path

NEW = "a walk round the block"


def enter(
    client: FlaskClient, login: str = "sol", password: str = PASSWORD, wanted: str = ""
) -> TestResponse:
    return client.post("/sign-in", data={"login": login, "password": password, "next": wanted})


def password_code(app: Flask, person_id: int) -> str:
    with app.app_context():
        code = codes.make_code(db.session, CodePurpose.PASSWORD, person_id, NOW)
        db.session.commit()
    return code


def test_a_stranger_is_welcomed_and_shown_the_doors(client: FlaskClient):
    page = client.get("/")

    assert page.status_code == 200
    assert all(f'href="{door}"' in page.text for door in ("/sign-in", "/first-time", "/counter", "/help"))


def test_sol_signs_in_and_lands_on_the_team_pages(client: FlaskClient, site: Cast):
    assert client.get("/sign-in").status_code == 200
    assert enter(client).location == "/"
    assert client.get("/").location == "/team/"


@pytest.mark.parametrize(
    ("login", "pages"),
    [
        ("sol", {"Teams", "My days", "Cases", "Wall", "Check-up"}),
        ("alba", {"Teams", "Floor", "Cases", "Wall", "Check-up", "People", "Tablets", "My days"}),
        ("hilde", {"Teams", "Summaries", "Check-up", "My days"}),
        ("ada", {"Teams", "Floor", "Cases", "Wall", "Check-up", "People", "Tablets", "Admin", "My days"}),
    ],
)
def test_the_menu_holds_what_each_role_may_open(client: FlaskClient, site: Cast, login: str, pages: set[str]):
    enter(client, login)
    menu = client.get("/help").text.partition("<nav")[2].partition("</nav>")[0]

    assert set(re.findall(r">([^<>\s][^<>]*)</a>", menu)) == pages


def test_the_page_somebody_wanted_opens_after_signing_in(client: FlaskClient, site: Cast):
    to_sign_in = client.get("/tablets/")

    assert to_sign_in.location == "/sign-in?next=%2Ftablets%2F"
    assert 'value="/tablets/"' in client.get(to_sign_in.location).text
    assert enter(client, "alba", wanted="/tablets/").location == "/tablets/"


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"]
)
def test_nobody_is_sent_to_another_site(client: FlaskClient, site: Cast, wanted: str):
    assert enter(client, wanted=wanted).location == "/"


@pytest.mark.parametrize(
    ("wanted", "own"),
    [
        ("/team/", True),
        ("/team/?weeks=52", True),
        ("", False),
        (None, False),
        ("team/", False),
        ("//a.example", False),
        ("/\\a.example", False),
        ("/\t/a.example", False),
        ("javascript:alert(1)", False),
        ("/team\r\nSet-Cookie: a=b", False),
    ],
)
def test_only_a_path_of_this_site_is_our_own(wanted: str | None, own: bool):
    assert is_own_path(wanted) is own


@pytest.mark.parametrize(("login", "password"), [("sol", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_read_alike(
    client: FlaskClient, site: Cast, login: str, password: str
):
    page = enter(client, login, password)

    assert page.status_code == 401
    assert "The sign-in name and the password do not go together." in page.text
    assert password not in page.text


@pytest.mark.parametrize("login", ["sol", "nobody"])
def test_after_five_wrong_tries_the_sixth_waits(client: FlaskClient, site: Cast, login: str):
    assert [enter(client, login, "wrong").status_code for _try in range(6)] == [401] * 5 + [429]
    assert "Wait 15 minutes" in enter(client, login).text


@pytest.mark.parametrize(
    "data", [{}, {"login": "sol"}, {"login": "x" * 81, "password": "y"}, {"login": "sol\0", "password": "y"}]
)
def test_an_incomplete_form_says_what_is_missing(client: FlaskClient, site: Cast, data: dict[str, str]):
    page = client.post("/sign-in", data=data)

    assert page.status_code == 422
    assert 'class="errors"' in page.text


def test_a_sign_in_begins_a_fresh_cookie_and_keeps_the_language(client: FlaskClient, site: Cast):
    client.post("/language", data={"language": "es"})
    with client.session_transaction() as before:
        before["left over"] = "from a stranger"
    enter(client)

    with client.session_transaction() as after:
        assert "left over" not in after
        assert after["language"] == "es"


def test_the_cookie_names_no_person(client: FlaskClient, site: Cast):
    enter(client)

    with client.session_transaction() as cookie:
        assert len(cookie["_user_id"]) == 43


def test_somebody_who_prefers_spanish_is_spoken_to_in_spanish(app: Flask, client: FlaskClient, site: Cast):
    with app.app_context():
        db.session.get_one(Person, site.people["Sol"]).language = "es"
        db.session.commit()
    enter(client)

    assert '<html lang="es">' in client.get("/help").text


def test_sol_signs_out(client: FlaskClient, site: Cast):
    enter(client)

    assert client.post("/sign-out").location == "/"
    assert "You are signed out." in client.get("/").text
    assert client.get("/team/").location.startswith("/sign-in")


def test_sol_signs_out_everywhere(app: Flask, client: FlaskClient, site: Cast):
    elsewhere = app.test_client()
    enter(client)
    enter(elsewhere)
    client.post("/language", data={"language": "en"})

    assert client.post("/sign-out-everywhere").location == "/"
    assert elsewhere.get("/team/").location.startswith("/sign-in")


def test_a_revoked_sign_in_ends_at_once(app: Flask, client: FlaskClient, site: Cast):
    enter(client)
    with app.app_context():
        db.session.execute(sa.delete(SignIn))
        db.session.commit()

    assert client.get("/team/").location.startswith("/sign-in")


def test_a_sign_in_is_over_the_next_morning(client: FlaskClient, site: Cast):
    enter(client)

    with time_machine.travel(NOW + timedelta(hours=13)):
        assert client.get("/team/").location.startswith("/sign-in")


def test_somebody_with_a_code_chooses_a_password_and_is_in(app: Flask, client: FlaskClient, site: Cast):
    code = password_code(app, site.people["Sol"])
    assert client.get("/first-time").status_code == 200

    choosing = client.post("/first-time", data={"code": code.lower().replace("-", " ")})
    assert "Hello Sol Vale" in choosing.text
    assert 'value="sol"' in choosing.text
    answer = client.post(
        "/first-time/password",
        data={"code": code, "login": "sol", "password": NEW, "again": NEW, "diary": "no"},
    )

    assert answer.location == "/"
    assert client.get("/").location == "/team/"
    assert client.post("/first-time", data={"code": code}).status_code == 422


def test_somebody_without_a_sign_in_name_chooses_one(app: Flask, client: FlaskClient, site: Cast):
    with app.app_context():
        sol = db.session.get_one(Person, site.people["Sol"])
        sol.login = sol.password_hash = None
        db.session.commit()
    code = password_code(app, site.people["Sol"])
    form = {"code": code, "password": NEW, "again": NEW, "diary": "no", "pin": pin_of("Sol")}

    assert "Somebody else has" in client.post("/first-time/password", data=form | {"login": "Noor"}).text
    assert "2 to 80 letters" in client.post("/first-time/password", data=form | {"login": "s o l"}).text
    assert client.post("/first-time/password", data=form | {"login": "Sol.V"}).location == "/my/phone"
    assert enter(app.test_client(), "sol.v", NEW).status_code == 302


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"password": "password123", "again": "password123"}, "first passwords"),
        ({"password": NEW, "again": "another"}, "not the same"),
        ({"password": "", "again": ""}, "Please fill this in"),
        ({"password": "x" * 1001, "again": "x" * 1001}, "At most 200"),
    ],
)
def test_a_bad_choice_can_be_made_again(
    app: Flask, client: FlaskClient, site: Cast, form: dict[str, str], said: str
):
    code = password_code(app, site.people["Sol"])
    page = client.post("/first-time/password", data={"code": code, "login": "sol", "diary": "no"} | form)

    assert page.status_code == 422
    assert said in page.text
    assert f'value="{code}"' in page.text


@pytest.mark.parametrize("address", ["/first-time", "/first-time/password"])
@pytest.mark.parametrize(("code", "said"), [("0000-0000", "not known"), ("sol", "not known"), ("", "")])
def test_a_code_that_opens_nothing_is_said_plainly(
    client: FlaskClient, site: Cast, address: str, code: str, said: str
):
    page = client.post(address, data={"code": code})

    assert page.status_code == 422
    assert said in page.text


def test_an_expired_code_says_so(app: Flask, client: FlaskClient, site: Cast):
    code = password_code(app, site.people["Sol"])

    with time_machine.travel(NOW + timedelta(days=7, minutes=1)):
        assert "has expired" in client.post("/first-time", data={"code": code}).text


def test_the_language_is_kept_and_the_page_stays(client: FlaskClient, site: Cast):
    assert client.post("/language", data={"language": "es", "next": "/help"}).location == "/help"
    assert '<html lang="es">' in client.get("/sign-in").text
    client.post("/sign-out")
    assert client.post("/language", data={"language": "en", "next": "//elsewhere.example"}).location == "/"
    assert '<html lang="en">' in client.get("/sign-in").text


@pytest.mark.parametrize("data", [{}, {"language": "xx"}])
def test_a_language_that_is_not_spoken_is_refused(client: FlaskClient, data: dict[str, str]):
    assert client.post("/language", data=data).status_code == 400


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(client: FlaskClient, site: Cast):
    cookie = enter(client).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
