"""The queue of writers: one commits for all that wait, and nobody's failure is anybody else's."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.answers import House, rows
from tests.cast import NOW
from wellbeing import receipts
from wellbeing.commits import CommitQueue, DirectCommits
from wellbeing.models.pending import Receipt

THREADS, ACTS = 12, 6


class Refused(Exception):
    """An act that was refused."""


def give(house: House, client_id: str, value: object = None) -> Callable[[sa.Connection], object]:
    """Return an act that leaves a receipt and returns ``value``."""

    def act(connection: sa.Connection) -> object:
        receipts.give(connection, house.server_key, client_id, NOW)
        return value

    return act


def refuse(house: House, client_id: str) -> Callable[[sa.Connection], object]:
    """Return an act that leaves a receipt and is refused afterwards."""

    def act(connection: sa.Connection) -> object:
        receipts.give(connection, house.server_key, client_id, NOW)
        raise Refused(client_id)

    return act


def queue(house: House, tmp_path: Path) -> CommitQueue:
    return CommitQueue(house.engine, tmp_path / "writers.lock")


def together(*runs: Callable[[], object]) -> None:
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("locked", [True, False])
def test_an_act_is_committed_and_its_value_returned(house: House, tmp_path: Path, locked: bool):
    writers = CommitQueue(house.engine, tmp_path / "writers.lock" if locked else None)

    assert writers.run(give(house, "one", "done")) == "done"
    assert len(rows(house, Receipt)) == 1


def test_many_threads_get_their_own_values_and_every_acknowledged_act_is_kept(
    any_house: House, tmp_path: Path
):
    direct = any_house.engine.dialect.name == "postgresql"
    writers = DirectCommits(any_house.engine) if direct else queue(any_house, tmp_path)
    acknowledged, mixed_up = [], []

    def work(number: int) -> None:
        for act in range(ACTS):
            name = f"{number}-{act}"
            if act == 3 and number % 2:
                with pytest.raises(Refused, match=name):
                    writers.run(refuse(any_house, name))
                continue
            value = writers.run(give(any_house, name, name))
            (acknowledged if value == name else mixed_up).append(name)

    together(*(lambda number=number: work(number) for number in range(THREADS)))

    assert mixed_up == []
    assert len(acknowledged) == THREADS * ACTS - THREADS // 2
    assert len(rows(any_house, Receipt)) == len(acknowledged)


def held_up(house: House, tmp_path: Path, *acts: Callable) -> tuple[CommitQueue, list[object], Callable]:
    """Return a queue whose leader waits for all of ``acts`` to stand behind it, their ends, and its run."""
    writers, ends = queue(house, tmp_path), []
    entered, leave = threading.Event(), threading.Event()

    def leader(_connection: sa.Connection) -> None:
        entered.set()
        leave.wait(10)

    def follow(act: Callable) -> None:
        try:
            ends.append(writers.run(act))
        except BaseException as error:
            ends.append(error)

    def run() -> None:
        first = threading.Thread(target=writers.run, args=(leader,))
        first.start()
        entered.wait(10)
        threads = [threading.Thread(target=follow, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        while len(writers._waiting) < len(acts):
            pass
        leave.set()
        for thread in (first, *threads):
            thread.join()

    return writers, ends, run


def test_those_who_wait_are_committed_together(house: House, tmp_path: Path):
    begun: list[sa.Connection] = []
    sa.event.listen(house.engine, "begin", begun.append)
    _writers, ends, run = held_up(house, tmp_path, *(give(house, str(n), n) for n in range(8)))

    run()

    assert sorted(ends) == list(range(8))
    assert len(begun) == 2


def test_one_act_that_fails_takes_no_other_with_it(house: House, tmp_path: Path):
    acts = [give(house, "a", "a"), refuse(house, "b"), give(house, "c", "c")]
    _writers, ends, run = held_up(house, tmp_path, *acts)

    run()

    assert sorted(str(end) for end in ends) == ["a", "b", "c"]
    assert [type(end) for end in ends if not isinstance(end, str)] == [Refused]
    assert len(rows(house, Receipt)) == 2


def test_twins_in_one_batch_are_done_once(house: House, tmp_path: Path):
    def once(connection: sa.Connection) -> str:
        if receipts.done_before(connection, house.server_key, "twin"):
            return "again"
        receipts.give(connection, house.server_key, "twin", NOW)
        return "first"

    _writers, ends, run = held_up(house, tmp_path, once, once)

    run()

    assert sorted(ends) == ["again", "first"]
    assert len(rows(house, Receipt)) == 1


def test_those_behind_an_interrupted_leader_are_told_so_and_the_queue_goes_on(house: House, tmp_path: Path):
    def interrupt(_connection: sa.Connection) -> None:
        raise KeyboardInterrupt

    writers, ends, run = held_up(house, tmp_path, interrupt, give(house, "behind"))

    run()

    assert {type(end) for end in ends} == {KeyboardInterrupt, RuntimeError}
    assert rows(house, Receipt) == []
    assert writers.run(give(house, "next", "done")) == "done"


def test_a_lock_file_that_cannot_be_opened_keeps_nothing(house: House, tmp_path: Path):
    writers = CommitQueue(house.engine, tmp_path / "no folder" / "writers.lock")

    with pytest.raises(FileNotFoundError):
        writers.run(give(house, "lost"))
    assert rows(house, Receipt) == []


def test_a_refused_act_keeps_nothing_on_postgresql_either(any_house: House):
    with pytest.raises(Refused):
        DirectCommits(any_house.engine).run(refuse(any_house, "refused"))

    assert rows(any_house, Receipt) == []
