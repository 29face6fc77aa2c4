"""When the last few shifts look hard: three of the last five check-ins at the lowest, the last one too."""

from datetime import UTC, datetime, timedelta

import pytest

from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.shifts import shifts_of
from wellbeing.diary.support import looks_hard

NOW = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)


def felt(days_ago: float, mood: int | None, kind: Kind = Kind.CHECK_IN, known: bool = True) -> Entry:
    at = NOW - timedelta(days=days_ago)
    return Entry(kind, at, at if known else None, mood=mood)


def hard(*entries: Entry) -> bool:
    return looks_hard(shifts_of(entries, UTC), NOW)


@pytest.mark.parametrize(
    ("moods", "shown"),
    [
        ((1, 1, 1), True),
        ((1, 2, 1, 3, 1), True),
        ((1, 1, 3, 3, 1), True),
        ((1, 1, 1, 2), False),  # The last one was better.
        ((1, 3, 3, 2, 1), False),
        ((1, 1, 3, 3, 3, 1), False),  # The first one is not among the last five.
        ((2, 2, 2, 2, 2), False),
        ((1, 1), False),
        ((), False),
    ],
)
def test_three_of_the_last_five_shifts_at_the_lowest(moods: tuple[int, ...], shown: bool):
    days = range(len(moods), 0, -1)

    assert hard(*(felt(day, mood) for day, mood in zip(days, moods, strict=True))) is shown


def test_what_is_longer_ago_than_14_days_counts_no_more():
    assert hard(felt(14, 1), felt(3, 1), felt(1, 1))
    assert not hard(felt(14.01, 1), felt(3, 1), felt(1, 1))


def test_one_bad_shift_is_not_the_last_few_shifts():
    assert not hard(felt(1.2, 1), felt(1.1, 1), felt(1, 1))
    assert hard(felt(3, 1), felt(1.1, 1), felt(1, 1))


def test_only_check_ins_of_shifts_count():
    rough, back = felt(2, 1, Kind.ROUGH), felt(1.5, 1, Kind.BACK)
    imported, note = felt(1.2, 1, Kind.IMPORTED), felt(1.1, None, Kind.NOTE)

    assert not hard(felt(4, 1), rough, back, imported, note, felt(1, 1))


def test_a_check_in_whose_moment_no_clock_knew_counts_from_when_it_came():
    assert hard(felt(5, 1), felt(3, 1), felt(1, 1, known=False))
