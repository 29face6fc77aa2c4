"""Help and the plain words about an answer: open to everybody, at any time."""

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast


def test_anybody_finds_help_without_signing_in(client: FlaskClient, site: Cast):
    page = client.get("/help")

    assert page.status_code == 200
    assert all(
        words in page.text for words in ("Marta, 2nd floor", "116 123", "988", "112", "findahelpline.com")
    )


def test_help_is_there_before_the_site_is_set_up(client: FlaskClient):
    page = client.get("/help")

    assert page.status_code == 200
    assert "116 123" in page.text


def test_help_speaks_the_language_that_is_asked_for(client: FlaskClient, site: Cast):
    assert "Reino Unido" in client.get("/help?lang=es").text


def test_asking_for_help_leaves_no_trace(app: Flask, site: Cast, caplog):
    page = app.test_client().get("/help")

    assert "Nothing on this page is recorded" in page.text
    assert not caplog.records


def test_what_happens_to_an_answer_is_said_plainly_to_anybody(client: FlaskClient):
    page = client.get("/what-happens").text

    assert client.get("/what-happens").status_code == 200
    assert "not the same as anonymous" in page
    assert "cannot be withdrawn" in page
