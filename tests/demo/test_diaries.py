"""Two of the demo keep a diary, which went the way that every answer goes."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, rows, say
from tests.cast import NOW, PASSWORD
from wellbeing.demo import diaries
from wellbeing.diary import opening
from wellbeing.diary.entry import Kind
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey

OWNERS = {"Sol": "staff", "Max": "manager"}


@pytest.fixture
def demo(house: House) -> House:
    """A house in which two people have the sign-in names of the demo, and have begun their diaries."""
    for name, login in OWNERS.items():
        person = db.session.get_one(Person, house.cast.people[name])
        person.login = login
    diaries.begin(db.session(), PASSWORD)
    return house


def found(house: House, name: str) -> list[tuple[Kind, str]]:
    person = house.cast.people[name]
    diary = db.session.get_one(DiaryKey, person)
    private = opening.with_password(diary, PASSWORD)
    read = opening.read(db.session.connection(), house.server_key, person, private)
    db.session.rollback()
    return [(one.entry.kind, one.entry.text) for one in read]


def test_what_they_say_from_then_on_is_in_their_diaries(demo: House):
    for name in (*OWNERS, "Noor"):
        say(demo, name, mood=4)

    assert {row.person_id for row in rows(demo, DiaryKey)} == {demo.cast.people[name] for name in OWNERS}
    assert [found(demo, name) for name in OWNERS] == [[(Kind.CHECK_IN, "")]] * 2


def test_one_of_them_has_written_notes_that_are_still_kept(demo: House):
    diaries.write_notes(db.session(), demo.server_key, NOW)

    assert [text for _kind, text in found(demo, "Sol")] == [text for _ago, text in diaries.NOTES]
    assert all(ago < timedelta(days=30) for ago, _text in diaries.NOTES)
    owners = db.session.scalars(sa.select(DiaryEntry.owner)).all()
    assert len(Counter(owners)) == 1
