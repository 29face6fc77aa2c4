"""Taking answers back: for a minute by a handle, then this week's, and never anybody else's."""

from datetime import datetime, timedelta

import pytest

from tests.answers import FIRST_TICK, RAW, House, after_tick, everything, in_week, rows, say, tick
from tests.cast import NOW
from wellbeing import epochs, withdraw
from wellbeing.collect import Recorded
from wellbeing.keys import HandleRefused
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover, ShiftState

ROUGH = {"mood": 2, "rough": True, "details": ((Dimension.SEVERITY, "hard"),)}
CHIPS = {"details": ((Dimension.CAUSE, "delay"), (Dimension.AREA, "parts"))}


def handle_of(house: House, recorded: Recorded, now: datetime = NOW) -> str:
    handle = withdraw.handle(house.server_key, recorded, now)
    assert handle is not None
    return handle


def undo(house: House, handle: str, now: datetime = NOW) -> None:
    with house.engine.begin() as connection:
        withdraw.undo(connection, house.server_key, handle, now)


def take_back(house: House, name: str) -> None:
    with house.engine.begin() as connection:
        withdraw.take_back(connection, house.server_key, house.cast.people[name])


def raw(house: House) -> dict[str, list]:
    return {table.__tablename__: sorted(rows(house, table), key=repr) for table in RAW}


@pytest.mark.parametrize("said", [{"mood": 4}, ROUGH, CHIPS, {"break_minutes": 5}], ids=repr)
def test_an_undone_act_leaves_everything_as_it_was(any_house: House, said: dict):
    say(any_house, "Sol", **ROUGH)
    say(any_house, "Noor", mood=5)
    before = raw(any_house)

    undo(any_house, handle_of(any_house, say(any_house, "Sol", NOW, **said)))

    assert raw(any_house) == before


def test_undoing_the_first_act_of_a_shift_leaves_no_trace_of_what_it_said(house: House):
    undo(house, handle_of(house, say(house, "Sol", **ROUGH)))

    assert rows(house, Pending) == rows(house, PendingDetail) == []
    assert rows(house, ShiftState) == []


def test_an_answer_that_went_nowhere_has_no_handle(house: House):
    assert withdraw.handle(house.server_key, say(house, "Tess"), NOW) is None


@pytest.mark.parametrize(("seconds", "works"), [(60, True), (61, False)])
def test_undo_works_for_a_minute(house: House, seconds: int, works: bool):
    handle = handle_of(house, say(house, "Sol"))

    if works:
        undo(house, handle, NOW + timedelta(seconds=seconds))
    else:
        with pytest.raises(HandleRefused):
            undo(house, handle, NOW + timedelta(seconds=seconds))
    assert len(rows(house, Pending)) == (not works)


def test_a_handle_works_once(any_house: House):
    handle = handle_of(any_house, say(any_house, "Sol", **ROUGH))
    undo(any_house, handle)
    say(any_house, "Sol", **ROUGH)
    before = raw(any_house)

    with pytest.raises(HandleRefused):
        undo(any_house, handle)
    assert raw(any_house) == before


def test_nobody_is_told_undone_when_the_tick_was_quicker(any_house: House):
    late = FIRST_TICK - timedelta(seconds=10)
    names = ["Noor", "Bea", "Carl", "Dana"]
    handle = [handle_of(any_house, say(any_house, name, late), late) for name in [*names, "Sol"]][-1]
    tick(any_house, 1)

    with pytest.raises(HandleRefused):
        undo(any_house, handle, FIRST_TICK + timedelta(seconds=20))


def test_an_answer_that_is_held_can_still_be_undone_after_the_tick(house: House):
    late = FIRST_TICK - timedelta(seconds=10)
    handle = handle_of(house, say(house, "Sol", late), late)
    tick(house, 1)

    undo(house, handle, FIRST_TICK + timedelta(seconds=20))

    assert rows(house, Pending) == rows(house, PendingDetail) == rows(house, PendingSpillover) == []


def test_undo_after_the_tick_brings_no_shift_of_the_week_before_back(house: House):
    late = FIRST_TICK - timedelta(seconds=10)
    say(house, "Sol", late, **ROUGH)
    handle = handle_of(house, say(house, "Sol", late, mood=4), late)
    tick(house, 1)

    undo(house, handle, FIRST_TICK + timedelta(seconds=20))

    assert rows(house, ShiftState) == []


def test_a_handle_of_another_site_undoes_nothing(house: House):
    other = withdraw.handle(bytes(32), say(house, "Sol"), NOW)
    assert other is not None

    with pytest.raises(HandleRefused):
        undo(house, other)
    assert len(rows(house, Pending)) == 1


def test_sol_takes_the_week_back_and_noors_answers_stay(any_house: House):
    say(any_house, "Noor", **ROUGH)
    say(any_house, "Noor", NOW, mood=3)
    before = raw(any_house)
    say(any_house, "Sol", **ROUGH)
    say(any_house, "Sol", NOW, **CHIPS)
    say(any_house, "Sol", NOW, break_minutes=5)
    say(any_house, "Sol", NOW, mood=3)

    take_back(any_house, "Sol")

    assert raw(any_house) == before


def test_answers_held_from_weeks_before_are_taken_back_too(any_house: House):
    for week in (1, 2):
        say(any_house, "Sol", in_week(week))
        tick(any_house, week)
    say(any_house, "Sol", in_week(3))
    assert len(rows(any_house, Pending)) == 3

    take_back(any_house, "Sol")

    assert raw(any_house) == {table.__tablename__: [] for table in RAW}


def test_answers_of_a_week_that_is_over_but_not_yet_released_are_taken_back(house: House):
    say(house, "Sol")
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, after_tick(1))

    take_back(house, "Sol")

    assert rows(house, Pending) == []


def test_a_released_answer_cannot_be_taken_back(any_house: House):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(any_house, name)
    tick(any_house, 1)
    before = everything(any_house)["block"]

    take_back(any_house, "Sol")

    assert len(before) == 1
    assert everything(any_house)["block"] == before


@pytest.mark.parametrize("name", ["Sol", "Tess"])
def test_taking_back_nothing_is_not_an_error(house: House, name: str):
    before = everything(house)

    take_back(house, name)

    assert everything(house) == before
