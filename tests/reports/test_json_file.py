"""The JSON file for HR's own programs: valid, typed, the same bytes for ever."""

import json
from datetime import datetime

import pytest
import time_machine

from tests.reports.ledger import Released, release, three_weeks
from wellbeing.reports import exports, json_file, reading
from wellbeing.reports.exports import Selection


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app, with three weeks released."""
    with app.app_context():
        three_weeks(site.units)
        yield site.units


def text_of(units, first=1, last=3):
    return "".join(json_file.pieces(reading.session, Selection(tuple(sorted(units)), first, last)))


def test_each_block_has_its_values_as_what_they_are(house):
    found = json.loads(text_of(house.values()))

    first, second, third = found["blocks"]
    assert first == {
        "unit": "Harbour Motors > Northgate > Service counter",
        "tick": 1,
        "week_from": "2026-03-02",
        "week_to": "2026-03-08",
        "people": "12 to 19",
        "mood": 3.4,
        "mood_word": None,
        "rough": 5,
        "breaks": "few",
        "tick_days": 7,
        "people_needed": 5,
        "own_pool_from": 7,
        "hash": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    }
    assert (second["mood"], second["mood_word"], third["rough"]) == (None, "low", "most")


def test_it_tells_its_format_the_rules_and_the_columns(house):
    found = json.loads(text_of(house.values()))

    assert (found["format"], found["format_version"]) == ("second-wind-blocks", 1)
    assert found["ticks"] == {"first": 1, "last": 3}
    assert any("k = 5 people" in rule for rule in found["method"])
    assert tuple(found["columns"]) == exports.COLUMNS


def test_no_block_at_all_is_still_valid(house):
    assert json.loads(text_of([house["Parts"]]))["blocks"] == []


def test_pieces_are_the_same_together(house, monkeypatch):
    whole = text_of(house.values())
    monkeypatch.setattr(exports, "BLOCKS_AT_ONCE", 1)

    assert text_of(house.values()) == whole
    assert len(json.loads(whole)["blocks"]) == whole.count('"hash"') == 3


def test_the_same_request_gives_the_same_bytes_at_any_time(house):
    first = text_of(house.values())
    release({house["Service counter"]: Released(8, "2.0")})

    with time_machine.travel(datetime(2031, 7, 9), tick=False):
        assert text_of(house.values()) == first
