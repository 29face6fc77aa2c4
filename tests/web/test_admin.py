"""The admin's page: settings in words, one confirmation of the first import, people who wait."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import CONFIRMED, Cast
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.agreements import Agreement
from wellbeing.models.asking import Reader, ReaderOf
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def unconfirm(app: Flask, *person_ids: int) -> None:
    """Take the site back to before its first import was confirmed, or some people back to before theirs."""
    with app.app_context():
        for person in db.session.query(Person).all():
            if not person_ids or person.id in person_ids:
                person.counts_from = None
        if not person_ids:
            db.session.get_one(Settings, 1).confirmed_at = None
        db.session.commit()


def counts_from(app: Flask, person_id: int) -> date | None:
    with app.app_context():
        return db.session.get_one(Person, person_id).counts_from


def test_the_settings_are_said_in_words(app: Flask, ada: FlaskClient):
    page = ada.get("/admin/").text

    assert "5; never fewer than 5" in page
    assert "from 7 people" in page
    assert "every Monday at 04:00" in page
    assert "Europe/Madrid" in page
    assert "Confirmed on 2 Mar 2026" in page


def test_a_strict_site_says_every_second_monday(app: Flask, ada: FlaskClient):
    with app.app_context():
        db.session.get_one(Settings, 1).tick_days = 14
        db.session.commit()

    assert "every second Monday at 04:00" in ada.get("/admin/").text


def test_the_tree_of_units_is_there_with_headcounts(ada: FlaskClient):
    page = ada.get("/admin/").text

    assert [
        page.index(f">{unit}</th>") for unit in ("Harbour Motors", "Northgate", "Parts", "Showroom")
    ] == sorted(page.index(f">{unit}</th>") for unit in ("Harbour Motors", "Northgate", "Parts", "Showroom"))


def test_ada_confirms_the_first_import_once(app: Flask, ada: FlaskClient, site: Cast):
    unconfirm(app)
    assert "Confirm 28 people" in ada.get("/admin/").text

    assert ada.post("/admin/confirm-import").location == "/admin/"
    assert "The answers of 28 people count from today." in ada.get("/admin/").text
    assert counts_from(app, site.people["Sol"]) == date(2026, 3, 4)

    unconfirm(app, site.people["Sol"])
    ada.post("/admin/confirm-import")
    assert counts_from(app, site.people["Sol"]) is None


def test_a_site_without_people_has_nothing_to_confirm(app: Flask, ada: FlaskClient, site: Cast):
    unconfirm(app)
    with app.app_context():
        for person in db.session.query(Person).filter(Person.id != site.people["Ada"]):
            person.active = False
        db.session.commit()

    page = ada.get("/admin/").text
    assert "Nobody has been added yet" in page
    assert "/admin/confirm-import" not in page


def test_an_admin_of_one_site_cannot_open_the_whole_organisation(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    unconfirm(app)
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Northgate"], role=Role.ADMIN)
        )
        db.session.commit()
    sol = sign_in(client, "sol")

    page = sol.get("/admin/").text
    assert "Confirm 26 people" not in page
    assert "Harbour Motors</th>" not in page
    assert sol.post("/admin/confirm-import").status_code == 404


def test_somebody_whose_manager_made_the_account_waits_for_ada(app: Flask, ada: FlaskClient, site: Cast):
    unconfirm(app, site.people["Sol"])
    assert "Sol Vale" in ada.get("/admin/").text

    assert ada.post("/admin/confirm-person", data={"person": site.people["Sol"]}).location == "/admin/"
    assert counts_from(app, site.people["Sol"]) == date(2026, 3, 16)
    assert CONFIRMED.date() == date(2026, 3, 2)
    assert "Sol Vale" not in ada.get("/admin/").text


def test_an_admin_of_one_site_confirms_nobody_elsewhere(app: Flask, client: FlaskClient, site: Cast, sign_in):
    unconfirm(app, site.people["Hilde"])
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Northgate"], role=Role.ADMIN)
        )
        db.session.commit()
    sol = sign_in(client, "sol")

    assert "Hilde Vale" not in sol.get("/admin/").text
    assert sol.post("/admin/confirm-person", data={"person": site.people["Hilde"]}).status_code == 404


@pytest.mark.parametrize(("person", "status"), [("", 400), ("sol", 400), ("9" * 30, 400), ("99999", 404)])
def test_a_person_who_is_not_there_cannot_be_confirmed(ada: FlaskClient, person: str, status: int):
    assert ada.post("/admin/confirm-person", data={"person": person}).status_code == status


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_else_has_an_admin_page(client: FlaskClient, site: Cast, sign_in, login: str):
    assert sign_in(client, login).get("/admin/").status_code == 404


def test_a_site_too_small_for_figures_is_told_so(app: Flask, ada: FlaskClient, site: Cast):
    assert "no team figures" not in ada.get("/admin/").text
    assert "too small" not in ada.get(f"/people/{site.units['Parts']}").text

    with app.app_context():
        staff = [person for name, person in site.people.items() if name not in ("Hilde", "Ada")]
        for person in staff[:-6]:
            db.session.get_one(Person, person).active = False
        db.session.commit()
    assert "Fewer than 7 people can count, so there are no team figures" in ada.get("/admin/").text
    assert "the organisation is too small for team figures" in ada.get(f"/people/{site.units['Parts']}").text
    unconfirm(app)
    assert "no team figures" not in ada.get("/admin/").text


def test_what_needs_ada_comes_first_and_then_the_ways_on(app: Flask, ada: FlaskClient):
    page = ada.get("/admin/").text

    assert "The set-up is not finished: 6 of 7 steps are done." in page
    assert "Figures stay closed" not in page
    with app.app_context():
        settings = db.session.get_one(Settings, 1)
        settings.texts_reviewed_on = CONFIRMED.date()
        db.session.commit()
    assert "The set-up is not finished" not in ada.get("/admin/").text
    assert page.index("What needs you") < page.index("admin-cards") < page.index("How figures are made</h2>")


def test_on_a_good_day_nothing_needs_ada(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        db.session.get_one(Settings, 1).texts_reviewed_on = CONFIRMED.date()
        for subject in ReaderOf:
            db.session.add(Reader(subject=subject, person_id=site.people["Hilde"]))
        db.session.commit()

    assert "Nothing needs you today." in ada.get("/admin/").text


def test_as_long_as_nothing_is_signed_it_says_what_that_means(app: Flask, ada: FlaskClient):
    with app.app_context():
        db.session.execute(sa.delete(Agreement))
        db.session.commit()

    assert "Figures stay closed until the last is signed." in ada.get("/admin/").text
