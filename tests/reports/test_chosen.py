"""The chosen units and ticks, as pictures and tables need them: gaps and all."""

from datetime import date

import pytest

from tests.reports.ledger import Released, held, release
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import reading
from wellbeing.reports.chosen import chosen
from wellbeing.reports.exports import Selection


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app: one begins in week 1, another in week 3."""
    with app.app_context():
        counter, showroom = site.units["Service counter"], site.units["Showroom"]
        release({counter: Released(12, "3.4")})
        held()
        release({showroom: Released(5, MoodWord.LOW)})
        yield site.units


def units_of(house, first=1, last=3):
    with reading.session() as session:
        return chosen(session, Selection(tuple(house.values()), first, last))


def test_units_come_parents_first(house):
    assert [unit.name for unit in units_of(house)] == [
        *("Harbour Motors", "Northgate", "Parts", "Service counter", "Showroom")
    ]


def test_a_unit_begins_with_its_first_block_and_keeps_its_gaps(house):
    counter, showroom = units_of(house)[-2:]

    assert [week.shown for week in counter.weeks] == [True, False, False]
    assert [(week.number, week.mood_word) for week in showroom.weeks] == [(3, MoodWord.LOW)]
    assert counter.shown and showroom.shown


def test_a_closed_unit_ends_with_the_tick_at_which_it_closed(house):
    counter = db.session.get_one(Unit, house["Service counter"])
    counter.closed_on, counter.parent_id = date(2026, 3, 16), house["Showroom"]
    db.session.commit()

    assert [week.number for week in units_of(house)[-2].weeks] == [1, 2]


def test_a_unit_whose_blocks_lie_before_the_period_is_not_shown_in_it(house):
    parts, counter = units_of(house, 2, 3)[-3:-1]

    assert [week.number for week in counter.weeks] == [2, 3]
    assert not counter.shown
    assert parts.weeks == ()
