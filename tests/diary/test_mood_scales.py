"""Moods from elsewhere, as one of the five."""

import pytest

from wellbeing.diary import mood_scales
from wellbeing.diary.mood_scales import NoMood, Scale


def test_the_five_of_daylio_are_known_whatever_their_case():
    assert [mood_scales.proposed_mood(word) for word in ("Awful", "bad", "meh", "good", "RAD")] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert mood_scales.proposed_mood("irritable") is None


@pytest.mark.parametrize(
    ("cells", "scale"),
    [
        (["1", "5"], (1, 5)),
        (["0", "4"], (0, 4)),
        (["7", "2"], (1, 10)),
        (["0", "10"], (0, 10)),
        (["-2", "2"], (-2, 2)),
        (["-5", "1"], (-5, 5)),
        (["62,5", "80"], (0, 100)),
        (["−70"], (-100, 100)),
        (["150", "220.5"], (150, 221)),
        (["150"], (150, 151)),
        (["good"], (1, 5)),
    ],
)
def test_the_usual_scale_that_holds_all_numbers_is_proposed(cells: list[str], scale: tuple[int, int]):
    assert mood_scales.proposed_scale(cells) == scale


@pytest.mark.parametrize(
    ("lowest", "highest", "moods"),
    [
        (1, 5, {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "3.5": 4, "3,4": 3}),
        (1, 10, {"1": 1, "3": 2, "5": 3, "6": 3, "7": 4, "9": 5, "10": 5}),
        (-2, 2, {"-2": 1, "0": 3, "+2": 5}),
    ],
)
def test_numbers_are_divided_evenly(lowest: int, highest: int, moods: dict[str, int]):
    scale = Scale(lowest=lowest, highest=highest)

    assert {cell: scale.mood_of(cell) for cell in moods} == moods


@pytest.mark.parametrize("cell", ["0", "6", "irritable", "5 of 10"])
def test_what_stands_outside_is_no_mood(cell: str):
    with pytest.raises(NoMood):
        Scale({"good": 4}).mood_of(cell)


def test_words_are_asked_for_once_and_numbers_not():
    assert mood_scales.words_in(["good", "4", "", "good", "irritable"]) == ["good", "irritable"]
