"""The demo's walls: what hangs there could be true, and a real team could have written it."""

import pytest
import sqlalchemy as sa

from tests.answers import House, column, rows
from tests.cast import NOW
from wellbeing.content import entries
from wellbeing.demo import wall
from wellbeing.demo.house import TEAMS
from wellbeing.models.base import db
from wellbeing.models.talk import GoodMoment, Idea, IdeaState, Pledge, Signature
from wellbeing.talk.posts import MOMENTS_KEPT, one_line

TODAY = NOW.date()


@pytest.fixture
def hung(house: House) -> House:
    """The cast's site with what the demo's service counter and parts say; it has no other of its teams."""
    units = {
        wall.NORTHGATE: house.cast.units["Service counter"],
        wall.RIVERSIDE: house.cast.units["Parts"],
    }
    wall.hang_up(db.session(), units, NOW, TODAY)
    return house


def test_everything_may_stand_on_a_real_wall_of_a_unit_that_the_demo_has():
    replies = [idea.reply for idea in wall.IDEAS if idea.reply]
    texts = [said.text for said in (*wall.MOMENTS, *wall.IDEAS)] + [
        text for text, _in in wall.PLEDGES.values()
    ]

    assert [one_line(text) for text in texts + replies] == texts + replies
    assert {said.unit for said in (*wall.MOMENTS, *wall.IDEAS)} <= {team.path for team in TEAMS}
    assert all(0 < said.days_ago < MOMENTS_KEPT.days for said in (*wall.MOMENTS, *wall.IDEAS))


def test_ideas_stand_in_every_state_and_whoever_answered_said_something():
    assert {idea.state for idea in wall.IDEAS} == set(IdeaState)
    assert all(bool(idea.reply) == (idea.state is not IdeaState.NEW) for idea in wall.IDEAS)


def test_the_walls_of_units_that_are_not_there_stay_empty(hung: House):
    assert len(rows(hung, GoodMoment)) == len(wall.MOMENTS) - 2
    assert {row.state for row in rows(hung, Idea)} == set(IdeaState)


def test_some_signed_and_some_did_not(hung: House):
    signed = column(hung, sa.select(GoodMoment.signed_by))

    assert None in signed and len(set(signed)) > 3
    assert len(rows(hung, Pledge)) == 2 and len(rows(hung, Signature)) == 11


def test_a_course_is_announced_in_both_languages(hung: House):
    for language, title in (("en", "An hour on listening first"), ("es", "Una hora sobre escuchar primero")):
        [course] = entries.shown(db.session(), "training", TODAY, language)
        assert course["title"] == title and course["link"].startswith("https://")
