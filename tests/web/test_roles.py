"""Roles given once it was said what follows from them, and taken; nobody gives more than they have."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import FIRST_TICK, House, rows, tick
from tests.cast import Cast
from tests.web.test_roster import acts, give
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import Place
from wellbeing.permissions import Role
from wellbeing.staffing import roles
from wellbeing.staffing.roles import RoleRefused


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def asked(site: Cast, name: str, role: str, unit: str) -> dict[str, object]:
    return {"person": site.people[name], "role": role, "unit": site.units[unit]}


def grants(app: Flask, site: Cast, name: str) -> list[tuple[Role, int]]:
    with app.app_context():
        query = sa.select(RoleGrant).where(RoleGrant.person_id == site.people[name])
        return [(grant.role, grant.unit_id) for grant in db.session.scalars(query.order_by(RoleGrant.id))]


def test_first_it_is_said_that_sols_own_answers_go_one_unit_up(app: Flask, ada: FlaskClient, site: Cast):
    page = ada.post("/admin/people/role", data=asked(site, "Sol", "manager", "Service counter")).text

    assert "the answers of Sol Vale go one unit up, to Northgate: nobody counts" in page
    assert grants(app, site, "Sol") == []

    sure = asked(site, "Sol", "manager", "Service counter") | {"sure": "y"}
    assert ada.post("/admin/people/role", data=sure).location == "/admin/people/one"
    assert grants(app, site, "Sol") == [(Role.MANAGER, site.units["Service counter"])]
    assert acts(app) == ["role_given"]


def test_it_is_said_when_nothing_changes_and_when_they_count_nowhere(
    app: Flask, ada: FlaskClient, site: Cast
):
    other = ada.post("/admin/people/role", data=asked(site, "Sol", "manager", "Showroom")).text
    whole = ada.post("/admin/people/role", data=asked(site, "Sol", "hr", "Harbour Motors")).text

    assert "The answers of Sol Vale go on counting with Service counter" in other
    assert "count in no team figure" in whole
    admin = ada.post("/admin/people/role", data=asked(site, "Sol", "admin", "Showroom")).text
    assert "Nobody sees a single answer" in admin


def test_a_small_organisation_has_nothing_to_say_about_figures(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        db.session.execute(sa.update(Person).values(counts_from=None))
        db.session.get_one(Person, site.people["Kai"]).login = None
        db.session.commit()

    page = ada.post("/admin/people/role", data=asked(site, "Kai", "hr", "Showroom")).text
    assert "too small for team figures" in page
    assert "has no sign-in yet" in page


def test_what_was_said_is_what_the_next_tick_does(house: House):
    sol = db.session.get_one(Person, house.cast.people["Sol"])
    unit = db.session.get_one(Unit, house.cast.units["Service counter"])
    said = roles.pools_with(db.session(), sol, unit, FIRST_TICK.date())
    pools = said.before.name, said.after.id
    roles.give(db.session(), sol, Role.MANAGER, unit)
    db.session.rollback()
    tick(house, 1)

    newest = max(row.epoch_id for row in rows(house, Place))
    [place] = [
        row
        for row in rows(house, Place)
        if (row.epoch_id, row.person_id) == (newest, house.cast.people["Sol"])
    ]
    assert pools == ("Service counter", place.pool_id)


def test_nobody_gives_a_role_above_their_own_reach(app: Flask, client: FlaskClient, site: Cast, sign_in):
    give(app, site, "Vic", "Parts", Role.ADMIN)
    vic = sign_in(client, "vic")

    answer = vic.post("/admin/people/role", data=asked(site, "Uma", "admin", "Northgate") | {"sure": "y"})
    assert answer.status_code == 422
    assert "Choose one from the list" in answer.text
    assert vic.post("/admin/people/role", data=asked(site, "Sol", "hr", "Parts")).status_code == 404
    held = give(app, site, "Uma", "Northgate", Role.HR)
    taken = {"person": site.people["Uma"], "grant": held}
    assert vic.post("/admin/people/role/take", data=taken).status_code == 404
    assert grants(app, site, "Uma") == [(Role.HR, site.units["Northgate"])]


@pytest.mark.parametrize("values", [{"role": "staff"}, {"unit": "x"}, {"unit": 999}])
def test_a_role_that_is_not_offered_is_refused(ada: FlaskClient, site: Cast, values: dict[str, object]):
    answer = ada.post("/admin/people/role", data=asked(site, "Sol", "hr", "Parts") | values)

    assert answer.status_code == 422
    assert "Choose one from the list" in answer.text


def test_a_role_is_taken_and_one_from_the_companys_groups_is_shown_alone(
    app: Flask, ada: FlaskClient, site: Cast
):
    mine, theirs = give(app, site, "Sol", "Parts", Role.HR), give(app, site, "Sol", "Showroom", Role.HR, True)
    sol = site.people["Sol"]
    ada.post("/admin/people/one", data={"person": sol})
    page = ada.get("/admin/people/one").text
    assert "from a group of the company" in page
    assert page.count('name="grant"') == 1

    assert ada.post("/admin/people/role/take", data={"person": sol, "grant": mine}).status_code == 302
    refused = ada.post("/admin/people/role/take", data={"person": sol, "grant": theirs})
    assert refused.status_code == 422
    assert grants(app, site, "Sol") == [(Role.HR, site.units["Showroom"])]
    assert acts(app) == ["role_taken"]


def test_a_grant_of_somebody_else_or_none_at_all_is_not_there(ada: FlaskClient, site: Cast):
    for grant in (1, 999):
        sent = {"person": site.people["Sol"], "grant": grant}
        assert ada.post("/admin/people/role/take", data=sent).status_code == 404
    assert ada.post("/admin/people/role/take", data={"person": site.people["Sol"]}).status_code == 400


def test_a_role_held_already_and_one_for_somebody_gone_or_over_a_closed_unit_are_refused(
    app: Flask, ada: FlaskClient, site: Cast
):
    again = ada.post(
        "/admin/people/role", data=asked(site, "Alba", "manager", "Service counter") | {"sure": "y"}
    )
    assert again.status_code == 422
    assert "holds this role already" in again.text
    with app.app_context():
        sol = db.session.get_one(Person, site.people["Sol"])
        unit = db.session.get_one(Unit, site.units["Parts"])
        unit.closed_on = sol.created_at.date()
        with pytest.raises(RoleRefused, match="is closed"):
            roles.give(db.session(), sol, Role.HR, unit)
        sol.active = False
        with pytest.raises(RoleRefused, match="This account is closed"):
            roles.give(db.session(), sol, Role.HR, unit)


def test_of_two_admins_of_the_organisation_one_may_go(app: Flask, ada: FlaskClient, site: Cast):
    grant = give(app, site, "Sol", "Harbour Motors", Role.ADMIN)

    answer = ada.post("/admin/people/role/take", data={"person": site.people["Sol"], "grant": grant})
    assert answer.status_code == 302
    assert grants(app, site, "Sol") == []


def test_a_code_from_before_somebody_had_a_role_opens_nothing_with_it(
    app: Flask, ada: FlaskClient, site: Cast, sign_in
):
    alba = sign_in(app.test_client(), "alba")
    page = alba.post("/people/password-code", data={"person": site.people["Sol"]}).text
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page)[0]
    ada.post("/admin/people/role", data=asked(site, "Sol", "hr", "Harbour Motors") | {"sure": "y"})

    stolen = {"code": code, "password": "four words not together", "repeated": "four words not together"}
    answer = app.test_client().post("/first-time/password", data=stolen)
    assert answer.status_code == 422
    assert "This code is not known" in answer.text
