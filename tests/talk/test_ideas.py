"""The idea box: what is tried stands first, and every idea may get its answer."""

import pytest

from tests.answers import House
from tests.talk.test_posts import say
from wellbeing.models.talk import IdeaState
from wellbeing.talk import ideas
from wellbeing.talk.posts import Kind, TalkRefused


def box(house: House, *teams: str) -> list[ideas.Shown]:
    with house.engine.connect() as connection:
        return ideas.of_units(connection, {house.cast.units[team] for team in teams or ("Service counter",)})


def answer(
    house: House, number: int, state: IdeaState, reply: str = "", team: str = "Service counter"
) -> bool:
    with house.engine.begin() as connection:
        return ideas.answer(connection, number, {house.cast.units[team]}, state, reply)


def test_every_state_has_its_place_in_the_box():
    assert set(ideas.STATES) == set(IdeaState)


def test_an_idea_begins_new_and_unanswered(any_house: House):
    number = say(any_house, Kind.IDEA, "Chairs outside.", by="Sol")

    [idea] = box(any_house)
    assert (idea.id, idea.text, idea.state, idea.reply) == (number, "Chairs outside.", IdeaState.NEW, "")
    assert (idea.by, idea.author_id) == ("Sol V.", any_house.cast.people["Sol"])


def test_what_is_tried_comes_first_and_what_waits_for_later_last(any_house: House):
    numbers = {state: say(any_house, Kind.IDEA, state.value) for state in IdeaState}
    for state, number in numbers.items():
        assert answer(any_house, number, state, f"So it is {state.value}.")

    assert [idea.text for idea in box(any_house)] == ["trying", "new", "done", "not_now"]
    assert box(any_house)[0].reply == "So it is trying."


def test_an_idea_of_another_unit_is_not_there_to_be_answered(any_house: House):
    number = say(any_house, Kind.IDEA)

    assert not answer(any_house, number, IdeaState.DONE, team="Parts")
    assert not answer(any_house, number + 1, IdeaState.DONE)
    assert [idea.state for idea in box(any_house)] == [IdeaState.NEW]


def test_an_answer_names_no_customer_and_may_be_empty(house: House):
    number = say(house, Kind.IDEA)

    with pytest.raises(TalkRefused):
        answer(house, number, IdeaState.DONE, "Ask Mrs Jones.")
    assert answer(house, number, IdeaState.DONE, "  ")
    assert [(idea.state, idea.reply) for idea in box(house)] == [(IdeaState.DONE, "")]


def test_what_waits_for_an_answer_is_counted_by_unit(any_house: House):
    for team in ("Parts", "Parts", "Showroom"):
        say(any_house, Kind.IDEA, team=team)
    answer(any_house, say(any_house, Kind.IDEA), IdeaState.TRYING)

    with any_house.engine.connect() as connection:
        assert ideas.waiting(connection) == {
            any_house.cast.units["Parts"]: 2,
            any_house.cast.units["Showroom"]: 1,
        }
