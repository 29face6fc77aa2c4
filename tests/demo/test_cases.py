"""The made-up cases: believable, without anybody's name, and with something of everything to look at."""

from dataclasses import astuple
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.answers import House
from tests.cast import NOW
from wellbeing import choices, private_text
from wellbeing.case_figures import medians
from wellbeing.cases import listing
from wellbeing.cases.listing import Show, Wanted
from wellbeing.demo import case_life, cases
from wellbeing.demo.case_stories import CARS, NOTES, PARTS, STORIES
from wellbeing.demo.house import TEAMS
from wellbeing.models.base import db
from wellbeing.models.cases import Case

LONDON = ZoneInfo("Europe/London")
WEDNESDAY = datetime(2026, 11, 18, 12, 30, tzinfo=LONDON)
SUNDAY = datetime(2026, 11, 15, 3, 10, tzinfo=LONDON)


def test_the_same_seed_brings_the_same_cases():
    assert cases.brought(7, WEDNESDAY) == cases.brought(7, WEDNESDAY)
    assert cases.brought(7, WEDNESDAY) != cases.brought(8, WEDNESDAY)


@pytest.mark.parametrize("until", [WEDNESDAY, SUNDAY])
def test_half_a_year_of_cases_has_something_of_everything(until: datetime):
    found = cases.brought(7, until)

    assert len(found) == cases.CASES
    assert [case.came for case in found] == sorted(case.came for case in found)
    assert until - timedelta(days=cases.DAYS + 2) < found[0].came < found[-1].came < until
    assert {case.channel for case in found} == set(cases.CHANNELS) < choices.CHANNEL_KEYS
    assert {case.team for case in found} == {team.path for team in TEAMS}
    assert {case.standing for case in found} == {*cases.STANDINGS, "forgotten"}
    assert len({case.number for case in found}) == len(found)


def test_fewer_speak_of_a_survey_from_half_to_half():
    found = cases.brought(7, WEDNESDAY)
    first, second = (sum(case.threatened for case in half) for half in (found[:110], found[110:]))

    assert first > second > 5


def test_the_team_of_the_demo_has_threats_enough_to_compare_waits():
    found = [case for case in cases.brought(7, WEDNESDAY) if case.team == cases.BUSY_TEAM.path]
    in_person = [case.threatened for case in found if case.channel == "in_person" and not case.proactive]

    assert min(in_person.count(True), in_person.count(False)) >= medians.FEWEST


def test_no_story_names_anybody_and_each_fits_its_field():
    told = [story for stories in STORIES.values() for story in stories]
    texts = [text for story in told for text in astuple(story)[1:]]
    for text in (*texts, *NOTES):
        said = text.format(car=max(CARS, key=len), part=max(PARTS, key=len))
        assert private_text.seen(said) == []
        assert len(said) <= 160
    assert {story.cause for story in told} <= choices.CAUSE_KEYS
    assert set(STORIES) == {team.area for team in TEAMS}


def played(house: House, now: datetime) -> None:
    units = {team.path: house.cast.units["Service counter"] for team in TEAMS if team.site == "Northgate"}
    units |= {("Riverside", "Parts"): house.cast.units["Northgate"]}
    told = cases.brought(7, now.astimezone(LONDON))
    case_life.play(db.session(), told, units, now, LONDON)


def test_when_the_demo_opens_some_cases_press_and_some_customers_are_to_hear_from_us(house: House):
    played(house, NOW)
    everything = Wanted(None)

    late = listing.longest_overdue(db.session(), everything, NOW)
    again = listing.due_again(db.session(), everything, NOW, NOW.date(), most=9)
    still_open = listing.page(db.session(), everything, NOW, size=100).cases
    closed = listing.page(db.session(), Wanted(None, Show.CLOSED), NOW, size=200).cases

    assert 3 <= len(late) < len(still_open) < 30
    assert 1 <= len(again) <= 6
    assert len(closed) > 60
    assert {case.chance for case in closed} == {1, 2}
    assert max(case.closed_at for case in closed) <= NOW


def test_nothing_happens_after_now_and_nobody_answers_at_night(house: House):
    played(house, NOW)
    found = db.session.scalars(sa.select(Case)).all()

    for case in found:
        notes = [line.written_at for line in case.notes]
        for at in (case.came_at, case.first_attention_at, case.closed_at, *notes):
            assert at is None or at <= NOW
    hours = {case.first_attention_at.astimezone(LONDON).hour for case in found if case.notes}
    assert hours <= set(range(6, 24))
