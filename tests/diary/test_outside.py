"""The receipt says of every act exactly what was written outside the diary, and nothing else."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.answers import House, rows, say
from tests.cast import NOW, PASSWORD, ZONE
from wellbeing import collect, withdraw
from wellbeing.answer import Answer
from wellbeing.collect import TOOK_PART
from wellbeing.diary import opening
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Begun
from wellbeing.diary.outside import NOTHING, Outside, Weekly, outside
from wellbeing.models.base import db
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover
from wellbeing.moments import Late

SOL = "Sol"
CHIPS = (
    (Dimension.SEVERITY, "hard"),
    (Dimension.BEHAVIOUR, "shouted"),
    (Dimension.BEHAVIOUR, "rude"),
    (Dimension.CAUSE, "delay"),
    (Dimension.CHANNEL, "phone"),
    (Dimension.AREA, "parts"),
)


@pytest.fixture
def begun(house: House) -> Iterator[Begun]:
    """The diary that Sol has just begun."""
    found = opening.begin(db.session(), house.cast.people[SOL], PASSWORD)
    db.session.commit()
    yield found


def told(house: House, begun: Begun) -> list[Outside]:
    """Return what Sol's receipt says of each entry."""
    with house.engine.connect() as connection:
        found = opening.read(connection, house.server_key, house.cast.people[SOL], begun.private)
    return [outside(one.entry, ZoneInfo(ZONE)) for one in found]


ACTS: dict[str, dict] = {
    "a check-in": {"mood": 4},
    "a rough one with a mood": {"mood": 2, "rough": True, "details": CHIPS},
    "a rough one without": {"rough": True, "details": CHIPS[:1]},
    "what it was about": {"details": CHIPS[1:]},
    "a break that counts": {"break_minutes": 2, "break_kind": "walk"},
    "a break that is too short": {"break_minutes": 1},
    "back": {"back": True},
    "back with a mood": {"back": True, "mood": 5},
    "a rough one that a break followed at once": {"rough": True, "break_minutes": 5, "mood": 1},
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_the_receipt_says_is_what_was_written(house: House, begun: Begun, act: dict):
    say(house, SOL, **act)

    (said,) = told(house, begun)
    weekly = [Weekly(row.mood, row.rough, row.break_taken) for row in rows(house, Pending)]
    assert weekly == ([said.weekly] if said.weekly else [])
    detail = rows(house, PendingDetail)
    categories = {(row.dimension, row.category) for row in detail if row.category != TOOK_PART}
    assert categories == set(said.detail)
    assert {row.dimension for row in detail if row.category == TOOK_PART} == (
        set(Dimension) if said.took_part else set()
    )
    assert bool(rows(house, PendingSpillover)) == said.after_rough
    assert bool(said) == bool(weekly or detail)


def test_a_week_of_acts_one_after_another_is_told_as_it_was_written(house: House, begun: Begun):
    draw = Random(19)  # noqa: S311 -- made-up acts
    for hour in range(60):
        recorded = say(house, SOL, NOW + timedelta(hours=hour), **draw.choice(list(ACTS.values())))
        handle = withdraw.handle(house.server_key, recorded, NOW + timedelta(hours=hour))
        if handle and draw.random() < 0.2:
            with house.engine.begin() as connection:
                withdraw.undo(connection, house.server_key, handle, NOW + timedelta(hours=hour))

    said = told(house, begun)
    weekly = Counter(Weekly(row.mood, row.rough, row.break_taken) for row in rows(house, Pending))
    assert weekly == Counter(one.weekly for one in said if one.weekly)
    detail = {
        (row.dimension, row.category) for row in rows(house, PendingDetail) if row.category != TOOK_PART
    }
    assert detail == {pair for one in said for pair in one.detail}
    assert len(rows(house, PendingSpillover)) == sum(one.after_rough for one in said)


def test_without_a_clock_neither_the_day_nor_what_came_before_is_stored(house: House, begun: Begun):
    with house.engine.begin() as connection:
        for answer in (Answer(mood=2, rough=True), Answer(mood=3)):
            person = house.cast.people[SOL]
            collect.record(connection, house.server_key, person, answer, NOW, Late(None))

    found = told(house, begun)
    assert [one.detail for one in found] == [(), ()]
    assert not any(one.after_rough for one in found) and rows(house, PendingSpillover) == []


def test_what_never_left_the_diary_is_stored_nowhere_else():
    later = NOW + timedelta(minutes=1)
    for entry in (
        Entry(Kind.NOTE, NOW, later, text="A long day."),
        Entry(Kind.IMPORTED, NOW, NOW, mood=2),
        Entry(Kind.ROUGH, NOW, NOW, mood=1, severity="severe"),
    ):
        assert outside(entry, ZoneInfo(ZONE)) == NOTHING
    assert not NOTHING
