"""The check-up's own pages: step by step, nothing shown of what was said, and a reminder to oneself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, change, house_of, rows
from tests.cast import Cast
from tests.quarters import MARCH, NO, YES, opened, run_jobs, tell
from wellbeing.models.accounts import Person
from wellbeing.models.content import ContentEntry, Origin
from wellbeing.models.pending import PendingCheckup
from wellbeing.models.settings import Settings

FIRST = {"headline:yes": "yes"}
CALLS = {"small-call:consistently": "yes", "small-call:properly": "partly", "small-call:effective": ""}
OPEN_UNTIL = "The check-up is open until Tuesday 31 March."
STEPS = ("headline", "areas", "1", "2", "3", "4")


@pytest.fixture
def shut(app: Flask, site: Cast) -> House:
    """The cast's site before its first check-up; no context stays open, as in real life."""
    with app.app_context():
        return house_of(app, site)


@pytest.fixture
def march(shut: House) -> Iterator[House]:
    """The cast's site on a day on which its first check-up is open."""
    opened(shut)
    with time_machine.travel(MARCH):
        yield shut


def stored(house: House) -> list[tuple]:
    return [
        (row.item, row.yes, row.consistently, row.properly, row.effective)
        for row in rows(house, PendingCheckup)
    ]


@pytest.mark.parametrize("login", ["sol", "alba", "max", "hilde", "ada"])
def test_from_the_check_up_it_is_one_step_to_what_the_last_one_said(
    client: FlaskClient, march: House, sign_in, login: str
):
    browser = sign_in(client, login)
    page = browser.get("/checkup").text

    address = page.partition(">What the last check-up said<")[0].rpartition('href="')[2].rstrip('"')
    assert browser.get(address).status_code == 200


def test_a_step_is_saved_and_leads_to_the_next(client: FlaskClient, march: House, sign_in):
    browser = sign_in(client, "sol")

    saved = browser.post("/checkup/headline", data=FIRST)
    assert (saved.status_code, saved.location) == (302, "/checkup/areas")
    assert browser.post("/checkup/1", data=CALLS).location == "/checkup/2"
    assert browser.post("/checkup/4", data={"toys:properly": "no"}).location == "/checkup"
    assert sorted(stored(march)) == [
        ("headline", YES, None, None, None),
        ("small-call", None, YES, "partly", None),
        ("toys", None, None, NO, None),
    ]


def test_every_question_of_the_source_is_asked_and_steps_without_items_are_not(
    client: FlaskClient, march: House, sign_in
):
    browser = sign_in(client, "sol")
    page = browser.get("/checkup").text

    assert "They would see which steps you have done, and no more." in page
    assert [f'href="/checkup/{step}"' in page for step in (*STEPS, "5", "6")] == [*[True] * 6, False, False]
    for step in STEPS:
        assert browser.get(f"/checkup/{step}").status_code == 200
    third = browser.get("/checkup/3").text
    assert third.count("Done consistently?") == third.count("Does it work?") > 3
    assert "Done consistently?" not in browser.get("/checkup/areas").text
    assert browser.get("/checkup/5").status_code == 404
    assert browser.post("/checkup/5", data={"x:yes": "yes"}).status_code == 404


def own_item(house: House, key: str, step: str, **plain: object) -> None:
    words = {"en": {"text": f"Item {key}"}, "plain": {"step": step, **plain}}
    entry = {"kind": "checkup_item", "key": key, "words": words, "origin": Origin.SITE, "position": 90}
    change(house, sa.insert(ContentEntry).values(offered=True, **entry))


def test_an_admin_is_told_that_the_open_check_up_keeps_its_words(client: FlaskClient, march: House, sign_in):
    page = sign_in(client, "ada").get("/admin/content/checkup_item").text

    assert "what you change is asked from the next one on." in page


def test_an_open_check_up_asks_what_it_asked_at_its_opening(client: FlaskClient, march: House, sign_in):
    browser = sign_in(client, "sol")
    before = browser.get("/checkup/headline").text

    own_item(march, "headline", "headline")
    own_item(march, "our-item", "5")

    assert browser.get("/checkup/headline").text == before
    assert browser.get("/checkup/5").status_code == 404


def test_what_the_site_adds_is_labelled_as_its_own(client: FlaskClient, shut: House, sign_in):
    own_item(shut, "our-item", "5")
    opened(shut)
    with time_machine.travel(MARCH):
        browser = sign_in(client, "sol")
        index, step = browser.get("/checkup").text, browser.get("/checkup/5").text
        browser.post("/checkup/5", data={"our-item:properly": "yes"})

    assert "this site's own, not in the source" in index.replace("&#39;", "'")
    assert "speaks of six steps and gives four" in step
    assert stored(shut) == [("our-item", None, None, YES, None)]


def test_a_question_that_is_off_is_asked_at_the_next_opening_once_the_site_turns_it_on(
    client: FlaskClient, shut: House, sign_in
):
    with time_machine.travel(MARCH):
        browser = sign_in(client, "sol")
        assert "family-milestones" not in browser.get("/checkup/3").text

        own_item(shut, "family-milestones", "3", off=False)
        opened(shut)
        assert "family-milestones:properly" in browser.get("/checkup/3").text


def test_nothing_of_what_was_said_is_shown_again(client: FlaskClient, march: House, sign_in):
    browser = sign_in(client, "sol")
    before = browser.get("/checkup/headline").text
    browser.post("/checkup/headline", data=FIRST)
    browser.get("/checkup")
    after = browser.get("/checkup/headline").text

    assert before == after and 'value="yes" checked' not in after


def test_only_oneself_is_told_how_far_one_is(client: FlaskClient, app: Flask, march: House, sign_in):
    browser = sign_in(client, "sol")
    assert f"{OPEN_UNTIL} You have not answered yet." in browser.get("/team/3").text
    browser.post("/checkup/headline", data=FIRST)

    assert f"{OPEN_UNTIL} You have done 1 of 6 steps." in browser.get("/team/3").text
    assert "You have done 1 of 6 steps." in browser.get("/checkup").text
    noor = sign_in(app.test_client(), "noor")
    assert "You have not answered yet." in noor.get("/team/3").text
    again = sign_in(app.test_client(), "sol")
    assert "You have done 1 of 6 steps." in again.get("/team/3").text


def test_whoever_has_done_all_steps_is_not_reminded_any_more(client: FlaskClient, march: House, sign_in):
    browser = sign_in(client, "sol")
    for step, item in zip(
        STEPS,
        ("headline:yes", "area-parts:yes", "routine:properly", "captured:properly")
        + ("newsletters:properly", "toys:properly"),
        strict=True,
    ):
        browser.post(f"/checkup/{step}", data={item: "no"})

    assert "You have done all 6 steps." in browser.get("/checkup").text
    assert OPEN_UNTIL not in browser.get("/team/3").text


def test_after_its_last_day_nobody_is_reminded(client: FlaskClient, march: House, sign_in):
    with time_machine.travel(datetime(2026, 3, 31, 20, tzinfo=UTC)) as clock:
        browser = sign_in(client, "sol")
        assert OPEN_UNTIL in browser.get("/team/3").text
        clock.move_to(datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
        assert OPEN_UNTIL not in browser.get("/team/3").text


@pytest.mark.parametrize("login", ["alba", "ada"])
def test_whoever_looks_at_figures_reads_the_questions_and_is_told_that_nothing_is_stored(
    client: FlaskClient, march: House, sign_in, login: str
):
    browser = sign_in(client, login)

    assert "Your replies would not be stored." in browser.get("/checkup").text
    page = browser.get("/checkup/headline").text
    assert "To read only" in page and 'type="radio"' not in page
    sent = browser.post("/checkup/headline", data=FIRST, follow_redirects=True)
    assert "Nothing was stored" in sent.text
    assert stored(march) == [] and OPEN_UNTIL not in browser.get("/team/3").text


def test_a_new_account_is_told_so_too(client: FlaskClient, shut: House, sign_in):
    change(shut, sa.update(Person).where(Person.name == "Sol Vale").values(counts_from=date(2026, 5, 1)))
    opened(shut)
    with time_machine.travel(MARCH):
        page = sign_in(client, "sol").get("/checkup").text

    assert "a new account counts from the next check-up on" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "Nothing is chosen yet."), ({"headline:yes": "perhaps"}, "Choose one of the words.")],
)
def test_what_cannot_be_taken_comes_back_with_a_sentence(
    client: FlaskClient, march: House, sign_in, sent: dict, sentence: str
):
    answer = sign_in(client, "sol").post("/checkup/headline", data=sent)

    assert answer.status_code == 422 and sentence in answer.text
    assert stored(march) == []


def test_a_page_that_comes_back_keeps_what_was_chosen_on_it(client: FlaskClient, march: House, sign_in):
    sent = CALLS | {"small-call:effective": "perhaps"}
    page = sign_in(client, "sol").post("/checkup/1", data=sent).text

    assert 'name="small-call:properly" value="partly" checked' in page


def test_ones_own_replies_can_be_deleted_and_nobody_elses(client: FlaskClient, march: House, sign_in):
    tell(march, "Noor", NO)
    browser = sign_in(client, "sol")
    browser.post("/checkup/headline", data=FIRST)

    done = browser.post("/checkup/take-back", follow_redirects=True)
    assert "Your replies are deleted." in done.text
    assert stored(march) == [("headline", NO, None, None, None)]
    assert "You have not answered yet." in browser.get("/team/3").text


@pytest.mark.parametrize(("months", "word"), [(3, "quarter"), (1, "month")])
def test_between_two_check_ups_the_page_says_when_one_opens(
    client: FlaskClient, shut: House, sign_in, months: int, word: str
):
    change(shut, sa.update(Settings).values(checkup_months=months))
    browser = sign_in(client, "sol")

    assert f"at the beginning of every {word}" in browser.get("/checkup").text
    assert "These are the questions of the next one." in browser.get("/checkup/1").text
    sent = browser.post("/checkup/headline", data=FIRST, follow_redirects=True)
    assert "Nothing was stored" in sent.text


def test_no_page_asks_the_tables_of_answers_who_answered(client: FlaskClient, march: House, sign_in):
    browser = sign_in(client, "sol")
    browser.post("/checkup/headline", data=FIRST)
    asked: list[str] = []
    sa.event.listen(march.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for page in ("/checkup", "/checkup/headline", "/team/3"):
        assert browser.get(page).status_code == 200

    assert asked
    tables = ("pending_checkup", "checkup_key", "checkup_place")
    assert [one for one in asked if any(table in one for table in tables)] == []


def test_the_check_up_of_the_next_quarter_begins_anew(client: FlaskClient, march: House, sign_in):
    browser = sign_in(client, "sol")
    browser.post("/checkup/headline", data=FIRST)
    april = datetime(2026, 4, 1, 9, tzinfo=UTC)
    run_jobs(march, april)
    with time_machine.travel(april):
        page = sign_in(client, "sol").get("/team/3").text

    assert "open until Tuesday 30 June. You have not answered yet." in page
