"""A people file in the browser: what it would do is shown, exactly that is done, bad files change nothing."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.web.test_roster import acts, give
from wellbeing import people as roster_people
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role
from wellbeing.units import PathRefused

GOOD = (
    "name,site,team,role,role_unit,login\n"
    "Ida Lind,Northgate,Parts,,,\n"
    "Ida Lind,Northgate,Showroom,manager|hr,|Northgate,ida\n"
    "Ole Berg,Northgate,Tyres,,,\n"
)


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def look(browser: FlaskClient, content: str | bytes):
    raw = content.encode() if isinstance(content, str) else content
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n'
    body, kind = head + raw + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"
    return browser.post("/admin/people/file/look", data=body, content_type=kind)


def load(browser: FlaskClient, page: str):
    values = {
        name: re.search(rf'name="{name}" value="([^"]+)"', page).group(1) for name in ("shown", "packed")
    }
    return browser.post("/admin/people/file/load", data=values)


def people(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def test_nothing_changes_until_what_was_shown_is_confirmed(app: Flask, ada: FlaskClient, site: Cast):
    shown = look(ada, GOOD)
    assert shown.status_code == 200
    assert "3 people would be added" in shown.text
    assert "Northgate · Tyres" in shown.text
    assert people(app) == 28

    assert load(ada, shown.text).location == "/admin/people"
    assert people(app) == 31
    with app.app_context():
        ida = db.session.scalars(sa.select(Person).where(Person.login == "ida")).one()
        assert ida.counts_from > NOW.date()
        assert {(grant.role, grant.unit.name) for grant in ida.grants} == {
            (Role.MANAGER, "Showroom"),
            (Role.HR, "Northgate"),
        }
    assert sorted(acts(app)) == [
        "people_imported",
        *["person_added"] * 3,
        *["role_given"] * 2,
        "unit_created",
    ]


def test_a_roster_that_changed_meanwhile_is_shown_first(app: Flask, ada: FlaskClient, site: Cast):
    shown = look(ada, GOOD).text
    with app.app_context():
        db.session.add(Unit(name="Tyres", parent_id=site.units["Northgate"], level="team"))
        db.session.commit()
    again = load(ada, shown)

    assert again.status_code == 422
    assert "Something has changed since you looked" in again.text
    assert people(app) == 28
    assert load(ada, again.text).status_code == 302


def test_every_bad_line_is_named_and_nobody_is_added(app: Flask, ada: FlaskClient):
    page = look(ada, "name,team\nIda Lind,Parts\nIda Lind,Parts\nTess Vale,Parts\nBo,Nowhere\n")

    assert page.status_code == 422
    assert "3 lines cannot be taken" in page.text
    for said in ("Line 3", "stands on line 2", "Line 4", "in this team already", "Line 5", "names no unit"):
        assert said in page.text
    assert 'name="shown"' not in page.text
    assert people(app) == 28


def test_a_bad_file_cannot_be_loaded_by_hand(app: Flask, ada: FlaskClient):
    good = look(ada, "name,team\nIda Lind,Parts\n").text
    with app.app_context():
        db.session.execute(sa.update(Person).where(Person.name == "Uma Vale").values(name="Ida Lind"))
        db.session.commit()

    assert load(ada, good).status_code == 422
    assert ada.post("/admin/people/file/load", data={"packed": "x"}).status_code == 422
    assert ada.post("/admin/people/file/look").status_code == 422
    assert people(app) == 28


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        ("name,team\nJosé,Parts\n".encode("latin-1"), "Save it as CSV UTF-8"),
        (b"PK\x03\x04 a workbook", "save it as CSV UTF-8"),
        (b"name;team\nIda;Parts\n", "save the file with commas"),
        ("name,team\n" + "Ida Lind,Parts\n" * 100_000, "At most 5,000 lines"),
        ("name,team\n", "a header, but no line below it"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_what_to_do(
    app: Flask, ada: FlaskClient, content: str | bytes, said: str
):
    answer = look(ada, content)

    assert answer.status_code == 422
    assert said in answer.text
    assert people(app) == 28


def test_a_file_far_too_large_is_refused_unread(ada: FlaskClient):
    answer = look(ada, b"x" * 3_000_000)

    assert answer.status_code == 413
    assert "At most 5,000 lines" in answer.text


def test_a_byte_order_mark_and_a_line_too_long_are_no_trouble(ada: FlaskClient):
    assert look(ada, "\ufeffname,team\nIda Lind,Parts\n").status_code == 200
    long = look(ada, b"name,team\nIda Lind,Parts\n" + b"\xff" * 20_000 + b"\n")
    assert long.status_code == 422
    assert "longer than" in long.text


def test_vic_adds_to_his_own_team_alone(app: Flask, client: FlaskClient, site: Cast, sign_in):
    give(app, site, "Vic", "Parts", Role.ADMIN)
    vic = sign_in(client, "vic")
    lines = [
        "Ida Lind,Northgate,Parts,",
        "Bo Ek,Northgate,Showroom,",
        "Al Oy,Northgate,New,",
        "Jo Ny,,Parts,hr",
    ]
    page = look(vic, "\n".join(["name,site,team,role", *lines]))

    assert page.status_code == 422
    for number in (3, 4, 5):
        assert f"Line {number}" in page.text
    assert "beyond the units that you look after" in page.text
    good = look(vic, "name,team\nIda Lind,Parts\n")
    assert load(vic, good.text).status_code == 302
    assert people(app) == 29


def test_an_admin_of_a_site_makes_teams_in_it(app: Flask, client: FlaskClient, site: Cast, sign_in):
    give(app, site, "Vic", "Northgate", Role.ADMIN)
    vic = sign_in(client, "vic")

    assert "Northgate · Tyres" in look(vic, "name,site,team\nIda,Northgate,Tyres\n").text
    assert look(vic, "name,site,team\nIda,Elsewhere,Tyres\n").status_code == 422


def test_a_team_that_is_closed_takes_nobody(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        parts = db.session.get_one(Unit, site.units["Parts"])
        parts.closed_on, parts.parent_id = NOW.date(), site.units["Showroom"]
        db.session.commit()
    answer = look(ada, "name,site,team\nIda Lind,Northgate,Parts\n")

    assert answer.status_code == 422
    assert "Northgate/Parts is closed" in answer.text


def test_a_unit_that_closed_in_the_very_moment_takes_nobody(
    app: Flask, ada: FlaskClient, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_asked: object) -> None:
        raise PathRefused("Parts is closed.")

    shown = look(ada, "name,team\nIda Lind,Parts\n").text
    monkeypatch.setattr(roster_people, "place_people", refuse)
    answer = load(ada, shown)
    assert answer.status_code == 422
    assert "Parts is closed" in answer.text


def test_before_the_first_import_it_says_from_when_they_count(app: Flask, ada: FlaskClient):
    with app.app_context():
        db.session.get_one(Settings, 1).confirmed_at = None
        db.session.commit()

    assert "once you have confirmed the first list" in look(ada, "name,team\nIda Lind,Parts\n").text
    assert ada.get("/admin/people/file").status_code == 200


def test_more_than_a_hundred_are_counted_and_the_first_are_shown(app: Flask, ada: FlaskClient):
    many = "".join(f"Person {number},Parts\n" for number in range(150))
    bad = "".join(f"Person {number},Nowhere\n" for number in range(150))

    assert "The first 100 are shown" in look(ada, "name,team\n" + many).text
    assert "The first 100 are shown" in look(ada, "name,team\n" + bad).text
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(RoleGrant)) == 5
