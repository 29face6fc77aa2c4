"""A sheet of codes: made once, shown once, noted for each person, and good for what it says."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.web.test_roster import acts, give
from wellbeing import codes
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db
from wellbeing.permissions import Role
from wellbeing.staffing import inviting


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def invited(site: Cast, *names: str, **more: str) -> dict[str, object]:
    return {"unit": site.units["Parts"], "people": [site.people[name] for name in names]} | more


def shown(page: str) -> list[str]:
    return re.findall(r'<p class="code">([0-9A-Z-]{9})</p>', page)


def test_first_the_unit_then_who_has_no_pin_is_ticked(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        uma = db.session.get_one(Person, site.people["Uma"])
        uma.pin_mac = uma.pin_length = None
        db.session.commit()
    units = ada.get("/admin/people/invite").text
    page = ada.get(f"/admin/people/invite?unit={site.units['Parts']}").text

    assert f"unit={site.units['Parts']}" in units
    ticked = re.findall(r'name="people" value="(\d+)" checked', page)
    assert ticked == [str(site.people["Uma"])]


def test_each_code_on_the_sheet_opens_what_it_says_for_whom_it_says(app: Flask, ada: FlaskClient, site: Cast):
    answer = ada.post("/admin/people/invite", data=invited(site, "Uma", "Wes", pin="y", password="y"))

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.count("data:image/svg+xml") == 2
    assert "#code=" not in answer.text
    found = shown(answer.text)
    with app.app_context():
        owners = [
            codes.redeem(db.session, code, purpose, NOW).person_id
            for code, purpose in zip(found, [CodePurpose.PIN, CodePurpose.PASSWORD] * 2, strict=True)
        ]
    assert owners == [site.people["Uma"]] * 2 + [site.people["Wes"]] * 2
    assert acts(app) == ["pin_code_made", "password_code_made"] * 2


def test_only_what_was_ticked_is_made(app: Flask, ada: FlaskClient, site: Cast):
    assert len(shown(ada.post("/admin/people/invite", data=invited(site, "Uma", pin="y")).text)) == 1
    assert acts(app) == ["pin_code_made"]


def test_what_is_missing_is_said_and_nothing_is_made(
    app: Flask, ada: FlaskClient, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    refused = {
        "Tick whom to invite": invited(site, pin="y"),
        "Tick what the codes are for": invited(site, "Uma"),
        "Choose the people from the list": invited(site, "Uma", "Sol", pin="y"),
    }
    for said, sent in refused.items():
        answer = ada.post("/admin/people/invite", data=sent)
        assert answer.status_code == 422
        assert said in answer.text
    monkeypatch.setattr(inviting, "MOST", 1)
    answer = ada.post("/admin/people/invite", data=invited(site, "Uma", "Wes", pin="y"))
    assert "At most 1 people on one sheet" in answer.text
    assert acts(app) == []


def test_vic_invites_his_own_people_and_nobody_with_a_role_beyond(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    give(app, site, "Vic", "Parts", Role.ADMIN)
    give(app, site, "Wes", "Northgate", Role.HR)
    vic = sign_in(client, "vic")

    assert "Wes Vale" not in vic.get(f"/admin/people/invite?unit={site.units['Parts']}").text
    assert vic.get(f"/admin/people/invite?unit={site.units['Showroom']}").status_code == 404
    assert vic.post("/admin/people/invite", data=invited(site, "Wes", pin="y")).status_code == 422
    other = {"unit": site.units["Showroom"], "people": [site.people["Kai"]], "pin": "y"}
    assert vic.post("/admin/people/invite", data=other).status_code == 404


def test_a_unit_without_people_has_nobody_to_invite(ada: FlaskClient, site: Cast):
    assert "Nobody to invite" in ada.get(f"/admin/people/invite?unit={site.units['Northgate']}").text
