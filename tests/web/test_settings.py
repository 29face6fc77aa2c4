"""The settings page: what tightens soon, what loosens late, and everybody can read of it meanwhile."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing import epochs
from wellbeing.models.accounts import Level, RoleGrant, Unit
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.changes import SettingsChange
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role

SIX = "For answers given from Monday 9 March on: a figure needs 6 people or more (until then 5)."


@pytest.fixture
def ada(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    open_epochs(app, 0)
    return sign_in(client, "ada")


def open_epochs(app: Flask, weeks: int) -> None:
    with app.app_context(), db.engine.begin() as connection:
        secrets = app.extensions["config"].secrets
        epochs.open_due(connection, secrets.server_key, NOW + timedelta(weeks=weeks))


def plan(
    browser: FlaskClient, people: object = 5, own: object = 7, days: object = 7, activation: object = 14
):
    data = {"people_needed": people, "own_pool_from": own, "tick_days": days, "activation_days": activation}
    return browser.post("/admin/settings", data=data)


def planned(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(SettingsChange))


def test_ada_reads_what_is_in_force_and_when_a_change_would_bind(ada: FlaskClient):
    page = ada.get("/admin/settings").text

    assert "next tick, on 9 Mar 2026" in page
    assert "takes effect on 16 Mar 2026" in page
    assert "Never fewer than 5" in page
    assert "14 days after they were made" in page
    assert "/admin/settings" in ada.get("/admin/").text


def test_a_planned_change_is_read_by_staff_wherever_they_look(ada: FlaskClient, site: Cast, sign_in):
    assert plan(ada, people=6).location == "/admin/settings"
    assert SIX in ada.get("/admin/settings").text
    assert SIX in ada.get("/admin/").text

    assert SIX in ada.get("/what-happens").text
    state = ada.get("/counter/state", headers={"Authorization": f"Bearer {site.token}"}).json
    assert state["notices"] == [{"title": "A change to how figures are made.", "text": SIX}]
    mirror = f"/team/{site.units['Service counter']}"
    assert SIX in sign_in(ada, "alba").get(mirror).text
    assert SIX in sign_in(ada, "sol").get(mirror).text


def test_without_a_plan_nobody_is_told_anything(ada: FlaskClient, site: Cast):
    for page in ("/admin/settings", "/admin/", "/what-happens", f"/team/{site.units['Parts']}"):
        assert "until then" not in ada.get(page).text
    state = ada.get("/counter/state", headers={"Authorization": f"Bearer {site.token}"}).json
    assert state["notices"] == []


def test_a_plan_can_be_taken_back(app: Flask, ada: FlaskClient):
    plan(ada, people=6)
    assert ada.post("/admin/settings/withdraw").location == "/admin/settings"

    assert "is taken back" in ada.get("/admin/settings").text
    assert planned(app) == 0
    ada.post("/admin/settings/withdraw")
    assert "is taken back" not in ada.get("/admin/settings").text


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"people": 4}, "A number from 5 to 40."),
        ({"people": ""}, "fill this in"),
        ({"people": "six"}, "A number from 5 to 40."),
        ({"people": "9" * 400}, "A number from 5 to 40."),
        ({"own": "-8"}, "A number from 7 to 100."),
        ({"own": 6}, "A number from 7 to 100."),
        ({"people": 9, "own": 8}, "At least as many as a figure needs."),
        ({"days": 8}, "Choose one of the two."),
        ({"days": "nine"}, "Choose one of the two."),
        ({}, "like this already"),
    ],
)
def test_what_the_rules_forbid_is_said_beside_the_field(app: Flask, ada: FlaskClient, values: dict, why: str):
    answer = plan(ada, **values)

    assert answer.status_code == 400
    assert why in answer.text
    assert answer.text.count('class="errors"') == bool(values)
    assert planned(app) == 0


def test_who_wants_everything_to_stay_is_shown_how_to_take_a_plan_back(app: Flask, ada: FlaskClient):
    plan(ada, people=6)
    answer = plan(ada)

    assert answer.status_code == 400
    assert "To keep everything as it is, take the planned change back." in answer.text
    assert "Take it back</button>" in answer.text
    assert planned(app) == 1


def test_a_plan_that_is_made_or_taken_back_is_told_as_good_news(ada: FlaskClient):
    plan(ada, people=6)
    assert 'class="notice good" role="status">Planned.' in ada.get("/admin/settings").text

    ada.post("/admin/settings/withdraw")
    assert 'class="notice good" role="status">The planned change is taken back.' in ada.get("/admin/").text


def test_before_the_first_week_opens_a_change_binds_with_it(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    page = sign_in(client, "ada").get("/admin/settings").text

    assert "when the first week opens" in page


def test_a_change_in_force_is_announced_no_longer(app: Flask, ada: FlaskClient):
    plan(ada, days=14)
    assert "every second Monday (until then every Monday)" in ada.get("/what-happens").text
    open_epochs(app, 1)

    assert "until then" not in ada.get("/what-happens").text
    with app.app_context():
        assert db.session.get_one(Settings, 1).tick_days == 14


def test_an_admin_of_one_site_cannot_change_what_holds_for_everybody(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Northgate"], role=Role.ADMIN)
        )
        db.session.commit()
    sol = sign_in(client, "sol")

    assert "/admin/settings" not in sol.get("/admin/").text
    assert sol.get("/admin/settings").status_code == plan(sol, people=6).status_code == 404
    assert sol.post("/admin/settings/withdraw").status_code == 404
    assert planned(app) == 0


def test_a_site_that_is_not_set_up_has_nothing_to_announce(client: FlaskClient):
    assert client.get("/what-happens").status_code == 200


def months(app: Flask) -> int:
    with app.app_context():
        return db.session.get_one(Settings, 1).checkup_months


def test_the_check_up_is_asked_every_month_from_the_next_one_on(app: Flask, ada: FlaskClient):
    assert months(app) == 3
    saved = ada.post("/admin/settings/checkup", data={"checkup_months": "1"}, follow_redirects=True)

    assert "It holds from the next check-up on." in saved.text
    assert months(app) == 1


@pytest.mark.parametrize("sent", ["2", "0", "often", ""])
def test_the_check_up_is_asked_every_quarter_or_every_month_and_nothing_else(
    app: Flask, ada: FlaskClient, sent: str
):
    answer = ada.post("/admin/settings/checkup", data={"checkup_months": sent})

    assert (answer.status_code, months(app)) == (422, 3)
    assert "Choose one of the two." in answer.text


TIGHT = {"people_needed": "8", "own_pool_from": "10", "tick_days": "14", "activation_days": "30"}


def test_the_page_says_what_the_settings_mean_for_the_teams_that_there_are(ada: FlaskClient):
    page = " ".join(ada.get("/admin/settings").text.split())

    assert "<dd> Harbour Motors, Service counter, Showroom </dd>" in page.replace(
        "<dd>Harbour", "<dd> Harbour"
    )
    assert "in words: mood" in page
    assert "is at most 7 days old" in page
    assert "5 to 7 people" in page and "40 people or more" in page


def test_values_are_tried_before_they_are_planned(app: Flask, ada: FlaskClient):
    answer = ada.post("/admin/settings", data=TIGHT | {"example": "1"})

    assert answer.status_code == 200
    page = " ".join(answer.text.split())
    assert "As you typed it" in page
    assert "not shown: it takes 8" in page and "is at most 14 days old" in page
    assert "would count from 3 Apr 2026" in page
    assert 'value="10"' in page
    with app.app_context():
        assert db.session.query(SettingsChange).count() == 0
        assert db.session.query(AuditEntry).count() == 0


def test_what_is_planned_is_shown_beside_today(ada: FlaskClient):
    ada.post("/admin/settings", data=TIGHT)

    assert "As planned" in ada.get("/admin/settings").text


def test_with_too_few_people_it_says_that_nobody_has_a_figure(ada: FlaskClient):
    few = {
        "people_needed": "5",
        "own_pool_from": "100",
        "tick_days": "7",
        "activation_days": "14",
        "example": "1",
    }

    assert "nobody: too few people can count" in ada.post("/admin/settings", data=few).text


def test_the_language_to_begin_with_is_one_of_ours(app: Flask, ada: FlaskClient):
    assert ada.post("/admin/settings/language", data={"language": "es"}).location == "/admin/settings"
    assert ada.post("/admin/settings/language", data={"language": "xx"}).status_code == 400

    with app.app_context():
        assert db.session.get_one(Settings, 1).language == "es"
        assert [entry.act for entry in db.session.query(AuditEntry)] == ["site_changed"]


def test_many_teams_are_named_in_part(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        for number in range(14):
            parent = site.units["Northgate"]
            db.session.add(Unit(name=f"Small {number:02}", level=Level.TEAM, parent_id=parent))
        db.session.commit()

    assert "and 4 more" in ada.get("/admin/settings").text


def test_two_teams_of_one_name_are_told_apart_by_their_sites(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        other = Unit(name="Southport", level=Level.SITE, parent_id=site.units["Harbour Motors"])
        db.session.add(other)
        db.session.flush()
        db.session.add(Unit(name="Parts", level=Level.TEAM, parent_id=other.id))
        db.session.commit()

    page = ada.get("/admin/settings").text

    assert "Northgate · Parts" in page and "Southport · Parts" in page
