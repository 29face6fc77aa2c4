"""One run of the jobs, and something else that somebody does at one moment of it, on both databases."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.answers import House
from tests.attacks.shadow import Said
from tests.cast import NOW
from tests.faults import points
from tests.faults.copies import Copier, engine_of
from wellbeing import collect, erasure, jobs, withdraw
from wellbeing.answer import Answer
from wellbeing.collect import Recorded
from wellbeing.keys import HandleRefused
from wellbeing.models.accounts import Person
from wellbeing.models.pending import Pending

Act = Callable[[sa.Engine], object]


@dataclass
class Meanwhile:
    """A run of the jobs that somebody else's act falls into, before its ``at``-th call or after a commit."""

    house: House
    at: int
    passed: int = 0
    done: bool = False
    _act: Act | None = None

    def run(self, act: Act, now: datetime) -> jobs.Done:
        """Run the jobs at ``now``; ``done`` tells whether the act could be done, or met a lock."""
        self._act = act
        engine = engine_of(self.house.engine.url)
        points.watch(engine, self._at_point)
        return jobs.run(engine, self.house.server_key, now)

    def _at_point(self, label: str) -> None:
        if label.startswith("after") and label != "after COMMIT":
            return
        self.passed += 1
        if self.passed == self.at and self._act is not None:
            self.done = self._attempt(self._act)

    def _attempt(self, act: Act) -> bool:
        try:
            # In a context of its own, as in another process: the run's own may only read just now.
            Context().run(act, engine_of(self.house.engine.url, patient=False))
        except (sa.exc.OperationalError, sqlite3.OperationalError):
            return False
        return True


def each_moment(house: House, copied: Copier) -> Iterator[Meanwhile]:
    """Yield a copy of the site for each moment of a run; on PostgreSQL, where a copy takes long, for some."""
    at, step = 1, (1 if house.engine.dialect.name == "sqlite" else 7)
    while True:
        found = Meanwhile(copied(house), at)
        yield found
        if found.passed < at:
            return
        at += step


@dataclass
class Author:
    """Somebody who acts while a tick runs, and all that was acknowledged to them, by row."""

    house: House
    name: str
    said: dict[bytes, Said] = field(default_factory=dict)
    recorded: Recorded | None = None

    def check_in(self, engine: sa.Engine) -> None:
        """Say something rough at the last moment of the week."""
        answer = Answer(mood=2, rough=True)
        with engine.begin() as connection:
            recorded = collect.record(connection, self.house.server_key, self._id, answer, NOW)
        self.recorded = recorded
        self.said |= dict.fromkeys(recorded.pending, (2, True, False))

    @property
    def _id(self) -> int:
        return self.house.cast.people[self.name]

    def take_back(self, engine: sa.Engine) -> None:
        """Take back everything that has not been released."""
        with self._taking_back(engine) as connection:
            withdraw.take_back(connection, self.house.server_key, self._id)

    def leave(self, engine: sa.Engine) -> None:
        """Have the account erased, in the one transaction in which that is done."""
        with self._taking_back(engine) as connection, Session(connection) as session:
            erasure.erase(session, self.house.server_key, session.get_one(Person, self._id))

    @contextmanager
    def _taking_back(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        """What waits at this moment, and no longer once the act is acknowledged, was never said."""
        with engine.begin() as connection:
            before = self._found(connection)
            yield connection
        self.said = {row: said for row, said in self.said.items() if row not in before}

    def undo(self, engine: sa.Engine) -> None:
        """Undo the last act, unless it is too late."""
        handle = withdraw.handle(self.house.server_key, self.recorded or Recorded(), NOW)
        try:
            with engine.begin() as connection:
                withdraw.undo(connection, self.house.server_key, str(handle), NOW)
        except HandleRefused:
            return
        self.said = {}

    def waiting(self) -> set[bytes]:
        """Return the rows that still wait."""
        with self.house.engine.connect() as connection:
            return self._found(connection)

    def _found(self, connection: sa.Connection) -> set[bytes]:
        return set(connection.execute(sa.select(Pending.id).where(Pending.id.in_(self.said))).scalars())
