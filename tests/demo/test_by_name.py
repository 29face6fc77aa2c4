"""In the demo somebody asked to be contacted and somebody reported an incident, as anybody could."""

from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.answers import House
from tests.cast import NOW, ZONE
from wellbeing import appointed, asking, incidents, private_text
from wellbeing.demo import by_name
from wellbeing.models.accounts import Person
from wellbeing.models.asking import IncidentReport, ReaderOf
from wellbeing.models.base import db


@pytest.fixture
def sent(house: House) -> None:
    logins = {"Hilde": "hr", "Sol": "staff", "Noor": None}
    for name, login in logins.items():
        db.session.get_one(Person, house.cast.people[name]).login = login
    db.session.commit()
    by_name.send(db.session(), NOW, ZoneInfo(ZONE))


def test_one_request_waits_and_one_was_answered_in_time(house: House, sent):
    waiting, answered = asking.every(db.session())

    assert (waiting.answered_on, waiting.reach) == (None, "after my shift, at the back door")
    assert asking.answer_by(waiting.asked_on) >= NOW.date()
    assert answered.answered_on is not None
    assert answered.answered_on <= asking.answer_by(answered.asked_on)


def test_one_report_was_read_and_one_was_not_and_hr_reads_both(house: House, sent):
    assert [report.read_on is None for report in incidents.every(db.session())] == [True, False]
    assert {row.name for subject in ReaderOf for row in appointed.readers(db.session(), subject)} == {
        "Hilde Vale"
    }


def test_every_report_is_one_that_the_form_would_take(house: House, sent):
    for report in db.session.scalars(sa.select(IncidentReport)):
        for field, longest in incidents.LONGEST.items():
            text = getattr(report, field)
            assert len(text) <= longest
            assert private_text.seen(text) == []
        assert report.happened_on <= report.sent_at.date()
        assert len(incidents.kinds_of(report)) == len(report.kinds.split())
