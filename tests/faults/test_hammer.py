"""A tick runs in another process while a counter is busy: what was acknowledged is counted, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.answers import House, after_tick, blocks, epoch_of, say
from tests.attacks.shadow import block_of
from tests.cast import CONFIRMED, NOW
from tests.faults.copies import engine_of
from tests.faults.picture import assert_whole, figures
from tests.faults.processes import Runner
from wellbeing import collect, epochs, withdraw
from wellbeing.answer import Answer
from wellbeing.collect import Recorded
from wellbeing.commits import CommitQueue, DirectCommits
from wellbeing.here import EpochOver
from wellbeing.keys import HandleRefused
from wellbeing.models.accounts import Person
from wellbeing.models.epochs import Place
from wellbeing.models.pending import Pending

QUIET, BUSY, THREADS = 12, 90, 3
EVENING = datetime.fromisoformat("2026-03-09T03:59+01:00")


@dataclass
class Counter:
    """A counter through which people answer, and all that it acknowledged: each person's row, by name."""

    house: House
    queue: CommitQueue | DirectCommits
    rows: dict[str, bytes] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)

    def act(self, name: str) -> None:
        """Say something rough; every third person undoes it, every third takes it back, one way or other."""
        recorded: Recorded = self._run(lambda connection: self._record(connection, name))
        self.rows[name] = recorded.pending[0]
        {0: self._undo, 1: self._take_back, 2: self._leave_it}[int(name.split("-")[1]) % 3](name, recorded)

    def _run(self, job: Callable[[sa.Connection], object]):
        try:
            return self.queue.run(job)
        except EpochOver:
            later = after_tick(1)
            self.queue.run(lambda found: epochs.open_due(found, self.house.server_key, later))
            return self.queue.run(job)

    def _record(self, connection: sa.Connection, name: str) -> Recorded:
        person, answer = self.house.cast.people[name], Answer(mood=1, rough=True)
        return collect.record(connection, self.house.server_key, person, answer, EVENING)

    def _undo(self, name: str, recorded: Recorded) -> None:
        handle = str(withdraw.handle(self.house.server_key, recorded, EVENING))
        try:
            self._run(lambda found: withdraw.undo(found, self.house.server_key, handle, EVENING))
        except HandleRefused:
            return
        self.taken_back.add(name)

    def _take_back(self, name: str, _recorded: Recorded) -> None:
        def job(connection: sa.Connection) -> bool:
            withdraw._hold_ticks(connection)
            waits = connection.execute(sa.select(Pending.id).where(Pending.id == self.rows[name])).first()
            withdraw.take_back(connection, self.house.server_key, self.house.cast.people[name])
            return waits is not None

        if self._run(job):
            self.taken_back.add(name)

    def _leave_it(self, name: str, _recorded: Recorded) -> None:
        """Nothing more to do."""


def quiet() -> list[str]:
    """Return the names of those who answered before the counter became busy."""
    return [f"quiet-{number}" for number in range(QUIET)]


def employ(house: House) -> list[str]:
    """Add a crowd to the service counter and return its names; their places are those of this week."""
    unit, names = house.cast.units["Service counter"], [f"busy-{number}" for number in range(BUSY)]
    values = {"unit_id": unit, "active": True, "created_at": CONFIRMED, "counts_from": CONFIRMED.date()}
    week = epoch_of(house, 1).id
    ids: dict[str, int] = house.cast.people  # type: ignore[assignment]
    with house.engine.begin() as connection:
        for name in (*names, *quiet()):
            added = sa.insert(Person).values(name=name, **values).returning(Person.id)
            ids[name] = connection.execute(added).scalar_one()
            place = {"epoch_id": week, "person_id": ids[name], "pool_id": unit}
            connection.execute(sa.insert(Place).values(place))
    for name in quiet():
        say(house, name, NOW, mood=5)
    return names


@pytest.mark.timeout(600)
def test_a_busy_counter_and_a_tick_lose_nothing_and_count_nothing_twice(
    any_house: House, processes: Runner, tmp_path: Path
):
    names = employ(any_house)
    engine = engine_of(any_house.engine.url)
    sqlite = engine.dialect.name == "sqlite"
    queue = CommitQueue(engine, tmp_path / "lock") if sqlite else DirectCommits(engine)
    counter = Counter(any_house, queue)
    processes.run(any_house, NOW)

    with ThreadPoolExecutor(THREADS) as threads:
        first, during, last = names[: BUSY // 4], names[BUSY // 4 : -BUSY // 4], names[-BUSY // 4 :]
        list(threads.map(counter.act, first))
        acts = [threads.submit(counter.act, name) for name in during]
        [end] = processes.run(any_house, after_tick(1))
        for act in acts:
            act.result()
        list(threads.map(counter.act, last))

    assert (end.code, len(counter.rows)) == (0, BUSY)
    with any_house.engine.connect() as connection:
        waiting = set(connection.execute(sa.select(Pending.id)).scalars())
    late = {name for name, row in counter.rows.items() if row in waiting}
    counted = counter.rows.keys() - late - counter.taken_back
    assert late and counted and late.isdisjoint(counter.taken_back)
    said = {name: [(1, True, False)] for name in counted} | {name: [(5, False, False)] for name in quiet()}
    assert [figures(block) for block in blocks(any_house)] == [block_of(said)]
    assert_whole(any_house.engine)
