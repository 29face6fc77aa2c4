"""A person comes in, a pseudonym goes out: what each act leaves behind, and what it never does."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tests.answers import (
    FIRST_TICK,
    RAW,
    House,
    after_tick,
    change,
    column,
    epoch_of,
    everything,
    in_week,
    rows,
    say,
    tick,
)
from tests.cast import CONFIRMED, NOW
from wellbeing import collect, epochs, keys
from wellbeing.answer import Answer
from wellbeing.collect import Recorded
from wellbeing.here import EpochOver
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover, ShiftState
from wellbeing.models.settings import Settings
from wellbeing.moments import Late

ROUGH = {"mood": 2, "rough": True, "details": ((Dimension.SEVERITY, "hard"),)}


def detail(house: House) -> list[tuple[str, str]]:
    """Return the categories that were told, without who took part."""
    return sorted((row.dimension, row.category) for row in rows(house, PendingDetail) if row.category)


def took_part(house: House) -> list[str]:
    return sorted(row.dimension for row in rows(house, PendingDetail) if not row.category)


def test_a_check_in_is_a_mood_under_a_pseudonym_in_one_pool(any_house: House):
    recorded = say(any_house, "Sol", mood=4)

    [row] = rows(any_house, Pending)
    epoch = epoch_of(any_house, 1)
    key = keys.unwrapped(any_house.server_key, epoch.wrapped_key)
    assert (row.mood, row.rough, row.break_taken) == (4, False, False)
    assert (row.epoch_id, row.pool_id) == (epoch.id, any_house.cast.units["Service counter"])
    assert row.contributor == keys.contributor(key, any_house.cast.people["Sol"])
    assert recorded.pending == [row.id]


def test_a_check_in_takes_part_once_in_every_question_of_the_detail(any_house: House):
    say(any_house, "Sol", mood=4)

    assert took_part(any_house) == sorted(Dimension)
    assert detail(any_house) == []
    assert len({row.contributor for row in rows(any_house, PendingDetail)}) == len(Dimension)


def test_a_rough_interaction_counts_and_tells_its_severity_its_weekday_and_part_of_the_day(any_house: House):
    say(any_house, "Sol", **ROUGH)

    [row] = rows(any_house, Pending)
    assert (row.mood, row.rough, row.break_taken) == (2, True, False)
    assert detail(any_house) == [("day_part", "afternoon"), ("severity", "hard"), ("weekday", "wednesday")]
    assert took_part(any_house) == sorted(Dimension)


def test_a_rough_interaction_without_a_mood_takes_part_in_nothing(house: House):
    say(house, "Sol", rough=True)

    assert [(row.mood, row.rough) for row in rows(house, Pending)] == [(None, True)]
    assert took_part(house) == []
    assert rows(house, PendingSpillover) == []


@pytest.mark.parametrize(
    ("utc_hour", "part"),
    [(9, "morning"), (10, "morning"), (11, "afternoon"), (15, "afternoon"), (16, "evening")],
)
def test_the_part_of_the_day_is_that_of_the_local_clock(house: House, utc_hour: int, part: str):
    say(house, "Sol", NOW.replace(hour=utc_hour, minute=59 if utc_hour in (10, 15) else 0), rough=True)

    assert ("day_part", part) in detail(house)


def test_chips_are_one_row_each_and_count_nothing_more(house: House):
    chips = ((Dimension.BEHAVIOUR, "rude"), (Dimension.BEHAVIOUR, "physical"), (Dimension.CAUSE, "delay"))

    say(house, "Sol", details=chips)

    assert detail(house) == [("behaviour", "physical"), ("behaviour", "rude"), ("cause", "delay")]
    assert rows(house, Pending) == []
    assert took_part(house) == []


@pytest.mark.parametrize(("minutes", "counts"), [(1, False), (2, True), (15, True)])
def test_a_break_counts_from_two_minutes(house: House, minutes: int, counts: bool):
    say(house, "Sol", break_minutes=minutes)

    assert [row.break_taken for row in rows(house, Pending)] == [True] * counts


def test_coming_back_without_a_mood_leaves_no_answer(house: House):
    recorded = say(house, "Sol", mood=None)

    assert rows(house, Pending) == rows(house, PendingDetail) == rows(house, PendingSpillover) == []
    assert (recorded.pending, recorded.detail, recorded.spillover) == ([], [], [])


@pytest.mark.parametrize("name", ["Tess", "Hilde", "Ada"])
def test_an_answer_without_a_place_leaves_nothing_behind(any_house: House, name: str):
    before = everything(any_house)

    assert say(any_house, name, **ROUGH) == Recorded()
    assert everything(any_house) == before


def test_a_person_who_is_not_on_the_roster_leaves_nothing_behind(house: House):
    stranger = House(house.engine, house.server_key, SimpleNamespace(people={"Nobody": 4711}))  # type: ignore[arg-type]

    assert say(stranger, "Nobody") == Recorded()
    assert rows(house, Pending) == []


def test_before_the_first_import_is_confirmed_answers_go_nowhere(house: House):
    change(house, sa.delete(Place), sa.delete(Epoch), sa.update(Settings).values(confirmed_at=None))

    assert say(house, "Sol") == Recorded()


def test_after_the_confirmation_the_first_answer_asks_for_the_first_epoch(house: House):
    change(house, sa.delete(Place), sa.delete(Epoch), sa.update(Settings).values(confirmed_at=CONFIRMED))

    with pytest.raises(EpochOver):
        say(house, "Sol")
    assert rows(house, Pending) == []


def test_the_moment_an_answer_arrives_decides_its_week(any_house: House):
    say(any_house, "Sol", FIRST_TICK - timedelta(microseconds=1))
    with pytest.raises(EpochOver):
        say(any_house, "Sol", FIRST_TICK)

    with any_house.engine.begin() as connection:
        epochs.open_due(connection, any_house.server_key, FIRST_TICK)
    say(any_house, "Sol", FIRST_TICK)

    found = {row.epoch_id for row in rows(any_house, Pending)}
    assert found == {epoch_of(any_house, 1).id, epoch_of(any_house, 2).id}


@pytest.mark.parametrize("ledger", LedgerKind)
def test_an_epoch_whose_key_is_gone_takes_no_answer(any_house: House, ledger: LedgerKind):
    change(any_house, sa.update(Epoch).where(Epoch.ledger == ledger).values(wrapped_key=None))

    with pytest.raises(EpochOver):
        say(any_house, "Sol")


def test_the_detail_ledger_turns_every_fourth_week(house: House):
    for number in range(1, 4):
        tick(house, number)
    say(house, "Sol", in_week(4))
    tick(house, 4)
    say(house, "Noor", in_week(5))

    assert {row.epoch_id for row in rows(house, PendingDetail)} == {epoch_of(house, 2, LedgerKind.DETAIL).id}


# What the tables can hold at all: no person, no clock time finer than the epoch, no order.


def test_pending_tables_have_no_column_for_a_person_a_time_or_an_order():
    columns = {table.__tablename__: set(table.__table__.columns.keys()) for table in RAW}

    common = {"id", "epoch_id", "pool_id", "contributor"}
    assert columns == {
        "pending": common | {"mood", "rough", "break_taken"},
        "pending_detail": common | {"dimension", "category", "waited"},
        "pending_spillover": common | {"mood", "follows_rough", "break_between", "waited"},
        "shift_state": {"name", "epoch_id", "rough_at", "break_followed", "touched_at"},
    }


def test_sqlite_keeps_no_order_of_arrival(house: House):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(house, name, mood=1)

    for table in (*(raw.__tablename__ for raw in RAW), "receipt"):
        with house.engine.connect() as connection, pytest.raises(sa.exc.OperationalError, match="rowid"):
            connection.exec_driver_sql(f"SELECT rowid FROM {table}")
    assert len(set(column(house, sa.select(Pending.id)))) == 5


def test_one_persons_rows_join_across_tables_by_nothing(house: House):
    say(house, "Sol", mood=3)
    say(house, "Sol", NOW + timedelta(hours=1), **ROUGH)

    weekly = set(column(house, sa.select(Pending.contributor)))
    by_dimension = {row.dimension: row.contributor for row in rows(house, PendingDetail)}
    spillover = set(column(house, sa.select(PendingSpillover.contributor)))
    shifts = set(column(house, sa.select(ShiftState.name)))
    names = [*weekly, *by_dimension.values(), *spillover, *shifts]
    assert len(names) == len(set(names)) == 1 + len(Dimension) + 1 + 1
    ids = [row.id for table in RAW[:3] for row in rows(house, table)]
    assert len(ids) == len(set(ids))


def test_nothing_raw_says_when_within_the_week(house: House):
    say(house, "Sol", **ROUGH)
    first = [row[1:] for row in rows(house, Pending)]
    change(house, sa.delete(Pending), sa.delete(ShiftState))
    say(house, "Sol", NOW + timedelta(days=2), **ROUGH)

    assert [row[1:] for row in rows(house, Pending)] == first


# Spillover: what the next check-in of the shift says.


def spillover(house: House) -> list[tuple[int, bool, bool]]:
    return sorted((row.mood, row.follows_rough, row.break_between) for row in rows(house, PendingSpillover))


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_the_next_check_in_after_a_rough_one_follows_it_and_the_one_after_does_not(any_house: House):
    say(any_house, "Sol", NOW, **ROUGH)
    say(any_house, "Sol", later(30), mood=1)
    say(any_house, "Sol", later(60), mood=4)

    assert spillover(any_house) == [(1, True, False), (4, False, False)]


def test_a_break_between_is_seen_by_the_next_check_in(house: House):
    say(house, "Sol", NOW, **ROUGH)
    say(house, "Sol", later(10), break_minutes=5)
    say(house, "Sol", later(15), mood=3)

    assert spillover(house) == [(3, True, True)]


@pytest.mark.parametrize(("minutes", "follows"), [(60, True), (61, False)])
def test_a_break_follows_within_the_hour(house: House, minutes: int, follows: bool):
    say(house, "Sol", NOW, **ROUGH)
    say(house, "Sol", later(minutes), break_minutes=5)
    say(house, "Sol", later(minutes + 5), mood=3)

    assert spillover(house) == [(3, True, follows)]


def test_a_break_before_a_rough_interaction_is_not_between(house: House):
    say(house, "Sol", NOW, break_minutes=5)
    say(house, "Sol", later(10), **ROUGH)
    say(house, "Sol", later(15), mood=3)

    assert spillover(house) == [(3, True, False)]


def test_somebody_elses_rough_interaction_is_not_mine(house: House):
    say(house, "Sol", NOW, **ROUGH)
    say(house, "Noor", later(5), mood=3)

    assert spillover(house) == [(3, False, False)]


def test_telling_more_leaves_the_question_open_for_the_next_check_in(house: House):
    say(house, "Sol", NOW, **ROUGH)
    say(house, "Sol", later(1), details=((Dimension.CAUSE, "delay"),))
    say(house, "Sol", later(2), mood=3)

    assert spillover(house) == [(3, True, False)]


def test_a_shift_is_over_after_eight_idle_hours(house: House):
    say(house, "Sol", NOW, **ROUGH)
    say(house, "Sol", later(8 * 60 + 1), mood=3)

    assert spillover(house) == [(3, False, False)]
    assert rows(house, ShiftState) == []


def test_a_running_shift_does_not_outlive_its_week(house: House):
    say(house, "Sol", FIRST_TICK - timedelta(minutes=5), **ROUGH)
    tick(house, 1)
    say(house, "Sol", after_tick(1), mood=3)

    assert spillover(house) == [(3, False, False)]


def test_an_answer_that_fails_half_way_leaves_nothing(house: House, monkeypatch: pytest.MonkeyPatch):
    def fails(*_given: object) -> None:
        raise RuntimeError

    before = everything(house)
    monkeypatch.setattr(collect.shifts, "write", fails)

    with pytest.raises(RuntimeError):
        say(house, "Sol", **ROUGH)
    assert everything(house) == before


def test_an_answer_says_what_counts_as_a_break():
    assert [Answer(break_minutes=n).break_taken for n in (0, 1, 2)] == [False, False, True]


def test_a_receive_time_in_any_zone_is_the_same_moment(house: House):
    say(house, "Sol", FIRST_TICK.astimezone(UTC) - timedelta(seconds=1))

    assert len(rows(house, Pending)) == 1


# What comes late.


def say_late(
    house: House, name: str, happened_at: datetime | None, now: datetime = NOW, **said: object
) -> Recorded:
    """Record what somebody said at a moment, and what a tablet kept until now."""
    person = house.cast.people[name]
    with house.engine.begin() as connection:
        late = Late(happened_at)
        return collect.record(connection, house.server_key, person, Answer(**said), now, late)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("past", "when"),
    [
        ({"hours": 2}, [("day_part", "morning"), ("weekday", "wednesday")]),
        ({"days": 3}, [("day_part", "afternoon"), ("weekday", "sunday")]),
        ({"hours": 12}, [("day_part", "morning"), ("weekday", "wednesday")]),
        ({"hours": 13}, [("day_part", "evening"), ("weekday", "tuesday")]),
    ],
)
def test_a_late_rough_one_is_of_the_local_day_on_which_it_happened(house: House, past: dict, when: list):
    say_late(house, "Sol", NOW - timedelta(**past), rough=True)

    assert detail(house) == when


def test_a_late_answer_is_of_the_week_in_which_the_server_has_it(any_house: House):
    tick(any_house, 1)

    say_late(any_house, "Sol", NOW, in_week(2), mood=4)

    assert [row.epoch_id for row in rows(any_house, Pending)] == [epoch_of(any_house, 2).id]
    with pytest.raises(EpochOver):
        say_late(any_house, "Sol", NOW, in_week(3), mood=4)


def test_of_an_answer_of_an_unknown_time_no_day_and_no_shift_is_known(any_house: House):
    say_late(any_house, "Sol", None, **ROUGH)
    say_late(any_house, "Sol", None, mood=4)

    assert len(rows(any_house, Pending)) == 2
    assert detail(any_house) == [("severity", "hard")]
    assert rows(any_house, PendingSpillover) == rows(any_house, ShiftState) == []


def test_a_late_check_in_follows_the_rough_one_before_it_and_not_one_after_it(any_house: House):
    say(any_house, "Sol", NOW - timedelta(hours=3), rough=True)
    say_late(any_house, "Sol", NOW - timedelta(hours=2), mood=4)
    say(any_house, "Noor", rough=True)
    before = rows(any_house, ShiftState)

    recorded = say_late(any_house, "Noor", NOW - timedelta(hours=1), mood=4)

    assert [row.follows_rough for row in rows(any_house, PendingSpillover)] == [True]
    assert rows(any_house, ShiftState) == before
    assert (recorded.shift, recorded.spillover) == (None, [])


def test_two_acts_whose_servers_clocks_differ_by_a_moment_are_of_one_shift(house: House):
    """What comes live is never late, whatever another server's clock said before."""
    say(house, "Sol", NOW + timedelta(seconds=1), rough=True)

    assert say(house, "Sol", mood=4).shift is not None
    assert [row.follows_rough for row in rows(house, PendingSpillover)] == [True]
