"""Where viewers need a second factor: set up before anything else, and never asked of staff."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, PASSWORD, Cast
from tests.fixtures.authenticator import set_up
from tests.fixtures.passkeys import Passkey
from tests.web.test_access import BY_TOKEN, PUBLIC, address, rules
from wellbeing import second_factor_rule, sign_in
from wellbeing.audit import Act
from wellbeing.models.accounts import RoleGrant, SignIn, SignInMethod
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.permissions import Role
from wellbeing.web.rule_of_two import OPEN

RULE = "/admin/settings/second-factor"
SET_UP = "/my/second-factor"


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    """Ada's browser; the rule is not switched on yet."""
    return sign_in(client, "ada")


@pytest.fixture
def rule(app: Flask, site: Cast) -> None:
    """Viewers need a second factor."""
    with app.app_context():
        second_factor_rule.switch(db.session(), True)


def rows(app: Flask, query: sa.Select) -> list:
    with app.app_context():
        return list(db.session.scalars(query))


def test_ada_reads_what_it_means_sets_up_her_own_and_switches_it_on(app: Flask, ada: FlaskClient):
    page = ada.get("/admin/settings").text
    assert "5 of them still lack one." in page and "Set up your own first" in page
    assert ada.post(RULE, data={"second_factor": "y"}).location == SET_UP

    set_up(ada)
    assert "4 of them still lack one" not in ada.get("/help").text
    page = ada.get("/admin/settings").text
    assert "4 of them still lack one." in page and "Set up your own first" not in page
    for _twice in range(2):
        assert ada.post(RULE, data={"second_factor": "y"}).location == "/admin/settings#second-factor"
    assert "From now on they need one." in ada.get("/admin/settings").text
    assert ada.post(RULE, data={}).status_code == 302
    noted = rows(app, sa.select(AuditEntry).where(AuditEntry.act == Act.SECOND_FACTOR_RULE_CHANGED))
    assert [entry.facts for entry in noted] == [{"state": "on"}, {"state": "off"}]


def test_an_admin_of_one_site_switches_nothing(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        grant = {"person_id": site.people["Max"], "unit_id": site.units["Northgate"], "role": Role.ADMIN}
        db.session.add(RoleGrant(**grant))
        db.session.commit()

    assert sign_in(client, "max").post(RULE, data={"second_factor": "y"}).status_code == 404


@pytest.mark.parametrize("login", ["alba", "hilde", "ada"])
def test_a_viewer_without_one_opens_nothing_but_the_set_up(
    app: Flask, client: FlaskClient, rule: None, sign_in, login: str
):
    browser = sign_in(client, login)

    for found in rules(app):
        if found.endpoint in PUBLIC | BY_TOKEN | OPEN or "which" in found.arguments:  # named, not numbered
            continue
        for method in sorted(found.methods & {"GET", "HEAD", "POST"}):
            answer = browser.open(address(found), method=method)
            assert (answer.status_code, answer.location) == (302, SET_UP), (found, method)
    assert "Here managers, HR and admins need" in browser.get(SET_UP).text


def test_language_help_and_leaving_stay_open(client: FlaskClient, rule: None, sign_in):
    browser = sign_in(client, "alba")

    assert browser.get("/help").status_code == 200
    assert browser.post("/language", data={"language": "es"}).status_code == 302
    with browser.get("/static/css/base.css") as style:
        assert style.status_code == 200
    assert browser.get("/no-such-page").status_code == 404
    assert browser.post("/sign-out").location == "/"


@pytest.mark.parametrize("by_passkey", [False, True])
def test_with_an_app_or_a_passkey_everything_opens(
    client: FlaskClient, rule: None, sign_in, by_passkey: bool
):
    browser = sign_in(client, "alba")
    if by_passkey:
        asked = browser.post("/my/passkeys/new", json={"name": "My phone"})
        browser.post("/my/passkeys/add", json={"name": "My phone", "answer": Passkey().made(asked.json)})
    else:
        set_up(browser)

    assert browser.get("/people/").status_code in (200, 302)
    assert browser.get("/people/").location != SET_UP


def test_staff_never_need_one(client: FlaskClient, rule: None, sign_in):
    browser = sign_in(client, "sol")

    assert browser.get("/my/sign-in").status_code == 200
    assert browser.get("/my/phone").status_code == 200


def test_whoever_comes_by_the_companys_sign_in_is_asked_there(
    app: Flask, client: FlaskClient, rule: None, sign_in
):
    browser = sign_in(client, "alba")
    with app.app_context():
        db.session.execute(sa.update(SignIn).values(method=SignInMethod.COMPANY))
        db.session.commit()

    assert browser.get("/my/sign-in").status_code == 200


def test_who_has_left_and_who_is_staff_are_not_counted_as_lacking_one(app: Flask, site: Cast):
    with app.app_context():
        assert second_factor_rule.lacking(db.session()) == 5
        found = sign_in.sign_in(db.session(), "max", PASSWORD, NOW)
        found.person.active = False
        db.session.commit()
        assert second_factor_rule.lacking(db.session()) == 4


def test_an_admin_signs_somebody_out_everywhere_without_seeing_where(
    app: Flask, ada: FlaskClient, site: Cast, sign_in
):
    sol = sign_in(app.test_client(), "sol")
    answer = ada.post("/people/sign-out", data={"person": site.people["Sol"]})

    assert answer.location == f"/people/{site.units['Service counter']}"
    assert "Sol Vale is signed out everywhere." in ada.get("/help").text
    assert sol.get("/my/sign-in").location.startswith("/sign-in?")
    noted = rows(app, sa.select(AuditEntry).where(AuditEntry.act == Act.SIGNED_OUT))
    assert [(entry.actor_id, entry.person_id) for entry in noted] == [
        (site.people["Ada"], site.people["Sol"])
    ]


def test_only_an_admin_of_theirs_signs_somebody_out(
    app: Flask, client: FlaskClient, ada: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        grant = {"person_id": site.people["Max"], "unit_id": site.units["Showroom"], "role": Role.ADMIN}
        db.session.add(RoleGrant(**grant))
        grant = {"person_id": site.people["Kai"], "unit_id": site.units["Northgate"], "role": Role.HR}
        db.session.add(RoleGrant(**grant))
        db.session.commit()

    assert ada.post("/people/sign-out", data={}).status_code == 400
    maxs = sign_in(app.test_client(), "max")
    for name in ("Sol", "Kai"):
        assert maxs.post("/people/sign-out", data={"person": site.people[name]}).status_code == 404
    assert maxs.post("/people/sign-out", data={"person": site.people["Lena"]}).status_code == 302
    alba = sign_in(app.test_client(), "alba")
    assert alba.post("/people/sign-out", data={"person": site.people["Sol"]}).status_code == 404
