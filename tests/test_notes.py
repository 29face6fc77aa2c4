"""Notes of what a unit changed: short, dated, about things and never about somebody one could call."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.answers import House, change, rows
from tests.cast import NOW
from wellbeing import notes
from wellbeing.models.base import db
from wellbeing.models.notes import Note
from wellbeing.models.settings import Settings
from wellbeing.notes import NoteRefused

TODAY = "2026-03-04"
SATURDAYS = "Second person on Saturdays"


@pytest.fixture
def counter(house: House) -> int:
    return house.cast.units["Service counter"]


def write(unit: int, text: str = SATURDAYS, day: str = TODAY, now=NOW) -> None:
    notes.write(db.session(), unit, day, text, now)


def kept(house: House) -> list[tuple]:
    return [(note.unit_id, note.happened_on.isoformat(), note.text) for note in rows(house, Note)]


def refused(unit: int, **asked) -> NoteRefused:
    with pytest.raises(NoteRefused) as found:
        write(unit, **asked)
    db.session.rollback()
    return found.value


def test_a_note_is_kept_as_it_was_meant(house: House, counter: int):
    write(counter, "  Second   person\non Saturdays ")

    assert kept(house) == [(counter, TODAY, SATURDAYS)]


@pytest.mark.parametrize("text", ["", "  ", "ab", "x" * 81])
def test_a_note_has_three_to_eighty_characters(house: House, counter: int, text: str):
    found = refused(counter, text=text)

    assert found.field == "text"
    assert str(found).startswith("Say it in 3 to 80 characters")
    assert kept(house) == []


def test_eighty_are_kept_and_other_scripts_too(house: House, counter: int):
    write(counter, "x" * 80)
    write(counter, "Zweite Person für Samstage ☕")

    assert len(kept(house)) == 2


@pytest.mark.parametrize("text", ["Ask\x00 twice", "Ask \u202eeciwt", "Ask \ue000 twice"])
def test_what_cannot_be_seen_is_refused(counter: int, text: str):
    assert str(refused(counter, text=text)) == "This holds a character that cannot be seen."


@pytest.mark.parametrize(
    "text", ["Call 0161 496 0123 first", "Call +34 600-123-456", "Write to parts@example.com"]
)
def test_what_looks_like_a_number_or_an_address_is_refused_and_why_is_said(counter: int, text: str):
    found = refused(counter, text=text)

    assert found.field == "text"
    assert str(found).startswith(("This looks like a phone number: ", "This looks like an e-mail address: "))
    assert str(found).endswith("Leave customers' names and numbers out.")


@pytest.mark.parametrize(
    "text",
    ["Sol Vale covers lunch", "Cover by SOL  VALE", "(Sol-Vale) at ten", "Ask Sól Vale", "Max Vale left"],
)
def test_the_whole_name_of_anybody_here_is_refused_and_why_is_said(counter: int, text: str):
    found = refused(counter, text=text)

    assert found.field == "text"
    assert str(found).startswith("This holds the name of somebody who works here.")


@pytest.mark.parametrize("text", ["Resol Valencia first", "Vale parking", "Sol and shade"])
def test_parts_of_names_are_words_like_others(house: House, counter: int, text: str):
    write(counter, text)

    assert [found[2] for found in kept(house)] == [text]


@pytest.mark.parametrize("text", ["Open 8 to 18 since 2026-03-02", "2 people at 10:30, 3 at 12:30"])
def test_days_and_hours_are_no_phone_numbers(house: House, counter: int, text: str):
    write(counter, text)

    assert len(kept(house)) == 1


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-05", "That day is still to come."),
        ("2026-03-01", "Figures begin on 2026-03-02"),
        ("", "Choose a day, such as 2026-03-04."),
        ("4 March", "Choose a day"),
        ("2026-02-30", "Choose a day"),
        ("9" * 100_000, "Choose a day"),
    ],
)
def test_a_day_lies_between_the_first_one_and_today(house: House, counter: int, day: str, sentence: str):
    found = refused(counter, day=day)

    assert found.field == "day"
    assert str(found).startswith(sentence)


def test_today_is_what_it_is_where_the_organisation_is(house: House, counter: int):
    late_in_london = NOW.replace(hour=23, minute=30)

    write(counter, day="2026-03-05", now=late_in_london)

    assert len(kept(house)) == 1


def test_before_a_site_is_open_only_today_can_be_noted(house: House, counter: int):
    db.session.get_one(Settings, 1).confirmed_at = None
    db.session.commit()

    assert refused(counter, day="2026-03-03").field == "day"
    write(counter)

    assert len(kept(house)) == 1


def test_the_same_note_of_the_same_day_is_kept_once(house: House, counter: int):
    write(counter)

    assert str(refused(counter)) == "This is written down for that day already."
    write(counter, day="2026-03-03")
    assert len(kept(house)) == 2


def test_a_unit_keeps_so_many_and_no_more(counter: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(notes, "MOST_AT_A_UNIT", 1)
    write(counter)

    assert str(refused(counter, text="Another")).startswith("There are 1 notes here.")


def test_two_managers_who_write_at_the_same_moment_keep_to_the_rules(
    any_app: Flask, any_house: House, monkeypatch: pytest.MonkeyPatch
):
    """The same note twice is one, and there is room for two more, not for four."""
    unit = any_house.cast.units["Service counter"]
    monkeypatch.setattr(notes, "MOST_AT_A_UNIT", 3)

    def at_once(*texts: str) -> list[bool]:
        with ThreadPoolExecutor(len(texts)) as threads:
            return sorted(threads.map(kept_by_another, texts))

    def kept_by_another(text: str) -> bool:
        with any_app.app_context():
            try:
                write(unit, text)
            except NoteRefused:
                return False
            return True

    assert at_once(*[SATURDAYS] * 4) == [False, False, False, True]
    assert at_once("One", "Two", "Three", "Four") == [False, False, True, True]
    assert len(kept(any_house)) == 3


def test_the_database_itself_keeps_no_note_twice(any_house: House):
    unit = any_house.cast.units["Service counter"]
    note = {"unit_id": unit, "happened_on": NOW.date(), "text": SATURDAYS}
    change(any_house, sa.insert(Note).values(note))

    with pytest.raises(IntegrityError):
        change(any_house, sa.insert(Note).values(note))


def test_a_note_is_removed_by_its_own_unit_alone(house: House, counter: int):
    write(counter)
    (note,) = rows(house, Note)

    assert not notes.remove(db.session(), house.cast.units["Showroom"], note.id)
    assert len(kept(house)) == 1
    assert notes.remove(db.session(), counter, note.id)
    assert kept(house) == []


def test_the_newest_three_of_eight_weeks_are_told(any_house: House):
    unit, above = any_house.cast.units["Service counter"], any_house.cast.units["Northgate"]
    later = NOW + timedelta(weeks=9)
    for place, day in enumerate(("2026-03-02", "2026-04-20", "2026-04-06", "2026-04-13", "2026-05-04")):
        write(unit if place % 2 else above, f"Change {place}", day, later)
    write(any_house.cast.units["Showroom"], "Of others", "2026-05-05", later)

    found = notes.newest(db.session(), {unit, above}, later.date())

    assert [note.text for note in found] == ["Change 4", "Change 1", "Change 3"]
    assert [note.text for note in notes.newest(db.session(), {unit}, NOW.date() + timedelta(weeks=30))] == []
