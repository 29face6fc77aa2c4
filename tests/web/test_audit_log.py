"""The audit log on its pages: for admins of everything, of a part, and for whoever it was about."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing import audit
from wellbeing.audit import Act
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.base import db
from wellbeing.permissions import Role


@pytest.fixture
def noted(app: Flask, site: Cast) -> Cast:
    """A few acts: Ada's about Sol and Uma, Alba's about Sol, a command's about everybody."""
    people, units = site.people, site.units
    with app.app_context():
        session = db.session()
        audit.note(session, Act.SITE_CREATED, None, NOW - timedelta(days=2))
        about = {"person_id": people["Sol"], "unit_id": units["Service counter"]}
        audit.note(session, Act.PIN_CODE_MADE, people["Alba"], NOW, **about)
        audit.note(session, Act.BADGE_MADE, people["Ada"], NOW, person_id=people["Uma"])
        facts = {"unit": "=Spares", "parent": "Northgate"}
        audit.note(session, Act.UNIT_CREATED, people["Ada"], NOW, unit_id=units["Parts"], facts=facts)
        session.commit()
    return site


def test_an_admin_reads_who_did_what_newest_first_under_its_day(client: FlaskClient, noted: Cast, sign_in):
    page = sign_in(client, "ada").get("/admin/log").text

    for words in (
        "A code to choose a new PIN was made for Sol Vale.",
        "Alba Vale",
        "A new badge was printed for Uma Vale.",
        "=Spares was made, below Northgate.",
        "The site was created.",
        "A command on the server",
        "4 Mar 2026",
        "12:30",
    ):
        assert words in page
    assert page.index("4 Mar 2026") < page.index("2 Mar 2026")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=units", {"=Spares"}),
        ("unit={Service counter}", {"Sol Vale"}),
        ("unit={Parts}", {"=Spares", "Uma Vale"}),
        ("unit={Northgate}", {"=Spares", "Uma Vale", "Sol Vale"}),
        ("kind=sign-in&unit={Parts}", {"Uma Vale"}),
        ("kind=tablets", set()),
        ("kind=&unit=&page=1", {"=Spares", "Uma Vale", "Sol Vale"}),
    ],
)
def test_the_log_is_narrowed_to_a_kind_and_to_a_unit_with_its_people(
    client: FlaskClient, noted: Cast, sign_in, query: str, shown: set[str]
):
    for name, number in noted.units.items():
        query = query.replace("{" + name + "}", str(number))

    page = sign_in(client, "ada").get(f"/admin/log?{query}").text

    assert {name for name in ("=Spares", "Uma Vale", "Sol Vale") if name in page} == shown
    assert ("Nothing here yet" in page) == (not shown)


def test_whoever_administers_a_part_reads_of_that_part_alone(
    app: Flask, client: FlaskClient, noted: Cast, sign_in
):
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=noted.people["Tess"], unit_id=noted.units["Parts"], role=Role.ADMIN)
        )
        db.session.commit()
    tess = sign_in(client, "tess")

    page = tess.get("/admin/log").text

    assert "Uma Vale" in page and "=Spares" in page
    assert "Sol Vale" not in page and "The site was created." not in page
    assert "what concerns your units" in page and "log.csv" not in page
    assert tess.get("/admin/log.csv").status_code == 404
    assert tess.get(f"/admin/log?unit={noted.units['Showroom']}").status_code == 404


def test_the_file_holds_every_line_and_no_cell_that_a_spreadsheet_would_run(
    client: FlaskClient, noted: Cast, sign_in
):
    ada = sign_in(client, "ada")

    answer = ada.get("/admin/log.csv")
    lines = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert lines[0] == ["at", "who", "act", "what", "unit", "person"]
    assert [line[2] for line in lines[1:]] == ["unit_created", "badge_made", "pin_code_made", "site_created"]
    assert lines[1][3].startswith("'=Spares")
    assert lines[3] == [
        *("2026-03-04T12:30+01:00", "Alba Vale", "pin_code_made"),
        *("A code to choose a new PIN was made for Sol Vale.", "Service counter", "Sol Vale"),
    ]
    assert len(list(csv.reader(io.StringIO(ada.get("/admin/log.csv?kind=units").text)))) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/log?page=0", 400),
        ("/admin/log?page=1&page=2", 400),
        ("/admin/log?page=2", 404),
        ("/admin/log?kind=answers", 404),
        ("/admin/log?unit=x", 404),
        ("/admin/log?unit=99999", 404),
        ("/my/log?page=x", 400),
        ("/my/log?page=2", 404),
    ],
)
def test_a_part_of_the_log_that_is_not_there_is_not_found(
    client: FlaskClient, noted: Cast, sign_in, address: str, status: int
):
    assert sign_in(client, "ada").get(address).status_code == status


def test_a_long_log_has_pages_that_keep_what_was_asked(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        for _number in range(51):
            audit.note(db.session(), Act.LIST_CHANGED, site.people["Ada"], NOW, facts={"list": "cause"})
        db.session.commit()
    ada = sign_in(client, "ada")

    first = ada.get("/admin/log?kind=texts").text
    assert 'href="?kind=texts&amp;unit=&amp;page=2"' in first
    second = ada.get("/admin/log?kind=texts&unit=&page=2").text
    assert second.count("was changed.") == 1 and "page=1" in second


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_but_an_admin_reads_the_whole_log(client: FlaskClient, noted: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.get("/admin/log").status_code == 404
    assert browser.get("/admin/log.csv").status_code == 404


def test_sol_reads_what_was_done_about_sol_and_by_whom(client: FlaskClient, noted: Cast, sign_in):
    page = sign_in(client, "sol").get("/my/log").text

    assert "A code to choose a new PIN was made for you." in page
    assert "Alba Vale" in page
    assert "Uma" not in page
    assert "/team/looked" in page and 'aria-current="page"' in page


def test_somebody_about_whom_nothing_was_done_reads_that(client: FlaskClient, noted: Cast, sign_in):
    assert "Nothing so far" in sign_in(client, "noor").get("/my/log").text


def test_somebody_without_a_team_is_led_to_no_page_that_is_closed_to_them(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        db.session.delete(db.session.query(RoleGrant).filter_by(person_id=site.people["Hilde"]).one())
        db.session.commit()

    page = sign_in(client, "hilde").get("/my/log").text

    assert "Nothing so far" in page and "/team/looked" not in page
