"""The days of a diary: shifts, notes where they belong, and the days with nothing."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.cast import ZONE
from wellbeing.diary.days import Day, days_of
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Found

MADRID = ZoneInfo(ZONE)
MORNING = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def told(kind: Kind, hours: float, mood: int | None = None, **more: object) -> Entry:
    return Entry(kind, at(hours), at(hours), mood=mood, **more)  # type: ignore[arg-type]


def days(*entries: Entry) -> tuple[Day, ...]:
    return days_of([Found(bytes([number]), entry) for number, entry in enumerate(entries)], MADRID)


def test_a_shift_is_one_day_with_its_faces_in_order():
    (day,) = days(
        told(Kind.CHECK_IN, 0, 4),
        told(Kind.ROUGH, 2, 2, severity="hard"),
        told(Kind.BREAK, 2.1, minutes=10, break_kind="walk"),
        told(Kind.BACK, 2.4, 3),
        told(Kind.CHECK_IN, 8, 4),
    )

    assert day.day == date(2026, 3, 4)
    assert day.moods == (4, 2, 3, 4)
    assert [line.entry.kind for line in day.lines] == [Kind.CHECK_IN, Kind.ROUGH, Kind.BREAK, Kind.CHECK_IN]
    assert day.last == at(8)


def test_what_is_told_afterwards_stands_with_its_act_and_goes_with_it():
    rough, detail = told(Kind.ROUGH, 0, 2), told(Kind.DETAIL, 0.1, behaviour=("rude",))
    (day,) = days(rough, detail, told(Kind.BREAK, 1, minutes=5), told(Kind.BACK, 1.2, 3))
    first, second = day.lines

    assert (first.entry, first.later, first.ids) == (rough, detail, (b"\0", b"\1"))
    assert first.told is detail and second.told is second.entry
    assert second.moods == (3,) and second.ids == (b"\2", b"\3")


def test_within_one_minute_a_rough_one_comes_before_what_is_told_of_it_and_the_break_after_it():
    kinds = (Kind.BACK, Kind.BREAK, Kind.DETAIL, Kind.ROUGH, Kind.CHECK_IN)
    (day,) = days(*(told(kind, 0) for kind in kinds))

    assert [line.entry.kind for line in day.lines] == [Kind.CHECK_IN, Kind.ROUGH, Kind.BREAK]


def test_what_was_told_without_its_act_stands_alone():
    (day,) = days(told(Kind.DETAIL, 0, cause="delay"), told(Kind.BACK, 1, 4), told(Kind.ROUGH, 2))

    assert [(line.entry.kind, line.later) for line in day.lines] == [
        (Kind.DETAIL, None),
        (Kind.BACK, None),
        (Kind.ROUGH, None),
    ]


def test_two_equal_entries_are_two_rows():
    (day,) = days(told(Kind.CHECK_IN, 0, 4), told(Kind.CHECK_IN, 0, 4))

    assert sorted(line.ids for line in day.lines) == [(b"\0",), (b"\1",)]


def test_a_note_after_midnight_belongs_to_the_late_shift_that_it_is_about():
    late = told(Kind.CHECK_IN, 14, 3)
    (day,) = days(late, told(Kind.NOTE, 17, text="A long one."))

    assert day.day == date(2026, 3, 4)
    assert [line.entry.text for line in day.notes] == ["A long one."]
    assert day.last == at(17)


def test_a_note_and_an_imported_mood_have_a_day_of_their_own_where_no_shift_was():
    newest, oldest = days(
        told(Kind.CHECK_IN, 0, 4), told(Kind.NOTE, -30, text="Off."), told(Kind.IMPORTED, -29, 5)
    )

    assert (newest.day, newest.notes) == (date(2026, 3, 4), ())
    assert oldest.day == date(2026, 3, 3)
    assert oldest.moods == (5,) and len(oldest.notes) == 1


def test_an_imported_mood_of_the_day_of_a_shift_stands_with_it():
    (day,) = days(told(Kind.CHECK_IN, 0, 4), told(Kind.CHECK_IN, 6, 3), told(Kind.IMPORTED, 1, 2))

    assert day.moods == (4, 2, 3)


def test_newest_days_come_first_and_each_knows_how_many_before_it_have_nothing():
    found = days(told(Kind.CHECK_IN, 0, 4), told(Kind.CHECK_IN, 24, 3), told(Kind.CHECK_IN, 24 * 6, 2))

    assert [(day.day.day, day.empty_before) for day in found] == [(10, 4), (5, 0), (4, 0)]


def test_two_shifts_that_began_on_one_day_are_two_cards_of_it():
    found = days(told(Kind.CHECK_IN, 0, 4), told(Kind.CHECK_IN, 12, 3))

    assert [(day.day.day, day.moods, day.empty_before) for day in found] == [(4, (3,), 0), (4, (4,), 0)]


def test_a_mood_from_an_hour_ago_is_said_to_be_entered_later():
    late = Entry(Kind.CHECK_IN, at(1), at(0), mood=4)
    unknown = Entry(Kind.CHECK_IN, at(2), None, mood=4)
    (day,) = days(late, unknown)

    assert [line.is_late for line in day.lines] == [True, False]
    assert day.last == at(2)


def test_half_an_hour_is_not_said_to_be_later():
    (day,) = days(Entry(Kind.CHECK_IN, at(0.5), at(0), mood=4))

    assert [line.is_late for line in day.lines] == [False]


def test_a_note_belongs_to_a_shift_until_ten_hours_after_its_last_entry():
    shift = told(Kind.CHECK_IN, 14, 3)

    assert len(days(shift, told(Kind.NOTE, 24, text="On time."))) == 1
    assert len(days(shift, told(Kind.NOTE, 24.1, text="The next morning."))) == 2
