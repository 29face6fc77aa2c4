"""Openings of figures: noted by role before anything is given, and staff who read are never noted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks import crawl
from tests.attacks.routes import GET, Kind
from tests.cast import Cast, assemble
from tests.conftest import SECRETS
from tests.reports.four_weeks import four_weeks
from tests.reports.ledger import Released, release
from wellbeing import access_log
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.accounts import Level, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import NoisyBlock
from wellbeing.permissions import Role
from wellbeing.web import access
from wellbeing.web.opened import log_opening

TODAY = date(2026, 3, 4)


def noted(app: Flask) -> list[tuple]:
    with app.app_context():
        query = sa.select(AccessEntry.day, AccessEntry.unit_id, AccessEntry.role, AccessEntry.act)
        return sorted(tuple(row) for row in db.session.execute(query))


def grant(app: Flask, site: Cast, name: str, unit: str, role: Role) -> None:
    with app.app_context():
        db.session.add(RoleGrant(person_id=site.people[name], unit_id=site.units[unit], role=role))
        db.session.commit()


def counter(site: Cast) -> str:
    return f"/team/{site.units['Service counter']}"


@pytest.mark.parametrize(("login", "role"), [("alba", Role.MANAGER), ("hilde", Role.HR), ("ada", Role.ADMIN)])
def test_whoever_opens_a_page_of_figures_is_noted_by_role_and_day(
    app: Flask, client: FlaskClient, site: Cast, sign_in, login: str, role: Role
):
    browser = sign_in(client, login)
    for _again in range(2):
        assert browser.get(counter(site)).status_code == 200

    assert noted(app) == [(TODAY, site.units["Service counter"], role, Act.OPENED)]


def test_staff_who_read_the_mirror_are_not_noted(app: Flask, client: FlaskClient, site: Cast, sign_in):
    assert sign_in(client, "sol").get(counter(site)).status_code == 200

    assert noted(app) == []


def test_somebody_with_two_roles_is_noted_by_both(app: Flask, client: FlaskClient, site: Cast, sign_in):
    grant(app, site, "Alba", "Northgate", Role.HR)
    sign_in(client, "alba").get(counter(site))

    assert {(role, act) for _day, _unit, role, act in noted(app)} == {
        (Role.MANAGER, Act.OPENED),
        (Role.HR, Act.OPENED),
    }


def test_a_page_that_shows_the_newest_weeks_beside_a_refusal_is_noted(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    assert sign_in(client, "alba").get(f"{counter(site)}?weeks=x").status_code == 400

    assert noted(app) == [(TODAY, site.units["Service counter"], Role.MANAGER, Act.OPENED)]


def test_headers_alone_tell_how_long_a_page_is_so_they_are_noted_too(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    assert sign_in(client, "alba").head(counter(site)).status_code == 200

    assert noted(app) == [(TODAY, site.units["Service counter"], Role.MANAGER, Act.OPENED)]


def test_what_is_refused_is_not_noted(app: Flask, client: FlaskClient, site: Cast, sign_in):
    browser = sign_in(client, "alba")

    assert browser.get(f"{counter(site)}?weeks={'1' * 3000}").status_code == 413
    assert browser.get(f"/team/{site.units['Showroom']}").status_code == 404
    assert noted(app) == []


def test_a_page_that_cannot_be_noted_is_not_given(
    app: Flask, client: FlaskClient, site: Cast, sign_in, monkeypatch: pytest.MonkeyPatch
):
    browser = sign_in(client, "alba")
    monkeypatch.setattr(access_log, "_write", _full)

    answer = browser.get(counter(site))

    assert answer.status_code == 503
    assert "that could not be done just now" in answer.text
    assert "week" not in answer.text


def _full(_connection: object, _rows: object) -> None:
    raise sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))


@pytest.mark.parametrize("door", ["", "/monday", "/monday.pdf", "/changed"])
@pytest.mark.parametrize(("login", "role"), [("tess", Role.MANAGER), ("hilde", Role.HR)])
def test_whose_figure_a_small_teams_page_shows_is_noted_for_them_too(
    app: Flask, client: FlaskClient, site: Cast, sign_in, door: str, login: str, role: Role
):
    """Who reads the organisation's figure on the page of five people looked at the organisation as well."""
    parts, top = site.units["Parts"], site.units["Harbour Motors"]
    with app.app_context():
        release({top: Released(12)})

    assert sign_in(client, login).get(f"/team/{parts}{door}").status_code == 200

    assert {(unit, found) for _day, unit, found, _act in noted(app)} == {(parts, role), (top, role)}


@pytest.mark.parametrize("door", ["", "/monday"])
def test_whose_words_a_page_tells_is_noted_for_them_too(
    app: Flask, client: FlaskClient, site: Cast, sign_in, door: str
):
    with app.app_context():
        release({site.units["Service counter"]: Released(12)})
        words = {"delay": ShareWord.MOST, "price": ShareWord.FEW}
        four_weeks({site.units["Northgate"]: {Question.CAUSE: words}})

    sign_in(client, "alba").get(f"{counter(site)}{door}")

    assert {unit for _day, unit, _role, _act in noted(app)} == {
        site.units["Service counter"],
        site.units["Northgate"],
    }


def test_whoever_opens_a_site_is_noted_for_the_teams_on_its_page(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        release({site.units["Service counter"]: Released(12)})

    sign_in(client, "hilde").get(f"/team/{site.units['Northgate']}")

    assert {unit for _day, unit, _role, _act in noted(app)} == {
        site.units["Service counter"],
        site.units["Northgate"],
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_unit_of_an_export_is_noted_whatever_the_method(
    any_app: Flask, sign_in, method: str, present: None
):
    any_app.config["WTF_CSRF_ENABLED"] = False
    with any_app.app_context():
        site = assemble(SECRETS.pin_pepper)

    @any_app.route("/take", methods=["GET", "POST"])
    @access.signed_in
    def take() -> str:
        log_opening([site.units["Parts"], site.units["Northgate"]], Act.XLSX)
        return "file"

    browser = sign_in(any_app.test_client(), "hilde")

    assert browser.open("/take", method=method).text == "file"
    assert {(unit, role, act) for _day, unit, role, act in noted(any_app)} == {
        (site.units["Parts"], Role.HR, Act.XLSX),
        (site.units["Northgate"], Role.HR, Act.XLSX),
    }


def test_two_who_open_a_page_at_the_same_moment_are_one_line_and_both_see_it(
    any_app: Flask, sign_in, present: None
):
    any_app.config["WTF_CSRF_ENABLED"] = False
    with any_app.app_context():
        site = assemble(SECRETS.pin_pepper)
    browsers = [sign_in(any_app.test_client(), "alba") for _browser in range(4)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda browser: browser.get(counter(site)).status_code, browsers))

    assert answers == [200] * 4
    assert noted(any_app) == [(TODAY, site.units["Service counter"], Role.MANAGER, Act.OPENED)]


# The list of units holds no figure.
NO_FIGURES = {"team.teams"}


@pytest.mark.parametrize(
    "endpoint", sorted({name for name, kind in GET.items() if kind is Kind.FIGURES} - NO_FIGURES)
)
def test_no_page_or_file_of_figures_is_given_without_a_note(
    app: Flask, client: FlaskClient, site: Cast, sign_in, endpoint: str
):
    counter_, showroom = site.units["Service counter"], site.units["Showroom"]
    with app.app_context():
        for _week in range(4):
            release({counter_: Released(20), showroom: Released(12)})
        db.session.add_all(
            NoisyBlock(position=at, people=20, mood_sum=8, rough=5, breaks=10) for at in range(1, 9)
        )
        db.session.commit()
    browser = sign_in(client, "hilde")
    [rule] = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]

    given = 0
    paths = crawl._paths(rule, site)
    for path in paths if "unit_id" not in rule.arguments else (paths[2], paths[-1]):
        for query in ("", *crawl.QUERIES.get(endpoint, ())):
            with app.app_context():
                db.session.execute(sa.delete(AccessEntry))
                db.session.commit()
            answer = browser.get(f"{path}?{query}", buffered=True)
            # A page of units shows its newest weeks beside what it refuses.
            shows = answer.status_code == 200 or (answer.status_code, endpoint) == (400, "team.team_mood")
            given += shows
            assert bool(noted(app)) is shows, f"{path}?{query}"
    assert given


def test_a_full_disk_gives_no_file(app: Flask, client: FlaskClient, site: Cast, sign_in):
    many: list[int] = []

    @app.get("/take")
    @access.signed_in
    def take() -> str:
        log_opening(many, Act.CSV)
        return "file"

    browser = sign_in(client, "hilde")
    with app.app_context():
        many += four_hundred_teams(site)
        no_room_for_another_page()

    answer = browser.get("/take")

    assert answer.status_code == 503
    assert "that could not be done just now" in answer.text
    assert noted(app) == []


def four_hundred_teams(site: Cast) -> list[int]:
    northgate = site.units["Northgate"]
    teams = [Unit(name=f"Team {number}", level=Level.TEAM, parent_id=northgate) for number in range(400)]
    db.session.add_all(teams)
    db.session.commit()
    return [team.id for team in teams]


def no_room_for_another_page() -> None:
    pages = db.session.execute(sa.text("PRAGMA page_count")).scalar_one()
    db.session.remove()
    db.engine.dispose()
    limit = f"PRAGMA max_page_count = {pages}"
    sa.event.listen(db.engine, "connect", lambda found, _record: found.execute(limit))
