"""Writers queue: one leader commits for all that wait, so that nobody sleeps in SQLite's busy handler."""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

Job = Callable[[sa.Connection], Any]

# In the instance folder; whoever holds it is the only process that commits.
LOCK_FILE = "writers.lock"


class Ticket:
    """One waiting act: what to do, and how it ended."""

    __slots__ = ("done", "error", "job", "value")

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done = False
        self.value: Any = None
        self.error: BaseException | None = None

    def settle(self) -> Any:
        """Return the act's value, or raise what it raised."""
        if self.error is not None:
            raise self.error
        if not self.done:
            raise RuntimeError("the act was interrupted before it was committed")
        return self.value


class CommitQueue:
    """Runs acts one after the other and commits them together; an act that fails takes no other with it."""

    def __init__(self, engine: sa.Engine, lock_file: Path | None) -> None:
        self._engine = engine
        self._lock_file = lock_file
        self._descriptor: int | None = None
        self._waiting: list[Ticket] = []
        self._guard = threading.Lock()
        self._turn = threading.Lock()

    def run(self, job: Job) -> Any:
        """Return what ``job`` returns, once it is committed for good; raise what it raises, nothing kept."""
        ticket = Ticket(job)
        with self._guard:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.done:
                self._lead()
        return ticket.settle()

    def _lead(self) -> None:
        with self._guard:
            batch, self._waiting = self._waiting, []
        with self._between_processes():
            if not self._together(batch):
                for ticket in batch:
                    self._alone(ticket)

    @contextmanager
    def _between_processes(self) -> Iterator[None]:
        if self._lock_file is None:
            yield
            return
        if self._descriptor is None:
            self._descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _together(self, batch: list[Ticket]) -> bool:
        try:
            with self._engine.begin() as connection:
                values = [ticket.job(connection) for ticket in batch]
        except Exception:
            return False
        for ticket, value in zip(batch, values, strict=True):
            ticket.value, ticket.done = value, True
        return True

    def _alone(self, ticket: Ticket) -> None:
        try:
            with self._engine.begin() as connection:
                ticket.value = ticket.job(connection)
        except Exception as error:
            ticket.error = error
        ticket.done = True


class DirectCommits:
    """Runs each act in a transaction of its own: PostgreSQL groups commits by itself."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def run(self, job: Job) -> Any:
        """Return what ``job`` returns, once it is committed for good; raise what it raises, nothing kept."""
        with self._engine.begin() as connection:
            return job(connection)
