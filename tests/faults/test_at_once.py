"""Several things at once: two processes that tick, and people who answer while a tick runs."""

from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House, after_tick, blocks, house_of, in_week, say
from tests.attacks.shadow import block_of
from tests.faults.copies import Copier
from tests.faults.meanwhile import Author, each_moment
from tests.faults.picture import assert_whole, figures, picture
from tests.faults.processes import Runner
from tests.faults.scene import MONDAY, ROUGH, SERVICE, monday_morning
from wellbeing import epochs, jobs

PROCESSES = 3
NINE = SERVICE[2:]


@pytest.mark.timeout(600)
def test_processes_that_tick_at_once_do_each_tick_once(any_house: House, processes: Runner, copied: Copier):
    monday_morning(any_house, ticks=2)
    undisturbed = copied(any_house)
    jobs.run(undisturbed.engine, undisturbed.server_key, MONDAY)
    expected = picture(undisturbed.engine, undisturbed.server_key)
    processes.run(copied(any_house), MONDAY, processes=0)

    for _time in range(5):
        house = copied(any_house)
        ends = processes.run(house, MONDAY, processes=PROCESSES)

        assert [end.error for end in ends] == [""] * PROCESSES
        assert sum(end.done["ticks"] for end in ends) == 3
        assert sum(end.done["epochs"] for end in ends) == 2
        assert_whole(house.engine)
        assert picture(house.engine, house.server_key) == expected


@pytest.mark.timeout(600)
def test_a_whole_run_that_fits_between_two_statements_of_another_does_no_harm(
    any_house: House, copied: Copier
):
    for name in SERVICE[:6]:
        say(any_house, name, **ROUGH)
    say(any_house, "Kai")
    with any_house.engine.begin() as connection:
        epochs.open_due(connection, any_house.server_key, in_week(2))
    for name in SERVICE[:5]:
        say(any_house, name, in_week(2))
    undisturbed = copied(any_house)
    jobs.run(undisturbed.engine, undisturbed.server_key, after_tick(2))
    expected = picture(undisturbed.engine, undisturbed.server_key)

    fitted = 0
    for meanwhile in each_moment(any_house, copied):
        ticks: list[int] = []

        def run(engine: sa.Engine, house: House = meanwhile.house, ticks: list[int] = ticks) -> None:
            ticks.append(jobs.run(engine, house.server_key, after_tick(2)).ticks)

        ran = meanwhile.run(run, after_tick(2)).ticks
        assert picture(meanwhile.house.engine, meanwhile.house.server_key) == expected, meanwhile.at
        assert not meanwhile.done or ran + sum(ticks) == 2
        fitted += meanwhile.done
    assert fitted >= 5


ACTS = {
    "checks in": Author.check_in,
    "checks in again": Author.check_in,
    "takes back": Author.take_back,
    "undoes": Author.undo,
    "is erased": Author.leave,
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("act", ACTS)
def test_whatever_somebody_does_between_two_statements_counts_wholly_or_not_at_all(
    house: House, copied: Copier, act: str
):
    """Noor does it at each moment of a tick; nine others stay as they are, four of them rough."""
    noor_does_at_each_moment(house, copied, act)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("act", ["checks in", "undoes"])
def test_whatever_somebody_does_counts_wholly_or_not_at_all_on_postgresql(
    postgres_app: Flask, copied: Copier, act: str
):
    with postgres_app.app_context():
        noor_does_at_each_moment(house_of(postgres_app), copied, act)


def noor_does_at_each_moment(house: House, copied: Copier, act: str) -> None:
    others = {name: (2, True, False) if name < "E" else (5, False, False) for name in NINE}
    for name, (mood, rough, _took_break) in others.items():
        say(house, name, mood=mood, rough=rough)
    before = Author(house, "Noor")
    if act != "checks in":
        before.check_in(house.engine)

    outcomes = set()
    for meanwhile in each_moment(house, copied):
        noor = replace(before, house=meanwhile.house, said=dict(before.said))
        meanwhile.run(partial(ACTS[act], noor), after_tick(1))
        waiting = noor.waiting()
        counted = [said for row, said in noor.said.items() if row not in waiting]
        shown = block_of({name: [said] for name, said in others.items()} | {"Noor": counted})
        assert [figures(block) for block in blocks(meanwhile.house)] == [shown], meanwhile.at
        assert_whole(meanwhile.house.engine)
        outcomes.add((meanwhile.done, len(counted), len(waiting)))
    assert len(outcomes) >= 2, outcomes
