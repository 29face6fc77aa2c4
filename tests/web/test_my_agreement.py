"""When the words about diaries change, their owners are asked again, and no is as easy to say as yes."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.answers import House
from tests.cast import PASSWORD, pin_of
from wellbeing.diary import agreements
from wellbeing.diary.agreements import Agreement, Point
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryKey

SignIn = Callable[[FlaskClient, str], FlaskClient]
NEW_WORDS = Agreement(2, date(2027, 1, 4), (Point("Entries are kept in a jar."),))  # type: ignore[arg-type]


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in: SignIn) -> FlaskClient:
    """Sol's browser, in which the new diary is open."""
    browser = sign_in(client, "sol")
    assert browser.post("/my/diary", data={"password": PASSWORD, "pin": pin_of("Sol")}).status_code == 200
    db.session.rollback()
    return browser


@pytest.fixture
def behind(sol: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Sol's browser after a release in which the words are others."""
    monkeypatch.setattr(agreements, "VERSIONS", (*agreements.VERSIONS, NEW_WORDS))
    return sol


def get(browser: FlaskClient, address: str) -> Any:
    answer = browser.get(address)
    db.session.rollback()
    return answer


def post(browser: FlaskClient, address: str, **data: object) -> Any:
    answer = browser.post(address, data=data)
    db.session.rollback()
    return answer


def key() -> Any:
    found = db.session.execute(sa.select(DiaryKey.agreed_version, DiaryKey.paused)).one()
    db.session.rollback()
    return tuple(found)


def test_what_somebody_agreed_to_can_be_read_again_with_its_version(sol: FlaskClient):
    page = get(sol, "/my/diary").text

    assert "Version 1 of these words" in page and "Each entry is sealed at once." in page
    assert "/my/diary" in get(sol, "/my/data").text


def test_whoever_agreed_to_the_newest_words_is_not_asked(sol: FlaskClient):
    assert get(sol, "/my/days").status_code == 200
    assert get(sol, "/my/agreement").location == "/my/diary"


class TestOtherWords:
    """Sol agreed to the first words, and the second are shipped."""

    def test_they_are_asked_at_the_next_opening_and_led_on_when_they_agree(self, behind: FlaskClient):
        post(behind, "/my/days/close")
        opened = post(behind, "/my/open", password=PASSWORD, next="/my/insights")

        asked = get(behind, opened.location)
        assert asked.location == "/my/agreement?next=/my/insights"
        page = get(behind, asked.location).text
        assert "Entries are kept in a jar." in page and "Each entry is sealed at once." in page
        agreed = post(behind, "/my/agreement", choice="agree", version=2, next="/my/insights")
        assert agreed.location == "/my/insights" and key() == (2, False)
        assert get(behind, "/my/insights").status_code == 200
        assert "Version 2 of these words" in get(behind, "/my/diary").text

    def test_until_then_they_still_read_what_they_agreed_to(self, behind: FlaskClient):
        page = get(behind, "/my/diary").text

        assert "Each entry is sealed at once." in page and "in a jar" not in page

    def test_who_does_not_agree_pauses_and_reads_and_takes_along_as_before(self, behind: FlaskClient):
        refused = post(behind, "/my/agreement", choice="pause", version=2)

        assert refused.location == "/my/data" and key() == (1, True)
        assert get(behind, "/my/days").status_code == 200
        assert get(behind, "/my/data/export.csv").status_code == 200

    def test_going_on_after_a_pause_asks_for_the_new_words(self, behind: FlaskClient):
        post(behind, "/my/agreement", choice="pause", version=2)

        assert post(behind, "/my/data/pause", paused="no").location == "/my/agreement"
        assert key() == (1, True)
        post(behind, "/my/agreement", choice="agree", version=2)
        assert key() == (2, False)

    def test_a_form_that_is_sent_meanwhile_is_not_lost(self, behind: FlaskClient):
        assert post(behind, "/my/data/days", kept_days="90", note_days="30").location == "/my/data"

    def test_an_agreement_to_words_that_are_not_the_newest_counts_for_nothing(self, behind: FlaskClient):
        assert post(behind, "/my/agreement", choice="agree", version=1).location == "/my/agreement"
        assert post(behind, "/my/agreement", choice="agree", version="x").location == "/my/agreement"
        assert post(behind, "/my/agreement", choice="maybe", version=2).status_code == 400
        assert key() == (1, False)

    def test_where_the_first_words_are_not_known_any_more_the_new_ones_stand_alone(
        self, behind: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(agreements, "VERSIONS", (replace(NEW_WORDS, number=3),))

        page = get(behind, "/my/agreement").text
        assert "in a jar" in page and "What you agreed to before" not in page


def test_somebody_without_a_diary_is_not_asked(client: FlaskClient, house: House, sign_in: SignIn):
    browser = sign_in(client, "noor")

    assert get(browser, "/my/agreement").location == "/my/diary"
    assert post(browser, "/my/agreement", choice="pause", version=1).status_code == 404


def taps_to(browser: FlaskClient, *addresses: str) -> int:
    """Return how many taps lead from the page My data on: each address must be on the page before it.

    The last is a form, which is one tap as well.
    """
    page = get(browser, "/my/data").text
    for address in addresses[:-1]:
        assert f'href="{address}"' in page, address
        page = get(browser, address).text
    assert re.search(f'action="{addresses[-1]}"', page), addresses[-1]
    return len(addresses)


def test_pausing_and_deleting_take_no_more_taps_than_beginning(
    client: FlaskClient, house: House, sign_in: SignIn
):
    browser = sign_in(client, "sol")
    begin = taps_to(browser, "/my/diary", "/my/diary")
    post(browser, "/my/diary", password=PASSWORD, pin=pin_of("Sol"))

    pause = taps_to(browser, "/my/data/pause")
    delete = taps_to(browser, "/my/data/leave", "/my/data/leave")

    assert (begin, pause, delete) == (2, 1, 2)
    # To begin, a PIN and the password are typed; to pause nothing is, to delete the password alone.
    assert post(browser, "/my/data/pause", paused="yes").location == "/my/data"
    assert post(browser, "/my/data/leave", password=PASSWORD, what="diary").location == "/my/data"
    assert db.session.execute(sa.select(sa.func.count()).select_from(DiaryKey)).scalar_one() == 0
