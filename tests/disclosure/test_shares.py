"""Words for four weeks of detail: who counts, from how many on, and which word."""

from types import SimpleNamespace

import pytest

from wellbeing.disclosure.rules import published_share
from wellbeing.disclosure.shares import TOOK_PART, detail_words, spillover_words

CATEGORIES = ("delay", "price", "fault")


def took(*people: int) -> list:
    return [SimpleNamespace(contributor=bytes([person]), category=TOOK_PART) for person in people]


def chose(category: str, *people: int) -> list:
    return [SimpleNamespace(contributor=bytes([person]), category=category) for person in people]


@pytest.mark.parametrize(
    ("yes", "people", "word"),
    [(0, 10, "few"), (2, 10, "few"), (3, 10, "some"), (7, 10, "some"), (8, 10, "most"), (10, 10, "most")],
)
def test_a_share_is_a_word_that_two_people_cannot_turn(yes: int, people: int, word: str):
    assert published_share(yes, people) == word


@pytest.mark.parametrize(("yes", "people"), [(0, 9), (-1, 10), (11, 10)])
def test_there_is_no_share_of_fewer_than_ten_people_and_none_of_more_than_all(yes: int, people: int):
    with pytest.raises(ValueError, match="ten people"):
        published_share(yes, people)


def test_every_category_has_a_word_whoever_chose_it():
    rows = took(*range(20)) + chose("delay", *range(9)) + chose("price", 8, 9)

    assert detail_words(rows, CATEGORIES, 5) == {"delay": "most", "price": "few", "fault": "few"}


@pytest.mark.parametrize(
    ("participants", "with_event", "people_needed", "released"),
    [
        (20, 10, 5, True),
        (19, 10, 5, False),
        (20, 9, 5, False),
        (20, 10, 11, False),
        (20, 11, 11, True),
        (20, 20, 21, False),
        (21, 21, 21, True),
    ],
)
def test_twenty_take_part_ten_had_it_and_never_fewer_than_the_site_asks_for(
    participants: int, with_event: int, people_needed: int, released: bool
):
    rows = took(*range(participants)) + chose("delay", *range(with_event))

    assert (detail_words(rows, CATEGORIES, people_needed) is not None) is released


def test_somebody_counts_once_for_a_category_and_only_if_they_took_part():
    twice = took(*range(20)) + chose("delay", *range(9)) * 2
    strangers = took(*range(20)) + chose("delay", *range(9), 30, 31)

    assert detail_words(twice, CATEGORIES, 5) is None
    assert detail_words(strangers, CATEGORIES, 5) is None


def test_nothing_is_said_of_a_pool_without_rows():
    assert detail_words([], CATEGORIES, 5) is None
    assert spillover_words([], True, 5) is None


def moods(person: int, *others: int, after: int | None = None, with_break: bool = False) -> list:
    """Return somebody's check-ins: some ordinary ones, and one that follows a rough interaction."""
    given = [(mood, False, False) for mood in others] + ([(after, True, with_break)] if after else [])
    return [
        SimpleNamespace(contributor=bytes([person]), mood=mood, follows_rough=follows, break_between=between)
        for mood, follows, between in given
    ]


def a_pool(lower: int, people: int = 20, with_break: int = 10, without_break: int = 10) -> list:
    """Return a pool of people of mood 4; of those with an event, ``lower`` in each arm fall to 3."""
    rows = []
    for person in range(people):
        arm = person - with_break
        after = 3 if (person < lower or 0 <= arm < lower) else 4
        has_event = person < with_break + without_break
        rows += moods(person, 4, 4, 4, after=after if has_event else None, with_break=person < with_break)
    return rows


@pytest.mark.parametrize(("lower", "word"), [(0, "few"), (2, "few"), (3, "some"), (8, "most")])
def test_spillover_is_said_in_words_with_a_break_and_without(lower: int, word: str):
    assert spillover_words(a_pool(lower), False, 5) == {"with_break": word, "without_break": word}


def test_a_pool_waits_until_both_can_be_compared_and_at_the_top_one_is_enough():
    rows = a_pool(3, people=20, with_break=10, without_break=9)

    assert spillover_words(rows, False, 5) is None
    assert spillover_words(rows, True, 5) == {"with_break": "some"}
    assert spillover_words(a_pool(3, people=20, with_break=9, without_break=9), True, 5) is None
    assert spillover_words(a_pool(3, people=19, with_break=10, without_break=9), True, 5) is None


@pytest.mark.parametrize(
    ("others", "after", "lower"),
    [
        ((4, 4, 4), 3, True),  # exactly one below
        ((4, 4, 3), 3, False),  # two thirds below
        ((5, 4, 4), 3, True),
        ((4, 4), 1, None),  # nothing to compare with
    ],
)
def test_lower_means_one_below_the_mean_of_at_least_three_others(others, after: int, lower: bool | None):
    rows = a_pool(2, people=19, with_break=9) + moods(19, *others, after=after, with_break=True)

    found = spillover_words(rows, True, 5)

    told = {True: "some", False: "few", None: None}
    assert (found or {}).get("with_break") == told[lower]


def test_one_fall_is_enough_and_somebody_has_one_vote_for_each_figure():
    sol = moods(19, 4, 4, 4, 4) + moods(19, after=1, with_break=True) + moods(19, after=4, with_break=True)

    assert spillover_words(a_pool(2, people=19, with_break=9) + sol, True, 5) == {
        "with_break": "some",
        "without_break": "few",
    }
