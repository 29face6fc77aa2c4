"""The log of who looked: for everybody who may read the figures, by role and day."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing import access_log
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.base import db
from wellbeing.permissions import Role

TODAY = date(2026, 3, 4)


def note(app: Flask, site: Cast, *looks: tuple[str, Role, Act], day: date = TODAY) -> None:
    with app.app_context():
        rows = [
            AccessEntry(day=day, unit_id=site.units[unit], role=role, act=act) for unit, role, act in looks
        ]
        db.session.add_all(rows)
        db.session.commit()


def test_every_way_of_looking_is_said_in_plain_words(app: Flask, client: FlaskClient, site: Cast, sign_in):
    note(app, site, *(("Parts", Role.HR, act) for act in Act), ("Parts", Role.ADMIN, Act.OPENED))
    note(app, site, ("Parts", Role.MANAGER, Act.OPENED), day=TODAY - timedelta(days=1))

    page = sign_in(client, "uma").get("/team/looked").text

    for sentence in (
        "An HR person looked at the figures.",
        "An HR person took the Monday sheet.",
        "An HR person downloaded figures as CSV.",
        "An HR person downloaded figures as a spreadsheet.",
        "An HR person downloaded figures as a PDF report.",
        "An HR person downloaded figures as JSON.",
        "An HR person took figures, with noise, out of the company.",
        "An admin looked at the figures.",
        "A manager looked at the figures.",
    ):
        assert sentence in page
    assert page.index("4 Mar 2026") < page.index("3 Mar 2026")
    assert "Northgate" in page
    assert "Reading must not be watched" in page


@pytest.mark.parametrize(
    ("login", "read"),
    [
        ("uma", {"Parts"}),
        ("tess", {"Parts"}),
        ("kai", set()),
        ("hilde", {"Parts", "Northgate", "Harbour Motors"}),
        ("ada", {"Parts", "Northgate", "Harbour Motors"}),
    ],
)
def test_somebody_reads_of_the_units_whose_figures_they_may_read(
    app: Flask, client: FlaskClient, site: Cast, sign_in, login: str, read: set[str]
):
    units = ("Parts", "Northgate", "Harbour Motors")
    note(app, site, *((unit, Role.HR, Act.PDF) for unit in units))

    page = sign_in(client, login).get("/team/looked").text

    assert {unit for unit in units if f"<dt>{unit}" in page} == read


def test_an_opening_is_in_the_log_at_once_and_its_reading_is_not(
    client: FlaskClient, site: Cast, app: Flask, sign_in
):
    browser = sign_in(client, "tess")
    assert "Nobody has looked yet" in browser.get("/team/looked").text
    assert "Nobody has looked yet" in browser.get("/team/looked").text

    browser.get(f"/team/{site.units['Parts']}")

    assert "A manager looked at the figures." in browser.get("/team/looked").text


def test_a_long_log_has_pages(app: Flask, client: FlaskClient, site: Cast, sign_in):
    for number in range(access_log.PAGE + 1):
        note(app, site, ("Parts", Role.HR, Act.OPENED), day=TODAY - timedelta(days=number))
    browser = sign_in(client, "uma")

    first, last = browser.get("/team/looked").text, browser.get("/team/looked?page=2").text

    assert ("?page=2" in first, "Newer" in first) == (True, False)
    assert ("Older" in last, "?page=1" in last) == (False, True)
    assert last.count("An HR person") == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=2", 404), ("page=0", 400), ("page=x", 400), ("page=1&page=2", 400), ("page=" + "9" * 400, 400)],
)
def test_a_page_that_is_not_there_is_refused(
    client: FlaskClient, site: Cast, sign_in, query: str, status: int
):
    assert sign_in(client, "uma").get(f"/team/looked?{query}").status_code == status


def test_the_log_is_one_step_from_the_figures(client: FlaskClient, site: Cast, sign_in):
    browser = sign_in(client, "uma")

    assert "/team/looked" in browser.get(f"/team/{site.units['Parts']}").text
    assert "/team/looked" in sign_in(browser, "hilde").get("/team/").text
