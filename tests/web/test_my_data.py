"""My data: what is kept of me and where, to read, to take along, to pause and to delete."""

import csv
import io
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.answers import House, blocks, change, everything, in_week, rows, say, tick
from tests.cast import NOW, PASSWORD, pin_of
from tests.test_erasure import COLLEAGUES, THEIRS, hang_up_a_pledge, leave_traces
from wellbeing import audit
from wellbeing.diary import keeping
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.accounts import PasswordFailure, Person, SignIn
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey, DiaryOpened
from wellbeing.models.pending import Dimension, Pending

CHIPS = ((Dimension.SEVERITY, "hard"), (Dimension.BEHAVIOUR, "shouted"), (Dimension.CAUSE, "delay"))


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> FlaskClient:
    """Sol's browser, in which the new diary is open."""
    return with_diary(client, sign_in, "Sol")


def with_diary(client: FlaskClient, sign_in, name: str) -> FlaskClient:
    browser = sign_in(client, name.lower())
    assert browser.post("/my/diary", data={"password": PASSWORD, "pin": pin_of(name)}).status_code == 200
    db.session.rollback()
    return browser


def post(browser: FlaskClient, address: str, **data: object):
    answer = browser.post(address, data=data)
    db.session.rollback()
    return answer


def get(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    db.session.rollback()
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def close(browser: FlaskClient) -> None:
    post(browser, "/my/days/close")


def open_again(browser: FlaskClient) -> None:
    """Open the diary anew: when weeks have passed, a quarter of an hour is over."""
    assert post(browser, "/my/open", password=PASSWORD).status_code == 302


def diary(house: House) -> DiaryKey:
    found = db.session.get_one(DiaryKey, house.cast.people["Sol"], populate_existing=True)
    db.session.expunge(found)
    db.session.rollback()
    return found


def test_whoever_keeps_no_diary_reads_what_is_kept_by_name_and_takes_it_along(
    client: FlaskClient, house: House, sign_in
):
    browser = sign_in(client, "sol")

    page = get(browser, "/my/data")
    assert "You keep no diary" in page and "Your name: Sol Vale" in page
    assert "Nothing is kept of: Your diary · Your own phones" in page
    found = json.loads(browser.get("/my/data/export.json").text)
    assert found["entries"] == []
    assert {"what": "On the roster"}.items() <= found["by_name"][0].items()


def test_an_open_diary_offers_its_receipt_and_files_and_a_closed_one_to_open_it(sol: FlaskClient):
    assert "Show the receipt" in get(sol, "/my/data")
    close(sol)

    page = get(sol, "/my/data")
    assert "Your diary is closed" in page and "Show the receipt" not in page
    for address in ("/my/data/receipt", "/my/data/export.csv", "/my/data/export.json"):
        answer = sol.get(address)
        db.session.rollback()
        assert answer.status_code == 302 and answer.location.startswith("/my/open")


def test_the_receipt_says_what_was_stored_where_and_until_when(sol: FlaskClient, house: House):
    say(house, "Sol", mood=2, rough=True, details=CHIPS)
    say(house, "Sol", NOW + timedelta(hours=1), break_minutes=5, break_kind="walk")
    say(house, "Sol", NOW + timedelta(hours=2), mood=4)

    page = get(sol, "/my/data/receipt")
    assert "This week" in page and "not yet" in page and "held" not in page.partition("How to read this")[0]
    assert "It can show up from 9 Mar 2026 on, and until 8 Jun 2026 at the latest." in page
    assert "they wait and join Northgate, then Harbour Motors." in page
    assert "They can show up on 30 Mar 2026, or else on 27 Apr 2026." in page
    assert "mood: Bad 2, rough: yes, break: no" in page
    assert "mood: none, rough: no, break: yes" in page
    for stored in ("How hard it was: Hard", "What happened: Shouted or insulted", "Weekday: Wednesday"):
        assert stored in page
    assert "the mood, and whether it came after a rough one" in page
    assert "it is kept, too, that you took part" in page
    assert "Nobody, not even you, can be shown which part of a figure is yours" in page
    assert "Walk" not in page


def test_a_released_week_says_so_and_one_that_was_held_in_the_end_does_too(
    sol: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
):
    for name in ("Sol", *COLLEAGUES):
        say(house, name, mood=3, rough=True, details=CHIPS)
    tick(house, 1)
    say(house, "Sol", in_week(2))
    tick(house, 2)
    open_again(sol)
    monkeypatch.setattr("wellbeing.site.today", lambda _reader: NOW.date() + timedelta(days=14))

    page = get(sol, "/my/data/receipt")
    assert "The figure of this week was released on 9 Mar 2026." in page
    assert page.index("held or not yet") < page.index("released on 9 Mar")


def test_what_is_long_over_is_told_as_over(sol: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch):
    say(house, "Sol", mood=3)
    # Nothing but the day of the page is moved: a sign-in would be over.
    monkeypatch.setattr("wellbeing.site.today", lambda _reader: NOW.date() + timedelta(days=200))

    page = get(sol, "/my/data/receipt")
    assert "It was not released on 9 Mar 2026." in page and "deleted by 8 Jun 2026" in page
    assert "No words were released on 30 Mar 2026." in page


def test_the_words_of_four_weeks_are_told_once_they_are_released(sol: FlaskClient, house: House):
    showroom = ("Kai", "Lena", "Mona", "Nils", "Olga", "Pau", "Quim", "Rosa")
    for name in ("Sol", *COLLEAGUES, "Hana", "Ivo", "Jun", *showroom, "Uma", "Vic", "Wes", "Xenia"):
        say(house, name, mood=3, rough=True, details=CHIPS)
    for number in range(1, 5):
        tick(house, number)
    open_again(sol)

    assert "Words were released on 30 Mar 2026 about: What happened, About what" in get(
        sol, "/my/data/receipt"
    )


def test_words_about_what_somebody_did_not_say_are_not_told_as_theirs(sol: FlaskClient, house: House):
    showroom = ("Kai", "Lena", "Mona", "Nils", "Olga", "Pau", "Quim", "Rosa")
    say(house, "Sol", mood=3, rough=True, details=CHIPS[:2])
    for name in (*COLLEAGUES, "Hana", "Ivo", "Jun", *showroom, "Uma", "Vic", "Wes", "Xenia"):
        say(house, name, mood=3, rough=True, details=CHIPS)
    for number in range(1, 5):
        tick(house, number)
    open_again(sol)

    page = get(sol, "/my/data/receipt")
    assert "on 30 Mar 2026 about: What happened," in page and "About what" not in page


def test_what_was_felt_at_an_unknown_time_and_only_told_stands_there_too(sol: FlaskClient, house: House):
    say(house, "Sol", details=CHIPS)
    page = get(sol, "/my/data/receipt")

    assert "For the four-week words" in page and "For the figures of" not in page
    assert "<dt>For the week</dt><dd>nothing</dd>" in page


def test_an_empty_receipt_says_what_that_means(sol: FlaskClient, house: House):
    note = Entry(Kind.NOTE, NOW, NOW, text="A long day.")
    with house.engine.begin() as connection:
        keeping.keep(connection, house.server_key, house.cast.people["Sol"], [note])

    page = get(sol, "/my/data/receipt")
    assert "Nothing left your diary" in page and "One entry never left your diary" in page


def test_older_weeks_come_page_by_page_and_no_address_counts_them(
    sol: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wellbeing.site.today", lambda _reader: in_week(9).date())
    for number in range(1, 9):
        say(house, "Sol", in_week(number))
        tick(house, number)
    open_again(sol)

    first = get(sol, "/my/data/receipt")
    second = post(sol, "/my/data/receipt", page=2).text
    assert "Older weeks" in first and "Week until 27 Apr 2026" in first
    assert "Older weeks" not in second and "Newest weeks" in second
    assert "Week until 9 Mar 2026" in second and "Week until 27 Apr 2026" not in second
    assert "Newest weeks" not in post(sol, "/my/data/receipt", page="x").text


def test_the_diary_comes_as_lines_for_a_spreadsheet(sol: FlaskClient, house: House):
    say(house, "Sol", mood=2, rough=True, details=CHIPS)
    answer = sol.get("/my/data/export.csv")
    db.session.rollback()

    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-days-2026-03-04.csv"'
    assert answer.headers["Cache-Control"] == "no-store" and answer.mimetype == "text/csv"
    lines = [line for line in csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))]
    head = next(line for line in lines if line[0] == "kind")
    (entry,) = (dict(zip(head, line, strict=True)) for line in lines[lines.index(head) + 1 :])
    assert entry["day"] == "2026-03-04" and entry["time"] == "12:30" and entry["severity"] == "hard"
    assert (entry["pool"], entry["week_ends"]) == ("Service counter", "2026-03-09")


def test_everything_comes_as_json_with_a_version_and_its_dictionary(sol: FlaskClient, house: House):
    say(house, "Sol", mood=2, rough=True, details=CHIPS)
    answer = sol.get("/my/data/export.json")
    db.session.rollback()

    found = answer.get_json()
    assert answer.headers["Content-Disposition"].endswith('"my-days-2026-03-04.json"')
    assert (found["format"], found["format_version"]) == ("second-wind-diary", 1)
    (entry,) = found["entries"]
    assert set(found["columns"]) == set(entry) - {"outside"}
    assert found["words"]["behaviour"]["shouted"] == "Shouted or insulted"
    assert entry["outside"]["week"] == {"mood": 2, "rough": True, "break_taken": False}
    assert entry["outside"]["week_is"] == "held or not yet"


def test_the_dictionary_stands_on_a_page_of_its_own(client: FlaskClient, house: House, sign_in):
    page = get(sign_in(client, "sol"), "/my/data/dictionary")

    assert "<code>break_minutes</code>" in page and "format version 1" in page and "Shouted" in page


def test_a_diary_is_paused_and_goes_on_even_while_it_is_closed(sol: FlaskClient, house: House):
    close(sol)
    assert post(sol, "/my/data/pause", paused="yes").location == "/my/data"
    assert diary(house).paused and "Go on with my diary" in get(sol, "/my/data")
    say(house, "Sol")
    assert rows(house, DiaryEntry) == [] and len(rows(house, Pending)) == 1

    post(sol, "/my/data/pause", paused="no")
    assert not diary(house).paused and "Your diary goes on" in get(sol, "/my/data")
    assert post(sol, "/my/data/pause").status_code == 400


def test_nobody_pauses_what_they_do_not_have(client: FlaskClient, house: House, sign_in):
    assert post(sign_in(client, "sol"), "/my/data/pause", paused="yes").status_code == 404


def test_its_owner_chooses_for_how_long_a_diary_is_kept(sol: FlaskClient, house: House):
    say(house, "Sol")
    assert post(sol, "/my/data/days", kept_days="365", note_days="90").location == "/my/data"

    assert (diary(house).kept_days, diary(house).note_days) == (365, 90)
    assert {row.expires.isoformat() for row in rows(house, DiaryEntry)} == {"2027-03-01"}


@pytest.mark.parametrize("days", ["7", "x", ""])
def test_any_other_number_of_days_is_refused_in_a_sentence(sol: FlaskClient, house: House, days: str):
    answer = post(sol, "/my/data/days", kept_days=days, note_days="90")

    assert answer.status_code == 422 and "Choose one of these." in answer.text
    assert diary(house).kept_days == 180


def test_leaving_takes_a_password_and_nothing_is_left_that_names_the_person(
    client: FlaskClient, house: House, sign_in
):
    for name in COLLEAGUES:
        say(house, name)
    before = everything(house)
    say(house, "Sol", mood=1, rough=True, details=CHIPS)
    hang_up_a_pledge(house)
    # Among the traces is an authenticator: a sign-in after them would ask for its code too.
    sign_in(client, "sol")
    leave_traces(house, "Sol")

    answer = post(client, "/my/data/leave", what="everything", password=PASSWORD)

    assert answer.location == "/left"
    after, sol_id = everything(house), house.cast.people["Sol"]
    untouched = set(after) - THEIRS - {"pledge", "audit_entry"}
    assert {table: after[table] for table in untouched} == {table: before[table] for table in untouched}
    for table in THEIRS - {"person", "place", "role_grant", "good_moment", "pledge_signature"}:
        assert after[table] == []
    for table, columns in columns_of_people().items():
        for row in after[table]:
            assert all(row[column] != sol_id for column in columns), table
    assert not any("Sol Vale" in map(str, row) or "sol" in row for found in after.values() for row in found)


def columns_of_people() -> dict[str, list[int]]:
    return {
        table.name: [
            at
            for at, column in enumerate(table.columns)
            if any(key.column.table.name == "person" for key in column.foreign_keys)
        ]
        for table in db.metadata.sorted_tables
    }


def test_whoever_has_left_is_signed_out_and_told_so(sol: FlaskClient, house: House):
    sol.post("/language", data={"language": "en"})
    post(sol, "/my/data/leave", what="everything", password=PASSWORD)

    assert "You have left" in get(sol, "/left")
    assert sol.get("/my/data").location.startswith("/sign-in")
    assert post(sol, "/sign-in", login="sol", password=PASSWORD).status_code == 401


def test_what_was_released_stays_when_somebody_leaves(sol: FlaskClient, house: House):
    for name in ("Sol", *COLLEAGUES):
        say(house, name)
    tick(house, 1)
    released = blocks(house)
    ledger = {
        name: found
        for name, found in everything(house).items()
        if "block" in name or name in ("tick", "detail_word")
    }

    post(sol, "/my/data/leave", what="everything", password=PASSWORD)

    assert released and blocks(house) == released
    assert ledger == {name: everything(house)[name] for name in ledger}


def test_a_wrong_password_deletes_nothing_and_is_counted(sol: FlaskClient, house: House):
    before = everything(house)
    for _try in range(5):
        answer = post(sol, "/my/data/leave", what="everything", password="not mine at all")
        assert answer.status_code == 422 and "Nothing was deleted." in answer.text
    locked = post(sol, "/my/data/leave", what="everything", password=PASSWORD)

    assert locked.status_code == 422 and "Too many wrong tries" in locked.text
    assert len(rows(house, PasswordFailure)) == 5
    assert everything(house) | {"password_failure": []} == before | {"password_failure": []}
    assert "Please fill this in." in post(sol, "/my/data/leave", what="everything").text


def test_the_diary_alone_is_deleted_and_its_owner_stays(sol: FlaskClient, house: House):
    say(house, "Sol")
    pending = rows(house, Pending)
    answer = post(sol, "/my/data/leave", what="diary", password=PASSWORD)

    assert answer.location == "/my/data" and "Your diary is deleted" in get(sol, "/my/data")
    assert rows(house, DiaryEntry) == rows(house, DiaryKey) == rows(house, DiaryOpened) == []
    assert rows(house, Pending) == pending and len(rows(house, SignIn)) == 1


def test_leaving_says_first_what_goes_and_what_stays(sol: FlaskClient):
    page = get(sol, "/my/data/leave")

    assert "Delete my diary alone" in page and "Leave, and delete everything" in page
    assert "Figures and words that were released." in page and "Backups of the last 14 days" in page


def test_whoever_has_no_password_types_a_word(sol: FlaskClient, house: House):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(password_hash=None))
    assert "Type the word “leave”" in get(sol, "/my/data/leave")
    wrong = post(sol, "/my/data/leave", what="everything", word="stay")
    assert wrong.status_code == 422 and "Type the word “leave” to go on." in wrong.text

    assert post(sol, "/my/data/leave", what="everything", word=" Leave ").location == "/left"


def test_the_last_admin_is_told_why_she_cannot_leave(client: FlaskClient, house: House, sign_in):
    browser = with_diary(client, sign_in, "Ada")

    page = get(browser, "/my/data/leave")
    assert "You are the only admin" in page and "Leave, and delete everything" not in page
    answer = post(browser, "/my/data/leave", what="everything", password=PASSWORD)
    assert answer.status_code == 422 and "You are the only admin" in answer.text
    assert post(browser, "/my/data/leave", what="diary", password=PASSWORD).location == "/my/data"
    assert "Delete my diary alone" not in get(browser, "/my/data/leave")


def test_the_file_of_everything_tells_what_admins_did_about_one_in_full(sol: FlaskClient, house: House):
    with house.engine.begin() as connection:
        session = Session(connection)
        ada, sols = house.cast.people["Ada"], house.cast.people["Sol"]
        audit.note(session, audit.Act.PIN_CODE_MADE, ada, NOW, person_id=sols)
        audit.note(session, audit.Act.PIN_CODE_MADE, ada, NOW, person_id=house.cast.people["Noor"])
        session.flush()

    found = sol.get("/my/data/export.json").json

    (log,) = [part for part in found["by_name"] if part["what"] == "What was done about you"]
    assert len(log["says"]) == 1
    assert log["says"][0].startswith("2026-03-04 12:30 · Ada")
    assert "/my/log" in get(sol, "/my/data")
