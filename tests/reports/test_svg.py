"""Pictures stand in a page as SVG: the page's tokens colour them, and no text of anybody becomes markup."""

from tests.reports.weeks import weeks_of
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import pictures, svg
from wellbeing.reports.drawing import Anchor, Area, Box, Dot, Ink, Line, Picture, Text


def drawn(*marks, label="Mood"):
    return str(svg.drawn(Picture(240, 90.5, marks), label))


def test_a_picture_says_what_it_is_to_those_who_hear_it():
    assert drawn(label="Mood of <Parts>") == (
        '<svg class="drawn" viewBox="0 0 240 90.5" role="img" aria-label="Mood of &lt;Parts&gt;"></svg>'
    )


def test_a_line_an_area_and_a_dot_take_their_colours_from_the_page():
    inside = drawn(
        Line(((0, 1.25), (2, 3)), Ink.TEAL, 3.5),
        Area(((0, 0), (1, 1)), Ink.TEAL, 0.16),
        Dot(1, 2, 4.5, Ink.INK),
    )

    assert '<path class="line-teal" stroke-width="3.5" d="M0 1.25L2 3"/>' in inside
    assert '<path class="ink-teal" fill-opacity="0.16" d="M0 0L1 1z"/>' in inside
    assert '<path class="line-ink" stroke-width="9" d="M1 2h0"/>' in inside


def test_a_box_may_have_an_edge():
    assert '<path class="ink-teal-wash line-teal" d="M1 2h3v4h-3z"/>' in drawn(
        Box(1, 2, 3, 4, Ink.TEAL_WASH, Ink.TEAL)
    )


def test_equal_marks_in_a_row_become_one_element():
    inside = drawn(
        Dot(1, 2, 4, Ink.TEAL), Dot(3, 4, 4, Ink.TEAL), Dot(5, 6, 4, Ink.INK), Dot(7, 8, 3, Ink.INK)
    )

    assert [inside.count("<path"), inside.count('d="M1 2h0M3 4h0"')] == [3, 1]


def test_a_hatching_stays_within_its_box():
    inside = drawn(Box(10, 20, 10, 5, Ink.ROUGH, hatched=True))

    assert '<path class="ink-card" d="M10 20h10v5h-10z"/>' in inside
    assert '<path class="line-mood-2" d="M10 25l5-5M15 25l5-5"/>' in inside


def test_what_somebody_wrote_never_becomes_markup():
    assert '<text class="ink-soft" x="1" y="2" font-size="13">&lt;script&gt;&amp;</text>' in drawn(
        Text(1, 2, "<script>&")
    )


def test_a_text_may_end_at_its_point_be_bold_and_read_from_the_bottom_up():
    assert (
        '<text class="ink-ink" x="5" y="6" font-size="17" text-anchor="end" font-weight="700" '
        'transform="rotate(-90 5 6)">3.4</text>'
    ) in drawn(Text(5, 6, "3.4", Ink.INK, 17, Anchor.END, bold=True, turned=True))


def test_no_picture_brings_a_style_of_its_own():
    weeks = weeks_of("3.4", None, MoodWord.LOW, "3.1")
    told = pictures.mood(weeks), pictures.people(weeks), pictures.small(weeks)

    assert all(
        "style" not in svg.drawn(picture, "x") and "#" not in svg.drawn(picture, "x") for picture in told
    )


def test_equal_pictures_are_drawn_once():
    one, other = pictures.mood(weeks_of("3.4", "2.9")), pictures.mood(weeks_of("3.4", "2.9"))

    assert svg.drawn(one, "Mood") is svg.drawn(other, "Mood")
