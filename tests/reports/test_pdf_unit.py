"""A unit's pages in a report speak of weeks only where each figure is one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from reportlab.graphics.shapes import Drawing

from tests.reports.pdf import text
from tests.reports.weeks import week_of, weeks_of
from wellbeing.models.accounts import Level
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import pdf_unit
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.pdf_page import About, written
from wellbeing.reports.pdf_parts import ROOM


def printed(app, *weeks):
    unit = ChosenUnit(1, "Parts", "Harbour Motors > Parts", Level.TEAM, weeks)
    with app.test_request_context():
        return text(written(About("t", "h", weeks[0].closed_on), list(pdf_unit.story(unit))))


def test_weeks_are_called_weeks(app):
    said = printed(app, *weeks_of("3.4", MoodWord.LOW))

    assert "Mood, week by week" in said
    assert "People per week." in said
    assert "The band is what this many people allows" in said
    assert "A box is a mood in words." in said


def test_a_figure_of_two_weeks_is_not_called_a_week(app):
    week = week_of("3.4")
    said = printed(app, replace(week, opened_on=week.opened_on - timedelta(weeks=1)))

    assert "Mood, figure by figure" in said
    assert "People per figure." in said
    assert "A box is" not in said


def test_both_pictures_are_as_wide_as_the_page(app):
    unit = ChosenUnit(1, "Parts", "Harbour Motors > Parts", Level.TEAM, weeks_of(*["3.4"] * 13))
    with app.test_request_context():
        widths = [one.width for one in pdf_unit.story(unit) if isinstance(one, Drawing)]

    assert widths == pytest.approx([ROOM, ROOM])
