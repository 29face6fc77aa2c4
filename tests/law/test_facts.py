"""What an organisation says of itself: written once, never changed, with its gaps in sight."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.answers import House
from tests.law.whole import WHOLE
from wellbeing.law import facts
from wellbeing.law.facts import Facts, Hosting
from wellbeing.models.base import db

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_before_anybody_wrote_anything_there_is_no_version(app: Flask):
    with app.app_context():
        assert facts.newest(db.session()) is None
        assert facts.every(db.session()) == []


def test_the_newest_version_stands_and_the_others_can_be_read_as_they_were(any_house: House):
    before = len(facts.every(db.session()))
    facts.write(db.session(), WHOLE, MORNING, {"people_needed": 5})
    facts.write(db.session(), replace(WHOLE, address="New Quay"), MORNING + timedelta(days=1))

    newest, first, *_others = facts.every(db.session())
    assert facts.newest(db.session()) == newest
    assert (newest.number, newest.facts.address, newest.set_so) == (before + 2, "New Quay", None)
    assert (first.number, first.facts, first.set_so) == (before + 1, WHOLE, {"people_needed": 5})
    assert first.written_at == MORNING


def test_what_is_empty_is_a_gap():
    assert facts.gaps(WHOLE) == []
    assert facts.gaps(replace(WHOLE, address="", basis=None)) == ["address", "basis"]
    assert "no_officer" not in facts.gaps(Facts())


def test_that_no_officer_is_needed_is_said_and_no_gap():
    assert facts.gaps(replace(WHOLE, officer="")) == ["officer"]
    assert facts.gaps(replace(WHOLE, officer="", no_officer=True)) == []


def test_what_another_release_wrote_is_read_as_far_as_it_is_known():
    stored = {"controller": "Harbour Motors", "hosting": "own", "basis": "astrology", "mascot": "gull"}

    assert facts.read(stored) == Facts(controller="Harbour Motors", hosting=Hosting.OWN)
