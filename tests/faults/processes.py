"""Starts the processes that run the jobs, and tells how each of them ended."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.answers import House

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class End:
    """How one process ended: killed or not, the calls to the driver that it passed, and what it reported."""

    killed: bool
    code: int
    passed: tuple[str, ...]
    done: dict[str, int]
    error: str


class Runner:
    """Runs the jobs in fresh processes, which share nothing with the test but the database."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def run(
        self, house: House, now: datetime, processes: int = 1, kill_at: int = 0, file_limit: int = 0
    ) -> list[End]:
        """Run the jobs in so many processes at once; kill each as it passes its ``kill_at``-th point.

        No file may grow beyond ``file_limit`` bytes; 0 is no limit.
        """
        if house.engine.dialect.name == "sqlite":
            # With no process left that has the file open, the next one has to recover it.
            house.engine.dispose()
        request = {
            "url": house.engine.url.render_as_string(hide_password=False),
            "server_key": house.server_key.hex(),
            "now": now.isoformat(),
            "processes": processes,
            "kill_at": kill_at,
            "file_limit": file_limit,
        }
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return [_end(found) for found in json.loads(self._process.stdout.readline())]


def _end(found: dict) -> End:
    said = [line for line in found["said"] if line]
    last = json.loads(said.pop()) if said and said[-1].startswith("{") else {}
    error = last.pop("error", "")
    return End(found["code"] == -signal.SIGKILL, found["code"], tuple(said), last, error)


@contextmanager
def runner() -> Iterator[Runner]:
    """Start the process from which all others are forked, so that everything is imported once."""
    command = [sys.executable, "-m", "tests.faults.child"]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        yield Runner(process)
