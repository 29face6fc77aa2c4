"""What a tablet keeps of its team's wall."""

from datetime import date, timedelta

import sqlalchemy as sa

from tests.answers import House, change
from tests.talk.test_ideas import answer
from tests.talk.test_pledges import WORDS, join, make
from tests.talk.test_posts import say
from wellbeing.models.accounts import Unit
from wellbeing.models.talk import IdeaState
from wellbeing.talk.posts import Kind
from wellbeing.talk.tablet import wall_of_tablet

TODAY = date(2026, 3, 4)


def wall(house: House, team: str = "Service counter") -> dict:
    with house.engine.connect() as connection:
        return wall_of_tablet(connection, house.cast.units[team], TODAY)


def test_an_empty_wall_is_empty(house: House):
    assert wall(house) == {"pledge": None, "moments": [], "ideas": []}


def test_a_tablet_shows_what_its_own_team_said_with_names_as_tiles_have_them(any_house: House):
    make(any_house)
    join(any_house, "Sol")
    say(any_house, Kind.MOMENT, "Cake!", by="Noor")
    say(any_house, Kind.MOMENT, "Elsewhere.", team="Parts")
    number = say(any_house, Kind.IDEA, "Chairs outside.")
    answer(any_house, number, IdeaState.TRYING, "From Monday on.")

    assert wall(any_house) == {
        "pledge": {"text": WORDS, "names": ["Sol V."]},
        "moments": [{"text": "Cake!", "by": "Noor V.", "day": "2026-03-04"}],
        "ideas": [{"text": "Chairs outside.", "by": None, "state": "trying", "reply": "From Monday on."}],
    }


def test_new_ideas_and_those_for_later_wait_for_the_team_talk_and_not_on_the_tablet(house: House):
    numbers = {state: say(house, Kind.IDEA, state.value) for state in IdeaState}
    for state, number in numbers.items():
        answer(house, number, state)

    assert [idea["state"] for idea in wall(house)["ideas"]] == ["trying", "done"]


def test_ten_moments_fit_and_none_of_last_year(house: House):
    say(house, Kind.MOMENT, "Long ago.", day=TODAY - timedelta(days=181))
    assert wall(house)["moments"] == []
    for number in range(12):
        say(house, Kind.MOMENT, f"No. {number}")

    assert [moment["text"] for moment in wall(house)["moments"]] == [f"No. {n}" for n in range(11, 1, -1)]


def test_what_was_said_in_teams_that_merged_hangs_on_the_wall_of_the_new_one(any_house: House):
    say(any_house, Kind.MOMENT, "From the showroom.", team="Showroom")
    new, old = any_house.cast.units["Service counter"], any_house.cast.units["Showroom"]
    change(any_house, sa.update(Unit).where(Unit.id == old).values(parent_id=new, closed_on=TODAY))

    assert [moment["text"] for moment in wall(any_house)["moments"]] == ["From the showroom."]
