"""One unit's page: what a change means for figures is said first, each act is taken or refused clearly."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.reports.ledger import Released, release
from wellbeing import epochs
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.permissions import Role


@pytest.fixture
def ada(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    open_epochs(app, 0)
    return sign_in(client, "ada")


def open_epochs(app: Flask, weeks: int) -> None:
    with app.app_context(), db.engine.begin() as connection:
        secrets = app.extensions["config"].secrets
        epochs.open_due(connection, secrets.server_key, NOW + timedelta(weeks=weeks))


def add(browser: FlaskClient, parent: int, name: str):
    return browser.post(f"/admin/units/{parent}/add", data={"name": name})


def made(answer) -> int:
    return int(answer.location.rpartition("/")[2])


def noted(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)))


def test_the_tree_leads_to_every_unit_and_says_who_is_where(ada: FlaskClient, site: Cast):
    page = ada.get("/admin/units").text

    assert all(f'href="/admin/units/{unit}"' in page for unit in site.units.values())
    assert "12 people" in page and "Add a team" in page and "Add a site" in page
    assert 'aria-current="page"' in page


def test_ada_makes_a_site_with_a_team_and_removes_the_team_again(app: Flask, ada: FlaskClient, site: Cast):
    southgate = made(add(ada, site.units["Harbour Motors"], "Southgate"))
    workshop = made(add(ada, southgate, "Workshop"))

    page = ada.get(f"/admin/units/{workshop}").text
    assert "Workshop is made. Nobody is in it yet." in page
    assert "Made by mistake?" in page and "Nothing was released about Workshop so far" in page
    answer = ada.post(f"/admin/units/{workshop}/remove")
    assert answer.location == "/admin/units"
    assert "Workshop is gone again." in ada.get("/admin/units").text
    assert ada.get(f"/admin/units/{workshop}").status_code == 404
    assert noted(app) == ["unit_created", "unit_created", "unit_removed"]


def test_the_page_says_first_what_stays_behind(app: Flask, ada: FlaskClient, site: Cast):
    add(ada, site.units["Harbour Motors"], "Southgate")
    with app.app_context():
        release({site.units["Parts"]: Released()})
    page = ada.get(f"/admin/units/{site.units['Parts']}").text

    assert "One block since" in page
    assert "stays with Parts, and can be read by the same people as today." in page
    assert "at 04:00 its 5 people, its tablets and its roles go to a new Parts in the other site." in page
    assert "For another name make an empty unit beside it and merge the two" in page
    assert "5 people are in it. Move them to another team first." in page
    assert "Plan the closing" not in page and "Made by mistake?" not in page


def test_a_team_goes_to_another_site_and_the_plan_is_taken_back_and_made_again(
    app: Flask, ada: FlaskClient, site: Cast
):
    southgate, parts = made(add(ada, site.units["Harbour Motors"], "Southgate")), site.units["Parts"]
    address = f"/admin/units/{parts}"

    assert ada.post(f"{address}/move", data={"unit": southgate}).location == address
    page = ada.get(address).text
    assert "On 9 Mar 2026 it goes to Southgate." in page and "Go to another site" not in page
    assert "opens on 9 Mar 2026" in ada.get("/admin/units").text
    ada.post(f"{address}/stay")
    assert "Taken back. Parts stays as it is." in ada.get(address).text
    assert ada.post(f"{address}/stay").status_code == 404
    ada.post(f"{address}/move", data={"unit": southgate})
    with app.app_context():
        new = db.session.scalars(sa.select(Unit.id).where(Unit.parent_id == southgate)).one()
    assert "Parts opens on 9 Mar 2026." in ada.get(f"/admin/units/{new}").text
    open_epochs(app, 1)

    assert "Parts is closed since 9 Mar 2026." in ada.get(address).text
    assert (
        "Parts is closed since 9 Mar 2026: its people are in Southgate · Parts."
        in ada.get(f"/team/{parts}").text
    )
    assert "Parts went to Southgate, with everybody in it." in ada.get("/team/changes").text
    with app.app_context():
        assert db.session.get_one(Person, site.people["Uma"]).unit_id == new


def test_an_empty_team_closes_and_says_so_on_its_page(app: Flask, ada: FlaskClient, site: Cast):
    empty = made(add(ada, site.units["Northgate"], "Empty"))
    address = f"/admin/units/{empty}"

    ada.post(f"{address}/close")
    assert "On 9 Mar 2026 it closes." in ada.get(address).text
    assert "closes on 9 Mar 2026" in ada.get("/admin/units").text
    ada.post(f"{address}/stay")
    ada.post(f"{address}/close")
    open_epochs(app, 1)

    assert "Empty is closed since 9 Mar 2026: nobody was in it any more." in ada.get(f"/team/{empty}").text
    assert noted(app) == ["unit_created", "unit_closed", "unit_change_cancelled", "unit_closed"]


def test_a_merge_that_waits_stands_on_the_page_of_each_of_its_units(ada: FlaskClient, site: Cast):
    parts, showroom = site.units["Parts"], site.units["Showroom"]
    ada.post("/admin/units/merge", data={"units": [parts, showroom], "name": "Front"})

    assert "On 9 Mar 2026 it merges into Front." in ada.get(f"/admin/units/{parts}").text


def test_a_unit_is_renamed_while_nothing_names_it(app: Flask, ada: FlaskClient, site: Cast):
    address = f"/admin/units/{site.units['Parts']}"
    ada.post(f"{address}/rename", data={"name": " Spare  parts "})

    assert "Saved. It is called Spare parts from now on." in ada.get(address).text
    with app.app_context():
        facts = db.session.scalars(sa.select(AuditEntry.facts)).one()
    assert facts == {"was": "Parts", "name": "Spare parts"}


@pytest.mark.parametrize(
    ("unit", "act", "data", "why"),
    [
        ("Northgate", "add", {"name": "PARTS"}, "has a unit called PARTS already"),
        ("Northgate", "add", {}, "1 to 80 characters"),
        ("Parts", "add", {"name": "Shelf"}, "nothing stands in a team"),
        ("Parts", "rename", {"name": "showroom"}, "There is a unit of this name already."),
        ("Parts", "move", {"unit": "x"}, "Choose a site from the list."),
        ("Parts", "move", {"unit": "2"}, "is in Northgate already"),
        ("Parts", "move", {"unit": "5"}, "A team goes to a site"),
        ("Parts", "close", {}, "5 people are in it."),
        ("Harbour Motors", "close", {}, "organisation cannot be closed"),
        ("Parts", "remove", {}, "can be closed, and not removed"),
    ],
)
def test_a_change_that_makes_no_sense_says_why_and_leaves_nothing(
    app: Flask, ada: FlaskClient, site: Cast, unit: str, act: str, data: dict[str, str], why: str
):
    answer = ada.post(f"/admin/units/{site.units[unit]}/{act}", data=data)

    assert answer.status_code == 422
    assert answer.text.count(why) in (1, 2)
    if act in ("add", "rename") and unit != "Parts":
        assert f'value="{data.get("name", "")}"' in answer.text
    assert noted(app) == []


def test_whoever_administers_one_site_changes_that_site_alone(
    app: Flask, client: FlaskClient, ada: FlaskClient, site: Cast, sign_in
):
    southgate = made(add(ada, site.units["Harbour Motors"], "Southgate"))
    with app.app_context():
        tess, northgate = site.people["Tess"], site.units["Northgate"]
        db.session.add(RoleGrant(person_id=tess, unit_id=northgate, role=Role.ADMIN))
        db.session.commit()
    tess = sign_in(app.test_client(), "tess")

    assert "There is no other open site." in tess.get(f"/admin/units/{site.units['Parts']}").text
    assert made(add(tess, site.units["Northgate"], "Workshop"))
    assert add(tess, site.units["Harbour Motors"], "Westgate").status_code == 404
    assert add(tess, southgate, "Workshop").status_code == 404
    answer = tess.post(f"/admin/units/{site.units['Parts']}/move", data={"unit": southgate})
    assert answer.status_code == 404


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_but_an_admin_opens_a_units_page(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.get(f"/admin/units/{site.units['Parts']}").status_code == 404
    assert add(browser, site.units["Northgate"], "Workshop").status_code == 404
