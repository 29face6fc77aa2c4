"""Pictures of a diary: every figure where it belongs, nothing drawn that was not felt, nothing remembered."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from wellbeing.diary import pictures
from wellbeing.diary.findings import AfterRough, KindOfBreak, ShiftMood
from wellbeing.reports import svg
from wellbeing.reports.drawing import Box, Dot, Ink, Line, Picture, Text

DAY = date(2026, 3, 4)
NAMES = {None: "Without a break", "": "Some break", "walk": "Walk"}


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def shift(number: int, start: int | None, end: int | None, rough: int = 0) -> ShiftMood:
    moods = [mood for mood in (start, end) if mood is not None]
    mean = sum(moods) / len(moods) if moods else None
    return ShiftMood(DAY + timedelta(days=number), start, end, mean, len(moods), rough)


def texts(picture: Picture) -> list[str]:
    return [mark.text for mark in picture.marks if isinstance(mark, Text)]


def dots(picture: Picture, radius: float) -> list[Dot]:
    """Return the dots of a picture that stand on its plane, below the names of its colours."""
    found = [mark for mark in picture.marks if isinstance(mark, Dot)]
    return [dot for dot in found if dot.radius == radius and dot.y > pictures.LEGEND]


@pytest.mark.parametrize("narrow", [False, True])
def test_each_shift_has_a_ring_at_its_start_and_a_dot_at_its_end_the_higher_the_better(narrow: bool):
    picture = pictures.moods([shift(0, 4, 2, rough=1), shift(1, 3, None), shift(2, 5, 5)], narrow)
    rings, full = dots(picture, 2.8), dots(picture, 5)

    assert len(rings) == 3 and len(full) == 5
    assert rings[2].y < rings[0].y < rings[1].y < full[3].y
    assert [dot.ink for dot in dots(picture, 4)] == [Ink.ROUGH]
    assert all(0 <= dot.x <= picture.width and 0 <= dot.y <= picture.height for dot in rings + full)
    assert "6 Mar" in texts(picture)


def test_shifts_without_a_check_in_are_left_out():
    picture = pictures.moods([shift(0, None, None, rough=1), shift(1, 4, 4)])

    assert len(dots(picture, 2.8)) == 1 and dots(picture, 4) == []
    assert not [mark for mark in picture.marks if isinstance(mark, Line) and mark.width == 4]


def test_a_diary_without_a_check_in_is_an_empty_plane():
    assert dots(pictures.moods([]), 5) == []


def test_a_phone_shows_the_newest_fortnight_of_shifts_and_a_page_forty():
    every = [shift(number, 3, 3) for number in range(60)]

    assert len(dots(pictures.moods(every), 2.8)) == 40
    assert len(dots(pictures.moods(every, narrow=True), 2.8)) == 14


def test_what_happened_after_rough_ones_is_wider_the_more_often_it_did():
    each = ((4, 2, 3), (4, 2, 3), (4, 2, 4))
    picture = pictures.after_rough(AfterRough(each, 4.0, 2.0, 3.3))
    ways = {mark.width for mark in picture.marks if isinstance(mark, Line) and mark.ink is Ink.LINE}

    assert {pictures.THINNEST + count for count in (1, 2, 3)} <= ways
    assert {"4.0", "2.0", "3.3", "Before", "Right then", "Next check-in"} <= set(texts(picture))


def test_below_the_minimum_no_mean_is_drawn():
    picture = pictures.after_rough(AfterRough(((4, 2, 3),), None, None, None), narrow=True)

    assert not [mark for mark in picture.marks if isinstance(mark, Dot)]


def test_kinds_of_break_are_bars_beside_what_happens_anyway_and_too_few_are_left_out():
    found = (KindOfBreak(None, 9, 0.4), KindOfBreak("walk", 5, -0.5), KindOfBreak("", 2, None))
    picture = pictures.kinds(found, NAMES)
    anyway, walk = [mark for mark in picture.marks if isinstance(mark, Box)]

    assert (anyway.ink, walk.ink) == (Ink.SOFT, Ink.BREAK)
    assert walk.x < anyway.x and walk.x + walk.width == pytest.approx(anyway.x, abs=0.2)
    assert texts(picture) == ["Without a break · 9×", "+0.4", "Walk · 5×", "−0.5"]


def test_a_kind_that_the_list_never_had_has_its_own_word():
    assert texts(pictures.kinds([KindOfBreak("nap", 4, 1.0)], NAMES, narrow=True)) == ["nap · 4×", "+1.0"]
    assert pictures.kinds([], NAMES).marks == ()


def test_a_change_is_written_with_its_sign_and_nothing_with_none():
    assert [pictures.signed(points) for points in (0.84, -0.26, 0.04, -0.04)] == [
        "+0.8",
        "−0.3",
        "0.0",
        "0.0",
    ]


def test_a_picture_of_ones_own_is_not_remembered():
    before = svg.drawn.cache_info().currsize
    drawn = svg.drawn_once(pictures.moods([shift(0, 4, 2)]), "Mine")

    assert 'aria-label="Mine"' in drawn
    assert svg.drawn.cache_info().currsize == before
