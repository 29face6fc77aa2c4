"""Axes: which ticks get a date, and where the notes of what was changed find room."""

from datetime import timedelta

from tests.reports.weeks import MONDAY, weeks_of
from wellbeing.reports import scales
from wellbeing.reports.changed import Changed

WEEKS = weeks_of(*["3.4"] * 13)
WIDTH = 580.0


def places(*notes, width=WIDTH):
    found = [
        Changed(at, MONDAY + timedelta(days=day), text, 1, "Parts") for at, (day, text) in enumerate(notes)
    ]
    return scales.note_places(WEEKS, found, width)


def texts(*notes, width=WIDTH):
    return [(place.row, place.text) for place in places(*notes, width=width)]


def test_a_note_stands_at_its_day_within_its_week():
    (monday,), (thursday,) = places((7, "A")), places((10, "A"))

    assert monday.x == 1.5
    assert 1.9 < thursday.x < 2


def test_notes_before_and_after_all_weeks_are_left_out():
    assert places((-1, "Before"), (13 * 7, "After")) == []


def test_notes_far_from_each_other_share_a_row():
    assert texts((0, "Callback board"), (49, "Second person")) == [
        (0, "Callback board"),
        (0, "Second person"),
    ]


def test_a_text_stands_above_the_line_that_it_would_meet():
    assert texts((14, "Second person on Saturdays"), (21, "Callback board")) == [
        (1, "Second person on Saturdays"),
        (0, "Callback board"),
    ]


def test_a_text_without_room_is_left_out_but_its_line_is_drawn():
    crowd = places(*[(day, "Second person on Saturdays") for day in (14, 15, 16, 17)])

    assert [place.text != "" for place in crowd] == [False, True, True, True]
    assert len({place.x for place in crowd}) == 4


def test_a_note_at_the_right_edge_has_its_text_before_its_line():
    (place,) = places((12 * 7 + 3, "Second person on Saturdays"))

    assert place.before
    assert place.text == "Second person on Saturdays"


def test_two_notes_at_the_right_edge_stand_in_rows_of_their_own():
    assert [row for row, _text in texts((12 * 7, "One thing"), (12 * 7 + 4, "Another"))] == [0, 1]


def test_a_long_text_is_cut_with_an_ellipsis():
    ((row, text),) = texts((7, "A second person stands at the counter on every Saturday"))

    assert text == "A second person stands at the cou…"
    assert scales.shortened("Second person", 8) == "Second…"


def test_names_above_a_picture_do_not_overlap():
    assert scales.name_spots(["Had a rough interaction", "Took a break"], 10) == [0.0, 158.2]
