"""Moving people: an admin plans it, the tick does it, and whoever may read the figures can read of it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing import epochs
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import TeamChange
from wellbeing.permissions import Role


@pytest.fixture
def ada(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    open_epochs(app, 0)
    return sign_in(client, "ada")


def open_epochs(app: Flask, weeks: int) -> None:
    """Open what is due so many weeks from now."""
    with app.app_context(), db.engine.begin() as connection:
        secrets = app.extensions["config"].secrets
        epochs.open_due(connection, secrets.server_key, NOW + timedelta(weeks=weeks))


def planned(app: Flask) -> list[tuple[int, int, date, bool]]:
    with app.app_context():
        rows = db.session.scalars(sa.select(TeamChange))
        return [(row.person_id, row.to_unit_id, row.takes_effect_on, row.done) for row in rows]


def move(browser: FlaskClient, site: Cast, name: str, team: str):
    return browser.post("/people/move", data={"person": site.people[name], "unit": site.units[team]})


def test_ada_plans_a_move_and_reads_when_it_takes_effect(app: Flask, ada: FlaskClient, site: Cast):
    counter = site.units["Service counter"]
    assert f"/people/{counter}/move" in ada.get(f"/people/{counter}").text
    assert "on 9 Mar 2026 at 04:00" in ada.get(f"/people/{counter}/move").text

    answer = move(ada, site, "Sol", "Showroom")
    assert answer.location == f"/people/{counter}/move"
    page = ada.get(answer.location).text
    assert "Sol Vale moves at the tick on Monday 9 March." in page
    assert "To Northgate · Showroom on 9 Mar 2026." in page
    assert planned(app) == [(site.people["Sol"], site.units["Showroom"], date(2026, 3, 9), False)]


def test_a_planned_move_can_be_cancelled(app: Flask, ada: FlaskClient, site: Cast):
    move(ada, site, "Sol", "Showroom")
    move(ada, site, "Noor", "Showroom")
    answer = ada.post("/people/cancel-move", data={"person": site.people["Sol"]})

    assert "Sol Vale stays." in ada.get(answer.location).text
    assert [person for person, *_rest in planned(app)] == [site.people["Noor"]]
    move(ada, site, "Noor", "Service counter")
    assert planned(app) == []


def test_a_move_that_makes_no_sense_says_why(app: Flask, ada: FlaskClient, site: Cast):
    answer = move(ada, site, "Sol", "Northgate")

    assert "People move to a team, not to a site" in ada.get(answer.location).text
    assert planned(app) == []


def test_nobody_and_no_team_is_chosen_before_ada_chooses(ada: FlaskClient, site: Cast):
    page = ada.get(f"/people/{site.units['Service counter']}/move").text

    assert page.count('required><option value="">Choose…</option>') == 1
    assert page.count('aria-describedby="move-hint"><option value="">Choose…</option>') == 1
    assert " selected" not in page


def test_who_chose_only_half_is_asked_for_the_rest_and_chooses_nothing_twice(
    app: Flask, ada: FlaskClient, site: Cast
):
    home, showroom, sol = site.units["Service counter"], site.units["Showroom"], site.people["Sol"]
    for half in ({"person": sol, "unit": ""}, {"person": "", "unit": showroom}, {"person": "9" * 400}):
        answer = ada.post("/people/move", data={"home": home, **half})

        assert answer.status_code == 400
        assert "Choose who moves, and to which team." in answer.text
        kept = half["person"] == sol or half.get("unit") == showroom
        assert answer.text.count(" selected") == kept
    assert f'value="{showroom}"' in answer.text
    assert planned(app) == []


def test_half_a_choice_opens_no_page_of_somebody_elses_unit(ada: FlaskClient, site: Cast):
    assert ada.post("/people/move", data={"home": 99999}).status_code == 404


def test_an_empty_unit_has_nobody_to_move(ada: FlaskClient, site: Cast):
    assert "Nobody to move" in ada.get(f"/people/{site.units['Northgate']}/move").text
    assert "/move" not in ada.get(f"/people/{site.units['Northgate']}").text


def test_an_admin_of_one_site_moves_nobody_in_from_elsewhere_and_nobody_out(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    open_epochs(app, 0)
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Northgate"], role=Role.ADMIN)
        )
        db.session.commit()
    sol = sign_in(client, "sol")

    assert move(sol, site, "Hilde", "Showroom").status_code == 404
    assert move(sol, site, "Noor", "Harbour Motors").status_code == 404
    assert sol.post("/people/cancel-move", data={"person": site.people["Hilde"]}).status_code == 404
    assert move(sol, site, "Noor", "Showroom").status_code == 302


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_but_an_admin_moves_anybody(app: Flask, client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert move(browser, site, "Sol", "Showroom").status_code == 404
    assert browser.post("/people/cancel-move", data={"person": site.people["Sol"]}).status_code == 404
    assert planned(app) == []


@pytest.mark.parametrize(("person", "status"), [("", 400), ("sol", 400), ("0", 400), ("99999", 404)])
def test_a_person_who_is_not_there_is_not_moved(ada: FlaskClient, site: Cast, person: str, status: int):
    for door in ("move", "cancel-move"):
        data = {"person": person, "unit": site.units["Parts"]}
        assert ada.post(f"/people/{door}", data=data).status_code == status


def test_a_closed_account_is_not_moved(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        db.session.get_one(Person, site.people["Sol"]).active = False
        db.session.commit()

    assert move(ada, site, "Sol", "Showroom").status_code == 404


def test_a_closed_team_is_offered_to_nobody(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        db.session.get_one(Unit, site.units["Parts"]).closed_on = date(2026, 3, 2)
        db.session.commit()

    page = ada.get(f"/people/{site.units['Showroom']}/move").text
    assert "Northgate · Service counter" in page
    assert "Northgate · Parts" not in page


def test_a_move_from_ones_own_page_leads_back_to_it(ada: FlaskClient, site: Cast):
    ada.post("/admin/people/one", data={"person": site.people["Sol"]})
    asked = {"person": site.people["Sol"], "unit": site.units["Parts"], "then": "person"}

    assert ada.post("/people/move", data=asked).location == "/admin/people/one"
    page = ada.get("/admin/people/one").text
    assert "Moves to Parts on" in page and "moves at the tick on" in page
    assert ada.post("/people/cancel-move", data=asked).location == "/admin/people/one"
