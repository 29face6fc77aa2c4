"""An incident report: the person's own until they send it, and then read by whom an admin appointed."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing import appointed, incidents
from wellbeing.models.accounts import Person
from wellbeing.models.asking import IncidentReport, ReaderOf
from wellbeing.models.base import db

GOOD = {
    "happened_on": "2026-03-03",
    "about_when": "shortly after ten",
    "whereabouts": "on the phone",
    "what": "They shouted that they would come and find me.\nThen they hung up.",
    "kinds": ["shouting", "threat"],
    "hurt": "Still shaken.",
    "witnesses": "Noor Vale",
    "wish": "Not to serve them again.",
}


@pytest.fixture
def hilde_reads(app: Flask, site: Cast) -> None:
    with app.app_context():
        appointed.appoint(db.session(), ReaderOf.INCIDENT, db.session.get_one(Person, site.people["Hilde"]))


@pytest.fixture
def sent(client: FlaskClient, site: Cast, hilde_reads, sign_in) -> None:
    """Sol has sent a report, and is gone again."""
    assert sign_in(client, "sol").post("/incident", data=GOOD).location == "/incidents/1"
    client.post("/sign-out")


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(IncidentReport)) or 0


def test_where_nobody_reads_it_can_be_printed_and_not_sent(client: FlaskClient, site: Cast, sign_in):
    sol = sign_in(client, "sol")

    page = sol.get("/incident").text
    assert "no reader was appointed" in page
    assert "data-print" in page
    assert 'type="submit">Send' not in page
    assert sol.post("/incident", data=GOOD).status_code == 404


def test_the_form_names_its_readers_and_is_filled_in_with_nothing_but_the_day(
    client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    page = sign_in(client, "sol").get("/incident").text

    assert "Send to Hilde Vale" in page
    assert "<strong>Hilde Vale</strong>, and whoever is appointed later" in page
    assert page.count("Nobody reads this live.") == 3
    assert re.findall(r'<input[^>]* value="([^"]*)"[^>]*name="(?!csrf|next)', page) == []
    assert 'value="2026-03-04"' in page


def test_the_paper_has_a_line_for_each_box(client: FlaskClient, site: Cast, sign_in):
    page = sign_in(client, "sol").get("/incident").text
    paper = page.partition('<article class="paper')[2]

    assert set(re.findall(r'data-paper="(\w+)"', paper)) == set(GOOD)
    assert "Sol Vale, Service counter" in paper


def test_anybody_prints_an_empty_form_without_signing_in(client: FlaskClient, site: Cast):
    page = client.get("/incident/paper")

    assert page.status_code == 200
    assert page.text.count('class="paper-field"') == len(GOOD) + 1
    assert "<input" not in page.text.partition("<main")[2]


def test_what_is_sent_is_read_by_its_author_and_by_its_reader_alone(
    client: FlaskClient, site: Cast, sent, sign_in
):
    for name, status in (("sol", 200), ("hilde", 200), ("alba", 404), ("ada", 404), ("noor", 404)):
        page = sign_in(client, name).get("/incidents/1")
        assert page.status_code == status, name
        client.post("/sign-out")
        if status == 200:
            told = (
                "Sol Vale, Service counter",
                "come and find me",
                "Shouting or swearing, A threat",
                "Noor Vale",
            )
            assert all(words in page.text for words in told)


def test_everybody_finds_what_they_sent_and_a_reader_what_all_sent(
    client: FlaskClient, site: Cast, sent, sign_in
):
    found = {}
    for name in ("sol", "hilde", "alba"):
        found[name] = sign_in(client, name).get("/incidents").text
        client.post("/sign-out")

    assert "on the phone" in found["sol"] and "For you to read" not in found["sol"]
    assert "Sol Vale" in found["hilde"] and "For you to read" in found["hilde"]
    assert "on the phone" not in found["alba"] and "You have sent none." in found["alba"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("what", "", "Please fill this in."),
        ("what", "Mr Smith shouted.", "Mr Smith"),
        ("wish", "Call me at 0611 222 333 44", "0611 222 333 44"),
        ("happened_on", "2026-03-05", "has not come yet"),
        ("happened_on", "x", "errors"),
        ("kinds", ["made up"], "errors"),
        ("whereabouts", "x" * 81, "At most 80"),
        ("what", "a\0b", "cannot be seen"),
        ("what", "\u202eturned round", "cannot be seen"),
        ("witnesses", "\u202eturned round", "cannot be seen"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_all_that_was_typed(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in, field: str, typed: object, said: str
):
    answer = sign_in(client, "sol").post("/incident", data=GOOD | {field: typed})

    assert answer.status_code == 422
    assert said in answer.text
    assert "Still shaken." in answer.text
    assert kept(app) == 0


def test_a_reader_marks_it_as_read_and_its_author_sees_that(client: FlaskClient, site: Cast, sent, sign_in):
    hilde = sign_in(client, "hilde")
    assert hilde.post("/incidents/1/read").location == "/incidents/1"
    assert "I have read it" not in hilde.get("/incidents/1").text
    client.post("/sign-out")

    sol = sign_in(client, "sol")
    assert "read on 4 Mar 2026" in sol.get("/incidents").text
    assert sol.post("/incidents/1/read").status_code == 404


def test_the_day_of_the_first_reading_stands(app: Flask, site: Cast, sent):
    with app.app_context():
        report = db.session.get_one(IncidentReport, 1)
        for day in (4, 9):
            incidents.mark_read(db.session(), report, date(2026, 3, day))

        assert report.read_on == date(2026, 3, 4)


def test_its_author_takes_it_back_until_somebody_has_read_it(
    app: Flask, client: FlaskClient, site: Cast, sent, sign_in
):
    assert "Take it back" in sign_in(client, "sol").get("/incidents/1").text
    assert client.post("/incidents/1/delete").location == "/incidents"
    assert kept(app) == 0


def test_once_read_it_is_the_readers_to_delete(app: Flask, client: FlaskClient, site: Cast, sent, sign_in):
    hilde = sign_in(client, "hilde")
    assert hilde.post("/incidents/1/delete").status_code == 404
    hilde.post("/incidents/1/read")
    client.post("/sign-out")
    assert sign_in(client, "sol").post("/incidents/1/delete").status_code == 404
    client.post("/sign-out")

    assert sign_in(client, "hilde").post("/incidents/1/delete").location == "/incidents"
    assert kept(app) == 0
