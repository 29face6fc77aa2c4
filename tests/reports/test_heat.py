"""The colours of a heat map: every one has its figure or word, and a gap has none."""

from datetime import date
from decimal import Decimal

import pytest

from tests.reports.weeks import week_of, weeks_of
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import heat
from wellbeing.reports.trends import Week


@pytest.fixture(autouse=True)
def language(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("mood", "step"),
    [
        ("1.0", 1),
        ("2.0", 1),
        ("2.1", 2),
        ("2.6", 2),
        ("2.7", 3),
        ("3.3", 3),
        ("3.4", 4),
        ("3.9", 4),
        ("4.0", 5),
    ],
)
def test_a_colour_changes_where_the_words_change(mood, step):
    assert heat.step(Decimal(mood)) == step


def test_a_figure_stands_in_its_cell():
    assert heat.cell(week_of("3.4")) == heat.Cell("3.4", "", "heat-4")


def test_a_figure_at_its_limit_says_that_it_may_be_more():
    assert heat.cell(week_of("4.0", people=8)) == heat.Cell("≥4.0", "4.0 or higher", "heat-5")
    assert heat.cell(week_of("2.0", people=8)) == heat.Cell("≤2.0", "2.0 or lower", "heat-1")


@pytest.mark.parametrize("word", MoodWord)
def test_a_week_in_words_is_drawn_as_its_word(word):
    assert heat.cell(week_of(word)) == heat.Cell(str(word), "", f"word-{word}")


def test_a_gap_has_no_colour_of_a_mood_and_says_that_it_is_not_shown():
    assert heat.cell(week_of(None)) == heat.Cell("–", "not shown", "gap")


def test_weeks_are_drawn_once_however_often_they_are_looked_at():
    one = heat.strip(weeks_of("3.4", None, MoodWord.LOW), "en")

    assert heat.strip(weeks_of("3.4", None, MoodWord.LOW), "en") is one
    assert [cell.text for cell in one.cells] == ["3.4", "–", "low"]
    assert 'aria-label="Mood week by week, newest: low"' in one.picture


def test_weeks_of_gaps_alone_have_no_empty_picture():
    assert heat.strip(weeks_of(None, None), "en").picture == ""


def test_a_year_is_told_where_it_begins():
    days = (date(2025, 12, 22), date(2025, 12, 29), date(2026, 1, 5))
    ticks = tuple(Week(at, day, day) for at, day in enumerate(days))

    assert [(column.day, column.year) for column in heat.columns(ticks, "en")] == [
        ("22 Dec", "2025"),
        ("29 Dec", ""),
        ("5 Jan", "2026"),
    ]


def test_a_sign_is_not_read_out_but_its_words_are():
    assert heat.row_of([heat.Cell("3.4", "", "heat-4"), heat.Cell("–", "not shown", "gap")]) == (
        '<td class="heat-4">3.4</td><td class="gap"><span aria-hidden="true">–</span>'
        '<span class="visually-hidden">not shown</span></td>'
    )
    assert heat.row_of([heat.empty("closed")]) == (
        '<td class="none"><span class="visually-hidden">closed</span></td>'
    )


def test_the_legend_names_every_colour_once():
    legend = heat.legend("en")

    assert [cell.text for cell in legend[:5]] == [
        "up to 2.0",
        "2.1 to 2.6",
        "2.7 to 3.3",
        "3.4 to 3.9",
        "4.0 or more",
    ]
    assert [cell.look for cell in legend[5:]] == ["word-low", "word-middle", "word-high", "gap"]
