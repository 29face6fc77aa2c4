"""Moods from another app: looked at first, loaded when their owner says so, taken back whole."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.answers import House, rows, say
from tests.cast import PASSWORD
from wellbeing.diary import importing, opening
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry
from wellbeing.models.pending import Pending

DAYLIO = """full_date,date,weekday,time,mood,activities,note_title,note
2026-03-03,March 3,Tuesday,20:39,rad,"friends | movies","","A long talk, then ring 611 222 333."
2026-03-02,March 2,Monday,8:30 am,irritable,"","",""
2026-03-01,March 1,Sunday,14:00,meh,"","",""
2026-03-09,March 9,Monday,14:00,meh,"","",""
"""


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> Iterator[FlaskClient]:
    """Sol, with a diary that is open in this browser."""
    opening.begin(db.session(), house.cast.people["Sol"], PASSWORD)
    db.session.commit()
    sign_in(client, "sol")
    client.post("/my/open", data={"password": PASSWORD})
    yield client


def send(client: FlaskClient, content: str | bytes) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="history.csv"\r\n\r\n'
    kind = "multipart/form-data; boundary=edge"
    return client.post("/my/import/look", data=head + data + b"\r\n--edge--\r\n", content_type=kind)


def fields(page: TestResponse) -> dict[str, list[str]]:
    """Return what the page's form would send if nothing was changed."""
    text = page.text.partition("<main")[2]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="radio"' not in tag or "checked" in tag):
            found.setdefault(name[1], []).append(unescape(value[1]))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)">(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found.setdefault(name, []).append(chosen[1] if chosen else "")
    return found


def load(client: FlaskClient, page: TestResponse, **changed: object) -> TestResponse:
    return client.post("/my/import/load", data=fields(page) | changed, content_type="multipart/form-data")


def diary(house: House) -> list[Entry]:
    db.session.rollback()
    person = house.cast.people["Sol"]
    known = opening.diary_of(db.session(), person)
    assert known is not None
    private = opening.with_password(known, PASSWORD)
    found = opening.read(db.session().connection(), house.server_key, person, private)
    db.session.rollback()
    return [one.entry for one in found]


def test_a_file_is_shown_before_anything_is_loaded(sol: FlaskClient, house: House):
    page = send(sol, DAYLIO)

    assert page.status_code == 200
    assert "2 entries, from 1 Mar 2026 to 3 Mar 2026." in page.text
    assert "2 lines are left out" in page.text and "This moment is still to come." in page.text
    assert "<b>irritable</b>" in page.text and "611 222 333" not in page.text
    assert rows(house, DiaryEntry) == []


def test_what_was_shown_is_loaded_sealed_and_without_notes(sol: FlaskClient, house: House):
    answer = load(sol, send(sol, DAYLIO))

    assert (answer.status_code, answer.location) == (302, "/my/import")
    assert [(entry.kind, entry.mood, entry.text) for entry in diary(house)] == [
        (Kind.IMPORTED, 3, ""),
        (Kind.IMPORTED, 5, ""),
    ]
    assert all(entry.counted is None for entry in diary(house)) and rows(house, Pending) == []
    page = sol.get("/my/import").text
    assert "2 imported entries are in your diary." in page and "Loaded and sealed." in page


def test_a_meaning_that_was_changed_is_shown_before_it_is_loaded(sol: FlaskClient, house: House):
    page = send(sol, DAYLIO)
    means = ["2" if word == "irritable" else "3" for word in fields(page)["word"]]
    changed = load(sol, page, means=means)

    assert "You changed something." in changed.text and "3 entries" in changed.text
    assert diary(house) == []
    load(sol, changed)
    assert [entry.mood for entry in diary(house)] == [3, 2, 3]


def test_the_same_file_a_second_time_loads_nothing_and_the_page_says_so(sol: FlaskClient, house: House):
    load(sol, send(sol, DAYLIO))
    again = send(sol, DAYLIO)

    assert "2 entries are in your diary already" in again.text and "Load 2" not in again.text
    assert load(sol, again).status_code == 200
    assert len(diary(house)) == 2


def test_no_more_is_loaded_than_a_diary_can_be_read_with(sol: FlaskClient, house: House, monkeypatch):
    monkeypatch.setattr(importing, "MOST_LOADED", 3)
    shown = send(sol, DAYLIO)
    load(sol, shown)
    other = send(sol, DAYLIO.replace("2026-03", "2026-02"))

    assert other.status_code == 422
    assert "At most 3 imported entries fit into your diary." in other.text
    assert len(diary(house)) == 2


def test_all_that_was_loaded_can_be_taken_back_and_nothing_else(sol: FlaskClient, house: House):
    say(house, "Sol", mood=4)
    load(sol, send(sol, DAYLIO))
    assert "Delete all 2 imported entries" in sol.get("/my/import").text
    sol.post("/my/import/remove")

    assert [(entry.kind, entry.mood) for entry in diary(house)] == [(Kind.CHECK_IN, 4)]
    page = sol.get("/my/import").text
    assert "What you entered yourself stays." in page and "imported entries are" not in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Choose a file that is not empty."),
        ("day,mood\n", "no line below"),
        (b"PK\x03\x04", "a backup is not one"),
        ("x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(sol: FlaskClient, content, sentence: str):
    answer = send(sol, content) if content else sol.post("/my/import/look")

    assert answer.status_code == 422 and sentence in answer.text


def test_a_file_that_is_much_too_large_is_refused_with_a_sentence(sol: FlaskClient):
    answer = send(sol, b"x" * 2_200_000)

    assert answer.status_code == 413 and "larger than 1 MB" in answer.text


def test_a_stranger_may_send_no_more_than_any_other_form_holds(app, house: House):
    app.config["WTF_CSRF_ENABLED"] = True

    assert send(app.test_client(), b"x" * 1_100_000).status_code == 413


def test_a_form_that_lost_its_file_asks_for_it_again(sol: FlaskClient):
    answer = load(sol, send(sol, DAYLIO), packed="nothing of the kind")

    assert answer.status_code == 422 and "Choose it once more." in answer.text


def test_large_files_lie_on_no_disk(sol: FlaskClient, house: House, monkeypatch):
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", None)
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    many = "".join(
        f"2025-{1 + n % 12:02}-{1 + n % 28:02} {n % 24:02}:{n % 60:02},{1 + n % 5}\n" for n in range(9_999)
    )
    answer = send(sol, ("day,mood\n" + many).ljust(900_000))

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"mood": "0"}, "The mood stands in a column of its own."),
        ({"mood": "99"}, "Choose the columns from the list."),
        ({"day": "x"}, "Choose the columns from the list."),
        ({"lowest": "5", "highest": "1"}, "The lowest number must be below the highest."),
        ({"lowest": "a", "highest": "5"}, "The lowest number must be below the highest."),
        ({"lowest": "1", "highest": "99999"}, "The lowest number must be below the highest."),
    ],
)
def test_choices_that_cannot_be_meant_are_refused(sol: FlaskClient, house: House, changed, sentence: str):
    page = send(sol, "day,time,mood\n2026-03-01,9:00,4\n")
    answer = load(sol, page, **changed)

    assert answer.status_code == 422 and sentence in answer.text
    assert diary(house) == []


def test_a_column_with_many_words_is_hardly_the_mood(sol: FlaskClient):
    many = "".join(f"2026-03-01 9:{n // 26:02},{chr(97 + n % 26)}{'x' * (n // 26)}\n" for n in range(61))
    answer = send(sol, "day,mood\n" + many)

    assert answer.status_code == 422 and "More than 60 different words" in answer.text


def test_numbers_are_read_on_the_scale_that_somebody_names(sol: FlaskClient, house: House):
    page = send(sol, "day,mood\n2026-03-01,-1\n2026-03-02,2\n2026-03-02,40\n")
    changed = load(sol, page, lowest="-2", highest="2")
    assert "left out" in changed.text
    load(sol, changed)

    assert [entry.mood for entry in diary(house)] == [2, 5]


def test_another_column_for_the_mood_brings_its_own_meanings(sol: FlaskClient, house: House):
    page = send(sol, "day,mood,energy\n2026-03-01,good,2\n")
    load(sol, load(sol, page, mood="2"))

    assert [entry.mood for entry in diary(house)] == [2]


def test_what_stands_first_in_a_date_is_asked_where_the_file_does_not_show_it(sol: FlaskClient, house: House):
    page = send(sol, "day,mood\n3/2/2026,4\n")
    assert "Which one stands first?" in page.text and "3 Feb 2026" in page.text
    changed = load(sol, page, order="month")
    load(sol, changed)

    assert [entry.felt_at.day for entry in diary(house) if entry.felt_at] == [2]


def test_many_reasons_and_numbers_are_told_in_short(sol: FlaskClient):
    lines = "".join(f"{n},2026-03-01,x{n % 3}\n" for n in range(40))
    page = send(sol, "a,day,mood\n" + lines)
    many = send(sol, "day,mood\n" + "".join(f"2026-03-01 {n // 60}:{n % 60:02},{n}\n" for n in range(70)))

    assert "Nothing would be loaded as it stands." in page.text and "and 28 more" in page.text
    assert "Lowest possible" in many.text and "<b>69</b>" not in many.text


def test_whose_diary_is_closed_is_first_asked_to_open_it(client: FlaskClient, house: House, sign_in):
    sign_in(client, "sol")

    assert client.get("/my/import").location == "/my/open?next=/my/import"
    assert send(client, DAYLIO).location == "/my/open"
    assert client.post("/my/import/remove").location == "/my/open"
