"""Helplines: a country, a number, and the day on which somebody last checked it."""

import pytest
from babel import Locale

from wellbeing.care.helplines import FILE, helplines
from wellbeing.extensions import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_speaks_every_language(language: str):
    text = FILE.read_text(encoding="utf-8")

    assert text.count(f"{language} = ") == text.count("[[helpline]]") == len(helplines(Locale(language)))


def test_a_british_and_an_american_line_and_the_european_emergency_number_are_there():
    assert {(line.country, line.number) for line in helplines(Locale("en"))} == {
        ("United Kingdom", "116 123"),
        ("United States", "988"),
        ("European Union", "112"),
    }
    assert "Reino Unido" in {line.country for line in helplines(Locale("es"))}


def test_a_language_without_words_of_its_own_gets_the_english_ones():
    assert [line.name for line in helplines(Locale("fr"))] == [line.name for line in helplines(Locale("en"))]


def test_every_number_was_checked_before_this_version_went_out():
    assert all(line.checked.year >= 2026 for line in helplines(Locale("en")))
