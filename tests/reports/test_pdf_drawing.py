"""A picture on paper has the marks and the light colours of the one on a screen, and none outside."""

import re

import pytest
from reportlab.graphics import shapes

from scripts.vendor import STATIC
from tests.reports.weeks import weeks_of
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import pdf_fonts, pictures
from wellbeing.reports.drawing import Anchor, Area, Box, Dot, Ink, Line, Picture, Text
from wellbeing.reports.pdf_drawing import COLOURS, drawn


def of(mark, width=100.0, height=50.0):
    """Return the shapes that stand for one mark."""
    plane = drawn(Picture(width, height, (mark,))).contents[0]
    return plane.contents


def written(mark):
    """Return the one text of a mark and the group that places it."""
    (place,) = of(mark)
    return place.contents[0], place


def test_each_ink_is_the_light_token_of_the_pages():
    light = (STATIC / "css" / "base.css").read_text().split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): (#\w+);", light))

    assert {ink.value: tokens[ink.value] for ink in Ink} == {ink.value: COLOURS[ink] for ink in Ink}


def test_up_on_the_screen_is_up_on_paper():
    (line,) = of(Line(((0, 10), (20, 50)), Ink.TEAL, 3))

    assert line.points == [0, 40, 20, 0]
    assert line.strokeWidth == 3


def test_a_band_lets_the_grid_shine_through():
    (band,) = of(Area(((0, 0), (10, 0), (10, 10)), Ink.TEAL, 0.16))

    assert band.fillOpacity == 0.16


def test_a_dot_is_filled():
    (dot,) = of(Dot(5, 10, 4, Ink.TEAL))

    assert (dot.cx, dot.cy, dot.r, dot.strokeColor) == (5, 40, 4, None)


def test_a_range_is_hatched_within_its_box():
    fill, hatching = of(Box(10, 5, 12, 30, Ink.ROUGH, hatched=True))
    across, up = hatching.points[::2], hatching.points[1::2]

    assert fill.fillColor != hatching.strokeColor
    assert (min(across), max(across)) >= (10, 12) and max(across) <= 22
    assert min(up) >= 15 and max(up) <= 45


def test_a_box_has_an_edge_where_it_has_one_on_the_screen():
    assert of(Box(0, 0, 9, 9, Ink.ROUGH))[0].strokeColor is None
    assert of(Box(0, 0, 9, 9, Ink.TEAL_WASH, edge=Ink.TEAL))[0].strokeColor is not None


def test_a_turned_word_reads_from_the_bottom_up():
    word, place = written(Text(30, 40, "high", turned=True))
    cos, sin, *_rest = place.transform

    assert word.text == "high"
    assert (round(cos), round(sin)) == (0, 1)


@pytest.mark.parametrize(
    "mark",
    [
        Text(60, 20, "Second person on Saturdays"),
        Text(40, 20, "Second person on Saturdays", anchor=Anchor.END),
        Text(80, 20, "Second person on Saturdays", anchor=Anchor.MIDDLE),
        Text(50, 45, "Second person on Saturdays", turned=True),
    ],
)
def test_a_long_text_is_cut_at_the_edge_of_the_picture(mark):
    text, _place = written(mark)

    assert text.text.endswith("…")
    assert pdf_fonts.width(text.text, text.fontSize) <= 50


def test_a_text_without_any_room_is_left_out():
    assert list(of(Text(100, 20, "Saturdays"))) == []


def test_a_bold_text_is_bold():
    text, _place = written(Text(0, 20, "3.4", bold=True))

    assert text.fontName == pdf_fonts.BOLD


def test_a_picture_takes_the_width_that_it_is_given(app):
    with app.test_request_context():
        picture = pictures.mood(weeks_of("3.4", MoodWord.HIGH, None))
    drawing = drawn(picture, 360)

    assert (drawing.width, drawing.height) == (360, 360 * picture.height / picture.width)
    assert isinstance(drawing, shapes.Drawing)
    assert drawn(picture).width == picture.width
