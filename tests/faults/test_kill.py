"""A process that ticks is killed at every statement: all or nothing, and whoever comes next finishes."""

import pytest

from tests.answers import House, everything
from tests.faults.copies import Copier
from tests.faults.picture import assert_whole, milestones, picture
from tests.faults.processes import Runner
from tests.faults.scene import MONDAY, monday_morning

# A run of two weekly ticks and a four-week one makes some hundred calls; one that never ends is a mistake.
FAR_TOO_MANY = 2000


@pytest.fixture
def morning(any_house: House) -> House:
    """A site on a Monday morning, before anything has run."""
    monday_morning(any_house)
    return any_house


@pytest.mark.timeout(900)
def test_a_tick_killed_at_each_of_its_statements_is_done_wholly_or_not_at_all(
    morning: House, processes: Runner, copied: Copier
):
    expected = milestones(copied(morning), MONDAY)
    processes.run(copied(morning), MONDAY, processes=0)
    reached, kill_at, deaths = 0, 1, 0
    before = everything(morning)

    for _attempt in range(FAR_TOO_MANY):
        [end] = processes.run(morning, MONDAY, kill_at=kill_at)
        if not end.killed:
            break
        deaths += 1
        now = everything(morning)
        if now == before:
            kill_at += 1
            continue
        assert_whole(morning.engine)
        assert end.passed[-1] == "after COMMIT", "something was left of a transaction that never ended"
        reached += 1
        assert picture(morning.engine, morning.server_key) == expected[reached]
        before, kill_at = now, 1

    assert end.code == 0
    assert reached == len(expected) - 1 == 3
    assert picture(morning.engine, morning.server_key) == expected[-1]
    assert deaths > 2 * len(expected)
