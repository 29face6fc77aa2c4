"""Rough interactions and what follows them, told as a diary tells it."""

from datetime import UTC, datetime, timedelta

import pytest

from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.events import Event, Outcome, events_of
from wellbeing.diary.shifts import shifts_of

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def said(kind: Kind, at: int, mood: int | None = None, late: int = 0, **more: object) -> Entry:
    felt = NINE + timedelta(minutes=at)
    return Entry(
        **{"kind": kind, "felt_at": felt, "mood": mood, "entered_at": felt + timedelta(minutes=late)} | more
    )


def check_in(minutes: int, mood: int, late: int = 0) -> Entry:
    return said(Kind.CHECK_IN, minutes, mood, late)


def rough(minutes: int, mood: int | None = 2, late: int = 0) -> Entry:
    return said(Kind.ROUGH, minutes, mood, late)


def took_break(began: int, minutes: int = 5, kind: str | None = "walk") -> Entry:
    return said(Kind.BREAK, began, minutes=minutes, break_kind=kind)


def back(minutes: int, mood: int | None = None) -> Entry:
    return said(Kind.BACK, minutes, mood)


def all_of(*entries: Entry) -> tuple[Event, ...]:
    return events_of(shifts_of(entries, UTC))


def only(*entries: Entry) -> Event:
    (found,) = all_of(*entries)
    return found


def test_mood_before_right_then_and_later():
    event = only(check_in(0, 3), check_in(30, 4), rough(60, 1), check_in(80, 2), check_in(200, 4))

    assert (event.before, event.at_event, event.later, event.after) == (4, 1, (2, 4), 2)
    assert event.reactivity == 3
    assert event.outcome is Outcome.RECOVERED
    assert not event.took_break


def test_the_mood_before_must_come_before_and_from_the_same_shift():
    for told in ((), (check_in(60, 5),), (check_in(61, 5),), (check_in(-10 * 60, 5),)):
        event = only(*told, rough(60), check_in(100, 3))
        assert (event.before, event.reactivity, event.outcome) == (None, None, Outcome.NO_BASELINE)


def test_a_check_in_follows_up_from_twenty_minutes_on():
    assert only(check_in(0, 4), rough(60), check_in(79, 4)).outcome is Outcome.NO_FOLLOW_UP
    assert only(check_in(0, 4), rough(60), check_in(80, 4)).outcome is Outcome.RECOVERED


def test_not_seen_to_recover_is_what_it_is_called_at_the_last_check_in():
    assert only(check_in(0, 4), rough(60), check_in(80, 3), check_in(200, 3)).outcome is Outcome.NOT_SEEN


def test_no_check_in_afterwards_leaves_it_unknown():
    event = only(check_in(0, 4), rough(60))

    assert (event.outcome, event.after) == (Outcome.NO_FOLLOW_UP, None)


def test_a_rough_one_soon_followed_by_another_is_overtaken():
    first, second = all_of(check_in(0, 4), rough(60), rough(75), check_in(100, 4))

    assert (first.outcome, first.overtaken) == (Outcome.OVERTAKEN, True)
    assert second.outcome is Outcome.RECOVERED


def test_what_comes_after_the_next_one_no_longer_speaks_for_the_first():
    first, second = all_of(check_in(0, 4), rough(60), check_in(90, 3), rough(120), check_in(200, 4))

    assert (first.later, first.outcome) == ((3,), Outcome.NOT_SEEN)
    assert (second.before, second.later) == (3, (4,))


def test_a_check_in_in_the_minute_of_the_next_one_follows_up_neither():
    first, second = all_of(check_in(0, 4), rough(60), check_in(120, 4), rough(120))

    assert (first.later, first.outcome) == ((), Outcome.OVERTAKEN)
    assert (second.before, second.later) == (4, ())


def test_a_mood_that_was_not_said_leaves_recovery_alone():
    event = only(check_in(0, 4), rough(60, None), check_in(90, 4))

    assert (event.at_event, event.reactivity) == (None, None)
    assert event.outcome is Outcome.RECOVERED


@pytest.mark.parametrize(
    ("taken", "counts"),
    [
        (took_break(60), True),
        (took_break(120), True),
        (took_break(121), False),
        (took_break(59), False),
        (took_break(65, minutes=1), False),
        (took_break(65, minutes=2), True),
    ],
)
def test_a_break_follows_within_an_hour_and_lasts_two_minutes_at_least(taken: Entry, counts: bool):
    event = only(check_in(0, 4), rough(60), taken, check_in(200, 4))

    assert event.took_break is counts
    assert event.break_kind == ("walk" if counts else None)


def test_after_a_break_a_check_in_follows_up_from_ten_minutes_on():
    assert only(check_in(0, 4), rough(60), took_break(80, 5), check_in(94, 4)).later == ()
    assert only(check_in(0, 4), rough(60), took_break(80, 5), check_in(95, 4)).later == (4,)


def test_a_check_in_before_the_break_does_not_follow_up():
    event = only(check_in(0, 4), rough(60), check_in(82, 2), took_break(85, 15), check_in(120, 3))

    assert event.later == (3,)


def test_whoever_says_they_are_back_ends_the_break_then():
    told = (check_in(0, 4), rough(60), took_break(70, 5))

    assert only(*told, back(85, 3), check_in(94, 4)).later == ()
    assert only(*told, back(85, 3), check_in(95, 4)).later == (4,)
    assert only(*told, back(85), back(110), check_in(95, 4)).later == (4,)
    assert not only(*told, back(71), check_in(95, 4)).took_break


def test_a_break_that_ends_in_the_minute_in_which_it_began_is_none():
    told = (back(70), check_in(0, 4), rough(60), took_break(70, 15), check_in(95, 4))

    assert not only(*told).took_break
    assert only(*told).later == (4,)


def test_the_mood_on_return_from_a_later_break_follows_up_too():
    event = only(check_in(0, 4), rough(60), took_break(150, 10), back(160, 4))

    assert (event.took_break, event.later) == (False, (4,))


def test_a_return_without_a_break_is_a_mood_like_others():
    assert only(back(0, 4), rough(60), check_in(90, 4)).before == 4


def test_a_break_follows_the_newest_of_two():
    first, second = all_of(
        check_in(0, 4), rough(60), check_in(82, 3), rough(90), took_break(95), check_in(120, 4)
    )

    assert (first.took_break, first.later) == (False, (3,))
    assert second.took_break


def test_two_in_one_minute_are_two_of_which_the_first_is_overtaken():
    first, second = all_of(check_in(0, 4), rough(60), rough(60), took_break(60), check_in(100, 4))

    assert (first.outcome, first.took_break) == (Outcome.OVERTAKEN, False)
    assert (second.outcome, second.took_break) == (Outcome.RECOVERED, True)


def test_a_memory_of_a_rough_one_is_left_out_but_still_overtakes():
    first, second = all_of(check_in(0, 4), rough(60), rough(70, late=31), check_in(120, 4))

    assert (second.in_time, second.outcome, second.later) == (False, Outcome.NOT_IN_TIME, ())
    assert first.outcome is Outcome.OVERTAKEN


def test_a_memory_of_a_mood_is_neither_before_nor_after():
    event = only(
        check_in(0, 4), check_in(30, 2, late=31), rough(60), check_in(90, 4, late=31), check_in(95, 3)
    )

    assert (event.before, event.later) == (4, (3,))


def test_half_an_hour_later_is_no_memory_yet():
    event = only(check_in(0, 4), rough(60, late=30), check_in(90, 3, late=30))

    assert event.in_time and event.later == (3,)


@pytest.mark.parametrize("kind", [Kind.ROUGH, Kind.BREAK])
def test_nothing_is_said_of_a_shift_with_an_act_whose_time_nobody_knows(kind: Kind):
    told = said(kind, 70, minutes=5, felt_at=None)

    assert {event.outcome for event in all_of(check_in(0, 4), rough(60), told, check_in(100, 4))} == {
        Outcome.NOT_IN_TIME
    }


def test_a_check_in_whose_time_nobody_knows_is_passed_over():
    event = only(check_in(0, 4), said(Kind.CHECK_IN, 30, 1, felt_at=None), rough(60), check_in(90, 4))

    assert (event.before, event.later) == (4, (4,))


def test_quiet_shifts_have_no_events():
    assert all_of(check_in(0, 4), took_break(10), back(15, 5), check_in(100, 3)) == ()
