"""What the pages of a diary are given to show."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.answers import House, say
from tests.cast import NOW
from wellbeing.diary import opening
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.findings import Findings, KindOfBreak, findings_of, inertia_of
from wellbeing.diary.shifts import Shift, shifts_of
from wellbeing.models.base import db
from wellbeing.models.pending import Dimension

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(day: int, hours: float) -> datetime:
    return NINE + timedelta(days=day, hours=hours)


def quiet(day: int, start: int = 4, end: int = 4) -> list[Entry]:
    """A shift without a rough one: a mood at nine, and one at five."""
    return [Entry(Kind.CHECK_IN, at(day, hour), at(day, hour), mood) for hour, mood in ((0, start), (8, end))]


def rough(day: int, then: int = 2, later: int = 3, kind: str | None = None, minutes: int = 0) -> list[Entry]:
    """A shift that begins at 4, with a rough one at eleven, perhaps a break, and a check-in at noon."""
    told = [
        Entry(Kind.ROUGH, at(day, 2), at(day, 2), then),
        Entry(Kind.CHECK_IN, at(day, 3), at(day, 3), later),
    ]
    rested = [Entry(Kind.BREAK, at(day, 2), at(day, 2), break_kind=kind, minutes=minutes)] if minutes else []
    return [quiet(day)[0], *rested, *told]


def shifts(*days: list[Entry]) -> tuple[Shift, ...]:
    return shifts_of([entry for day in days for entry in day], UTC)


def of(*days: list[Entry]) -> Findings:
    return findings_of(shifts(*days))


@pytest.fixture
def long_diary() -> Iterator[Findings]:
    """Eight quiet shifts, and twelve rough ones, of which six have a break of some kind."""
    rested = [(2, 4, "walk"), (1, 3, "walk"), (2, 4, "walk"), (2, 3, "walk"), (3, 4, "chat"), (1, 3, None)]
    plain = [(2, 3), (1, 2), (2, 2), (3, 4), (2, 3), (1, 2)]
    days = [quiet(day) for day in range(8)]
    days += [rough(8 + place, *told, minutes=5) for place, told in enumerate(rested)]
    days += [rough(14 + place, *moods) for place, moods in enumerate(plain)]
    yield of(*days)


def test_an_empty_diary_says_nothing_and_does_not_mind():
    found = of()

    assert found.moods == ()
    assert (found.recovery.share, found.recovery.events) == (None, 0)
    assert (found.spillover.index, found.spillover.rough_change) == (None, None)
    assert (found.breaks.difference, found.breaks.kinds) == (None, (KindOfBreak(None, 0, None),))
    assert (found.after_rough.each, found.after_rough.before) == ((), None)


def test_each_shift_has_its_moods_for_the_chart():
    whole, single, none = of(rough(0), quiet(1)[:1], rough(2)[1:2]).moods

    assert (whole.day, whole.start, whole.end, whole.mean) == (date(2026, 3, 2), 4, 3, 3.5)
    assert (whole.check_ins, whole.rough) == (2, 1)
    assert (single.start, single.end, single.mean, single.check_ins) == (4, None, 4, 1)
    assert (none.start, none.end, none.mean, none.rough) == (None, None, None, 1)


def test_rough_shifts_stand_beside_quiet_ones(long_diary: Findings):
    found = long_diary.spillover

    assert (found.rough, found.quiet, found.left_out) == (12, 8, 0)
    assert (found.quiet_change, found.rough_change) == (0, pytest.approx(-11 / 12))
    assert found.index is not None
    assert found.index.estimate == pytest.approx(11 / 12)


def test_a_shift_that_is_neither_rough_nor_quiet_is_left_out():
    found = of(quiet(0), [Entry(Kind.ROUGH, at(0, 9), at(0, 9), 2)], quiet(1)[:1]).spillover

    assert (found.rough, found.quiet, found.left_out) == (0, 0, 1)


def test_recovery_counts_what_it_leaves_out():
    late = [Entry(Kind.ROUGH, at(3, 3), at(3, 2), 2)]
    found = of(
        rough(0, 2, 4), rough(1, 2, 3), rough(2)[:2], late, rough(4)[1:], rough(5)[:2], rough(5)[1:]
    ).recovery

    assert (found.recovered, found.not_seen, found.events, found.share) == (1, 2, 3, None)
    assert (found.no_follow_up, found.overtaken, found.no_baseline, found.not_in_time) == (1, 1, 1, 1)


def test_eight_rough_ones_have_a_share(long_diary: Findings):
    found = long_diary.recovery

    assert (found.recovered, found.not_seen) == (4, 8)
    assert found.share is not None
    assert found.share.estimate == pytest.approx(1 / 3)


def test_breaks_stand_beside_what_happens_anyway(long_diary: Findings):
    found = long_diary.breaks

    assert (found.with_break, found.without_break) == (6, 6)
    assert found.difference is not None
    assert found.difference.anyway == pytest.approx(5 / 6)
    assert found.difference.direction == 1


def test_kinds_of_breaks_follow_on_no_break_and_few_have_no_mean(long_diary: Findings):
    assert long_diary.breaks.kinds == (
        KindOfBreak(None, 6, pytest.approx(5 / 6)),
        KindOfBreak("walk", 4, pytest.approx(1.75)),
        KindOfBreak("", 1, None),
        KindOfBreak("chat", 1, None),
    )


def test_a_kind_of_break_has_a_mean_from_four_times_on():
    walks = [rough(day, kind="walk", minutes=5) for day in range(4)]

    assert of(*walks[:3]).breaks.kinds[1] == KindOfBreak("walk", 3, None)
    assert of(*walks).breaks.kinds[1] == KindOfBreak("walk", 4, 1)


def test_a_rough_one_without_a_mood_then_is_in_no_comparison():
    entries = rough(0)
    entries[1] = Entry(Kind.ROUGH, at(0, 2), at(0, 2))

    found = of(entries)
    assert (found.breaks.without_break, found.after_rough.each) == (0, ())
    assert found.recovery.events == 1


def test_moods_around_rough_ones_are_of_those_with_all_three(long_diary: Findings):
    found = long_diary.after_rough

    assert len(found.each) == 12
    assert found.each[0] == (4, 2, 4)
    assert (found.before, found.at_event, found.after) == (4, pytest.approx(22 / 12), pytest.approx(37 / 12))


def test_few_rough_ones_have_no_mean():
    found = of(*(rough(day) for day in range(7))).after_rough

    assert len(found.each) == 7
    assert (found.before, found.at_event, found.after) == (None, None, None)


def test_what_is_tapped_at_the_counter_is_followed_up(house: House):
    sol = house.cast.people["Sol"]
    begun = opening.begin(db.session(), sol, None)
    db.session.commit()
    for minutes, said in (
        (0, {"mood": 4}),
        (60, {"mood": 2, "rough": True, "details": ((Dimension.SEVERITY, "hard"),)}),
        (60, {"details": ((Dimension.BEHAVIOUR, "rude"),)}),
        (61, {"break_minutes": 5, "break_kind": "walk"}),
        (67, {"mood": 3, "back": True}),
        (110, {"mood": 4}),
    ):
        say(house, "Sol", NOW + timedelta(minutes=minutes), **said)
    with house.engine.connect() as connection:
        entries = [found.entry for found in opening.read(connection, house.server_key, sol, begun.private)]
    found = findings_of(shifts_of(entries, UTC))

    assert (found.moods[0].check_ins, found.moods[0].rough, found.spillover.rough) == (2, 1, 1)
    assert (found.recovery.recovered, found.after_rough.each) == (1, ((4, 2, 4),))
    assert found.breaks.kinds[1] == KindOfBreak("walk", 1, None)


def test_inertia_is_there_for_who_asks():
    assert inertia_of(shifts(*(quiet(day) for day in range(30)))) is None
    found = inertia_of(shifts(*(quiet(day, 2 + day % 3, 3 + day % 2) for day in range(30))))
    assert found is not None
    assert found.pairs == 30
