"""Merging units: an admin chooses what stands side by side, and closed units are offered nowhere."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.reports.ledger import Released, release
from wellbeing import epochs
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.permissions import Role


@pytest.fixture
def ada(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    open_epochs(app, 0)
    return sign_in(client, "ada")


def open_epochs(app: Flask, weeks: int) -> None:
    with app.app_context(), db.engine.begin() as connection:
        secrets = app.extensions["config"].secrets
        epochs.open_due(connection, secrets.server_key, NOW + timedelta(weeks=weeks))


def merge(browser: FlaskClient, site: Cast, *names: str, into: str = "Front of house"):
    return browser.post(
        "/admin/units/merge", data={"units": [site.units[name] for name in names], "name": into}
    )


def planned(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(UnitMerge))


def id_of(app: Flask, name: str) -> int:
    with app.app_context():
        return db.session.scalars(sa.select(Unit.id).where(Unit.name == name)).one()


def test_ada_plans_a_merge_and_reads_when_it_takes_effect(ada: FlaskClient, site: Cast):
    page = ada.get("/admin/units").text
    assert "In Northgate" in page
    assert "In Harbour Motors" not in page
    assert "on 9 Mar 2026 at 04:00" in page

    answer = merge(ada, site, "Service counter", "Parts")
    page = ada.get(answer.location).text
    assert "Front of house is planned." in page
    assert "On 9 Mar 2026: Parts, Service counter." in page
    # What is left is one team, and that alone cannot be merged.
    assert "Nothing to merge" in page


def test_a_merge_can_be_cancelled_before_its_tick(app: Flask, ada: FlaskClient, site: Cast):
    merge(ada, site, "Service counter", "Parts")
    new = id_of(app, "Front of house")

    ada.post("/admin/units/cancel-merge", data={"unit": new})
    assert "The merge is taken back" in ada.get("/admin/units").text
    assert planned(app) == 0
    ada.post("/admin/units/cancel-merge", data={"unit": site.units["Parts"]})
    assert "No merge waits for Parts" in ada.get("/admin/units").text


def test_looking_at_a_planned_unit_is_not_noted_and_keeps_nobody_from_taking_the_merge_back(
    app: Flask, ada: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        release({site.units["Showroom"]: Released()})
    merge(ada, site, "Service counter", "Parts")
    new = id_of(app, "Front of house")
    hilde = sign_in(app.test_client(), "hilde")
    for page in (f"/team/{new}", f"/team/{new}/monday", f"/team/{new}/changed"):
        assert hilde.get(page).status_code == 200
    assert hilde.get(f"/summaries?unit={new}&unit={site.units['Showroom']}&from=1&to=1").status_code == 200
    assert new not in looked_at(app)

    ada.post("/admin/units/cancel-merge", data={"unit": new})

    assert "The merge is taken back, and Front of house is gone again." in ada.get("/admin/units").text


def looked_at(app: Flask) -> set[int]:
    with app.app_context():
        return set(db.session.scalars(sa.select(AccessEntry.unit_id)))


def test_a_look_that_was_noted_before_goes_with_the_planned_unit(app: Flask, ada: FlaskClient, site: Cast):
    merge(ada, site, "Service counter", "Parts")
    new = id_of(app, "Front of house")
    with app.app_context():
        for unit in (new, site.units["Parts"]):
            db.session.add(AccessEntry(day=NOW.date(), unit_id=unit, role=Role.HR, act=Act.OPENED))
        db.session.commit()

    ada.post("/admin/units/cancel-merge", data={"unit": new})

    assert "Front of house is gone again." in ada.get("/admin/units").text
    assert looked_at(app) == {site.units["Parts"]}


@pytest.mark.parametrize(
    ("names", "into", "why"),
    [
        (["Parts"], "New", "at least two"),
        ([], "New", "at least two"),
        (["Parts", "Showroom"], "Service counter", "of this name"),
        (["Parts", "Showroom"], "showroom", "Showroom goes into the merge and keeps its name"),
        (["Parts", "Showroom"], "", "Give the new unit a name."),
        (["Parts", "Showroom"], "x" * 81, "A unit&#39;s name has at most 80 characters."),
        (["Parts", "Northgate"], "New", "one site"),
    ],
)
def test_a_merge_that_makes_no_sense_says_why(
    app: Flask, ada: FlaskClient, site: Cast, names: list[str], into: str, why: str
):
    answer = merge(ada, site, *names, into=into)

    assert answer.status_code == 400
    assert why in answer.text
    assert planned(app) == 0


@pytest.mark.parametrize("name", ["Parts", " "])
def test_what_was_ticked_and_typed_is_kept_for_another_try(ada: FlaskClient, site: Cast, name: str):
    page = ada.get("/admin/units").text
    parent = site.units["Northgate"]
    assert f'name="parent" value="{parent}"' in page
    assert " checked" not in page

    ticked = [site.units["Parts"], site.units["Showroom"]]
    shown = ada.post("/admin/units/merge", data={"parent": parent, "units": ticked, "name": name}).text

    assert shown.count(" checked") == len(ticked)
    assert all(f'value="{unit}" checked' in shown for unit in ticked)
    assert f'required value="{name}"' in shown


@pytest.mark.parametrize("unit", ["x", "0", "9" * 30])
def test_a_unit_that_is_no_number_is_not_understood(app: Flask, ada: FlaskClient, site: Cast, unit: str):
    data = {"units": [site.units["Parts"], unit], "name": "New"}

    answer = ada.post("/admin/units/merge", data=data)
    assert answer.status_code == (404 if unit == "0" else 400)
    assert unit == "0" or "Choose the units from the list." in answer.text
    assert planned(app) == 0
    assert ada.post("/admin/units/cancel-merge", data={"unit": unit}).status_code == 400


def test_a_unit_that_is_not_there_is_not_found(ada: FlaskClient, site: Cast):
    data = {"units": [site.units["Parts"], 99999], "name": "New"}

    assert ada.post("/admin/units/merge", data=data).status_code == 404
    assert ada.post("/admin/units/cancel-merge", data={"unit": 99999}).status_code == 404


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_but_an_admin_merges_anything(
    app: Flask, client: FlaskClient, site: Cast, sign_in, login: str
):
    browser = sign_in(client, login)

    assert browser.get("/admin/units").status_code == 404
    assert merge(browser, site, "Service counter", "Parts").status_code == 404
    assert planned(app) == 0


@pytest.fixture
def merged(app: Flask, ada: FlaskClient, site: Cast) -> FlaskClient:
    """Two teams are one since Monday."""
    merge(ada, site, "Service counter", "Parts")
    open_epochs(app, 1)
    return ada


def test_a_closed_unit_is_offered_for_nothing_new(app: Flask, merged: FlaskClient, site: Cast):
    parts = site.units["Parts"]
    tablets, units = merged.get("/tablets/").text, merged.get("/admin/units").text

    assert f'value="{parts}"' not in tablets + units
    assert f'value="{id_of(app, "Front of house")}"' in tablets
    assert merged.post("/tablets/code", data={"unit": parts}).status_code == 404
    assert "Parts" not in merged.get("/people/").text


def test_a_unit_that_is_only_planned_is_offered_for_nothing_and_says_when_it_opens(
    app: Flask, ada: FlaskClient, site: Cast
):
    merge(ada, site, "Service counter", "Parts")
    new = id_of(app, "Front of house")
    ada.get("/admin/units")
    moving = ada.get(f"/people/{site.units['Showroom']}/move").text

    assert "Northgate · Parts" in moving and "Front of house" not in moving
    assert f'value="{new}"' not in ada.get("/tablets/").text
    assert ada.post("/tablets/code", data={"unit": new}).status_code == 404
    page = ada.get(f"/team/{new}").text
    assert "Front of house opens on Monday 9 March, with the people of Parts and Service counter." in page
    assert "Who sees this page?" in page
    assert not any(words in page for words in ("fewer than", "Why isn", "release is", "What the words mean"))
    assert "opens on 9 Mar 2026" in ada.get("/team/").text


@pytest.mark.parametrize("page", ["/admin/", "/team/", "/team/{new}"])
def test_a_closed_unit_says_since_when_wherever_units_are_listed(
    app: Flask, merged: FlaskClient, site: Cast, page: str
):
    shown = merged.get(page.format(new=id_of(app, "Front of house"))).text

    assert shown.count("closed since 9 Mar 2026") == 2


def test_a_closed_units_page_stays_and_says_where_its_people_are(merged: FlaskClient, site: Cast):
    page = merged.get(f"/team/{site.units['Parts']}").text

    assert "Parts is closed since 9 Mar 2026: its people are in Front of house." in page
    assert "Nothing was released for Parts." in page
    assert "next release" not in page
    assert "Why isn" not in page and "Who sees this page?" in page


def test_the_teams_staff_read_the_pages_of_both_old_teams(
    app: Flask, merged: FlaskClient, site: Cast, sign_in
):
    uma = sign_in(merged, "uma")

    for unit in (id_of(app, "Front of house"), site.units["Parts"], site.units["Service counter"]):
        assert uma.get(f"/team/{unit}").status_code == 200
    assert uma.get(f"/team/{site.units['Showroom']}&from=1&to=1").status_code == 404


def test_the_tablet_goes_with_its_team(merged: FlaskClient, site: Cast):
    state = merged.get("/counter/state", headers={"Authorization": f"Bearer {site.token}"}).json

    assert (state["tablet"]["team"], state["tablet"]["site"]) == ("Front of house", "Northgate")
    assert {person["name"] for person in state["people"]} >= {"Sol V.", "Uma V."}
    assert date(2026, 3, 9).isoformat() not in str(state)
