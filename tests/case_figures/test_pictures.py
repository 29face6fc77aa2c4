"""Pictures of cases show what the table beside them says, within their frame, wide and on a phone."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import inf

import pytest
from flask import Flask

from wellbeing.case_figures import chance_pictures, share_pictures, time_pictures
from wellbeing.case_figures.chances import Chance
from wellbeing.case_figures.colours import Colour
from wellbeing.case_figures.medians import Waiting
from wellbeing.case_figures.time_pictures import Row, Times
from wellbeing.case_figures.trends import Stretch, Trend, trend
from wellbeing.estimates import Estimate
from wellbeing.reports import scales
from wellbeing.reports.drawing import Anchor, Box, Dot, Ink, Line, Mark, Picture, Text

MONDAY = date(2026, 3, 2)
WIDE_AND_NARROW = pytest.mark.parametrize("narrow", [False, True])


@pytest.fixture(autouse=True)
def language(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def of(picture: Picture, kind: type, ink: Ink | None = None) -> list:
    return [mark for mark in picture.marks if isinstance(mark, kind) and ink in (None, mark.ink)]


def texts(picture: Picture) -> list[str]:
    return [mark.text for mark in of(picture, Text)]


def row(name: str, *medians: Estimate | None) -> Row:
    return Row(name, tuple(Times(Waiting(9, 0, median)) for median in medians))


def outside(picture: Picture) -> list[Mark]:
    """Return the marks that a picture's frame would cut."""
    return [mark for mark in picture.marks if not _fits(mark, picture)]


def _fits(mark: Mark, picture: Picture) -> bool:
    if isinstance(mark, Text):
        wide = scales.wide(mark.text, mark.size)
        start = mark.x - wide * {Anchor.START: 0, Anchor.MIDDLE: 0.5, Anchor.END: 1}[mark.anchor]
        return start >= -1 and start + wide <= picture.width + 1 and mark.size - 4 <= mark.y <= picture.height
    if isinstance(mark, Box):
        return mark.x >= 0 and mark.x + mark.width <= picture.width and mark.y + mark.height <= picture.height
    points = mark.points if isinstance(mark, Line) else ((mark.x, mark.y),)
    return all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points)


@WIDE_AND_NARROW
def test_a_longer_wait_lies_farther_to_the_right(narrow: bool):
    rows = [row("In person", Estimate(12, 8, 20)), row("E-mail", Estimate(1500, 600, 4000))]

    picture = time_pictures.times(rows, narrow)

    quick, slow = of(picture, Dot)
    assert quick.x < slow.x
    assert quick.y < slow.y
    lines = of(picture, Line, Ink.TEAL)
    assert [
        line.points[0][0] < dot.x < line.points[1][0] for line, dot in zip(lines, (quick, slow), strict=True)
    ]
    assert {"In person", "E-mail", "5 min"} <= set(texts(picture))
    assert outside(picture) == []


@WIDE_AND_NARROW
def test_an_interval_without_an_end_is_an_arrow_and_a_median_nobody_knows_has_no_dot(narrow: bool):
    picture = time_pictures.times(
        [row("Phone", Estimate(inf, 30, inf)), row("Web", Estimate(60, 9, inf))], narrow
    )

    assert len(of(picture, Dot)) == 1
    arrows = [line for line in of(picture, Line, Ink.TEAL) if len(line.points) == 3]
    assert len(arrows) == 2
    assert outside(picture) == []


@WIDE_AND_NARROW
def test_with_a_threat_is_a_ring_above_the_dot_without(narrow: bool):
    waits = Waiting(9, 0, Estimate(60, 30, 90))
    rows = [Row("Phone", (Times(waits, Ink.APRICOT, ring=True), Times(waits)))]
    names = Colour(Ink.APRICOT, "With a threat"), Colour(Ink.TEAL, "Without")

    picture = time_pictures.times(rows, narrow, names)

    threatened, hole, calm = of(picture, Dot)
    assert (threatened.ink, hole.ink, calm.ink) == (Ink.APRICOT, Ink.CARD, Ink.TEAL)
    assert threatened.y < calm.y
    assert {"With a threat", "Without"} <= set(texts(picture))
    assert outside(picture) == []


def test_too_few_cases_are_said_in_their_line():
    picture = time_pictures.times([row("Survey", None), row("Phone", Estimate(60, 30, 90))], narrow=False)

    assert texts(picture).count("too few to say") == 1
    assert len(of(picture, Dot)) == 1


@WIDE_AND_NARROW
@pytest.mark.parametrize("minutes", [0, 1, 45, 1440, 30 * 1440, 900 * 1440])
def test_waits_of_any_length_fit_and_names_on_the_axis_never_touch(minutes: int, narrow: bool):
    picture = time_pictures.times([row("Phone", Estimate(minutes, minutes / 9, minutes * 9))], narrow)

    assert outside(picture) == []
    below = [mark for mark in of(picture, Text) if mark.anchor is Anchor.MIDDLE]
    ends = [
        (mark.x - half, mark.x + half) for mark in below for half in [scales.wide(mark.text, mark.size) / 2]
    ]
    assert len(ends) >= 2
    assert all(end < start for (_start, end), (start, _end) in zip(ends, ends[1:], strict=False))


def year(*counts: tuple[int, int]) -> Trend:
    filled = [(0, 0)] * (13 - len(counts)) + list(counts)
    return trend([Stretch(MONDAY + timedelta(weeks=4 * place), *count) for place, count in enumerate(filled)])


@WIDE_AND_NARROW
@pytest.mark.parametrize(
    "counts", [((0, 1),), ((1, 1), (0, 3)), ((3, 20), (4, 30), (0, 0), (9, 80)), ((900, 48000), (1, 1))]
)
def test_shares_and_counts_of_any_size_fit(counts: tuple[tuple[int, int], ...], narrow: bool):
    shares, moves = (
        share_pictures.shares(year(*counts), narrow),
        share_pictures.first_moves(year(*counts), narrow),
    )

    assert outside(shares) == []
    assert outside(moves) == []
    cases = [count for count in counts if count[1]]
    assert len(of(shares, Dot)) == len(cases)
    assert len(of(moves, Box, Ink.TEAL)) == 1 + len([some for some, _of in cases if some])


def test_the_two_quarters_that_the_sentence_compares_are_drawn_across_their_stretches():
    picture = share_pictures.shares(year((1, 10), (1, 10), (1, 10), (5, 10), (5, 10), (5, 10)), narrow=False)

    before, newest = of(picture, Line, Ink.APRICOT)
    assert before.points[0][1] > newest.points[0][1]
    assert before.points[1][0] < newest.points[0][0]
    assert of(share_pictures.shares(year((1, 10)), narrow=False), Line, Ink.APRICOT)[0].points[0][0] > 400


@WIDE_AND_NARROW
def test_every_chance_is_one_bar_in_parts(narrow: bool):
    found = (Chance(1, 300, 1, 60), Chance(2, 0, 4, 0), Chance(4, 0, 0, 2))

    picture = chance_pictures.chances(found, narrow)

    assert outside(picture) == []
    assert {"First chance", "Second chance", "Later chances", "Stayed", "Left"} <= set(texts(picture))
    bars = [box for box in of(picture, Box) if box.height > 20]
    assert len(bars) == 5
    assert sum(box.width for box in bars[:3]) == pytest.approx(bars[3].width, abs=0.3)
