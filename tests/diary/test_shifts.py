"""Shifts without a rota: where they begin and end, and which of them are rough or quiet."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.shifts import Shift, shifts_of

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def said(
    kind: Kind, minutes: float, mood: int | None = None, late: float = 0, unknown: bool = False
) -> Entry:
    """What somebody told so many minutes after nine on Monday."""
    felt = MONDAY + timedelta(minutes=minutes)
    return Entry(kind, felt + timedelta(minutes=late), None if unknown else felt, mood)


def only(*entries: Entry) -> Shift:
    (found,) = shifts_of(entries, LONDON)
    return found


def test_a_shift_is_over_after_ten_idle_hours():
    morning, evening = said(Kind.CHECK_IN, 0, 4), said(Kind.CHECK_IN, 600, 3)
    night = said(Kind.CHECK_IN, 1201, 2)

    assert [shift.entries for shift in shifts_of([night, evening, morning], LONDON)] == [
        (morning, evening),
        (night,),
    ]


def test_a_working_day_with_a_tap_at_each_end_is_one_shift():
    begun, over = said(Kind.CHECK_IN, 0, 4), said(Kind.CHECK_IN, 9 * 60, 3)

    assert only(begun, over).change == -1


def test_a_night_shift_belongs_to_the_day_it_began_on_by_the_clock_on_the_wall():
    begun = said(Kind.CHECK_IN, 13.5 * 60, 4)
    ended = said(Kind.CHECK_IN, 20 * 60, 3)

    assert shifts_of([begun, ended], LONDON)[0].day == date(2026, 3, 2)
    assert shifts_of([begun, ended], ZoneInfo("Asia/Tokyo"))[0].day == date(2026, 3, 3)


@pytest.mark.parametrize(
    "change", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
)
def test_the_night_in_which_the_clocks_change_is_one_shift_of_as_many_hours_as_it_had(change: datetime):
    begun, later, over = (
        Entry(Kind.CHECK_IN, change + hours, change + hours, mood)
        for mood, hours in ((4, timedelta(hours=-3)), (2, timedelta(hours=5)), (3, timedelta(hours=15.1)))
    )

    night, morning = shifts_of([begun, later, over], LONDON)
    assert (night.day, night.entries) == (change.date() - timedelta(days=1), (begun, later))
    assert morning.day == change.date()


def test_whoever_has_told_nothing_has_no_shifts():
    assert shifts_of([], LONDON) == ()


def test_notes_and_imported_days_are_no_part_of_a_shift():
    told = [said(Kind.NOTE, 0), said(Kind.IMPORTED, 10, 5), said(Kind.CHECK_IN, 20, 3)]

    assert only(*told).entries == (told[2],)
    assert shifts_of(told[:2], LONDON) == ()


def test_an_entry_whose_time_nobody_knows_joins_no_two_shifts():
    evening = said(Kind.CHECK_IN, 0, 4)
    sent_in_the_night = said(Kind.CHECK_IN, 7 * 60, 1, unknown=True)
    morning = said(Kind.CHECK_IN, 14 * 60, 3)

    assert [len(shift.entries) for shift in shifts_of([evening, sent_in_the_night, morning], LONDON)] == [
        2,
        1,
    ]
    assert len(shifts_of([sent_in_the_night], LONDON)) == 1


def test_the_first_and_the_last_check_in_are_start_and_end():
    start, end = said(Kind.CHECK_IN, 5, 4), said(Kind.CHECK_IN, 400, 2)
    shift = only(
        said(Kind.CHECK_IN, 0, 1, late=31),
        start,
        said(Kind.CHECK_IN, 200, 5),
        end,
        said(Kind.BREAK, 410),
        said(Kind.BACK, 420, 5),
        said(Kind.CHECK_IN, 430, 1, unknown=True),
    )

    assert (shift.start, shift.end, shift.change) == (start, end, -2)


def test_one_check_in_is_a_start_without_an_end():
    shift = only(said(Kind.CHECK_IN, 0, 4))

    assert shift.start is not None
    assert (shift.end, shift.change) == (None, None)
    assert not shift.is_quiet and not shift.is_rough


def test_a_second_check_in_within_the_hour_is_no_end_yet():
    assert only(said(Kind.CHECK_IN, 0, 4), said(Kind.CHECK_IN, 59, 2)).end is None
    assert only(said(Kind.CHECK_IN, 0, 4), said(Kind.CHECK_IN, 60, 2)).change == -2


def test_a_shift_without_check_ins_is_neither_rough_nor_quiet():
    shift = only(said(Kind.ROUGH, 0, 2), said(Kind.BREAK, 5))

    assert (shift.start, shift.end, shift.change) == (None, None, None)
    assert not shift.is_quiet and not shift.is_rough


def test_a_rough_one_between_start_and_end_makes_a_shift_rough():
    ends = (said(Kind.CHECK_IN, 0, 4), said(Kind.CHECK_IN, 400, 3))

    assert only(*ends, said(Kind.ROUGH, 100, 2)).is_rough
    assert not only(*ends, said(Kind.ROUGH, 100, 2)).is_quiet
    assert only(*ends).is_quiet
    assert not only(*ends).is_rough


def test_a_shift_whose_only_rough_one_lies_outside_counts_for_nothing():
    ends = (said(Kind.CHECK_IN, 10, 4), said(Kind.CHECK_IN, 400, 3))
    outside = (said(Kind.ROUGH, 0, 2), said(Kind.ROUGH, 410, 2), said(Kind.ROUGH, 100, 2, unknown=True))

    same_minute = (said(Kind.ROUGH, 10, 2), said(Kind.ROUGH, 400, 2))

    for rough in (*outside, *same_minute):
        assert not only(*ends, rough).is_rough
        assert not only(*ends, rough).is_quiet
