"""Pictures of marks show what was released and nothing finer, and what was changed at its day."""

import json
from datetime import timedelta

import pytest
from flask_babel import force_locale

from tests.reports.weeks import MONDAY, week_of, weeks_of
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import charts, pictures, scales
from wellbeing.reports.changed import Changed
from wellbeing.reports.drawing import Area, Box, Dot, Ink, Line, Text


def of(picture, kind, ink=None):
    return [mark for mark in picture.marks if isinstance(mark, kind) and ink in (None, mark.ink)]


def texts(picture):
    return [mark.text for mark in of(picture, Text)]


def note(day, text="Second person on Saturdays"):
    return Changed(1, MONDAY + timedelta(days=day), text, 1, "Service counter")


def test_a_week_without_a_figure_breaks_the_line_and_its_band():
    picture = pictures.mood(weeks_of("3.4", "3.2", None, "3.0"))

    assert [len(line.points) for line in of(picture, Line, Ink.TEAL)] == [2, 1]
    assert len(of(picture, Dot)) == 3
    assert [len(area.points) for area in of(picture, Area, Ink.TEAL)] == [4, 4]


def test_a_week_that_is_not_shown_is_shaded_and_says_so():
    picture = pictures.mood(weeks_of("3.4", None, None, "3.0"))

    assert len(of(picture, Area, Ink.LINE)) == 1
    assert texts(picture).count("not shown") == 1


@pytest.mark.parametrize(
    ("word", "share"), [(MoodWord.LOW, 1.6 / 4.4), (MoodWord.MIDDLE, 0.8 / 4.4), (MoodWord.HIGH, 1.6 / 4.4)]
)
def test_a_week_in_words_is_a_box_over_its_range_and_no_figure(word, share):
    picture = pictures.mood(weeks_of(word))
    (box,) = of(picture, Box)

    assert box.height == pytest.approx(share * (340 - 34 - 10), abs=0.11)
    assert word.value in texts(picture)
    assert not of(picture, Dot)


def test_only_the_newest_figure_carries_its_number():
    assert "3.2" in texts(pictures.mood(weeks_of("3.4", "3.2")))
    assert "3.4" not in texts(pictures.mood(weeks_of("3.4", "3.2")))
    assert "3.4" not in texts(pictures.mood(weeks_of("3.4", None)))


def test_a_phone_shows_a_quarter_of_the_weeks_with_short_names():
    picture = pictures.mood(weeks_of(*["3.4"] * 26), narrow=True)

    assert len(of(picture, Dot)) == 13
    assert "Very good 5" not in texts(picture)
    assert "Very good 5" in texts(pictures.mood(weeks_of("3.4")))


def test_a_count_is_a_full_bar():
    picture = pictures.people((week_of("3.4", rough=5, breaks=2),))
    (rough, *_key), (breaks, *_key) = of(picture, Box, Ink.ROUGH), of(picture, Box, Ink.BREAK)

    assert rough.height == pytest.approx(breaks.height * 2.5, abs=0.3)
    assert not rough.hatched


def test_few_is_a_hatched_box_up_to_two_people():
    picture = pictures.people((week_of("3.4", rough=CountWord.FEW, breaks=2),))
    (hatched, *_key), (two, *_key) = of(picture, Box, Ink.ROUGH), of(picture, Box, Ink.BREAK)

    assert (hatched.hatched, hatched.edge, hatched.height) == (True, Ink.ROUGH, two.height)
    assert "few" in texts(picture)


def test_most_ends_open_at_the_fewest_people_of_its_band():
    """All but two of 12 to 19: ten are certain, and nobody may read a number off the rest."""
    picture = pictures.people((week_of("3.4", 12, rough=CountWord.MOST, breaks=12),))
    sure, rest = [bar for bar in of(picture, Box, Ink.ROUGH) if bar.y > 4]

    assert (rest.hatched, rest.edge) == (True, None)
    assert rest.y == of(picture, Box, Ink.BREAK)[0].y
    assert sure.height == pytest.approx(rest.height * 5, abs=0.4)
    assert len(of(picture, Line, Ink.ROUGH)) == 2


def test_weeks_that_are_not_shown_have_no_bars():
    bars = of(pictures.people(weeks_of("3.4", None)), Box, Ink.ROUGH)

    assert len([bar for bar in bars if bar.y > 30]) == 1


def test_words_of_bars_beside_each_other_are_left_out_where_they_would_overlap():
    weeks = [week_of("3.4", at=at, rough=CountWord.MOST, breaks=CountWord.MOST) for at in range(13)]

    assert texts(pictures.people(weeks)).count("most") == 26
    assert texts(pictures.people(weeks, narrow=True)).count("most") == 0


def test_a_note_is_a_line_at_its_day_with_its_number():
    weeks = weeks_of("3.4", "3.2", "3.0")
    picture = pictures.mood(weeks, [note(7)])
    (line,) = of(picture, Line, Ink.APRICOT)
    second, third = (dot.x for dot in of(picture, Dot, Ink.TEAL)[1:])

    assert line.points[0][0] == pytest.approx(second - (third - second) / 2, abs=0.2)
    assert texts(picture).count("1") == 1
    assert len(of(picture, Dot, Ink.APRICOT)) == 1
    assert of(pictures.people(weeks, [note(7)]), Line, Ink.APRICOT)


def test_of_a_crowd_of_notes_every_line_has_its_number():
    picture = pictures.mood(weeks_of(*["3.4"] * 13), [note(day) for day in range(20, 25)])

    assert len(of(picture, Line, Ink.APRICOT)) == 5
    assert {"1", "2", "3", "4", "5"} <= set(texts(picture))
    assert "Second person on Saturdays" not in texts(picture)


def test_a_small_picture_has_no_axis_but_its_first_and_last_day():
    assert texts(pictures.small(weeks_of("3.4", "3.2", MoodWord.LOW, "3.0"))) == ["2 Mar", "23 Mar", "3.0"]
    assert pictures.small(()).marks == ()


def test_plotly_is_told_the_same_days_words_and_notes():
    weeks = weeks_of("3.4", None, MoodWord.LOW, *["3.1"] * 10)
    for picture, chart in (
        (pictures.mood(weeks, [note(30)]), charts.mood_by_week(weeks, "en", (note(30),))),
        (pictures.people(weeks, [note(30)]), charts.people_by_week(weeks, "en", (note(30),))),
    ):
        layout = json.loads(chart)["layout"]
        said = {*layout["xaxis"]["ticktext"], *(note["text"] for note in layout["annotations"])}

        assert said <= set(texts(picture))


def test_equal_weeks_share_one_picture_but_each_language_has_its_own(app):
    weeks = weeks_of("3.3", "3.1")
    assert pictures.mood(weeks) is pictures.mood(weeks_of("3.3", "3.1"))

    with app.test_request_context(), force_locale("es"):
        assert "2 mar" in texts(pictures.mood(weeks))


def test_pictures_of_one_size_show_each_week_exactly_below_the_other():
    weeks = weeks_of("3.4", "3.2", "3.0")
    size = pictures.Size(720, 200, pictures.left_of_both())
    mood, people = pictures.mood(weeks, size=size), pictures.people(weeks, size=size)
    days = [{mark.text: mark.x for mark in of(drawn, Text)}["2 Mar"] for drawn in (mood, people)]

    assert (mood.width, mood.height) == (people.width, people.height) == (720, 200)
    assert days[0] == days[1]


def test_a_word_on_a_bar_is_left_out_where_it_would_reach_the_names_of_the_colours():
    weeks = [week_of("3.4", rough=CountWord.MOST, breaks=9)]
    sizes = [pictures.Size(720, height, 40) for height in (280, 120)]

    assert ["most" in texts(pictures.people(weeks, size=size)) for size in sizes] == [True, False]


def test_the_names_of_both_colours_are_whole_on_a_phone(app):
    with app.test_request_context(), force_locale("es"):
        picture = pictures.people(weeks_of("3.4"), narrow=True)
    first, second = of(picture, Box)[-2:]
    ends = [
        box.x + 20 + scales.wide(mark.text, mark.size)
        for box in (first, second)
        for mark in of(picture, Text)
        if (mark.x, mark.y) == (box.x + 20, box.y + 12)
    ]

    assert first.y < second.y
    assert len(ends) == 2 and max(ends) < picture.width
