"""The people page: a roster, codes to hand over, and not a word about who answered."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing import appointed, codes
from wellbeing.models.accounts import CodePurpose, OneTimeCode, Person, RoleGrant
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def change(app: Flask, person_id: int, **values: object) -> None:
    with app.app_context():
        person = db.session.get_one(Person, person_id)
        for name, value in values.items():
            setattr(person, name, value)
        db.session.commit()


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<li>") if f"<h2>{name} Vale</h2>" in row)


def test_albas_only_team_opens_at_once(alba: FlaskClient, site: Cast):
    assert alba.get("/people/").location == f"/people/{site.units['Service counter']}"


def test_ada_chooses_among_the_units_that_have_people(ada: FlaskClient):
    page = ada.get("/people/").text

    assert all(f">{unit}</a>" in page for unit in ("Harbour Motors", "Parts", "Service counter", "Showroom"))
    assert ">Northgate</a>" not in page


def test_somebody_who_looks_after_an_empty_team_is_told_so(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    for name in ("Tess", "Uma", "Vic", "Wes", "Xenia"):
        change(app, site.people[name], unit_id=site.units["Showroom"])
    tess = sign_in(client, "tess")

    assert "Nobody yet" in tess.get("/people/").text
    assert "Nobody in this team" in tess.get(f"/people/{site.units['Parts']}").text


def test_the_roster_says_who_has_a_pin_and_from_when_each_may_count(
    app: Flask, alba: FlaskClient, site: Cast
):
    change(app, site.people["Sol"], pin_mac=None, pin_length=None, login=None, password_hash=None)
    change(app, site.people["Noor"], password_hash=None, counts_from=date(2026, 3, 18))
    change(app, site.people["Bea"], counts_from=None)
    page = alba.get(f"/people/{site.units['Service counter']}").text

    assert "No PIN yet" in row_of(page, "Sol")
    assert "No sign-in yet" in row_of(page, "Sol")
    assert "Has a sign-in name" in row_of(page, "Noor")
    assert "PIN chosen" in row_of(page, "Carl")
    assert "Own sign-in" in row_of(page, "Carl")
    assert "since 2 Mar 2026" in row_of(page, "Sol")
    assert "from 18 Mar 2026" in row_of(page, "Noor")
    assert "waits for an admin" in row_of(page, "Bea")
    assert "only where they see no figures" in row_of(page, "Alba")


def test_before_the_first_import_is_confirmed_nobody_is_said_to_count(
    app: Flask, alba: FlaskClient, site: Cast
):
    with app.app_context():
        db.session.get_one(Settings, 1).confirmed_at = None
        db.session.commit()

    assert "once the import is confirmed" in alba.get(f"/people/{site.units['Service counter']}").text


def shown_code(page: str) -> str:
    return re.search(r'<p class="code">([0-9A-Z-]{9})</p>', page).group(1)


@pytest.mark.parametrize(("door", "purpose"), [("pin", CodePurpose.PIN), ("password", CodePurpose.PASSWORD)])
def test_alba_makes_a_code_for_sol(
    app: Flask, alba: FlaskClient, site: Cast, door: str, purpose: CodePurpose
):
    page = alba.post(f"/people/{door}-code", data={"person": site.people["Sol"]})

    assert page.status_code == 200
    assert "Sol Vale" in page.text
    with app.app_context():
        assert codes.redeem(db.session, shown_code(page.text), purpose, NOW).person_id == site.people["Sol"]


def test_nobody_makes_a_code_for_a_role_above_their_own(app: Flask, alba: FlaskClient, site: Cast):
    with app.app_context():
        grant = RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Northgate"], role=Role.MANAGER)
        db.session.add(grant)
        db.session.commit()
    roster = alba.get(f"/people/{site.units['Service counter']}").text

    assert "Code for a password" not in row_of(roster, "Sol")
    assert "Code for a password" in row_of(roster, "Noor")
    assert alba.post("/people/password-code", data={"person": site.people["Sol"]}).status_code == 404
    assert alba.post("/people/password-code", data={"person": site.people["Alba"]}).status_code == 404
    assert alba.post("/people/pin-code", data={"person": site.people["Sol"]}).status_code == 404


def test_ada_makes_a_password_code_for_a_manager(ada: FlaskClient, site: Cast):
    assert ada.post("/people/password-code", data={"person": site.people["Alba"]}).status_code == 200


@pytest.mark.parametrize("door", ["pin", "password"])
def test_somebody_elses_people_do_not_exist(app: Flask, alba: FlaskClient, site: Cast, door: str):
    change(app, site.people["Noor"], active=False)

    for person in (site.people["Kai"], site.people["Noor"], 99999):
        assert alba.post(f"/people/{door}-code", data={"person": person}).status_code == 404
    assert alba.get(f"/people/{site.units['Showroom']}").status_code == 404
    assert alba.get("/people/99999").status_code == alba.get(f"/people/{'9' * 30}").status_code == 404


@pytest.mark.parametrize("person", ["", "sol", "-1", "9" * 30])
def test_a_person_that_is_no_number_is_not_understood(alba: FlaskClient, person: str):
    assert alba.post("/people/pin-code", data={"person": person}).status_code == 400


@pytest.mark.parametrize("login", ["sol", "hilde"])
def test_staff_and_hr_have_no_people_page(client: FlaskClient, site: Cast, sign_in, login: str):
    assert sign_in(client, login).get("/people/").status_code == 404


def test_whoever_reads_what_was_sent_by_name_gets_codes_from_the_organisations_admin_alone(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    alba, ada = sign_in(client, "alba"), sign_in(app.test_client(), "ada")
    sol = {"person": site.people["Sol"]}
    northgate = {"unit_id": site.units["Northgate"], "role": Role.ADMIN}
    with app.app_context():
        db.session.add(RoleGrant(person_id=site.people["Max"], **northgate))
        db.session.commit()
    of_the_site = sign_in(app.test_client(), "max")
    before = alba.post("/people/password-code", data=sol)
    with app.app_context():
        appointed.appoint(db.session(), ReaderOf.INCIDENT, db.session.get_one(Person, site.people["Sol"]))
        assert db.session.scalars(sa.select(OneTimeCode)).all() == []

    assert before.status_code == 200
    for door in ("/people/password-code", "/people/pin-code"):
        assert alba.post(door, data=sol).status_code == of_the_site.post(door, data=sol).status_code == 404
        assert alba.post(door, data={"person": site.people["Noor"]}).status_code == 200
        assert ada.post(door, data=sol).status_code == 200


def test_a_code_made_on_somebodys_own_page_leads_back_to_it(ada: FlaskClient, site: Cast):
    asked = {"person": site.people["Sol"], "then": "person"}

    assert 'href="/admin/people/one">Back to Sol Vale' in ada.post("/people/pin-code", data=asked).text
