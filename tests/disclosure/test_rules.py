"""What may be published of a pool, and what an attacker may still not know after reading it."""

from fractions import Fraction
from functools import cache, partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.disclosure.rules import BANDS, mood_vote, people_floor, published_count, published_mood

MOODS = range(1, 6)
TEAM_SIZES = range(5, 41)
SMALL_TEAMS = range(5, 14)


def votes_of(people: int, total: int) -> list[int]:
    """Return votes of ``people`` that add up to ``total``, as equal as can be."""
    low, more = divmod(total, people)
    return [low + 1] * more + [low] * (people - more)


@pytest.mark.parametrize(
    ("people", "total", "published"),
    [
        (5, 5, "low"),
        (5, 15, "middle"),
        (6, 30, "high"),
        (8, 8, Fraction(2)),
        (8, 27, Fraction(34, 10)),
        (9, 45, Fraction(4)),
        (12, 38, Fraction(32, 10)),
        (20, 20, Fraction(14, 10)),
        (25, 105, Fraction(42, 10)),
        (41, 123, Fraction(3)),
    ],
)
def test_the_vectors_of_the_specification_hold(people: int, total: int, published: Fraction | str):
    assert published_mood(votes_of(people, total)) == published


@pytest.mark.parametrize(
    ("people", "band"),
    [(5, 5), (7, 5), (8, 8), (11, 8), (12, 12), (19, 12), (20, 20), (39, 20), (40, 40), (4000, 40)],
)
def test_only_the_band_that_people_fill_is_ever_known(people: int, band: int):
    assert people_floor(people) == band


@pytest.mark.parametrize("people", range(-1, 5))
def test_nothing_is_published_about_fewer_than_five_people(people: int):
    with pytest.raises(ValueError, match="fewer than five"):
        people_floor(people)
    with pytest.raises(ValueError, match="fewer than five"):
        published_mood([3] * people)
    with pytest.raises(ValueError, match="fewer than five"):
        published_count(0, people)


@pytest.mark.parametrize("vote", [0, 6])
def test_a_vote_outside_the_five_faces_is_refused(vote: int):
    with pytest.raises(ValueError, match="between 1 and 5"):
        published_mood([3, 3, 3, 3, vote])


@pytest.mark.parametrize("yes", [-1, 6])
def test_a_count_of_nobody_that_exists_is_refused(yes: int):
    with pytest.raises(ValueError, match="between nobody and everybody"):
        published_count(yes, 5)


@pytest.mark.parametrize(("total", "word"), [(13, "low"), (14, "middle"), (16, "middle"), (17, "high")])
def test_five_people_are_low_up_to_2_6_and_high_from_3_4(total: int, word: str):
    assert published_mood(votes_of(5, total)) == word


@pytest.mark.parametrize(
    ("yes", "people", "published"),
    [
        (0, 12, "few"),
        (1, 12, "few"),
        (2, 12, "few"),
        (3, 12, 3),
        (9, 12, 9),
        (10, 12, "most"),
        (12, 12, "most"),
        (2, 5, "few"),
        (3, 5, "most"),
    ],
)
def test_the_ends_of_a_count_are_words(yes: int, people: int, published: int | str):
    assert published_count(yes, people) == published


def test_a_team_that_all_felt_terrible_is_not_told_apart_from_one_that_nearly_did():
    everybody, all_but_two = [1] * 8, [1] * 6 + [4] * 2

    assert published_mood(everybody) == published_mood(all_but_two) == 2


def test_a_half_is_rounded_up_in_the_published_tenth_and_in_a_persons_own_vote():
    assert published_mood(votes_of(20, 61)) == Fraction(31, 10)
    assert [mood_vote(moods) for moods in ([1, 2], [4, 5], [1, 1, 2], [2, 3, 3], [5])] == [2, 5, 1, 3, 5]


@given(st.lists(st.integers(1, 5), min_size=8, max_size=60))
def test_a_figure_is_a_tenth_that_keeps_its_distance_from_both_ends(votes: list[int]):
    mood = published_mood(votes)

    assert isinstance(mood, Fraction)
    assert (mood * 10).denominator == 1
    assert 1 + Fraction(8, people_floor(len(votes))) <= mood + Fraction(1, 20)
    assert mood - Fraction(1, 20) <= 5 - Fraction(8, people_floor(len(votes)))


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60), st.randoms())
def test_who_said_what_changes_nothing(votes: list[int], dice):
    shuffled = list(votes)
    dice.shuffle(shuffled)

    assert published_mood(shuffled) == published_mood(votes)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_a_persons_vote_lies_among_their_answers(moods: list[int]):
    assert min(moods) <= mood_vote(moods) <= max(moods)


# Deniability: an attacker reads what is published of n people and knows the votes of some insiders.
# Publishing depends on the sum alone, so the votes of everybody else are enumerated by their sums.


def values_left(publish, people: int, known: int, known_total: int, lowest: int, highest: int) -> int:
    """Return the smallest number of values that any published record leaves possible for one other person."""
    others = people - known - 1
    records: dict[object, set[int]] = {}
    for target in range(lowest, highest + 1):
        for rest in range(others * lowest, others * highest + 1):
            records.setdefault(publish(people, known_total + target + rest), set()).add(target)
    return min(len(targets) for targets in records.values())


def fewest_left(publish, people: int, insiders: int, lowest: int, highest: int) -> int:
    """Return values_left in the worst case over everything that the insiders may have said."""
    totals = range(insiders * lowest, insiders * highest + 1)
    return min(values_left(publish, people, insiders, total, lowest, highest) for total in totals)


@cache
def published_sum(people: int, total: int) -> Fraction | str:
    return published_mood(votes_of(people, total))


@cache
def published_yes(people: int, yes: int) -> int | str:
    return published_count(yes, people)


def exact(_people: int, total: int) -> int:
    return total


mood_left = partial(fewest_left, lowest=1, highest=5)
yes_left = partial(fewest_left, lowest=0, highest=1)


@pytest.mark.parametrize("insiders", [0, 1])
def test_all_five_moods_stay_possible_for_everybody_else(insiders: int):
    assert {mood_left(published_sum, people, insiders) for people in TEAM_SIZES} == {5}


@pytest.mark.parametrize("insiders", [0, 1])
def test_both_answers_to_yes_or_no_stay_possible_for_everybody_else(insiders: int):
    assert {yes_left(published_yes, people, insiders) for people in TEAM_SIZES} == {2}


def test_two_insiders_who_pool_their_answers_would_exclude_some():
    assert min(mood_left(published_sum, people, 2) for people in SMALL_TEAMS) < 5
    assert min(yes_left(published_yes, people, 2) for people in SMALL_TEAMS) < 2


def test_exact_sums_would_give_somebody_away():
    assert {mood_left(exact, people, 0) for people in TEAM_SIZES} == {1}
    assert {yes_left(exact, people, 0) for people in TEAM_SIZES} == {1}


def test_more_insiders_would_need_a_wider_margin():
    assert published_mood([1] * 12, insiders=0) == Fraction(13, 10)
    assert published_mood([1] * 12, insiders=2) == 2
    assert [published_count(3, 12, insiders) for insiders in (0, 1, 2)] == [3, 3, "few"]


def test_the_bands_rise():
    assert all(low < high for low, high in pairwise(BANDS))
