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
    return scales.note_places(WEEKS, scales.numbered(WEEKS, found), width)


def rows(*days):
    return [(place.number, place.row) for place in places(*[(day, "Callback board") for day in days])]


def test_a_note_stands_at_its_day_within_its_week():
    (monday,), (thursday,) = places((7, "A")), places((10, "A"))

    assert monday.x == 1.5
    assert 1.9 < thursday.x < 2


def test_notes_before_and_after_all_weeks_are_left_out():
    assert places((-1, "Before"), (13 * 7, "After")) == []


def test_notes_are_numbered_from_the_oldest():
    assert rows(49, 0) == [(1, 0), (2, 0)]


def test_a_picture_of_fewer_weeks_keeps_the_numbers():
    notes = [Changed(1, MONDAY, "A", 1, "Parts"), Changed(2, MONDAY + timedelta(days=50), "B", 1, "Parts")]

    (place,) = scales.note_places(WEEKS[-7:], scales.numbered(WEEKS, notes), WIDTH)

    assert place.number == 2


def test_numbers_that_would_touch_stand_above_each_other():
    assert rows(14, 15, 28) == [(1, 0), (2, 1), (3, 0)]


def test_of_a_crowd_every_note_has_its_number():
    assert rows(14, 14, 14, 14, 15) == [(1, 0), (2, 1), (3, 2), (4, 3), (5, 0)]


def test_numbers_need_room_above_the_plane():
    assert scales.note_room(places((14, "A"), (15, "B"))) == 2 * scales.NOTE_ROOM
    assert scales.note_room([]) == 0


def test_names_above_a_picture_do_not_overlap():
    names = ["Had a rough interaction", "Took a break"]

    assert scales.name_spots(names, 10, below=False) == [(0, 0), (158.2, 0)]
    assert scales.name_spots(names, 10, below=True) == [(0, 0), (0, 20)]
