"""The words of a check-up: what each count says, where too few go, and what one insider can find out."""

from fractions import Fraction

import pytest

from wellbeing.disclosure.checkup_rules import Question, Released, Tally, published_word, settle

# The tree: an organisation, a site, and three teams.
TOP, SITE, SERVICE, SHOWROOM, PARTS = 1, 2, 3, 4, 5
PARENTS = {TOP: None, SITE: TOP, SERVICE: SITE, SHOWROOM: SITE, PARTS: SITE}
UPWARDS = [SERVICE, SHOWROOM, PARTS, SITE, TOP]
FIRST, CALLS = Question("headline", "yes"), Question("calls", "properly")


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (5, ["few"] * 3 + ["most"] * 3),
        (6, ["few"] * 3 + ["some"] + ["most"] * 3),
        (9, ["few"] * 3 + ["some"] * 4 + ["most"] * 3),
    ],
)
def test_each_count_has_its_word(people: int, words: list[str]):
    assert [published_word(Tally(people, yes)) for yes in range(people + 1)] == words


def test_nothing_is_said_about_fewer_than_five():
    with pytest.raises(ValueError, match="fewer than five"):
        published_word(Tally(4, 2))


def left_possible(people: int, word: str, known: tuple[bool, ...]) -> set[bool]:
    """Return what somebody else may have said, for a reader who knows the word, the number and some votes."""
    others = people - len(known)
    return {
        vote
        for vote in (False, True)
        for rest in range(others)
        if published_word(Tally(people, sum(known) + vote + rest)) == word
    }


@pytest.mark.parametrize("people", range(5, 41))
def test_one_insider_finds_out_nothing_for_certain(people: int):
    for word in ("few", "some", "most"):
        for known in (False, True):
            reachable = any(published_word(Tally(people, known + rest)) == word for rest in range(people))
            assert not reachable or left_possible(people, word, (known,)) == {False, True}


def test_two_insiders_would_be_too_many():
    assert left_possible(5, "few", (True, True)) == {False}
    assert left_possible(8, "most", (False, False)) == {True}


def test_a_team_with_enough_people_has_its_own_word_and_goes_nowhere():
    waiting = {SERVICE: {FIRST: Tally(6, 6)}, SHOWROOM: {FIRST: Tally(5, 0)}}

    assert settle(waiting, UPWARDS, PARENTS, 5) == [
        Released(SERVICE, FIRST, "most"),
        Released(SHOWROOM, FIRST, "few"),
    ]


def test_what_is_too_little_climbs_whole_and_joins_what_else_came_up():
    waiting = {SERVICE: {FIRST: Tally(8, 1)}, SHOWROOM: {FIRST: Tally(4, 4)}, PARTS: {FIRST: Tally(1, 0)}}

    assert settle(waiting, UPWARDS, PARENTS, 5) == [
        Released(SITE, FIRST, "most"),
        Released(SERVICE, FIRST, "few"),
    ]


def test_a_unit_with_people_of_its_own_counts_them_with_those_that_come_up():
    waiting = {SITE: {FIRST: Tally(3, 0)}, PARTS: {FIRST: Tally(2, 2)}}

    assert settle(waiting, UPWARDS, PARENTS, 5) == [Released(SITE, FIRST, "few")]


def test_what_is_too_little_at_the_top_is_released_nowhere():
    assert settle({SHOWROOM: {FIRST: Tally(4, 4)}}, UPWARDS, PARENTS, 5) == []


def test_each_question_climbs_by_itself():
    waiting = {SERVICE: {FIRST: Tally(5, 5), CALLS: Tally(4, 4)}, SHOWROOM: {CALLS: Tally(1, 1)}}

    assert settle(waiting, UPWARDS, PARENTS, 5) == [
        Released(SITE, CALLS, "most"),
        Released(SERVICE, FIRST, "most"),
    ]


def test_a_site_that_asks_for_more_people_gets_them_and_nobody_gets_fewer_than_five():
    waiting = {SERVICE: {FIRST: Tally(6, 6)}, SHOWROOM: {FIRST: Tally(4, 4)}}

    assert [found.unit_id for found in settle(waiting, UPWARDS, PARENTS, 7)] == [SITE]
    assert [found.unit_id for found in settle(waiting, UPWARDS, PARENTS, 1)] == [SERVICE]


@pytest.mark.parametrize("said", [Fraction(0), Fraction(1, 2), Fraction(1)])
def test_where_something_is_released_never_depends_on_what_was_said(said: Fraction):
    people = {SERVICE: 7, SHOWROOM: 3, PARTS: 2}
    waiting = {unit: {FIRST: Tally(number, int(number * said))} for unit, number in people.items()}

    assert [found.unit_id for found in settle(waiting, UPWARDS, PARENTS, 5)] == [SITE, SERVICE]
