"""Lending on a person's page: both teams read it, the tablet shows a tile, and it ends early."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.web.test_roster import acts, give
from wellbeing.models.base import db
from wellbeing.models.lending import Loan
from wellbeing.permissions import Role


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def loan(site: Cast, **changed: object) -> dict[str, object]:
    sent = {"person": site.people["Sol"], "unit": site.units["Parts"]}
    return sent | {"first": "2026-03-04", "last": "2026-03-20"} | changed


def kept(app: Flask) -> list[tuple[object, object]]:
    with app.app_context():
        return [(one.unit_id, one.last_day) for one in db.session.scalars(sa.select(Loan))]


def test_sol_is_lent_and_both_teams_read_it(app: Flask, ada: FlaskClient, site: Cast, sign_in):
    assert ada.post("/admin/people/lend", data=loan(site)).location == "/admin/people/one"
    assert "Lent to Parts from 4 Mar 2026 to 20 Mar 2026" in ada.get("/admin/people/one").text

    alba, tess = sign_in(app.test_client(), "alba"), sign_in(app.test_client(), "tess")
    home = alba.get(f"/people/{site.units['Service counter']}").text
    there = tess.get(f"/people/{site.units['Parts']}").text
    assert "lent to Parts" in home
    assert "until 20 Mar 2026" in home
    assert "Lent to this team" in there
    assert "Sol Vale" in there
    tablet = app.test_client().get("/counter/state", headers={"Authorization": f"Bearer {site.token}"})
    assert all("team" not in tile for tile in tablet.json["people"])
    assert acts(app) == ["person_lent"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-03-10", "2026-03-12", "10 Mar 2026 to 12 Mar 2026"),
        ("2026-03-10", "", "from 10 Mar 2026 on"),
        ("2026-03-04", "", "until somebody ends it"),
    ],
)
def test_the_days_of_a_loan_are_said(ada: FlaskClient, site: Cast, first: str, last: str, said: str):
    ada.post("/admin/people/lend", data=loan(site, first=first, last=last))

    assert said in ada.get(f"/people/{site.units['Parts']}").text
    assert "Lent to Parts" in ada.get("/admin/people/one").text


def test_a_loan_is_ended_early_and_once_more_does_nothing(app: Flask, ada: FlaskClient, site: Cast):
    ada.post("/admin/people/lend", data=loan(site))
    for _again in range(2):
        answer = ada.post("/admin/people/end-loan", data={"person": site.people["Sol"]})
        assert answer.location == "/admin/people/one"

    assert kept(app) == []
    assert acts(app) == ["person_lent", "loan_ended"]
    assert ada.post("/admin/people/end-loan", data={"person": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": ""}, "Choose one from the list"),
        ({"first": "soon"}, "Not a valid date"),
        ({"first": ""}, "Write a day such as"),
        ({"last": "2026-03-03"}, "The last day is over"),
    ],
)
def test_a_loan_that_cannot_be_is_said_and_changes_nothing(
    app: Flask, ada: FlaskClient, site: Cast, changed: dict[str, object], said: str
):
    answer = ada.post("/admin/people/lend", data=loan(site, **changed))

    assert answer.status_code == 422
    assert said in answer.text
    assert kept(app) == []
    assert acts(app) == []


def test_nobody_lends_to_a_team_that_is_not_theirs(app: Flask, client: FlaskClient, site: Cast, sign_in):
    give(app, site, "Vic", "Parts", Role.ADMIN)
    vic = sign_in(client, "vic")

    other = loan(site, person=site.people["Uma"], unit=site.units["Showroom"])
    assert vic.post("/admin/people/lend", data=other).status_code == 422
    assert vic.post("/admin/people/lend", data=loan(site)).status_code == 404
    assert kept(app) == []
