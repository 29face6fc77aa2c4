"""“Ask someone to contact me”: who reads it is said first, and what is not ticked is not sent."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing import appointed, asking
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ContactRequest, ReaderOf
from wellbeing.models.base import db

TODAY = date(2026, 3, 4)


@pytest.fixture
def hilde_reads(app: Flask, site: Cast) -> None:
    with app.app_context():
        appointed.appoint(db.session(), ReaderOf.CONTACT, db.session.get_one(Person, site.people["Hilde"]))


def kept(app: Flask) -> list[tuple[str, str, str, str]]:
    columns = (ContactRequest.name, ContactRequest.team, ContactRequest.reach, ContactRequest.words)
    with app.app_context():
        return [tuple(row) for row in db.session.execute(sa.select(*columns).order_by(ContactRequest.id))]


def ask(app: Flask, site: Cast, who: str, **ticked: object) -> None:
    with app.app_context():
        person = site.people[who]
        found = asking.of(db.session(), person, **ticked)
        asking.ask(db.session.connection(), person, found, TODAY)
        db.session.commit()


def test_where_nobody_reads_there_is_no_form_and_the_page_says_whom_to_turn_to(
    client: FlaskClient, site: Cast, sign_in
):
    sol = sign_in(client, "sol")

    page = sol.get("/help/contact").text
    assert 'action="/help/contact"' not in page
    assert "Whom to turn to" in page
    assert sol.post("/help/contact", data={"name": "y"}).status_code == 404


def test_the_form_says_who_reads_it_what_they_see_and_by_when(
    client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    page = sign_in(client, "sol").get("/help/contact").text

    assert "<strong>Hilde Vale</strong>, and whoever is appointed later" in page
    assert "by Friday 6 March" in page
    assert "Only what you tick" in page
    assert not re.search(r"<input[^>]* checked", page)
    assert "Nobody reads this live. In danger? Call 112." in page


def test_a_box_that_is_not_ticked_stays_closed_so_that_it_cannot_leave_the_browser(
    client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    page = sign_in(client, "sol").get("/help/contact").text

    assert re.search(r"<input[^>]* disabled[^>]* name=\"reach\"", page)
    assert re.search(r"<textarea[^>]* disabled[^>]* name=\"words\"", page)


@pytest.mark.parametrize(
    ("sent", "row"),
    [
        ({"name": "y"}, ("Sol Vale", "", "", "")),
        ({"name": "y", "team": "y"}, ("Sol Vale", "Service counter", "", "")),
        ({"reach": " after the shift "}, ("", "", "after the shift", "")),
        ({"name": "y", "words": "It got a lot."}, ("Sol Vale", "", "", "It got a lot.")),
    ],
)
def test_only_what_is_ticked_is_kept(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in, sent, row
):
    answer = sign_in(client, "sol").post("/help/contact", data=sent)

    assert (answer.status_code, answer.location) == (302, "/help/contact")
    assert kept(app) == [row]


def test_without_a_name_and_a_way_to_be_reached_nobody_could_answer(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    answer = sign_in(client, "sol").post("/help/contact", data={"team": "y", "words": "Please."})

    assert answer.status_code == 422
    assert "Tick your name, or how to reach you" in answer.text
    assert "Please." in answer.text
    assert kept(app) == []


@pytest.mark.parametrize(
    "sent", [{"reach": "x" * 121}, {"words": "x" * 241}, {"reach": "a\0b"}, {"words": "a\0b"}]
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in, sent
):
    answer = sign_in(client, "sol").post("/help/contact", data={"name": "y", **sent})

    assert answer.status_code == 422
    assert 'class="errors"' in answer.text
    assert kept(app) == []


def test_its_reader_sees_what_was_ticked_and_nothing_else(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    ask(app, site, "Sol", reach="locker 7")

    page = sign_in(client, "hilde").get("/asked").text

    assert "locker 7" in page
    assert "Sol" not in page
    assert "Friday 6 March" in page


@pytest.mark.parametrize("name", ["alba", "ada", "sol"])
def test_nobody_else_reads_it_neither_her_manager_nor_the_admin(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in, name: str
):
    ask(app, site, "Sol", name=True)
    somebody = sign_in(client, name)

    assert somebody.get("/asked").status_code == 404
    assert somebody.post("/asked/1/answered").status_code == 404


def test_a_reader_marks_it_as_answered_once_and_whoever_asked_sees_it(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    ask(app, site, "Sol", name=True)
    hilde = sign_in(client, "hilde")

    assert hilde.post("/asked/1/answered").location == "/asked"
    assert hilde.post("/asked/1/answered").status_code == 404
    assert "answered" in hilde.get("/asked").text
    client.post("/sign-out")
    assert "answered on 4 Mar 2026" in sign_in(client, "sol").get("/help/contact").text


def test_whoever_asked_takes_it_back_while_nobody_has_answered(
    app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    ask(app, site, "Sol", name=True)
    ask(app, site, "Noor", name=True)
    sol = sign_in(client, "sol")

    assert sol.post("/help/contact/2/take-back").status_code == 404
    assert sol.post("/help/contact/1/take-back").location == "/help/contact"
    assert kept(app) == [("Noor Vale", "", "", "")]


def test_an_answer_cannot_be_taken_back(app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in):
    ask(app, site, "Sol", name=True)
    with app.app_context():
        asking.answer(db.session(), 1, TODAY)

    assert sign_in(client, "sol").post("/help/contact/1/take-back").status_code == 404


def test_a_reader_with_nothing_to_read_is_told_so_and_finds_the_page_in_the_menu(
    client: FlaskClient, site: Cast, hilde_reads, sign_in
):
    page = sign_in(client, "hilde").get("/asked").text

    assert "Nobody waits for you." in page
    assert re.search(r'href="/asked" aria-current="page"', page)


def test_a_late_one_says_so(app: Flask, client: FlaskClient, site: Cast, hilde_reads, sign_in):
    ask(app, site, "Sol", name=True)
    with app.app_context():
        db.session.execute(sa.update(ContactRequest).values(asked_on=date(2026, 2, 27)))
        db.session.commit()

    assert '<span class="tag warn">late</span>' in sign_in(client, "hilde").get("/asked").text
