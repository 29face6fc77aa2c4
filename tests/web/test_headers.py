"""Headers, graded as public graders do: every kind of answer of a site at work has the best grade."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, Cast
from tests.conftest import close
from wellbeing import create_app
from wellbeing.web.access import public

HALF_A_YEAR = 15_768_000
# What a page of ours asks browsers for; all that we name besides is for nobody.
LENT = {"camera", "screen-wake-lock", "publickey-credentials-get", "publickey-credentials-create"}
# Said of pages alone: a file opens no window, asks nobody for anything, and is lent nothing.
OF_PAGES = {
    *("no frame in browsers of long ago", "no address for others", "no window of others"),
    *("nothing lent but what pages use", "lent to our own pages alone"),
}
SAFE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@pytest.fixture
def at_work(app: Flask, site: Cast) -> Iterator[Flask]:
    """The same site as in production: reached by HTTPS alone."""
    made = create_app(replace(app.extensions["config"], secure_cookies=True))
    made.config["PREFERRED_URL_SCHEME"] = "https"
    yield made
    close(made)


def parts(header: str, between: str, sign: str) -> dict[str, str]:
    pairs = (part.strip().partition(sign) for part in header.split(between) if part.strip())
    return {name: value.strip() for name, _sign, value in pairs}


def faults(answer: TestResponse) -> list[str]:
    """Return what a grader would take points for."""
    headers = answer.headers
    policy = parts(headers.get("Content-Security-Policy", ""), ";", " ")
    hsts = parts(headers.get("Strict-Transport-Security", ""), ";", "=")
    lent = parts(headers.get("Permissions-Policy", ""), ",", "=")
    graded = {
        "a policy that lets in nothing that is not named": policy.get("default-src") == "'none'",
        "no inline script, no eval, no wildcard": not any(
            bad in headers["Content-Security-Policy"] for bad in ("unsafe", "*", "http:", "https:", "blob:")
        ),
        "no frame around it": policy.get("frame-ancestors") == "'none'",
        "no frame in browsers of long ago": headers.get("X-Frame-Options") == "DENY",
        "HTTPS for half a year or more": int(hsts.get("max-age", "0")) >= HALF_A_YEAR,
        "no guessing of types": headers.get("X-Content-Type-Options") == "nosniff",
        "no address for others": headers.get("Referrer-Policy") in SAFE_REFERRERS,
        "nothing lent but what pages use": {name for name, to in lent.items() if to != "()"} == LENT,
        "lent to our own pages alone": {lent[name] for name in LENT & lent.keys()} == {"(self)"},
        "no window of others": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "no embedding by others": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "no other site let in": "Access-Control-Allow-Origin" not in headers,
        "nothing about what serves": not {"Server", "X-Powered-By", "Via"} & set(headers.keys()),
        "cookies that stay where they are": all(_is_safe(cookie) for cookie in headers.getlist("Set-Cookie")),
    }
    return [
        wanted for wanted, met in graded.items() if not met and not (wanted in OF_PAGES and _is_file(answer))
    ]


def _is_file(answer: TestResponse) -> bool:
    """Tell whether an answer is a file of ours, which is no page."""
    return answer.status_code == 200 and answer.request.path.startswith("/static/")


def _is_safe(cookie: str) -> bool:
    told = {part.strip().lower() for part in cookie.split(";")}
    return {"secure", "httponly"} <= told and bool({"samesite=lax", "samesite=strict"} & told)


Ask = Callable[[FlaskClient], TestResponse]
ANSWERS: dict[str, tuple[int, Ask]] = {
    "a page": (200, lambda browser: browser.get("/help")),
    "the counter": (200, lambda browser: browser.get("/counter")),
    "my shift": (200, lambda browser: browser.get("/phone")),
    "JSON": (200, lambda browser: browser.get("/healthz")),
    "a refusal in JSON": (401, lambda browser: browser.get("/counter/state")),
    "figures for a monitor": (200, lambda browser: browser.get("/metrics")),
    "a redirect": (302, lambda browser: browser.get("/team/")),
    "nothing there": (404, lambda browser: browser.get("/nothing-here")),
    "a method that is not known": (405, lambda browser: browser.put("/help")),
    "a form from elsewhere": (400, lambda browser: browser.post("/sign-in", data={"login": "ada"})),
    "far too much": (413, lambda browser: browser.post("/sign-in", data={"login": "x" * 2_000_000})),
    "a file": (200, lambda browser: browser.get("/static/css/base.css")),
    "a script": (200, lambda browser: browser.get("/counter/worker.js")),
    "a file that is not there": (404, lambda browser: browser.get("/static/css/nothing.css")),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_has_the_best_grade(at_work: Flask, kind: str):
    status, ask = ANSWERS[kind]
    with ask(at_work.test_client()) as answer:
        assert (answer.status_code, faults(answer)) == (status, [])


@pytest.mark.parametrize("kind", sorted(set(ANSWERS) - {"a file", "a file that is not there", "a script"}))
def test_nothing_but_files_is_kept_by_browsers_and_proxies(at_work: Flask, kind: str):
    with ANSWERS[kind][1](at_work.test_client()) as answer:
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_unexpected_error_has_it_too(at_work: Flask):
    def broken() -> str:
        raise ValueError

    at_work.view_functions["health.alive"] = public(broken)
    answer = at_work.test_client().get("/healthz")

    assert (answer.status_code, faults(answer)) == (500, [])


def test_a_file_that_is_downloaded_has_it_too(at_work: Flask, sign_in):
    browser = at_work.test_client()
    form = {"login": "hilde", "password": PASSWORD}
    at_work.config["WTF_CSRF_ENABLED"] = False
    entered = browser.post("/sign-in", data=form, base_url="https://localhost")
    answer = browser.get("/my/data/export.json", base_url="https://localhost")

    assert (entered.status_code, faults(entered)) == (302, [])
    assert (answer.status_code, faults(answer)) == (200, [])


def test_a_site_without_https_does_not_ask_for_it(app: Flask, site: Cast):
    answer = app.test_client().get("/help")

    assert "HTTPS for half a year or more" in faults(answer)
