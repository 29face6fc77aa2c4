"""A unit's check-up page: the same for manager and staff, and the log that managers write."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, change, house_of, rows
from tests.attacks.test_side_channels import WHO_IS_THERE, named
from tests.attacks.worlds import watched
from tests.cast import TEAMS, Cast
from tests.quarters import IN_APRIL, IN_JULY, NO, YES, opened, run_jobs, tell
from tests.web.test_mirror import MAIN, WRITES
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.accounts import Unit
from wellbeing.models.checkup import CustomersAsked, MysteryInquiry
from wellbeing.reports.reading import READABLE

PAGE = "/team/3/checkup"
INQUIRY = {"channel": "email", "sent_at": "2026-03-03T10:00", "answered_at": "", "machine_first": "y"}
ASKED = {"asked_on": "2026-03-03", "asked": "12", "content": "9"}


@pytest.fixture
def shut(app: Flask, site: Cast) -> House:
    """The cast's site; no context stays open, as in real life."""
    with app.app_context():
        return house_of(app, site)


@pytest.fixture
def told(shut: House) -> House:
    """A site whose service counter has a word."""
    opened(shut)
    for name in TEAMS["Service counter"][1:8]:
        tell(shut, name)
    run_jobs(shut)
    return shut


def test_manager_and_staff_read_the_same_page(app: Flask, told: House, client: FlaskClient, sign_in):
    with time_machine.travel(IN_APRIL):
        manager = sign_in(client, "alba")
        manager.post(f"{PAGE}/asked", data=ASKED)
        manager.post(f"{PAGE}/inquiry", data=INQUIRY)
        manager.get(PAGE)
        pages = [browser.get(PAGE).text for browser in (manager, sign_in(app.test_client(), "sol"))]

    assert "greatest asset, first?" in pages[0] and "<b>most</b>" in pages[0]
    alike = [" ".join(WRITES.sub("", MAIN.search(page)[0]).split()) for page in pages]
    assert alike[0] == alike[1]


def test_a_word_that_went_up_is_not_said_to_be_of_more_people(shut: House, client: FlaskClient, sign_in):
    """Seven of ten said yes, which is some; then all of five, which is most, and fewer people."""
    names = TEAMS["Service counter"][1:11]
    opened(shut)
    for at, name in enumerate(names):
        tell(shut, name, YES if at < 7 else NO)
    run_jobs(shut)
    for name in names[:5]:
        tell(shut, name, YES, now=IN_APRIL)
    run_jobs(shut, IN_JULY)
    with time_machine.travel(IN_JULY):
        page = sign_in(client, "sol").get(PAGE).text

    assert "The word has gone up" in page and "up since last time" in page
    assert "More people" not in page and "more than last time" not in page


def test_opening_it_is_noted_by_role_and_day(told: House, client: FlaskClient, sign_in):
    with time_machine.travel(IN_APRIL):
        sign_in(client, "alba").get(PAGE)

    [looked] = rows(told, AccessEntry)
    assert (looked.unit_id, looked.act, looked.role.value) == (3, Act.OPENED, "manager")


def test_a_page_without_words_says_why(shut: House, client: FlaskClient, sign_in):
    browser = sign_in(client, "sol")
    assert "No words yet" in browser.get(PAGE).text
    opened(shut)
    run_jobs(shut)
    assert "Fewer than 5 people answered each question" in browser.get(PAGE).text


def test_the_team_page_leads_to_it(shut: House, client: FlaskClient, sign_in):
    assert f'href="{PAGE}"' in sign_in(client, "sol").get("/team/3").text


def test_customers_asked_are_summed_up_by_quarter(shut: House, client: FlaskClient, sign_in):
    browser = sign_in(client, "alba")
    assert browser.post(f"{PAGE}/asked", data=ASKED).location == f"{PAGE}#log"
    browser.post(f"{PAGE}/asked", data=ASKED | {"asked_on": "2025-12-30", "asked": "7", "content": "0"})

    page = browser.get(PAGE).text
    assert "This quarter we asked 12 customers; 9 said that they come first here." in page
    assert "30 Dec 2025" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked": "0"},
        {"asked": "10000"},
        {"asked": "many"},
        {"asked": ""},
        {"content": "13"},
        {"content": "-1"},
        {"content": "x"},
        {"asked_on": "2026-03-05"},
        {"asked_on": "1999-12-31"},
        {"asked_on": "yesterday"},
    ],
)
def test_what_cannot_have_been_is_refused_beside_its_field(
    shut: House, client: FlaskClient, sign_in, wrong: dict
):
    answer = sign_in(client, "alba").post(f"{PAGE}/asked", data=ASKED | wrong)

    assert (answer.status_code, rows(shut, CustomersAsked)) == (422, [])
    assert 'aria-invalid="true"' in answer.text and "<details open>" in answer.text


def test_an_inquiry_waits_for_a_persons_answer_and_a_machines_does_not_count(
    shut: House, client: FlaskClient, sign_in
):
    browser = sign_in(client, "alba")
    browser.post(f"{PAGE}/inquiry", data=INQUIRY)
    page = browser.get(PAGE).text
    assert "none yet" in page and "(a machine came first)" in page and "half of the answers" not in page

    [row] = rows(shut, MysteryInquiry)
    assert row.sent_at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    sent = {"inquiry": row.id, "answered_at": "2026-03-03T10:45"}
    browser.post(f"{PAGE}/answered", data=sent)
    browser.post(f"{PAGE}/inquiry", data=INQUIRY | {"answered_at": "2026-03-03T10:15"})
    browser.post(f"{PAGE}/inquiry", data=INQUIRY)
    page = browser.get(PAGE).text
    assert "half of the answers came within 30 minutes. 1 inquiry has no answer yet." in page
    assert "after 45 minutes" in page and "after 15 minutes" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "smoke"},
        {"sent_at": ""},
        {"sent_at": "2026-03-05T10:00"},
        {"sent_at": "0001-01-01T00:00"},
        {"sent_at": "9999-12-31T23:59"},
        {"answered_at": "2026-03-03T09:59"},
        {"answered_at": "2026-03-09T09:59"},
        {"answered_at": "soon"},
    ],
)
def test_an_inquiry_that_cannot_have_been_is_refused(shut: House, client: FlaskClient, sign_in, wrong: dict):
    answer = sign_in(client, "alba").post(f"{PAGE}/inquiry", data=INQUIRY | wrong)

    assert (answer.status_code, rows(shut, MysteryInquiry)) == (422, [])


@pytest.mark.parametrize(
    "sent",
    [
        {"inquiry": "1", "answered_at": "2026-03-03T09:59"},
        {"inquiry": "1", "answered_at": "2026-03-09T10:00"},
        {"inquiry": "1"},
        {"inquiry": "x", "answered_at": "2026-03-03T11:00"},
        {"inquiry": "99", "answered_at": "2026-03-03T11:00"},
    ],
)
def test_an_answer_needs_its_inquiry_and_a_moment_after_it(
    shut: House, client: FlaskClient, sign_in, sent: dict
):
    browser = sign_in(client, "alba")
    browser.post(f"{PAGE}/inquiry", data=INQUIRY)
    answer = browser.post(f"{PAGE}/answered", data=sent, follow_redirects=True)

    assert "Give the moment of the first answer" in answer.text
    assert rows(shut, MysteryInquiry)[0].answered_at is None


def test_a_line_can_be_removed_where_it_stands(shut: House, client: FlaskClient, app: Flask, sign_in):
    browser = sign_in(client, "alba")
    browser.post(f"{PAGE}/asked", data=ASKED)
    browser.post(f"{PAGE}/inquiry", data=INQUIRY)
    other = sign_in(app.test_client(), "max")

    assert other.post("/team/4/checkup/remove", data={"kind": "asked", "row": "1"}).status_code == 404
    assert other.post(f"{PAGE}/remove", data={"kind": "asked", "row": "1"}).status_code == 404
    for kind in ("asked", "inquiry"):
        done = browser.post(f"{PAGE}/remove", data={"kind": kind, "row": "1"}, follow_redirects=True)
        assert "The line is removed." in done.text
        assert browser.post(f"{PAGE}/remove", data={"kind": kind, "row": "1"}).status_code == 404
    for nonsense in ({}, {"kind": "person", "row": "1"}, {"kind": "asked", "row": "x"}):
        assert browser.post(f"{PAGE}/remove", data=nonsense).status_code == 404


@pytest.mark.parametrize("act", ["asked", "inquiry", "answered", "remove"])
def test_staff_write_nothing_there(shut: House, client: FlaskClient, sign_in, act: str):
    browser = sign_in(client, "sol")

    assert browser.post(f"{PAGE}/{act}", data=ASKED | INQUIRY).status_code == 404
    assert "Write down an inquiry" not in browser.get(PAGE).text


def test_a_closed_unit_is_read_and_not_written(shut: House, client: FlaskClient, sign_in):
    change(shut, sa.update(Unit).where(Unit.id == 3).values(closed_on=date(2026, 3, 2)))
    browser = sign_in(client, "ada")

    assert browser.get(PAGE).status_code == 200
    assert browser.post(f"{PAGE}/asked", data=ASKED).status_code == 404


def test_the_page_asks_the_database_for_released_figures_alone(
    app: Flask, told: House, client: FlaskClient, sign_in
):
    with time_machine.travel(IN_APRIL):
        browser = sign_in(client, "alba")
        with watched({"own": told.engine, "reading": app.extensions["reading"]}) as statements:
            browser.get(PAGE)

    asked = {name: set() for name in ("own", "reading")}
    for statement in statements:
        asked[statement.engine] |= named(statement.text)
    assert asked["own"] <= WHO_IS_THERE
    assert "checkup_block" in asked["reading"]
    assert asked["reading"] <= READABLE.keys()
