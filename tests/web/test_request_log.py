"""The line of a request: which page and how it went; nobody, and nothing of the counter or one's pages."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks.routes import GET, Kind
from tests.cast import Cast, pin_of
from tests.conftest import close, config_at
from wellbeing import create_app, logs
from wellbeing.web import request_log
from wellbeing.web.access import public

NUMBER = re.compile(r"[0-9a-f]{16}")
# Rooms in which people answer, write of themselves, or are by themselves.
NEVER = ("counter", "counter_care", "phone", "checkup", "contact", "incident", "talk", "care", "care_page")
NEVER = (*NEVER, "clips", "passkeys", "health", "metrics", "worker", "help", "word")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """The lines of requests so far."""
    caplog.set_level(logging.INFO, logger="wellbeing.web.request_log")
    name = request_log.__name__
    yield lambda: [record.getMessage() for record in caplog.records if record.name == name]


def test_a_page_leaves_its_name_its_status_and_a_number(
    client: FlaskClient, site: Cast, sign_in, lines: Callable, caplog: pytest.LogCaptureFixture
):
    answer = sign_in(client, "alba").get(f"/team/{site.units['Service counter']}?weeks=1")

    assert lines() == ["POST auth.sign_in 302", "GET team.team_mood 200"]
    record = caplog.records[-1]
    assert (record.method, record.endpoint, record.status) == ("GET", "team.team_mood", 200)
    assert record.ms % 10 == 0
    assert NUMBER.fullmatch(answer.headers["X-Request-Id"])
    assert "alba" not in caplog.text.lower()


def test_acts_at_the_counter_leave_no_line_and_get_no_number(
    client: FlaskClient, site: Cast, lines: Callable
):
    said = {"id": "one", "act": "check_in", "person": site.people["Sol"], "pin": pin_of("Sol"), "mood": 2}
    token = {"Authorization": f"Bearer {site.token}"}
    answers = [
        client.post("/counter/act", json=said, headers=token),
        client.get("/counter/state", headers=token),
        client.get("/counter"),
        client.get("/counter/nothing"),
        client.get("/phone"),
        client.get("/my/nothing"),
        client.get("/healthz"),
    ]

    assert lines() == []
    assert [answer.headers.get("X-Request-Id") for answer in answers] == [None] * len(answers)


def test_ones_own_pages_leave_no_line(client: FlaskClient, site: Cast, sign_in, lines: Callable):
    browser = sign_in(client, "sol")
    before = lines()
    for page in ("/my/days", "/my/data", "/checkup", "/care"):
        assert "X-Request-Id" not in browser.get(page).headers

    assert lines() == before


def test_no_room_of_answers_or_of_oneself_is_among_those_that_are_counted():
    personal = {
        endpoint.split(".")[0] for endpoint, kind in GET.items() if kind in (Kind.PERSONAL, Kind.COUNTER)
    }

    assert not (personal | set(NEVER)) & request_log.KINDS.keys()


def test_an_address_that_is_nowhere_leaves_a_line_without_it(
    client: FlaskClient, site: Cast, lines: Callable
):
    client.get("/Sol-Vega?mood=2")
    client.open("/Sol-Vega", method="BREW")

    assert lines() == ["GET unknown 404", "other unknown 404"]


def test_an_error_page_shows_the_number_that_is_in_the_log(client: FlaskClient, site: Cast):
    answer = client.get("/nothing-here")

    assert f'<code class="request-id">{answer.headers["X-Request-Id"]}</code>' in answer.text
    assert "request-id" not in client.get("/my/nothing").text


@pytest.mark.parametrize(
    ("behind", "given", "taken"),
    [
        (True, "proxy-0123456789", True),
        (False, "proxy-0123456789", False),
        (True, "short", False),
        (True, "a b<script>alert", False),
    ],
)
def test_a_proxys_number_is_taken_where_a_proxy_is_believed(
    tmp_path: Path, behind: bool, given: str, taken: bool
):
    app = create_app(replace(config_at(tmp_path), behind_proxy=behind))
    app.add_url_rule("/seen", "auth.seen", public(lambda: "seen"))
    number = app.test_client().get("/nothing", headers={"X-Request-Id": given}).headers["X-Request-Id"]
    close(app)

    assert (number == given) is taken


def test_after_a_request_its_number_is_forgotten(client: FlaskClient, site: Cast):
    client.get("/")

    assert (logs.request_id.get(), logs.apart.get()) == ("", False)


def test_an_unexpected_error_is_told_with_the_requests_number(app: Flask, site: Cast):
    seen: list[str] = []

    class Watch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(logs.AsJson().format(record))

    watch, ours = Watch(), logging.getLogger("wellbeing.web.errors")
    ours.addHandler(watch)
    app.view_functions["auth.home"] = public(lambda: {}["Sol"])
    answer = app.test_client().get("/")
    ours.removeHandler(watch)

    [line] = seen
    assert answer.headers["X-Request-Id"] in line
    assert "Sol" not in line
