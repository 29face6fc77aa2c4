"""Mine to share: a page of one's own choosing; nothing is sent, nothing is kept."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from tests.answers import House, everything
from tests.cast import NOW, PASSWORD, pin_of
from wellbeing.diary import keeping
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.base import db

ALL = ["moods", "spillover", "recovery", "breaks"]


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> FlaskClient:
    """Sol's browser, in which a diary of three weeks is open."""
    browser = sign_in(client, "sol")
    assert browser.post("/my/diary", data={"password": PASSWORD, "pin": pin_of("Sol")}).status_code == 200
    db.session.rollback()
    with house.engine.begin() as connection:
        keeping.keep(connection, house.server_key, house.cast.people["Sol"], three_weeks())
    return browser


def three_weeks() -> list[Entry]:
    """A shift a day: a check-in, a rough one, a break, and a check-in."""
    found = []
    for day in range(1, 22):
        begins = NOW - timedelta(days=day, hours=2)
        acts = ((Kind.CHECK_IN, 0, 4), (Kind.ROUGH, 1, 2), (Kind.BREAK, 1.1, None), (Kind.CHECK_IN, 2, 3))
        for kind, hours, mood in acts[: 4 if day % 2 else 1]:
            at = begins + timedelta(hours=hours)
            minutes, walk = (10, "walk") if kind is Kind.BREAK else (0, None)
            found.append(Entry(kind, at, at, mood=mood, minutes=minutes, break_kind=walk))
    return found


def share(browser: FlaskClient, **chosen: object):
    form = {"first": "2026-02-10", "last": "2026-03-04", "parts": ALL, "as": "page"} | chosen
    answer = browser.post("/my/share", data=form)
    db.session.rollback()
    return answer


def test_nothing_is_ticked_beforehand_and_all_that_a_diary_keeps_is_proposed(sol: FlaskClient):
    page = sol.get("/my/share").text

    assert 'value="2025-09-06"' in page and 'value="2026-03-04"' in page
    assert "checked" not in page and "own-sheet" not in page.partition("<main")[2]


def test_the_page_holds_what_was_chosen_and_nothing_else(sol: FlaskClient):
    page = share(sol, parts=["moods"]).text.partition('<article class="own-sheet">')[2]

    assert "Mood by shift" in page and "10 Feb 2026 to 4 Mar 2026" in page
    assert "<table" not in page and "Sol" not in page.partition("</article>")[0]
    assert "With and without a break" not in page and "After a rough one" not in page


def test_tables_a_name_and_words_are_there_if_somebody_wants_them(sol: FlaskClient):
    page = share(sol, tables="y", name="y", words="Saturdays are hard.\nTwo of us would do.").text
    sheet = page.partition('<article class="own-sheet">')[2]

    assert "My days: Sol Vale" in sheet and "Saturdays are hard.\nTwo of us would do." in sheet
    assert sheet.count("<table") == 3
    assert all(title in sheet for title in ("Rough shifts and quiet ones", "With and without a break"))


def test_only_the_days_that_were_chosen_are_on_it(sol: FlaskClient):
    sheet = share(sol, first="2026-03-01", last="2026-03-02", tables="y", parts=["moods"]).text

    assert set(re.findall(r'<th scope="row">([^<]+)</th>', sheet)) == {"1 Mar 2026", "2 Mar 2026"}


def test_days_without_a_check_in_say_so(sol: FlaskClient):
    page = share(sol, first="2025-03-01", last="2025-03-02", tables="y").text

    assert "There is no check-in in this time." in page and "<svg" in page
    assert "Mood by shift</h2>" not in page


def test_forty_shifts_are_told_as_the_newest(sol: FlaskClient, house: House):
    older = [
        Entry(Kind.CHECK_IN, at, at, mood=3) for at in (NOW - timedelta(days=day) for day in range(30, 60))
    ]
    with house.engine.begin() as connection:
        keeping.keep(connection, house.server_key, house.cast.people["Sol"], older)

    assert "The newest 40 shifts of this time." in share(sol, first="2025-12-01").text


def test_the_file_needs_nothing_else_and_fetches_nothing(sol: FlaskClient):
    answer = share(sol, **{"as": "file"}, tables="y")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-days-2026-03-04.html"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r'(?:src|href|action)="|url\(|@import|<script', answer.text)
    assert "default-src 'none'" in answer.text and "<svg" in answer.text and "csrf" not in answer.text


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"parts": []}, "Tick at least one."),
        ({"parts": ["everything"]}, "is not a valid choice"),
        ({"first": ""}, "Choose a day."),
        ({"last": "2026-02-30"}, "Not a valid date value."),
        ({"first": "2026-03-04", "last": "2026-03-01"}, "This is before the first day."),
        ({"words": "Ring 611 222 333."}, "Leave customers"),
        ({"words": "x" * 801}, "At most 800 characters."),
    ],
)
def test_what_cannot_be_made_is_said_beside_the_field_at_which_the_page_opens(
    sol: FlaskClient, chosen: dict, said: str
):
    answer = share(sol, **chosen)

    assert answer.status_code == 422 and said in answer.text
    assert answer.text.count("autofocus") == 1


def test_nothing_of_it_is_kept_or_sent(sol: FlaskClient, house: House):
    before = everything(house)
    share(sol, words="Saturdays are hard.")
    share(sol, **{"as": "file"})

    assert everything(house) == before


def test_whoever_has_not_opened_the_diary_is_asked_to(client: FlaskClient, house: House, sign_in):
    answer = sign_in(client, "sol").get("/my/share")

    assert answer.location == "/my/open?next=/my/share"
    assert date(2026, 3, 4) == NOW.date()
