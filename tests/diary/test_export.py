"""A diary as files: what a spreadsheet cannot run, and what stays empty."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.cast import NOW, ZONE
from wellbeing.about_me.stored import Stored
from wellbeing.diary import dictionary, export
from wellbeing.diary.entry import Counted, Entry, Kind
from wellbeing.diary.export import Kept
from wellbeing.diary.outside import outside
from wellbeing.diary.receipt import Out, Receipt, Slip, Told

NOTE = Entry(Kind.NOTE, NOW, NOW, text="=1+1, “and” so on")
LOST = Entry(Kind.CHECK_IN, NOW, None, mood=3, behaviour=("rude", "shouted"))
KEPT = Kept([NOTE, LOST], Receipt((), 2), ZoneInfo(ZONE))


def test_a_note_runs_in_no_spreadsheet_and_stays_whole_elsewhere(app: Flask):
    with app.test_request_context():
        lines = export.csv_text(KEPT).splitlines()
        found = json.loads(export.json_text(KEPT, [], {}, date(2026, 11, 22)))

    assert lines[0].startswith("\N{BYTE ORDER MARK}# ")
    assert '"\'=1+1, “and” so on"' in lines[3]
    assert found["entries"][0]["note"] == NOTE.text
    assert found["made_on"] == "2026-11-22"


def test_what_was_not_said_is_empty_and_no_time_is_made_up(app: Flask):
    with app.test_request_context():
        line = export.csv_text(KEPT).splitlines()[4]
        entry = json.loads(export.json_text(KEPT, [], {}, date(2026, 11, 22)))["entries"][1]

    assert line == "check_in,,,2026-03-04T12:30+01:00,3,,rude shouted,,,,,,,,,"
    assert entry["time"] is None and entry["outside"] is None
    assert entry["behaviour"] == ["rude", "shouted"]


WEEK, FOUR_WEEKS = date(2026, 3, 9), date(2026, 3, 30)
WHOLE = Entry(
    kind=Kind.ROUGH,
    entered_at=NOW,
    felt_at=NOW,
    mood=2,
    severity="hard",
    behaviour=("rude", "shouted"),
    cause="delay",
    channel="phone",
    area="parts",
    counted=Counted(1, WEEK, FOUR_WEEKS),
)
WALK = Entry(Kind.BREAK, NOW, NOW, break_kind="walk", minutes=10)
WRITTEN = {
    "kind": "rough",
    "day": "2026-03-04",
    "time": "12:30",
    "entered": "2026-03-04T12:30+01:00",
    "mood": 2,
    "severity": "hard",
    "behaviour": ["rude", "shouted"],
    "cause": "delay",
    "channel": "phone",
    "area": "parts",
    "break_kind": None,
    "break_minutes": None,
    "note": None,
    "pool": "Service counter",
    "week_ends": "2026-03-09",
    "four_weeks_end": "2026-03-30",
}


def with_a_slip(*entries: Entry, released: tuple[str, ...] = ()) -> Kept:
    """What is exported of some entries, of which the first left the diary."""
    told = (Told(entries[0], outside(entries[0], ZoneInfo(ZONE))),)
    slip = Slip(
        ("Service counter",), WEEK, WEEK, Out.RELEASED, FOUR_WEEKS, FOUR_WEEKS, frozenset(released), told
    )
    return Kept(entries, Receipt((slip,), len(entries) - 1), ZoneInfo(ZONE))


def test_all_that_an_entry_holds_is_in_both_files(app: Flask):
    kept = with_a_slip(WHOLE, WALK)
    with app.test_request_context():
        written, walk = json.loads(export.json_text(kept, [], {}, NOW.date()))["entries"]
        lines = export.csv_text(kept).splitlines()[2:]

    assert {name: written[name] for name in WRITTEN} == WRITTEN
    assert (walk["break_kind"], walk["break_minutes"], walk["pool"]) == ("walk", 10, None)
    first, second = csv.DictReader(io.StringIO("\n".join(lines)))
    assert first == {name: "" if value is None else str(value) for name, value in WRITTEN.items()} | {
        "behaviour": "rude shouted"
    }
    assert (second["break_kind"], second["break_minutes"]) == ("walk", "10")


@pytest.mark.parametrize(
    ("kind", "released"), [(Kind.ROUGH, ["cause"]), (Kind.CHECK_IN, ["cause", "spillover"])]
)
def test_of_the_words_that_were_released_those_are_told_to_which_an_entry_said_something(
    app: Flask, kind: Kind, released: list[str]
):
    kept = with_a_slip(replace(WHOLE, kind=kind, channel=None), released=("cause", "channel", "spillover"))
    with app.test_request_context():
        (entry,) = json.loads(export.json_text(kept, [], {}, NOW.date()))["entries"]

    assert entry["outside"]["four_weeks_released"] == released


def test_every_column_has_its_meaning_and_stands_in_the_order_of_the_dictionary(app: Flask):
    with app.test_request_context():
        (entry,) = json.loads(export.json_text(with_a_slip(WHOLE), [], {}, NOW.date()))["entries"]
        meanings = dictionary.meanings()

    assert [*meanings, "outside"] == list(entry)
    assert all(meanings.values())


def test_entries_that_are_alike_come_as_often_as_they_are_there(app: Flask):
    with app.test_request_context():
        text = export.json_text(with_a_slip(WHOLE, replace(WHOLE)), [], {}, NOW.date())

    assert [entry["mood"] for entry in json.loads(text)["entries"]] == [2, 2]


def test_what_is_kept_by_name_comes_along(app: Flask):
    with app.test_request_context():
        text = export.json_text(KEPT, [Stored("Badge", ("A badge",), "For ever.")], {}, NOW.date())

    assert json.loads(text)["by_name"] == [{"what": "Badge", "says": ["A badge"], "kept": "For ever."}]
