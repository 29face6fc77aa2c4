"""What staff are told of a planned change: what is new, from which day, and what holds until then."""

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from tests.cast import NOW
from wellbeing import announcement, ratchet
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.ratchet import Values
from wellbeing.reports import reading

TODAY = Values(6, 9, 14)


def told(house: House, wanted: Values) -> str:
    change(house, sa.update(Settings).values(people_needed=6, own_pool_from=9, tick_days=14))
    ratchet.plan(db.session(), wanted, NOW)
    with reading.session() as session:
        return announcement.sentence(session)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            Values(7, 9, 14),
            "For answers given from Monday 9 March on: a figure needs 7 people or more (until then 6).",
        ),
        (
            Values(6, 8, 14),
            "For answers given from Monday 23 March on: a team has a figure of its own from 8 people who can "
            "count (until then 9).",
        ),
        (
            Values(6, 9, 14, 30),
            "For answers given from Monday 9 March on: accounts made from then on count after 30 days (until "
            "then 14).",
        ),
        (
            Values(5, 9, 7),
            "For answers given from Monday 23 March on: a figure needs 5 people or more (until then 6); "
            "figures come every Monday (until then every second Monday).",
        ),
    ],
)
def test_a_change_is_said_in_plain_words(any_house: House, wanted: Values, sentence: str):
    assert told(any_house, wanted) == sentence


def test_where_nothing_is_planned_nothing_is_said(house: House):
    with house.engine.connect() as connection:
        assert announcement.sentence(connection) == ""
