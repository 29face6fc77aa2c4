"""Plain sentences from figures; what was released in words stays in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.reports.weeks import week_of, weeks_of
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import sentences
from wellbeing.reports.trends import Week

MADRID = ZoneInfo("Europe/Madrid")


def headline(*moods, people=12, days_after=2):
    weeks = weeks_of(*moods, people=people)
    return sentences.headline(weeks, date.fromordinal(weeks[-1].closed_on.toordinal() + days_after))


def counted(rough, breaks, people=12):
    return Week(1, date(2026, 3, 2), date(2026, 3, 9), people, None, MoodWord.MIDDLE, rough, breaks)


def test_a_steady_mood_is_called_steady():
    assert headline("3.1", "3.5", "3.3", "3.6", "3.4") == "Mood was 3.4 last week, steady for five weeks."


def test_more_than_twelve_weeks_are_written_in_digits():
    assert headline(*["3.4"] * 13) == "Mood was 3.4 last week, steady for 13 weeks."


def test_a_fall_that_chance_cannot_explain_is_named():
    assert headline("3.6", "2.6") == "Mood was 2.6 last week, clearly lower than before."
    assert headline("2.6", "3.6") == "Mood was 3.6 last week, clearly higher than before."


def test_a_move_within_the_band_is_no_news():
    assert headline("2.4", "3.5", "3.4") == "Mood was 3.4 last week, with no clear change from before."


@pytest.mark.parametrize("before", [(), (None,), (MoodWord.LOW,)])
def test_a_figure_without_one_before_it_stands_alone(before):
    assert headline(*before, "3.4") == "Mood was 3.4 last week."


def test_a_mood_at_its_limit_says_so():
    assert headline("2.0", people=8) == "Mood was 2.0 or lower last week."
    assert headline("4.0", people=8) == "Mood was 4.0 or higher last week."


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (MoodWord.LOW, "Mood was low last week."),
        (MoodWord.MIDDLE, "Mood was in the middle last week."),
        (MoodWord.HIGH, "Mood was high last week."),
    ],
)
def test_a_mood_in_words_stays_in_words(word, said):
    assert headline(word) == said


def test_an_older_week_is_named_by_its_days():
    assert headline("3.4", days_after=7) == "Mood was 3.4 in the week of 2–8 Mar 2026."
    assert headline(None, days_after=9) == "The week of 2–8 Mar 2026 is not shown."


def test_a_fortnight_is_not_called_a_week():
    fortnight = Week(1, date(2026, 3, 2), date(2026, 3, 16))

    assert sentences.headline([fortnight], date(2026, 3, 18)) == "The last two weeks are not shown."
    assert sentences._when(fortnight, date(2026, 3, 18)) == "in the last two weeks"


def test_rough_ones_and_breaks_are_told_with_how_many_answered():
    assert sentences.details([counted(5, CountWord.FEW)], 5) == [
        "Five people had a rough interaction; few took a break.",
        "12 or more people answered.",
    ]


@pytest.mark.parametrize(
    ("rough", "breaks", "said"),
    [
        (CountWord.FEW, CountWord.MOST, "Few people had a rough interaction; most took a break."),
        (CountWord.MOST, 14, "Most people had a rough interaction; 14 took a break."),
    ],
)
def test_few_and_most_stay_words(rough, breaks, said):
    assert sentences.details([counted(rough, breaks)], 5)[0] == said


def test_a_small_week_says_why_it_is_in_words():
    said = sentences.details([counted(3, 4, people=5)], 5)

    assert said[1] == "It is shown in words because 5 to 7 people answered."


def test_a_week_that_is_not_shown_does_not_tell_whether_anybody_answered():
    said = sentences.details(weeks_of("3.4", None), 5)

    assert said[0] == (
        "Fewer than five people answered, or nobody did. What is held is shown once there are enough."
    )
    assert said[1] == "The newest figure is from 2–8 Mar 2026: mood 3.4."


def test_a_team_without_any_shown_week_has_no_newest_figure():
    assert len(sentences.details(weeks_of(None, None), 5)) == 1


def test_the_days_of_release_are_named():
    assert sentences.released(week_of("3.4")) == "Released on Monday 9 March at 04:00."
    now = datetime(2026, 3, 11, 12, tzinfo=MADRID)
    assert sentences.coming(date(2026, 3, 16), now) == "The next release is on Monday 16 March."


def test_a_release_that_is_due_is_on_its_way():
    before, after = datetime(2026, 3, 16, 3, 59, tzinfo=MADRID), datetime(2026, 3, 16, 4, tzinfo=MADRID)

    assert sentences.coming(date(2026, 3, 16), before) == "The next release is on Monday 16 March."
    assert sentences.coming(date(2026, 3, 16), after) == "The next release is on its way."
    assert sentences.first(date(2026, 3, 16), after) == "The next release is on its way."


def test_a_new_site_is_told_when_figures_begin():
    now = datetime(2026, 3, 4, 12, tzinfo=MADRID)

    assert sentences.first(date(2026, 3, 9), now) == (
        "First figures come on Monday 9 March, if enough people answer."
    )
    assert "admin has confirmed" in sentences.first(None, now)


def test_a_small_team_is_told_whose_figure_it_sees():
    said = sentences.shown_above("Parts", "Northgate", 7)

    assert said.startswith("Parts has fewer than seven people")
    assert "Northgate" in said
