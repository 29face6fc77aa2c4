"""Deniability of the detail ledger: a question's words leave both answers possible for every category.

Whoever is counted for a question chose at least one of its categories, so its words belong together: the
attacker reads all of them at once, knows how many people they are about, and what the insiders chose.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import combinations_with_replacement, product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellbeing.disclosure.rules import EVENT_PEOPLE_NEEDED, PARTICIPANTS_NEEDED, published_share
from wellbeing.disclosure.shares import TOOK_PART, detail_words

WORDS = ("few", "some", "most")
EVENT_PEOPLE = (*range(EVENT_PEOPLE_NEEDED, 21), 30, 40)

# For each category of a question, whether somebody chose it; at least one.
Choice = tuple[int, ...]


def choices(categories: int) -> list[Choice]:
    return [choice for choice in product((0, 1), repeat=categories) if any(choice)]


def published(chosen: Sequence[Choice], bystanders: int = PARTICIPANTS_NEEDED) -> tuple[str, ...]:
    """Return the words about people's choices, by the code that releases them."""
    people = range(len(chosen) + bystanders)
    rows = [SimpleNamespace(contributor=bytes([person]), category=TOOK_PART) for person in people]
    for person, choice in enumerate(chosen):
        rows += [
            SimpleNamespace(contributor=bytes([person]), category=str(category))
            for category, yes in enumerate(choice)
            if yes
        ]
    words = detail_words(rows, [str(category) for category in range(len(chosen[0]))], 5)
    assert words is not None
    return tuple(words.values())


@cache
def most_others(word: str, known: int, people: int, others: int) -> int | None:
    """Return how many others can have said yes at most beside known ones; None where the word says no."""
    fitting = [yes for yes in range(others + 1) if published_share(known + yes, people) == word]
    return max(fitting, default=None)


def possible(words: Sequence[str], known: Collection[Choice], people: int) -> bool:
    """Tell whether others can have chosen so that the words come out; each of them chose something."""
    others = people - len(known)
    said_yes = [sum(column) for column in zip(*known, strict=True)]
    found = [most_others(word, yes, people, others) for word, yes in zip(words, said_yes, strict=True)]
    return None not in found and sum(most for most in found if most is not None) >= others


def answers_left(categories: int, people: int, insiders: int) -> int:
    """Return the smallest number of answers left for one other person and one category, by any words."""
    everything = choices(categories)
    return min(
        min(len(set(column)) for column in zip(*left, strict=True))
        for known in combinations_with_replacement(everything, insiders)
        for words in product(WORDS, repeat=categories)
        if (left := [target for target in everything if possible(words, [*known, target], people)])
    )


def lists_of_choices() -> Iterator[st.SearchStrategy[list[Choice]]]:
    return (st.lists(st.sampled_from(choices(size)), min_size=10, max_size=30) for size in (2, 3, 4))


@settings(deadline=None)
@given(st.one_of(*lists_of_choices()))
def test_the_words_are_those_that_the_attacker_reckons_with(chosen: list[Choice]):
    words = tuple(published_share(sum(column), len(chosen)) for column in zip(*chosen, strict=True))

    assert published(chosen) == words
    assert possible(words, chosen[:1], len(chosen))


@pytest.mark.parametrize("insiders", [0, 1])
@pytest.mark.parametrize("categories", [2, 3, 4])
def test_both_answers_stay_possible_for_every_category_and_everybody_else(categories: int, insiders: int):
    assert {answers_left(categories, people, insiders) for people in EVENT_PEOPLE} == {2}


def test_two_insiders_who_pool_their_answers_exclude_some():
    assert answers_left(3, EVENT_PEOPLE_NEEDED, insiders=2) == 1
