"""When something does not work: one sentence, the right status, and nothing leaked."""

import errno
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, InternalServerError, TooManyRequests
from werkzeug.routing import RequestRedirect

from tests.cast import Cast
from wellbeing import moved
from wellbeing.diary.sealing import CannotOpen
from wellbeing.site import NotSetUp
from wellbeing.web import errors
from wellbeing.web.access import public


def raising(app: Flask, error: BaseException, path: str = "/test-error") -> FlaskClient:
    """Return a client of an app with a page that raises ``error``."""

    @public
    def view() -> str:
        raise error

    app.add_url_rule(path, f"raising{path}", view)
    return app.test_client()


def test_a_page_that_is_not_there_says_so(app: Flask, site: Cast):
    answer = app.test_client().get("/nothing-here")

    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert answer.mimetype == "text/html"


def test_a_method_that_a_page_does_not_know_says_so(app: Flask, site: Cast):
    answer = app.test_client().get("/counter/enrol")

    assert answer.status_code == 405


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [(moved.WHY, 503, "This site was moved to another database"), ("disk I/O error", 500, "on our side")],
)
def test_a_database_that_the_site_left_says_so(app: Flask, site: Cast, text: str, status: int, sentence: str):
    answer = raising(app, DBAPIError("INSERT", {}, Exception(text))).get("/test-error")

    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_a_full_disk_says_so_wherever_somebody_meets_it(app: Flask, site: Cast, caplog):
    full = OSError(errno.ENOSPC, "No space left on device: /srv/uploads/tea.mp4")
    browser = raising(app, full, "/counter/test-error").get("/counter/test-error")

    assert (browser.status_code, browser.json["code"]) == (503, "unavailable")
    assert "the server's disk is full" in browser.json["error"]
    assert "the disk is full, or cannot be written" in caplog.text and "tea.mp4" not in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (TooManyRequests(), 429, "Too many tries"),
        (InternalServerError(), 500, "Something went wrong on our side"),
        (NotSetUp(), 503, "flask site create"),
        (CannotOpen(), 500, "does not open with your key: it was changed on the server"),
        (CSRFError("The CSRF token is missing."), 400, "This form is too old"),
    ],
)
def test_each_kind_of_trouble_has_its_sentence(
    app: Flask, site: Cast, error: Exception, status: int, sentence: str
):
    answer = raising(app, error).get("/test-error")

    assert answer.status_code == status
    assert sentence in answer.text


def test_a_status_without_a_sentence_of_its_own_still_says_something(app: Flask, site: Cast):
    class Teapot(HTTPException):
        code = 418

    assert "That did not work." in raising(app, Teapot()).get("/test-error").text


def test_a_redirect_is_no_error(app: Flask, site: Cast):
    answer = raising(app, RequestRedirect("/healthz")).get("/test-error")

    assert (answer.status_code, answer.location) == (308, "/healthz")


def test_what_nobody_expected_is_logged_by_kind_and_place_alone(
    app: Flask, site: Cast, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    answer = raising(app, ValueError("Sol felt terrible")).get("/test-error")

    assert answer.status_code == 500
    assert "Nothing was half saved" in answer.text
    assert "Sol" not in answer.text
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        next(text for text in caplog.messages if text.startswith("unexpected ValueError in view:"))
    ]
    assert "Sol" not in caplog.text


def test_an_error_from_nowhere_is_logged_as_that(app: Flask, site: Cast, caplog: pytest.LogCaptureFixture):
    with app.test_request_context("/"):
        errors._unexpected(ValueError())

    assert "unexpected ValueError in nowhere" in caplog.text


@pytest.mark.parametrize(("path", "kind"), [("/counter/x", "application/json"), ("/x", "text/html")])
def test_a_tablet_is_told_in_json_and_a_person_on_a_page(app: Flask, site: Cast, path: str, kind: str):
    assert app.test_client().get(path).mimetype == kind


def test_a_database_error_never_shows_what_was_sent(app: Flask):
    with app.app_context():
        assert app.extensions["sqlalchemy"].engine.hide_parameters


@pytest.mark.parametrize("path", ["/counter", "/phone"])
def test_where_a_token_speaks_an_error_is_told_without_any_session(app: Flask, site: Cast, path: str):
    answer = app.test_client().delete(path)

    assert answer.status_code == 405
    assert "That page cannot be used in this way." in answer.text
    assert "<form" not in answer.text
    assert "Set-Cookie" not in answer.headers
