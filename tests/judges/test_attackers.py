"""What somebody guesses who has read everything, with and without an answer of their own in it."""

import pytest

from judges import attackers
from judges.records import in_pairs
from tests.judges.voices import record, voices


@pytest.mark.parametrize(
    ("moods", "mood"), [((1, 1, 1, 1, 1), 2), ((5, 5, 5, 5, 5), 4), ((3, 3, 3, 3, 4, 4, 4, 4), 4)]
)
def test_an_outsider_guesses_the_teams_mood(moods: tuple[int, ...], mood: int):
    assert attackers.outsider(record(*moods), 0)["mood"] == mood


@pytest.mark.parametrize(("rough", "guess"), [(0, 0), (4, 0), (5, 1), (8, 1)])
def test_an_outsider_guesses_what_more_than_half_had(rough: int, guess: int):
    assert attackers.outsider(record(*[3] * 8, rough=rough), 0)["rough"] == guess


def test_an_insider_takes_their_own_answer_away():
    others_are_low = record(5, 3, 3, 3, 3, 3, 3, 3, breaks=4)

    assert attackers.insider(others_are_low, 7) == {"mood": 3, "rough": 0, "break": 0}
    # Four of eight took a break; whoever did not knows of four among seven.
    assert attackers.insider(others_are_low, 5)["break"] == 1


def test_an_insider_of_a_pair_knows_the_other():
    pair = in_pairs([record(1, 5, 3, 3, 3, rough=1)])[0]

    assert [attackers.insider(pair, place)["mood"] for place in (0, 1)] == [1, 5]
    assert [attackers.insider(pair, place)["rough"] for place in (0, 1)] == [1, 0]


def test_everybody_in_a_record_has_one_line_of_what_is_known_and_of_each_guess():
    records = [record(1, 2, 3, 4, 5), record(1, 2, 3, 4, 5, tick=2)]

    true, guessed = attackers.true(records), attackers.guessed(records, attackers.outsider)

    assert [[line[name] for name in attackers.KNOWN] for line in true] == [
        [line[name] for name in attackers.KNOWN] for line in guessed
    ]
    assert [line["mood"] for line in true] == [1, 2, 3, 4, 5] * 2
    assert {line["mood"] for line in guessed} == {3}
    assert true[5]["record"] == "r1" and true[0]["days"] == "d02"


def test_silent_people_are_attacked_by_the_record_of_their_own_team_and_week():
    records = [record(1, 2, 3, 4, 5), record(1, 2, 3, 4, 5, unit=7)]

    lines = attackers.control(records, {(7, 1): voices(5, 1, first=20), (8, 1): voices(2)})

    assert [(line["record"], line["unit"], line["mood"]) for line in lines] == [
        ("r1", "u7", 5),
        ("r1", "u7", 1),
    ]


def test_silent_people_of_a_team_in_pairs_take_turns():
    pairs = in_pairs([record(1, 2, 3, 4, 5)])

    lines = attackers.control(pairs, {(4, 1): voices(3, 3, 3, first=20)})

    assert [line["record"] for line in lines] == ["r0", "r1", "r0"]
