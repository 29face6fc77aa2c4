"""The words of released figures: every member has one, and the bands are those of a release."""

from datetime import date

import pytest
from flask_babel import force_locale

from tests.reports.weeks import week_of
from wellbeing.disclosure import rules
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import dates, words


@pytest.mark.parametrize(
    ("floor", "said"),
    [(5, "5 to 7"), (8, "8 to 11"), (12, "12 to 19"), (20, "20 to 39"), (40, "40 or more")],
)
def test_a_band_is_said_with_both_ends(floor, said):
    assert words.band(floor) == said
    assert rules.people_floor(words.BAND_TOPS.get(floor, 1000)) == floor


def test_every_mood_word_and_count_word_can_be_said():
    assert [words.mood_word(word) for word in MoodWord] == ["low", "middle", "high"]
    assert [words.count(word) for word in CountWord] == ["few", "most"]


def test_what_was_not_released_is_not_shown():
    assert words.mood(week_of(None)) == words.count(None) == "not shown"
    assert words.count(7) == "7"


def test_a_mood_in_words_is_said_in_words():
    assert words.mood(week_of(MoodWord.MIDDLE)) == "middle"


def test_days_and_figures_follow_the_language(app):
    with app.test_request_context(), force_locale("es"):
        assert dates.span(date(2026, 3, 2), date(2026, 3, 8)) == "2–8 mar 2026"
        assert dates.tenths(3.4) == "3,4"


def test_english_days_come_before_their_months():
    assert dates.short(date(2026, 3, 2)) == "2 Mar"
    assert dates.weekday(date(2026, 3, 2)) == "Monday 2 March"
