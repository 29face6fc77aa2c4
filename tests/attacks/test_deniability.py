"""Deniability: after seeing a block, every mood and every yes and no stays possible for everybody else.

The attacker knows the rules, the answers of some insiders, and how many people there were: exactly or, as it
is published, within a band. Blocks come from the code that releases pools. What a block says about one
question depends on that question's sum alone, which is tested, so to enumerate sums is to enumerate all
answers, and what stays possible for one question stays possible together with all that does for another.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from functools import cache, partial
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacks.findings import Report
from wellbeing.disclosure import ledger
from wellbeing.disclosure.rules import BANDS, people_floor
from wellbeing.disclosure.tabulate import Vote

EPOCH = SimpleNamespace(people_needed=5, own_pool_from=7, tick_days=7)
TEAM_SIZES = range(5, 41)
SMALL_TEAMS = range(5, 14)
ONE_SIZE = [[people] for people in TEAM_SIZES]
ONE_BAND = [[people for people in TEAM_SIZES if people_floor(people) == band] for band in BANDS]
MOODS, YES_OR_NO = range(1, 6), range(2)

Publish = Callable[[int, int], Hashable]


def block_of(votes: Sequence[Vote]) -> dict[str, object]:
    return ledger.draft(1, votes, EPOCH).block  # type: ignore[arg-type]


@cache
def mood_block(people: int, total: int) -> Hashable:
    """Return a block after people whose moods add up to a total; moods as equal as can be."""
    low, more = divmod(total, people)
    return frozenset(block_of([Vote(low + (at < more), False, False) for at in range(people)]).items())


@cache
def rough_block(people: int, total: int) -> Hashable:
    return frozenset(block_of([Vote(3, at < total, False) for at in range(people)]).items())


@cache
def break_block(people: int, total: int) -> Hashable:
    return frozenset(block_of([Vote(3, False, at < total) for at in range(people)]).items())


def exact(people: int, total: int) -> Hashable:
    """The naive record: the number of people, and the exact sum."""
    return people, total


def fewest_left(publish: Publish, values: range, sizes: Sequence[int], insiders: int) -> int:
    """Return the smallest number of values that any record leaves possible for one other person.

    ``sizes`` are the numbers of people that the attacker cannot tell apart without the record.
    """
    lowest, highest = values[0], values[-1]
    return min(
        min(map(len, _left(publish, values, sizes, insiders, known).values()))
        for known in range(insiders * lowest, insiders * highest + 1)
    )


def _left(
    publish: Publish, values: range, sizes: Sequence[int], insiders: int, known: int
) -> dict[Hashable, set[int]]:
    left: dict[Hashable, set[int]] = defaultdict(set)
    for people in sizes:
        others = people - insiders - 1
        for rest in range(others * values[0], others * values[-1] + 1):
            for target in values:
                left[publish(people, known + target + rest)].add(target)
    return left


def worst(publish: Publish, values: range, sizes: Sequence[Sequence[int]], insiders: int) -> int:
    return min(fewest_left(publish, values, alike, insiders) for alike in sizes)


moods_left = partial(worst, values=MOODS)
answers_left = partial(worst, values=YES_OR_NO)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.booleans()), min_size=5, max_size=45), st.data()
)
def test_a_block_says_nothing_but_the_sum_of_each_question(votes, data: st.DataObject):
    """Answers are dealt out anew, question by question, and moods are moved from one person to another."""
    moods, rough, breaks = (data.draw(st.permutations(column)) for column in zip(*votes, strict=True))
    moods = list(moods)
    for _ in range(data.draw(st.integers(0, 20))):
        lower, higher = data.draw(st.tuples(*[st.integers(0, len(moods) - 1)] * 2))
        if lower != higher and moods[lower] > 1 and moods[higher] < 5:
            moods[lower] -= 1
            moods[higher] += 1

    others = [Vote(*vote) for vote in zip(moods, rough, breaks, strict=True)]
    assert block_of(others) == block_of([Vote(*vote) for vote in votes])


@pytest.mark.parametrize("people", TEAM_SIZES)
def test_everybody_alike_is_published_as_a_mixture_with_the_same_sum_would_be(people: int):
    for mood in (2, 3, 4):
        mixture = [mood - 1, mood + 1, *[mood] * (people - 2)]
        alike = block_of([Vote(mood, False, False)] * people)
        assert alike == block_of([Vote(given, False, False) for given in mixture])


@pytest.mark.parametrize("sizes", [ONE_SIZE, ONE_BAND], ids=["exact number known", "band known"])
@pytest.mark.parametrize("insiders", [0, 1])
def test_five_moods_and_both_answers_stay_possible_for_everybody_else(sizes, insiders: int):
    assert moods_left(mood_block, sizes=sizes, insiders=insiders) == 5
    assert answers_left(rough_block, sizes=sizes, insiders=insiders) == 2
    assert answers_left(break_block, sizes=sizes, insiders=insiders) == 2


@pytest.mark.parametrize("sizes", [ONE_SIZE, ONE_BAND], ids=["exact number known", "band known"])
def test_two_insiders_who_pool_their_answers_exclude_some(sizes):
    assert moods_left(mood_block, sizes=sizes, insiders=2) < 5
    assert answers_left(rough_block, sizes=sizes, insiders=2) == 1
    assert answers_left(break_block, sizes=sizes, insiders=2) == 1


@pytest.mark.parametrize("people", TEAM_SIZES)
def test_exact_sums_give_somebody_away_in_every_team(people: int):
    assert moods_left(exact, sizes=[[people]], insiders=0) == 1
    assert answers_left(exact, sizes=[[people]], insiders=0) == 1


def test_what_deniability_leaves_is_told(finding: Report):
    moods = [moods_left(mood_block, sizes=ONE_SIZE, insiders=known) for known in (0, 1, 2)]
    answers = [answers_left(rough_block, sizes=ONE_SIZE, insiders=known) for known in (0, 1, 2)]
    naive = moods_left(exact, sizes=ONE_SIZE, insiders=0), answers_left(exact, sizes=ONE_SIZE, insiders=0)

    finding(
        "deniability",
        f"{moods[1]} of 5 moods and {answers[1]} of 2 answers stay possible with one insider, "
        f"{moods[2]} and {answers[2]} with two",
        f"exact sums leave {naive[0]} mood and {naive[1]} answer",
        f"every sum of {TEAM_SIZES[0]} to {TEAM_SIZES[-1]} people, their number known or not",
    )
