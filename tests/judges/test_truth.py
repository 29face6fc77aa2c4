"""Who is behind a block: people are found by where their answers waited, and the block must be theirs."""

from dataclasses import replace

import pytest

from judges.truth import Unexplained, destinations, explained
from tests.judges.voices import record

TEAM, SITE, ORGANISATION = 3, 2, 1
PARENTS = {TEAM: SITE, SITE: ORGANISATION, ORGANISATION: None}
ANA, BO = 11, 12
SAID = [(4, False, False)]


def behind(before: dict, released: set, still: set) -> dict:
    return destinations(before, released, still, PARENTS)


def test_answers_go_into_the_block_of_their_pool():
    assert behind({(ANA, TEAM): SAID}, {TEAM, SITE}, set()) == {TEAM: {ANA: SAID}, SITE: {}}


def test_answers_that_still_wait_are_behind_no_block():
    assert behind({(ANA, TEAM): SAID}, {SITE}, {(ANA, TEAM)}) == {SITE: {}}


def test_a_pool_that_climbs_is_counted_with_the_one_above():
    before = {(ANA, TEAM): SAID, (ANA, SITE): [(2, True, False)], (BO, SITE): SAID}

    assert behind(before, {SITE}, set()) == {SITE: {ANA: [*SAID, (2, True, False)], BO: SAID}}


def test_a_pool_that_climbs_may_wait_again_above():
    assert behind({(ANA, TEAM): SAID}, {ORGANISATION}, {(ANA, SITE)}) == {ORGANISATION: {}}


def test_what_was_deleted_at_the_top_is_behind_nothing():
    assert behind({(ANA, TEAM): SAID}, set(), set()) == {}


def test_a_person_votes_once_however_often_they_answered():
    block = record(3, 3, 4, 4, 4)
    said = {person: [(mood, False, False)] for person, mood in enumerate((3, 3, 4, 4), start=1)}
    said[5] = [(3, False, False), (4, True, False), (None, False, True)]

    found = explained(replace(block, voices=()), said)

    assert [voice.mood for voice in found.voices] == [3, 3, 4, 4, 4]
    assert (found.voices[4].rough, found.voices[4].break_taken) == (1, 1)


def test_whoever_gave_no_mood_is_not_counted():
    said = {person: [(3, False, False)] for person in range(1, 6)} | {6: [(None, False, True)]}

    assert len(explained(replace(record(3, 3, 3, 3, 3), voices=()), said).voices) == 5


@pytest.mark.parametrize("moods", [(5, 5, 5, 5, 5), (3, 3, 3, 3)])
def test_a_block_that_is_not_its_peoples_is_refused(moods: tuple[int, ...]):
    said = {person: [(mood, False, False)] for person, mood in enumerate(moods)}

    with pytest.raises(Unexplained, match="unit 4 at tick 1"):
        explained(record(3, 3, 3, 3, 3), said)
