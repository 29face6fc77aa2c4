"""A day drawn as a thread: the higher the better, with rough ones and breaks as beads."""

from datetime import UTC, datetime

from wellbeing.diary.days import Line
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.thread import ROOM, thread_of

NOW = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)


def line(kind: Kind, mood: int | None = None, later: Entry | None = None) -> Line:
    return Line(Entry(kind, NOW, NOW, mood=mood), later, (b"",))


def test_a_better_mood_lies_higher():
    thread = thread_of([line(Kind.CHECK_IN, 1), line(Kind.CHECK_IN, 5)])
    worst, best = thread.beads

    assert best.y == ROOM / 2 and worst.y == thread.height - ROOM / 2


def test_a_day_that_stayed_low_takes_no_more_room_than_one_that_stayed_high():
    low, high = (thread_of([line(Kind.CHECK_IN, mood)] * 2) for mood in (1, 5))

    assert low.height == high.height == ROOM


def test_a_rough_one_is_a_bead_before_its_face_and_a_break_before_the_way_back():
    back = Entry(Kind.BACK, NOW, NOW, mood=3)
    thread = thread_of([line(Kind.ROUGH, 2), line(Kind.BREAK, None, back), line(Kind.DETAIL)])

    assert [(bead.mood, bead.mark) for bead in thread.beads] == [
        (None, "rough"),
        (2, None),
        (None, "cup"),
        (3, None),
        (None, "rough"),
    ]
    marks = {bead.x: bead.y for bead in thread.beads}
    left, middle, right = list(marks.values())[1:4]
    assert middle == (left + right) / 2


def test_a_bead_among_no_faces_lies_in_the_middle():
    thread = thread_of([line(Kind.BREAK)])

    assert thread.beads[0].y == thread.height / 2


def test_the_way_goes_through_every_bead():
    thread = thread_of([line(Kind.CHECK_IN, 4), line(Kind.CHECK_IN, 2), line(Kind.IMPORTED, 3)])

    assert thread.way.count("C") == 2
    assert all(f"{bead.x:g} {bead.y:g}" in thread.way for bead in thread.beads)


def test_a_day_of_notes_alone_has_no_thread():
    thread = thread_of([])

    assert (thread.way, thread.beads) == ("", ())
