"""The admin's page of the company sign-in: is it set up, does it answer, which group brings which role."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.company.conftest import company_at, use_company
from tests.company.fake import Fake, fake_provider
from wellbeing.company import roles
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.company import RoleMapping
from wellbeing.permissions import Role

PAGE = "/admin/company-sign-in"


@pytest.fixture
def fake(app: Flask, site: Cast) -> Iterator[Fake]:
    with fake_provider() as running:
        use_company(app, company_at(running.url))
        yield running


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in: Callable) -> FlaskClient:
    return sign_in(client, "ada")


def mappings(app: Flask) -> list[tuple[str, Role, int]]:
    with app.app_context():
        return [(row.group_name, row.role, row.unit_id) for row in db.session.query(RoleMapping)]


def test_without_settings_the_page_says_what_is_missing(app: Flask, ada: FlaskClient):
    page = ada.get(PAGE).text

    assert "Not set up" in page
    assert "OIDC_ISSUER" in page
    assert "http://localhost/sign-in/company/back" in page
    assert "Add a group" not in page
    assert ada.post(PAGE + "/check").status_code == 404


def test_the_page_asks_nobody_before_it_is_told_to(ada: FlaskClient, fake: Fake):
    page = ada.get(PAGE).text
    assert fake.url in page
    assert fake.provider().company.client_secret not in page
    assert fake.asked == []

    assert ada.post(PAGE + "/check").location == PAGE
    assert "It answers as it should. Signing keys: 1." in ada.get(PAGE).text


def test_what_is_wrong_with_the_provider_is_said(app: Flask, ada: FlaskClient, fake: Fake):
    fake.metadata = {"issuer": "https://other.example"}
    ada.post(PAGE + "/check")
    page = ada.get(PAGE).text
    assert "It calls itself otherwise than OIDC_ISSUER: write it exactly as it does." in page
    assert "other.example" not in page

    fake.metadata = {"token_endpoint": "https://elsewhere.example/token"}
    ada.post(PAGE + "/check")
    assert "or is not https: token_endpoint" in ada.get(PAGE).text
    fake.metadata = {}
    ada.post(PAGE + "/check")
    assert "It answers as it should." in ada.get(PAGE).text
    use_company(app, company_at("http://127.0.0.1:1"))
    ada.post(PAGE + "/check")
    assert "It does not answer, or not within three seconds." in ada.get(PAGE).text


def test_a_group_is_mapped_and_taken_off_again_and_both_are_noted(
    app: Flask, site: Cast, ada: FlaskClient, fake: Fake
):
    form = {"group": " Leads/Parts ", "role": "manager", "unit": str(site.units["Parts"])}
    assert ada.post(PAGE + "/map", data=form).location == PAGE
    assert mappings(app) == [("Leads/Parts", Role.MANAGER, site.units["Parts"])]
    assert "Leads/Parts" in ada.get(PAGE).text

    again = ada.post(PAGE + "/map", data=form)
    assert again.status_code == 422
    assert "brings this role over this unit already" in again.text
    assert 'value="Leads/Parts"' in again.text

    with app.app_context():
        number = db.session.query(RoleMapping).one().id
    assert ada.post(PAGE + "/unmap", data={"mapping": str(number)}).location == PAGE
    assert mappings(app) == []
    with app.app_context():
        noted = [(entry.act, entry.unit_id, entry.facts) for entry in db.session.query(AuditEntry)]
    facts = {"role": "manager", "group": "Leads/Parts"}
    assert noted == [
        ("group_mapped", site.units["Parts"], facts),
        ("group_unmapped", site.units["Parts"], facts),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"group": ""}, "Please fill this in."),
        ({"group": "x" * 201}, "At most 200 characters."),
        ({"group": "a\u202eb"}, "cannot be seen"),
        ({"group": "a\u200bb"}, "cannot be seen"),
        ({"role": "staff"}, "Choose one of the three."),
        ({"role": ""}, "Choose one of the three."),
        ({"unit": "999"}, "Choose a unit from the list."),
        ({"unit": "x"}, "Choose a unit from the list."),
        ({"unit": ""}, "Choose a unit from the list."),
    ],
)
def test_what_cannot_be_mapped_is_said_beside_the_field(
    app: Flask, site: Cast, ada: FlaskClient, fake: Fake, wrong: dict[str, str], said: str
):
    form = {"group": "leads", "role": "manager", "unit": str(site.units["Parts"]), **wrong}
    answer = ada.post(PAGE + "/map", data=form)

    assert answer.status_code == 422
    assert said in answer.text
    assert mappings(app) == []


def test_a_closed_unit_is_not_offered_and_says_so_where_it_was_mapped(
    app: Flask, site: Cast, ada: FlaskClient, fake: Fake
):
    with app.app_context():
        roles.add(db.session(), "leads", Role.HR, site.units["Parts"])
        db.session.get_one(Unit, site.units["Parts"]).closed_on = date(2026, 3, 3)
        db.session.commit()

    assert "closed: brings nothing" in ada.get(PAGE).text
    form = {"group": "others", "role": "hr", "unit": str(site.units["Parts"])}
    assert ada.post(PAGE + "/map", data=form).status_code == 422


def test_there_is_an_end_to_mappings(
    app: Flask, site: Cast, ada: FlaskClient, fake: Fake, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(roles, "MOST", 0)
    form = {"group": "leads", "role": "hr", "unit": str(site.units["Parts"])}
    answer = ada.post(PAGE + "/map", data=form)

    assert answer.status_code == 422
    assert "There are 200 already." in answer.text
    with app.app_context():
        assert db.session.query(AuditEntry).count() == 0


def test_a_mapping_that_is_not_there_is_not_found(ada: FlaskClient, fake: Fake):
    for number in ("999", "x", ""):
        assert ada.post(PAGE + "/unmap", data={"mapping": number}).status_code == 404


def test_only_admins_of_the_whole_organisation_come_here(
    app: Flask, site: Cast, client: FlaskClient, fake: Fake, sign_in: Callable
):
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Noor"], unit_id=site.units["Northgate"], role=Role.ADMIN)
        )
        db.session.commit()
    for name in ("noor", "alba", "hilde", "jun"):
        sign_in(client, name)
        assert client.get(PAGE).status_code == 404, name
        for act in ("/check", "/map", "/unmap"):
            assert client.post(PAGE + act).status_code == 404, name
        client.post("/sign-out")
    assert fake.asked == []
