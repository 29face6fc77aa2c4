"""Whom an admin appoints: named on the forms, without a role, and without a part in any figure."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, change, tick
from tests.cast import NOW, Cast
from wellbeing import appointed, asking, incidents
from wellbeing.incidents import Told
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.asking import IncidentReport, ReaderOf
from wellbeing.models.base import db
from wellbeing.models.epochs import Place
from wellbeing.permissions import Role


def test_an_admin_appoints_somebody_and_takes_them_off_again(client: FlaskClient, site: Cast, sign_in):
    ada, sol = sign_in(client, "ada"), {"person": str(site.people["Sol"]), "subject": "incident"}

    assert "Nobody yet" in ada.get("/admin/readers").text
    for _twice in range(2):
        assert ada.post("/admin/readers/appoint", data=sol).location == "/admin/readers"
    page = ada.get("/admin/readers").text
    assert page.count("Take Sol Vale off") == 1
    assert ada.post("/admin/readers/dismiss", data=sol).location == "/admin/readers"
    assert "Take Sol Vale off" not in ada.get("/admin/readers").text


@pytest.mark.parametrize("name", ["alba", "hilde", "sol"])
def test_nobody_else_appoints_anybody(client: FlaskClient, site: Cast, sign_in, name: str):
    somebody = sign_in(client, name)

    assert somebody.get("/admin/readers").status_code == 404
    data = {"person": str(site.people["Sol"]), "subject": "contact"}
    assert somebody.post("/admin/readers/appoint", data=data).status_code == 404


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"person": "2", "subject": "made up"}, 400),
        ({"person": "", "subject": "contact"}, 400),
        ({"person": "999", "subject": "contact"}, 404),
    ],
)
def test_what_names_nobody_or_nothing_is_refused(
    client: FlaskClient, site: Cast, sign_in, data: dict[str, str], status: int
):
    assert sign_in(client, "ada").post("/admin/readers/appoint", data=data).status_code == status


def test_somebody_without_a_sign_in_cannot_read_and_is_not_offered(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        db.session.get_one(Person, site.people["Sol"]).login = None
        db.session.commit()
    ada = sign_in(client, "ada")

    assert "Sol Vale" not in ada.get("/admin/readers").text
    data = {"person": str(site.people["Sol"]), "subject": "contact"}
    assert ada.post("/admin/readers/appoint", data=data).status_code == 404


def test_the_last_reader_stays_while_somebody_waits(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        sol = site.people["Sol"]
        appointed.appoint(db.session(), ReaderOf.CONTACT, db.session.get_one(Person, site.people["Hilde"]))
        asked = asking.of(db.session(), sol, name=True)
        asking.ask(db.session.connection(), sol, asked, date(2026, 3, 4))
        db.session.commit()
    ada, hilde = sign_in(client, "ada"), {"person": str(site.people["Hilde"]), "subject": "contact"}

    answer = ada.post("/admin/readers/dismiss", data=hilde)
    assert answer.status_code == 422
    assert "What somebody sent waits here." in answer.text
    ada.post("/admin/readers/appoint", data=hilde | {"person": str(site.people["Alba"])})
    assert ada.post("/admin/readers/dismiss", data=hilde).status_code == 302


def test_the_last_reader_of_reports_stays_until_all_are_read(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        sol, hilde = (db.session.get_one(Person, site.people[name]) for name in ("Sol", "Hilde"))
        appointed.appoint(db.session(), ReaderOf.INCIDENT, hilde)
        incidents.send(db.session(), sol, Told(date(2026, 3, 3), "They came behind the desk."), NOW)
    ada, her = sign_in(client, "ada"), {"person": str(site.people["Hilde"]), "subject": "incident"}
    assert ada.post("/admin/readers/dismiss", data=her).status_code == 422

    with app.app_context():
        incidents.mark_read(db.session(), db.session.get_one(IncidentReport, 1), date(2026, 3, 4))
    assert ada.post("/admin/readers/dismiss", data=her).status_code == 302


def test_whoever_left_reads_nothing_more(app: Flask, site: Cast):
    with app.app_context():
        sol = db.session.get_one(Person, site.people["Sol"])
        appointed.appoint(db.session(), ReaderOf.CONTACT, sol)
        sol.active = False
        db.session.commit()

        assert appointed.readers(db.session(), ReaderOf.CONTACT) == []


def test_the_admin_of_a_single_site_appoints_nobody(house: House, client: FlaskClient, sign_in):
    """Who reads what is everybody's: whoever runs one site must not read the others' reports."""
    alba = house.cast.people["Alba"]
    grant = {"person_id": alba, "unit_id": house.cast.units["Northgate"], "role": Role.ADMIN}
    change(house, sa.insert(RoleGrant).values(grant))
    browser, her = sign_in(client, "alba"), {"person": str(alba), "subject": "incident"}

    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/readers").status_code == 404
    for act in ("appoint", "dismiss", "help-contact"):
        assert browser.post(f"/admin/readers/{act}", data=her | {"contact": "Me"}).status_code == 404
    assert appointed.reads(db.session(), alba) == set()


def test_a_reader_counts_where_they_counted_before(house: House):
    """Reading what was sent by name shows no figure, so it makes nobody a viewer (R1)."""
    sol = house.cast.people["Sol"]
    before = places_of(sol)
    for subject in ReaderOf:
        appointed.appoint(db.session(), subject, db.session.get_one(Person, sol))
    db.session.rollback()

    tick(house, 1)

    assert before == places_of(sol)
    assert len(before) == 1


def places_of(person: int) -> set[int | None]:
    places = set(db.session.scalars(sa.select(Place.pool_id).where(Place.person_id == person)))
    db.session.rollback()
    return places


def test_an_admin_names_whom_staff_can_turn_to_and_everybody_reads_it(
    client: FlaskClient, site: Cast, sign_in
):
    ada = sign_in(client, "ada")

    answer = ada.post("/admin/readers/help-contact", data={"contact": "  Noa, room 4  "})
    assert answer.location == "/admin/readers"
    assert "<strong>Noa, room 4</strong>" in ada.get("/help").text


@pytest.mark.parametrize("typed", ["", "   ", "x" * 401, "a\0b"])
def test_a_contact_that_names_nobody_is_refused_and_the_old_one_stays(
    client: FlaskClient, site: Cast, sign_in, typed: str
):
    ada = sign_in(client, "ada")

    answer = ada.post("/admin/readers/help-contact", data={"contact": typed})
    assert answer.status_code == 422
    assert "whom staff can turn to here, and how" in answer.text
    assert "Marta, 2nd floor" in ada.get("/help").text
