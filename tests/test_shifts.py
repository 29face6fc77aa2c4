"""A running shift: what it knows, for how long, and how it is forgotten."""

from datetime import datetime, timedelta

import pytest

from tests.answers import House, epoch_of, rows
from tests.cast import NOW
from wellbeing import shifts
from wellbeing.models.pending import ShiftState
from wellbeing.shifts import Before, State

NAME, OTHER = b"n" * 32, b"o" * 32


def read(house: House, name: bytes = NAME, now: datetime = NOW) -> Before:
    with house.engine.connect() as connection:
        return shifts.read(connection, name, now)


def keep(house: House, state: State, name: bytes = NAME, now: datetime = NOW) -> None:
    epoch_id = epoch_of(house, 1).id
    with house.engine.begin() as connection:
        shifts.write(connection, shifts.read(connection, name, now), epoch_id, state)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_somebody_who_has_done_nothing_yet_has_no_state(any_house: House):
    assert read(any_house) == Before(NAME, State(None, False, NOW), kept=False)


def test_a_shift_remembers_in_one_row(any_house: House):
    keep(any_house, State(NOW, False, NOW))
    keep(any_house, State(NOW, True, later(5)), now=later(5))

    assert read(any_house, now=later(6)) == Before(NAME, State(NOW, True, later(5)), kept=True)
    assert len(rows(any_house, ShiftState)) == 1


@pytest.mark.parametrize(("minutes", "rough_at"), [(480, NOW), (481, None)])
def test_after_eight_idle_hours_a_new_shift_begins_in_the_same_row(house: House, minutes: int, rough_at):
    keep(house, State(NOW, True, NOW))

    found = read(house, now=later(minutes))

    assert (found.state.rough_at, found.kept) == (rough_at, True)


@pytest.mark.parametrize(
    ("rough_at", "followed", "follows"),
    [(None, False, False), (NOW, False, True), (NOW - timedelta(minutes=61), False, False)]
    + [(NOW - timedelta(minutes=61), True, True)],
)
def test_a_break_follows_a_rough_interaction_of_the_last_hour(rough_at, followed: bool, follows: bool):
    assert State(rough_at, followed, NOW).with_break(NOW) == State(rough_at, follows, NOW)


def test_an_act_that_changes_nothing_else_keeps_the_shift_awake():
    assert State(NOW, True, NOW).touched(later(9)) == State(NOW, True, later(9))


def test_an_undone_act_puts_back_what_it_found(house: House):
    keep(house, State(NOW, True, NOW))
    keep(house, State(NOW, True, NOW), OTHER)

    with house.engine.begin() as connection:
        shifts.restore(connection, NAME, 1, State(NOW, False, NOW))

    assert read(house).state == State(NOW, False, NOW)
    assert read(house, OTHER).state == State(NOW, True, NOW)


def test_no_row_is_kept_while_no_rough_interaction_waits(house: House):
    keep(house, State(NOW, True, NOW))
    keep(house, State(None, False, NOW))
    keep(house, State(None, False, NOW), OTHER)

    with house.engine.begin() as connection:
        shifts.restore(connection, NAME, 1, State(None, False, NOW))

    assert rows(house, ShiftState) == []


def test_one_persons_shift_is_forgotten_alone(house: House):
    keep(house, State(NOW, True, NOW))
    keep(house, State(NOW, True, NOW), OTHER)

    with house.engine.begin() as connection:
        shifts.forget(connection, NAME)

    assert [row.name for row in rows(house, ShiftState)] == [OTHER]


@pytest.mark.parametrize(("minutes", "left"), [(480, 1), (481, 0)])
def test_the_job_forgets_shifts_that_are_over(any_house: House, minutes: int, left: int):
    keep(any_house, State(NOW, True, NOW))

    with any_house.engine.begin() as connection:
        shifts.forget_idle(connection, later(minutes))

    assert len(rows(any_house, ShiftState)) == left
