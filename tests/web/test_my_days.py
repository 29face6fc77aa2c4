"""My days: one's own shifts, notes and what can be taken away; open to their owner alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, everything, rows, say
from tests.cast import NOW, PASSWORD, pin_of
from wellbeing import appointed
from wellbeing.diary import keeping
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey
from wellbeing.models.pending import Dimension, Pending


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> FlaskClient:
    """Sol's browser, in which the new diary is open."""
    return with_diary(client, sign_in, "Sol")


def with_diary(client: FlaskClient, sign_in, name: str) -> FlaskClient:
    browser = sign_in(client, name.lower())
    assert browser.post("/my/diary", data={"password": PASSWORD, "pin": pin_of(name)}).status_code == 200
    db.session.rollback()
    return browser


def keep(house: House, *entries: Entry) -> None:
    with house.engine.begin() as connection:
        keeping.keep(connection, house.server_key, house.cast.people["Sol"], entries)


def check_in(days_ago: float, mood: int = 3) -> Entry:
    at = NOW - timedelta(days=days_ago)
    return Entry(Kind.CHECK_IN, at, at, mood=mood)


def post(browser: FlaskClient, address: str, **data: object):
    answer = browser.post(address, data=data)
    db.session.rollback()
    return answer


def ids(page: str) -> list[str]:
    return re.findall('name="entry" value="([0-9a-f ]+)"', page)


def test_an_empty_diary_says_how_it_fills_and_asks_for_nothing(sol: FlaskClient):
    page = sol.get("/my/days").text

    assert "Nothing here yet" in page and "Keep this note" in page
    assert "Nothing entered" not in page and "Older days" not in page


def test_a_shift_stands_there_in_the_words_of_the_counter(sol: FlaskClient, house: House):
    chips = (
        (Dimension.SEVERITY, "hard"),
        (Dimension.BEHAVIOUR, "shouted"),
        (Dimension.CAUSE, "delay"),
        (Dimension.CHANNEL, "phone"),
    )
    say(house, "Sol", mood=4)
    say(house, "Sol", NOW + timedelta(minutes=2), mood=2, rough=True, details=chips)
    say(house, "Sol", NOW + timedelta(minutes=3), break_minutes=10, break_kind="walk")
    say(house, "Sol", NOW + timedelta(minutes=13), mood=3, back=True)
    page = sol.get("/my/days").text

    assert 'aria-label="Good, rough one, Bad, break, OK"' in page
    assert "Wednesday 4 March" in page and "12:30–12:43" in page
    for words in (
        "Rough one",
        "Hard",
        "Shouted or insulted · Delay or late status · Phone",
        "Walk",
        "10 min",
    ):
        assert words in page, words
    assert "Back: OK" in page and sum(len(one.split()) for one in ids(page)) == 4


def test_what_hangs_without_its_act_is_shown_all_the_same(sol: FlaskClient, house: House):
    detail = Entry(Kind.DETAIL, NOW, NOW, area="parts")
    back = Entry(Kind.BACK, NOW, NOW, mood=4)
    imported = Entry(Kind.IMPORTED, NOW, NOW, mood=5, text="From another app.")
    of_a_list_long_gone = Entry(Kind.BREAK, NOW, NOW, break_kind="nap")
    late = Entry(Kind.CHECK_IN, NOW, NOW - timedelta(hours=1), mood=3)
    keep(house, detail, back, imported, of_a_list_long_gone, late)
    page = sol.get("/my/days").text

    for words in ("What happened", "Parts", "Imported", "From another app.", "Break", "entered later"):
        assert words in page, words


def test_a_note_is_kept_with_two_taps_and_for_its_owner_alone(sol: FlaskClient, house: House):
    answer = post(sol, "/my/days/note", text="Too loud today.\r\nOranges helped.")
    page = sol.get("/my/days").text

    assert answer.location == "/my/days"
    assert "Kept in your diary. Only you can read it." in page
    assert "Too loud today.\nOranges helped." in page
    assert rows(house, Pending) == []
    assert all(b"Oranges" not in row.sealed for row in rows(house, DiaryEntry))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a line first."),
        (" \r\n ", "Write a line first."),
        ("x" * 801, "At most 800 characters."),
        ("Ring 611 222 333.", "This looks like a phone number"),
        ("turned \u202eround", "This holds a character that cannot be seen."),
    ],
)
def test_a_note_that_cannot_be_kept_says_why_beside_its_box(sol: FlaskClient, house: House, text, sentence):
    before = len(rows(house, DiaryEntry))
    answer = post(sol, "/my/days/note", text=text)

    assert answer.status_code == 422
    assert sentence in answer.text and 'aria-invalid="true"' in answer.text
    assert len(rows(house, DiaryEntry)) == before


def test_a_note_can_be_added_to_one_of_the_days_before(sol: FlaskClient, house: House):
    keep(house, check_in(3))
    post(sol, "/my/days/note", text="That was the day of the fair.", day="2026-03-01")
    post(sol, "/my/days/note", text="Nothing is kept of this day.", day="2026-02-11")
    page = sol.get("/my/days").text
    newest, oldest = page.split("<article")[1:]

    assert "Sunday 1 March" in oldest and "day of the fair" in oldest
    assert "Wednesday 4 March" in newest and "Nothing is kept of this day" in newest


def test_two_shifts_of_one_day_have_boxes_of_their_own(sol: FlaskClient, house: House):
    keep(house, check_in(3), check_in(2.5))
    boxes = re.findall(r'<textarea name="text" id="([^"]+)"', sol.get("/my/days").text)

    assert len(set(boxes)) == len(boxes) == 3


def test_a_refused_note_to_a_day_is_shown_at_that_day(sol: FlaskClient, house: House):
    keep(house, check_in(3))
    answer = post(sol, "/my/days/note", text="", day="2026-03-01", page="1")

    assert '<details class="closer" open>' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1


def test_an_entry_is_taken_away_and_what_the_team_counted_stays(sol: FlaskClient, house: House):
    say(house, "Sol", mood=4)
    counted = rows(house, Pending)
    page = unescape(sol.get("/my/days").text)
    assert "you can take your answers back from there too" in page
    (only,) = ids(page)
    post(sol, "/my/days/take-away", entry=only)
    page = unescape(sol.get("/my/days").text)

    assert "Your team's figures keep what was counted." in page
    assert ids(page) == [] and rows(house, Pending) == counted


def test_a_rough_one_takes_what_was_told_of_it_along(sol: FlaskClient, house: House):
    keep(
        house,
        Entry(Kind.ROUGH, NOW, NOW, mood=2),
        Entry(Kind.DETAIL, NOW, NOW, cause="delay"),
        check_in(-0.1),
    )
    page = sol.get("/my/days").text
    (rough,) = ids(re.search(r"<b>Rough one</b>.*?</button>", page, re.DOTALL)[0])
    post(sol, "/my/days/take-away", entry=rough)

    assert len(rough.split()) == 2
    page = sol.get("/my/days").text
    assert "Taken out of your diary.<" in page and len(ids(page)) == 1


def test_nobody_takes_away_what_is_not_theirs(app: Flask, sol: FlaskClient, house: House, sign_in):
    keep(house, check_in(1))
    (only,) = ids(sol.get("/my/days").text)
    noor = with_diary(app.test_client(), sign_in, "Noor")
    before = everything(house)["diary_entry"]
    for entry in (only, "0" * 32, "no id"):
        post(noor, "/my/days/take-away", entry=entry)
        assert "This is not in your diary any more." in noor.get("/my/days").text

    assert everything(house)["diary_entry"] == before


def test_days_with_nothing_get_a_kind_word_and_weekends_none(sol: FlaskClient, house: House):
    keep(house, check_in(20), check_in(9), check_in(6), check_in(5))
    page = sol.get("/my/days").text

    assert "Nothing entered since. That is fine." in page
    assert re.findall(r"(\d+) days with nothing entered", page) == ["10"]
    assert "February 2026" in page


def test_older_days_are_asked_for_in_the_body_so_that_no_address_tells_how_many_there_are(
    sol: FlaskClient, house: House
):
    keep(house, *(check_in(day) for day in range(24)))
    first = sol.get("/my/days").text
    second = post(sol, "/my/days", page="2")

    assert first.count("<article") == 14 and "Older days" in first and "Newest days" not in first
    assert second.status_code == 200 and second.text.count("<article") == 10
    assert "Newest days" in second.text and "Older days" not in second.text
    for page in ("", "0", "99", "x"):
        assert post(sol, "/my/days", page=page).status_code == 200


def test_a_paused_diary_says_so(sol: FlaskClient, house: House):
    assert "Your diary is paused" not in sol.get("/my/days").text
    db.session.get_one(DiaryKey, house.cast.people["Sol"]).paused = True
    db.session.commit()

    assert "Your diary is paused" in sol.get("/my/days").text


def test_the_card_stands_there_after_hard_shifts_and_nothing_is_kept_of_it(sol: FlaskClient, house: House):
    keep(house, check_in(5, 1), check_in(3, 1))
    assert "support-card" not in sol.get("/my/days").text
    db.session.rollback()
    keep(house, check_in(1, 1))
    before = everything(house)
    page = unescape(sol.get("/my/days").text)

    assert "The last few shifts have looked hard. You don't have to sort it alone." in page
    assert page.count('href="tel:112"') == 1
    assert "Marta, 2nd floor" in page and "Don't show again" in page
    assert "Ask someone to contact me" not in page
    assert everything(house) == before
    appointed.appoint(db.session(), ReaderOf.CONTACT, db.session.get_one(Person, house.cast.people["Hilde"]))
    db.session.commit()
    assert "Ask someone to contact me" in sol.get("/my/days").text


def test_a_closed_diary_asks_for_its_key_again(sol: FlaskClient, house: House):
    answer = post(sol, "/my/days/close")

    assert answer.location == "/my/open"
    assert sol.get("/my/days").location == "/my/open?next=/my/days"


def test_the_pages_are_the_same_in_spanish(sol: FlaskClient, house: House):
    keep(house, check_in(1))

    assert sol.get("/my/days?lang=es").status_code == 200


def test_no_address_and_no_header_says_what_was_entered(sol: FlaskClient, house: House):
    headers = dict(sol.get("/my/days").headers)
    keep(house, check_in(1, 1))
    again = dict(sol.get("/my/days").headers)

    assert {name for name in headers if headers[name] != again.get(name)} <= {"Content-Length"}


def test_the_owner_reads_what_the_counter_kept_and_nobody_else_does(
    app: Flask, sol: FlaskClient, house: House, sign_in
):
    say(house, "Sol", mood=1)
    assert "Very bad" in sol.get("/my/days").text.split("<article")[1]
    manager = with_diary(app.test_client(), sign_in, "Alba")

    assert "<article" not in manager.get("/my/days").text
