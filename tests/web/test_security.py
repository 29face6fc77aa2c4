"""Headers and doors that hold for every page."""

import pytest
from flask import Flask

from tests.cast import Cast
from wellbeing.storage import read_only
from wellbeing.web.access import public

FILE = "/static/css/base.css"
PATHS = ["/", "/healthz", "/counter", "/counter/state", "/nothing-here"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_forbids_what_we_do_not_need(app: Flask, site: Cast, path: str):
    with app.test_client().get(path) as answer:
        headers = answer.headers

    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";") if part
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*PATHS, FILE])
def test_every_answer_stays_where_it_is_and_what_it_says_it_is(app: Flask, site: Cast, path: str):
    with app.test_client().get(path) as answer:
        headers = answer.headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers  # Of a site that may be reached by plain HTTP.


@pytest.mark.parametrize("path", PATHS)
def test_no_page_opens_to_others_or_lends_anything(app: Flask, site: Cast, path: str):
    headers = app.test_client().get(path).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_kept_by_a_browser(app: Flask, site: Cast, path: str):
    assert app.test_client().get(path).headers["Cache-Control"] == "no-store"


def test_files_of_ours_may_be_kept(app: Flask, site: Cast):
    with app.test_client().get(FILE) as answer:
        assert answer.headers.get("Cache-Control") != "no-store"


def test_a_file_that_is_not_there_may_be_asked_for_again(app: Flask, site: Cast):
    answer = app.test_client().get("/static/css/nothing.css")

    assert answer.status_code == 404
    assert answer.headers.get("Cache-Control") != "no-store"


def test_a_page_that_forgot_to_say_who_may_open_it_stays_closed(app: Flask, site: Cast):
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    app.add_url_rule("/meant", "meant", public(lambda: "open"))

    assert app.test_client().get("/forgotten").status_code == 404
    assert app.test_client().get("/meant").text == "open"


@pytest.mark.parametrize(
    ("method", "reading"), [("GET", True), ("HEAD", True), ("OPTIONS", True), ("POST", False), ("PUT", False)]
)
def test_only_requests_that_may_write_take_the_write_lock(app: Flask, site: Cast, method: str, reading: bool):
    seen = []

    def view() -> str:
        seen.append(read_only.get())
        return ""

    app.config["WTF_CSRF_ENABLED"] = False
    rule = {"methods": [method], "provide_automatic_options": False}
    app.add_url_rule("/lock", "lock", public(view), **rule)
    app.test_client().open("/lock", method=method)

    assert seen == [reading]
    assert read_only.get() is False
