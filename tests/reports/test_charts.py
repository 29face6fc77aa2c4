"""Pictures show what was released and nothing finer: words as ranges, gaps as gaps."""

import json

import pytest
from flask_babel import force_locale

from tests.reports.weeks import week_of, weeks_of
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import charts


def mood(*moods, people=12):
    return json.loads(charts.mood_by_week(weeks_of(*moods, people=people), "en"))


def people(*weeks):
    return json.loads(charts.people_by_week(weeks, "en"))


def line_of(figure):
    return next(trace for trace in figure["data"] if trace.get("mode") == "lines+markers+text")


def boxes_of(figure):
    return next(trace for trace in figure["data"] if trace["type"] == "bar")


def bands_of(figure):
    return [trace for trace in figure["data"] if trace.get("fill") == "toself"]


def test_a_week_without_a_figure_breaks_the_line():
    line = line_of(mood("3.4", None, "3.2"))

    assert line["y"] == [3.4, None, 3.2]
    assert line["connectgaps"] is False


def test_the_band_is_drawn_for_each_stretch_of_figures():
    figure = mood("3.4", "3.2", None, "3.0")

    assert [trace["x"] for trace in bands_of(figure)] == [[1, 2, 2, 1], [3.7, 4.3, 4.3, 3.7]]
    assert bands_of(figure)[0]["y"] == [3.87, 3.67, 2.73, 2.93]


@pytest.mark.parametrize(
    ("word", "low", "height"),
    [(MoodWord.LOW, 1.0, 1.6), (MoodWord.MIDDLE, 2.6, 0.8), (MoodWord.HIGH, 3.4, 1.6)],
)
def test_a_week_in_words_is_a_box_over_its_range_and_no_figure(word, low, height):
    figure = mood(word)

    assert (boxes_of(figure)["base"], boxes_of(figure)["y"]) == ([low], [height])
    assert boxes_of(figure)["text"] == [word.value]
    assert line_of(figure)["y"] == [None]


def test_a_week_that_is_not_shown_is_shaded_and_says_so():
    layout = mood("3.4", None, None, "3.4")["layout"]

    assert [(shade["x0"], shade["x1"]) for shade in layout["shapes"]] == [(1.5, 3.5)]
    assert [note["text"] for note in layout["annotations"]] == ["not shown"]


def test_only_the_newest_figure_carries_its_number():
    assert line_of(mood("3.4", "3.2"))["text"] == ["", "3.2"]
    assert line_of(mood("3.4", None))["text"] == ["", ""]


def test_a_point_says_its_week_its_mood_and_how_many():
    assert line_of(mood("3.4", None))["hovertext"] == [
        "2–8 Mar 2026: mood 3.4, 12 to 19 people",
        "9–15 Mar 2026: not shown",
    ]


def test_a_count_is_a_full_bar():
    sure, possible, *_breaks = people(week_of("3.4", rough=5))["data"]

    assert (sure["y"], possible["y"]) == ([5], [])


@pytest.mark.parametrize(
    ("band", "count", "sure", "more"),
    [
        (12, CountWord.FEW, 0, 2),
        (5, CountWord.MOST, 3, 2),
        (12, CountWord.MOST, 10, 2),
        (40, CountWord.MOST, 38, 2),
    ],
)
def test_few_and_most_are_hatched_ranges(band, count, sure, more):
    full, hatched, *_breaks = people(week_of("3.4", band, rough=count))["data"]

    assert (full["y"], hatched["base"], hatched["y"]) == ([sure], [sure], [more])
    assert hatched["text"] == [count.value]
    assert hatched["marker"]["pattern"]["shape"] == "/"


def test_weeks_that_are_not_shown_have_no_bars():
    figure = people(*weeks_of("3.4", None))

    assert [trace["x"] for trace in figure["data"]] == [[1], [], [1], []]
    assert figure["layout"]["shapes"]


def test_the_tallest_bar_leaves_room_for_its_word():
    assert people(week_of("3.4", 12, rough=CountWord.MOST))["layout"]["yaxis"]["range"][1] > 12
    assert people(week_of(None))["layout"]["yaxis"]["range"][1] > 0


def test_long_views_drop_the_words_but_keep_the_ranges():
    figure = mood(*[MoodWord.LOW] * 31)

    assert boxes_of(figure).get("text") is None
    assert len(boxes_of(figure)["base"]) == 31
    assert people(*weeks_of(*["3.4"] * 31))["data"][1].get("text") is None


def test_a_few_weeks_carry_a_date_the_newest_always():
    layout = mood(*["3.4"] * 26)["layout"]

    assert layout["xaxis"]["tickvals"] == [2, 5, 8, 11, 14, 17, 20, 23, 26]
    assert layout["xaxis"]["ticktext"][-1] == "24 Aug"


def test_a_phone_shows_a_quarter():
    narrow = mood(*["3.4"] * 26)["layout"]["meta"]["narrow"]

    assert narrow["xaxis"]["range"] == [13.4, 26.6]
    assert narrow["xaxis"]["tickvals"] == [14, 18, 22, 26]
    assert narrow["yaxis"]["ticktext"] == ["1", "2", "3", "4", "5"]


def test_the_same_weeks_are_drawn_once():
    weeks = weeks_of("3.1", "3.2", "2.9")

    assert charts.mood_by_week(weeks, "en") is charts.mood_by_week(weeks_of("3.1", "3.2", "2.9"), "en")


def test_each_language_has_a_picture_of_its_own(app):
    weeks = weeks_of("3.1", "3.2", "2.8")
    english = charts.mood_by_week(weeks, "en")
    with app.test_request_context(), force_locale("es"):
        spanish = charts.mood_by_week(weeks, "es")

    assert "16 Mar" in english
    assert "16 mar" in spanish


def test_colours_are_left_to_the_page():
    text = charts.mood_by_week(weeks_of("3.4", MoodWord.LOW), "en") + charts.people_by_week(
        weeks_of("3.4"), "en"
    )

    assert "var(--teal)" in text
    assert '"#' not in text


@pytest.mark.parametrize(
    ("rough", "between"), [(CountWord.FEW, 1), (3, 1), (4, 1), (6, 2), (12, 5), (40, 10), (180, 50)]
)
def test_people_are_counted_in_whole_steps(rough, between):
    axis = people(week_of("3.4", people=200, rough=rough, breaks=CountWord.FEW))["layout"]["yaxis"]

    assert (axis["tick0"], axis["dtick"]) == (0, between)
    assert axis["range"][1] / between <= 6
