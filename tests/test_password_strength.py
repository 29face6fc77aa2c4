"""What would be guessed first: names that anybody knows, words, years, keys in a row; and why it says so."""

import pytest
from zxcvbn import matching

from wellbeing.password_strength import LOOKED_AT, Weakness, weakness, words_of

KNOWN = ("sol", "Sol Vale", "Harbour Motors")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("harbourmotors2026", Weakness.KNOWN),
        ("valeharbour1", Weakness.KNOWN),
        ("iloveyou4ever", Weakness.COMMON),
        ("Madrid-London", Weakness.WORDS),
        ("zxcvfdsaqwer", Weakness.KEYS),
        ("kqkqkqkqkqkqkq", Weakness.ROW),
        ("23.04.1987", Weakness.DATE),
        ("vwp#9k", Weakness.SHORT),
    ],
)
def test_a_weak_password_is_told_by_what_makes_it_weak(password: str, why: Weakness):
    assert weakness(password, KNOWN) is why


@pytest.mark.parametrize("password", ["correct horse battery", "perro gato casa mesa", "Kf8#pQz1Lm"])
def test_four_words_or_ten_signs_by_chance_are_good(password: str):
    assert weakness(password, KNOWN) is None


def test_a_name_counts_whole_without_blanks_and_word_by_word():
    assert words_of(["Harbour Motors", "Jo B"]) == [
        *("harbour motors", "harbourmotors", "harbour", "motors"),
        *("jo b", "job"),
    ]


def test_a_thousand_signs_are_looked_at_no_longer_than_the_first():
    """Signs that stand for letters are tried in every combination, so their number is what takes time."""
    worst = "4@8({[<369&#!1|0$57%2+" * 50

    assert len(worst) > 1_000 and weakness(worst, KNOWN) == weakness(worst[:LOOKED_AT], KNOWN)


def test_nobodys_names_are_left_in_the_librarys_own_lists():
    weakness("correct horse battery", KNOWN)

    assert "user_inputs" not in matching.RANKED_DICTIONARIES
