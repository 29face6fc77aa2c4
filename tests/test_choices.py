"""The closed lists: keys that tables and files can rely on, words that people can read."""

import re

import pytest

from wellbeing import choices

LISTS = {
    "severity": (choices.SEVERITIES, choices.SEVERITY_KEYS),
    "behaviour": (choices.BEHAVIOURS, choices.BEHAVIOUR_KEYS),
    "cause": (choices.CAUSES, choices.CAUSE_KEYS),
    "channel": (choices.CHANNELS, choices.CHANNEL_KEYS),
    "area": (choices.AREAS, choices.AREA_KEYS),
    "break": (choices.BREAK_KINDS, choices.BREAK_KIND_KEYS),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_choice_of_a_list_has_its_own_short_key_and_its_own_words(name):
    listed, keys = LISTS[name]

    assert keys == {choice.key for choice in listed}
    assert len(keys) == len({str(choice.label) for choice in listed}) == len(listed)
    assert all(re.fullmatch(r"[a-z_]{3,20}", key) for key in keys)


def test_the_three_severities_say_what_they_feel_like_mildest_first():
    said = [(choice.key, str(choice.label), str(choice.hint)) for choice in choices.SEVERITIES]

    assert said == [
        ("unpleasant", "Unpleasant", "it got to me a little"),
        ("hard", "Hard", "I needed a moment"),
        ("severe", "Severe", "abusive, threatening or frightening"),
    ]


def test_the_lists_are_as_long_as_the_field_names_them():
    assert [len(listed) for listed, _keys in LISTS.values()] == [3, 10, 16, 9, 5, 10]


def test_the_preset_break_is_one_of_those_offered_and_each_counts_as_a_break():
    assert choices.PRESET_BREAK_MINUTES in choices.BREAK_MINUTES
    assert min(choices.BREAK_MINUTES) >= 2
