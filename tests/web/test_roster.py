"""Everybody an admin looks after: found, added, changed, closed, opened again and erased."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing import appointed, incidents
from wellbeing.audit import Act
from wellbeing.incidents import Told
from wellbeing.models.accounts import Person, RoleGrant, SignIn, Unit
from wellbeing.models.asking import ReaderOf
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.lending import Loan
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


@pytest.fixture
def vic(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    """Vic looks after Parts alone."""
    give(app, site, "Vic", "Parts", Role.ADMIN)
    return sign_in(client, "vic")


def give(app: Flask, site: Cast, name: str, unit: str, role: Role, by_company: bool = False) -> int:
    with app.app_context():
        grant = RoleGrant(
            person_id=site.people[name], unit_id=site.units[unit], role=role, by_company=by_company
        )
        db.session.add(grant)
        db.session.commit()
        return grant.id


def person(app: Flask, person_id: int) -> Person | None:
    with app.app_context():
        found = db.session.get(Person, person_id)
        if found is not None:
            db.session.expunge(found)
        return found


def acts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)))


def names(page: str) -> list[str]:
    return re.findall(r"<h3>([^<]+)<span>", page)


def test_ada_sees_everybody_and_vic_those_of_parts(ada: FlaskClient, app: Flask, site: Cast, sign_in):
    everybody = ada.get("/admin/people").text
    assert "28 people" in everybody
    # “All units” says so already, and the first site often has the organisation's name.
    assert f'<option value="{site.units["Harbour Motors"]}"' not in everybody
    give(app, site, "Vic", "Parts", Role.ADMIN)
    vic = sign_in(app.test_client(), "vic")

    assert names(vic.get("/admin/people").text) == [
        f"{name} Vale" for name in ("Tess", "Uma", "Vic", "Wes", "Xenia")
    ]
    assert f'value="{site.units["Showroom"]}"' not in vic.get("/admin/people").text


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_else_has_this_page(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.get("/admin/people").status_code == 404
    assert browser.post("/admin/people/one", data={"person": site.people["Kai"]}).status_code == 404


def test_a_name_is_found_without_its_accents_and_stands_in_no_address(
    app: Flask, ada: FlaskClient, site: Cast
):
    with app.app_context():
        db.session.get_one(Person, site.people["Sol"]).name = "Ángel Núñez"
        db.session.commit()
    answer = ada.post("/admin/people/find", data={"name": "nunez an"})

    assert names(answer.text) == ["Ángel Núñez"]
    assert "Nobody found" in ada.post("/admin/people/find", data={"name": "zz"}).text


def test_people_are_found_by_unit_and_state(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        db.session.get_one(Person, site.people["Sol"]).counts_from = None
        noor = db.session.get_one(Person, site.people["Noor"])
        noor.pin_mac = noor.pin_length = None
        db.session.get_one(Person, site.people["Bea"]).active = False
        db.session.get_one(Person, site.people["Kai"]).login = None
        db.session.add(Loan(person_id=site.people["Gus"], unit_id=site.units["Parts"], first_day=NOW.date()))
        db.session.commit()

    def in_state(state: str, unit: str = "") -> list[str]:
        return [name.split()[0] for name in names(ada.get(f"/admin/people?state={state}&unit={unit}").text)]

    assert in_state("waiting") == ["Sol"]
    assert in_state("no-pin") == ["Noor"]
    assert in_state("closed") == ["Bea"]
    assert in_state("no-sign-in") == ["Kai"]
    assert in_state("lent") == ["Gus"]
    assert in_state("role") == ["Ada", "Alba", "Hilde", "Max", "Tess"]
    assert in_state("role", str(site.units["Parts"])) == ["Tess"]
    assert len(in_state("no such state", "999")) == 27


def test_two_thousand_people_come_page_by_page(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        more = {"unit_id": site.units["Parts"], "active": True, "created_at": NOW}
        db.session.execute(
            sa.insert(Person), [more | {"name": f"Person {number:04d}"} for number in range(2000)]
        )
        db.session.commit()
    first = ada.get("/admin/people").text
    last = ada.post("/admin/people/find", data={"name": "person", "page": "99"}).text

    assert len(names(first)) == 50
    assert "Page 1 of 41" in first
    assert names(last)[-1] == "Person 1999"
    assert "Page 40 of 40" in last


NEW = {"name": "Ida Lind", "login": "", "language": "es"}


def test_somebody_added_counts_two_weeks_later_and_their_page_opens(app: Flask, ada: FlaskClient, site: Cast):
    answer = ada.post("/admin/people/new", data=NEW | {"unit": site.units["Parts"]})

    assert answer.location == "/admin/people/one"
    page = ada.get("/admin/people/one").text
    assert "Ida Lind" in page
    assert "Code for a PIN" in page
    with app.app_context():
        ida = db.session.scalars(sa.select(Person).where(Person.name == "Ida Lind")).one()
        assert ida.counts_from == NOW.date() + timedelta(days=14)
        assert ida.language == "es"
    assert acts(app)[-1] == Act.PERSON_ADDED


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Please fill this in"),
        ({"name": "tess vale"}, "Somebody of this name is in this team already"),
        ({"name": "ida@example.com"}, "looks like an e-mail address"),
        ({"name": "123"}, "at least one letter"),
        ({"name": "Ida\u200bLind"}, "all of them visible"),
        ({"name": "   "}, "1 to 80 characters"),
        ({"login": "alba"}, "Somebody else has this sign-in name"),
        ({"login": "í"}, "2 to 80 letters"),
        ({"unit": ""}, "Choose one from the list"),
        ({"unit": "2"}, "Choose one from the list"),
        ({"language": "xx"}, "Choose one from the list"),
    ],
)
def test_what_cannot_be_added_is_said_beside_its_field(
    app: Flask, ada: FlaskClient, site: Cast, values: dict[str, str], said: str
):
    answer = ada.post("/admin/people/new", data=NEW | {"unit": site.units["Parts"]} | values)

    assert answer.status_code == 422
    assert said in answer.text
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 28


def test_before_the_first_import_is_confirmed_the_form_says_so(app: Flask, ada: FlaskClient):
    with app.app_context():
        db.session.get_one(Settings, 1).confirmed_at = None
        db.session.commit()

    assert "once you have confirmed the first list" in ada.get("/admin/people/new").text


def opened(browser: FlaskClient, site: Cast, name: str) -> str:
    assert browser.post("/admin/people/one", data={"person": site.people[name]}).status_code == 302
    return browser.get("/admin/people/one").text


def test_a_persons_page_names_nobody_in_its_address_and_leads_to_the_list_without_one(
    ada: FlaskClient, site: Cast
):
    assert ada.get("/admin/people/one").location == "/admin/people"
    assert "<h1>Sol Vale</h1>" in opened(ada, site, "Sol")
    assert ada.post("/admin/people/one", data={"person": "x"}).status_code == 400


def test_vic_reaches_his_own_people_alone(vic: FlaskClient, site: Cast):
    assert "Uma Vale" in opened(vic, site, "Uma")
    assert vic.post("/admin/people/one", data={"person": site.people["Sol"]}).status_code == 404
    assert vic.post("/admin/people/close", data={"person": site.people["Sol"]}).status_code == 404


def test_nobody_touches_the_account_of_somebody_whose_role_reaches_further(
    app: Flask, vic: FlaskClient, site: Cast
):
    give(app, site, "Wes", "Northgate", Role.MANAGER)
    page = opened(vic, site, "Wes")

    assert "beyond the units that you look after" in page
    assert "Code for a PIN" not in page
    for act in ("change", "close", "erase"):
        assert vic.post(f"/admin/people/{act}", data={"person": site.people["Wes"]}).status_code == 404


def test_a_name_a_sign_in_name_and_a_language_are_changed(app: Flask, ada: FlaskClient, site: Cast):
    sol = site.people["Sol"]
    values = {"person": sol, "name": "  Sol   Vega ", "login": "SOL.V", "language": "es"}

    assert ada.post("/admin/people/change", data=values).location == "/admin/people/one"
    found = person(app, sol)
    assert (found.name, found.login, found.language) == ("Sol Vega", "sol.v", "es")
    assert acts(app) == [Act.PERSON_CHANGED]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "Noor Vale"}, "Somebody of this name is in this team already"),
        ({"name": ""}, "Please fill this in"),
        ({"login": "alba"}, "Somebody else has this sign-in name"),
        ({"login": ""}, "Whoever signs in needs a sign-in name"),
    ],
)
def test_a_change_that_cannot_be_is_said_beside_its_field(
    app: Flask, ada: FlaskClient, site: Cast, values: dict[str, str], said: str
):
    sol = {"person": site.people["Sol"], "name": "Sol Vale", "login": "sol", "language": ""}
    answer = ada.post("/admin/people/change", data=sol | values)

    assert answer.status_code == 422
    assert said in answer.text
    assert person(app, site.people["Sol"]).name == "Sol Vale"
    assert acts(app) == []


def test_a_closed_account_opens_nothing_and_comes_back_as_young_as_a_new_one(
    app: Flask, ada: FlaskClient, site: Cast, sign_in
):
    sol = site.people["Sol"]
    browser = sign_in(app.test_client(), "sol")
    page = opened(ada, site, "Sol")
    assert "count at the tick like everybody" in page

    assert ada.post("/admin/people/close", data={"person": sol}).status_code == 302
    assert browser.get("/my/data").status_code == 302
    assert "The account is closed" in ada.get("/admin/people/one").text
    assert ada.post("/admin/people/close", data={"person": sol}).status_code == 404

    again = {"person": sol, "unit": site.units["Service counter"]}
    assert ada.post("/admin/people/open-again", data=again).status_code == 302
    found = person(app, sol)
    assert (found.active, found.pin_mac) == (True, None)
    assert found.counts_from == NOW.date() + timedelta(days=14)
    assert acts(app) == [Act.PERSON_DEACTIVATED, Act.PERSON_REACTIVATED]
    assert ada.post("/admin/people/open-again", data=again).status_code == 404


def test_an_account_opens_again_in_a_team_that_is_open_and_has_no_namesake(
    app: Flask, ada: FlaskClient, site: Cast
):
    sol = site.people["Sol"]
    ada.post("/admin/people/close", data={"person": sol})
    with app.app_context():
        db.session.get_one(Unit, site.units["Showroom"]).closed_on = date(2026, 3, 2)
        db.session.get_one(Person, site.people["Uma"]).name = "Sol Vale"
        db.session.commit()

    for unit, said in (
        ("Showroom", "is closed"),
        ("Parts", "Somebody of this name"),
        ("Northgate", "in a team"),
    ):
        answer = ada.post("/admin/people/open-again", data={"person": sol, "unit": site.units[unit]})
        assert answer.status_code == 422
        assert said in answer.text
    assert "Choose a team" in ada.post("/admin/people/open-again", data={"person": sol}).text


def test_the_last_admin_of_the_organisation_stays(app: Flask, ada: FlaskClient, site: Cast):
    ada_id = site.people["Ada"]
    for act in ("close", "erase"):
        answer = ada.post(f"/admin/people/{act}", data={"person": ada_id, "name": "Ada Vale"})
        assert answer.status_code == 422
        assert "Somebody else does this for you" in answer.text
    with app.app_context():
        grant = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == ada_id)).one().id

    answer = ada.post("/admin/people/role/take", data={"person": ada_id, "grant": grant})
    assert "Nobody else could look after the organisation" in answer.text
    assert answer.status_code == 422


def test_sol_is_erased_once_her_name_is_typed(app: Flask, ada: FlaskClient, site: Cast):
    sol = site.people["Sol"]
    refused = ada.post("/admin/people/erase", data={"person": sol, "name": "Sol"})
    assert refused.status_code == 422
    assert "This is not the name" in refused.text

    assert (
        ada.post("/admin/people/erase", data={"person": sol, "name": "sol  vale"}).location == "/admin/people"
    )
    assert person(app, sol) is None
    assert acts(app) == [Act.PERSON_ERASED]
    assert ada.get("/admin/people/one").location == "/admin/people"


def test_whoever_alone_reads_what_waits_stays_until_somebody_else_does(
    app: Flask, ada: FlaskClient, site: Cast
):
    with app.app_context():
        sol, noor = (db.session.get_one(Person, site.people[name]) for name in ("Sol", "Noor"))
        appointed.appoint(db.session(), ReaderOf.INCIDENT, sol)
        incidents.send(db.session(), noor, Told(happened_on=NOW.date(), what="They shouted."), NOW)
    answer = ada.post("/admin/people/close", data={"person": site.people["Sol"]})
    assert answer.status_code == 422
    assert "Appoint somebody else first" in answer.text

    with app.app_context():
        appointed.appoint(db.session(), ReaderOf.INCIDENT, db.session.get_one(Person, site.people["Bea"]))
    assert ada.post("/admin/people/close", data={"person": site.people["Sol"]}).status_code == 302


def test_the_only_admin_of_the_organisation_is_not_closed_by_another_without_a_sign_in(
    app: Flask, ada: FlaskClient, site: Cast
):
    """Ada alone can sign in; whoever came by another way could otherwise leave nobody."""
    give(app, site, "Bea", "Harbour Motors", Role.ADMIN)
    with app.app_context():
        db.session.get_one(Person, site.people["Ada"]).password_hash = None
        db.session.commit()
    answer = ada.post("/admin/people/close", data={"person": site.people["Bea"]})

    assert answer.status_code == 422
    assert "Nobody else could look after the organisation" in answer.text


def test_somebody_signed_in_elsewhere_is_signed_out(app: Flask, ada: FlaskClient, site: Cast, sign_in):
    sign_in(app.test_client(), "sol")
    ada.post("/admin/people/close", data={"person": site.people["Sol"]})

    with app.app_context():
        assert set(db.session.scalars(sa.select(SignIn.person_id))) == {site.people["Ada"]}


def test_somebody_for_whom_a_code_was_made_is_told_when_they_sign_in(
    app: Flask, ada: FlaskClient, site: Cast, sign_in
):
    ada.post("/people/pin-code", data={"person": site.people["Sol"]})
    sol = sign_in(app.test_client(), "sol")

    assert "Somebody made a code for you on 4 Mar 2026" in sol.get("/help").text
    assert "Somebody made a code" not in sign_in(app.test_client(), "noor").get("/help").text
