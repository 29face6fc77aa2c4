"""Asking for word of new figures: viewers only, an address that is one, and off whenever one likes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, tick
from tests.cast import Cast, assemble
from tests.conftest import SECRETS
from wellbeing.mail_settings import Mail, Security
from wellbeing.models.base import db
from wellbeing.models.release_mail import ReleaseMail

MAIL = Mail("127.0.0.1", 25, Security.NONE, None, "wind@example.org", "https://wind.example.org")


def wishes(app: Flask) -> list[tuple]:
    with app.app_context():
        query = sa.select(ReleaseMail.person_id, ReleaseMail.address, ReleaseMail.told_number)
        return [tuple(row) for row in db.session.execute(query)]


@pytest.mark.parametrize("login", ["alba", "hilde", "ada"])
def test_a_viewer_switches_word_on_changes_the_address_and_switches_it_off(
    app: Flask, client: FlaskClient, site: Cast, sign_in, login: str
):
    browser = sign_in(client, login)
    assert "Switch it on" in browser.get("/team/word").text

    browser.post("/team/word", data={"address": " me@example.org "})
    assert "Word goes to me@example.org." in browser.get("/team/word").text
    browser.post("/team/word", data={"address": "me@example.com"})
    assert wishes(app) == [(site.people[login.title()], "me@example.com", 0)]

    browser.post("/team/word/stop")
    assert wishes(app) == []
    assert browser.post("/team/word/stop").status_code == 302


def test_a_form_that_is_sent_four_times_at_once_is_one_wish(any_app: Flask, sign_in, present: None):
    any_app.config["WTF_CSRF_ENABLED"] = False
    with any_app.app_context():
        site = assemble(SECRETS.pin_pepper)
    browsers = [sign_in(any_app.test_client(), "alba") for _browser in range(4)]

    def at_once(path: str) -> list[int]:
        with ThreadPoolExecutor(4) as threads:
            answers = threads.map(lambda one: one.post(path, data={"address": "me@example.org"}), browsers)
            return [answer.status_code for answer in answers]

    assert at_once("/team/word") == [302] * 4
    assert wishes(any_app) == [(site.people["Alba"], "me@example.org", 0)]
    assert at_once("/team/word/stop") == [302] * 4
    assert wishes(any_app) == []


def test_somebody_who_asks_is_told_from_the_next_tick_on(
    app: Flask, client: FlaskClient, site: Cast, house: House, sign_in
):
    tick(house, 1)
    tick(house, 2)
    db.session.remove()

    sign_in(client, "alba").post("/team/word", data={"address": "me@example.org"})

    assert [number for _person, _address, number in wishes(app)] == [2]


@pytest.mark.parametrize(
    "typed", ["", "me", "me@example.org\r\nBcc: you@example.org", "a@" + "b" * 300 + ".org"]
)
def test_what_is_no_address_is_refused_with_a_sentence(
    app: Flask, client: FlaskClient, site: Cast, sign_in, typed: str
):
    answer = sign_in(client, "alba").post("/team/word", data={"address": typed})

    assert answer.status_code == 422
    assert ("no e-mail address" in answer.text) or ("Please fill this in" in answer.text)
    assert wishes(app) == []


def test_staff_are_told_elsewhere_and_asked_for_no_address(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    browser = sign_in(client, "sol")

    assert browser.get("/team/word").status_code == 404
    for path in ("/team/word", "/team/word/stop"):
        assert browser.post(path, data={"address": "sol@example.org"}).status_code == 404
    assert "/team/word" not in browser.get(f"/team/{site.units['Service counter']}").text
    assert wishes(app) == []


def test_a_site_without_a_mail_server_says_so(
    app: Flask, client: FlaskClient, site: Cast, house: House, sign_in
):
    db.session.remove()
    browser = sign_in(client, "alba")
    browser.post("/team/word", data={"address": "me@example.org"})
    page = browser.get("/team/word").text
    assert "sends no e-mail yet" in page
    assert "The next comes" not in page

    config = app.extensions["config"]
    app.extensions["config"] = type(config)(**{**vars(config), "mail": MAIL})
    page = browser.get("/team/word").text
    assert "sends no e-mail yet" not in page
    assert "The next comes on 9 Mar 2026." in page


def test_the_way_to_it_is_at_the_foot_of_every_page_of_a_viewer(client: FlaskClient, site: Cast, sign_in):
    assert 'href="/team/word"' in sign_in(client, "alba").get(f"/team/{site.units['Service counter']}").text


@pytest.mark.parametrize(("day", "said"), [(9, True), (11, True), (12, False)])
def test_the_list_of_teams_says_for_three_days_that_figures_are_out(
    app: Flask, client: FlaskClient, site: Cast, house: House, sign_in, day: int, said: bool
):
    tick(house, 1)
    db.session.remove()

    with time_machine.travel(datetime(2026, 3, day, 6, 0, tzinfo=UTC)):
        page = sign_in(client, "hilde").get("/team/").text

    assert ("The figures of 2–8 Mar 2026 are out." in page) is said
