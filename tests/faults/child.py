"""Runs the jobs in processes of its own, each forked from one that has imported everything already.

Reads one request a line and answers with one line: how each process ended, and which calls it passed.
``kill_at`` 0 lets it live. No processes at all: the jobs run here, so that those to come know all statements.

A process dies before a call to the driver or after a commit: between the end of one call and the beginning
of the next nothing else happens.
"""

import gc
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from tests.faults import points
from wellbeing import jobs
from wellbeing.storage import prepare

Say = Callable[[str], None]


def main() -> None:
    """Answer requests until the input ends."""
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(_answer(request)), flush=True)


@dataclass
class Fate:
    """Where this process connects to, whether it has begun, and after which call it is to die."""

    url: sa.URL
    kill_at: int = 0
    passed: int = 0
    say: Say | None = None

    def at_point(self, label: str) -> None:
        """Tell of a call to the driver, and die there if so it was decided."""
        if self.say is None or (label.startswith("after") and label != "after COMMIT"):
            return
        self.passed += 1
        self.say(label)
        if self.passed == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


FATE = Fate(sa.make_url("sqlite://"))
ENGINES: dict[str, sa.Engine] = {}


def _engine() -> sa.Engine:
    """Return the one engine for a kind of database, so that its statements are compiled once for all."""
    kind = FATE.url.get_backend_name()
    if kind not in ENGINES:
        ENGINES[kind] = sa.create_engine(FATE.url, hide_parameters=True, poolclass=sa.NullPool)
        event.listen(ENGINES[kind], "do_connect", _where_to)
        points.watch(ENGINES[kind], lambda label: FATE.at_point(label))
        prepare(ENGINES[kind])
        if kind == "sqlite":
            event.listen(ENGINES[kind], "connect", _write_early)
    return ENGINES[kind]


def _where_to(dialect: sa.Dialect, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
    args[:], fresh = dialect.create_connect_args(FATE.url)
    named.clear()
    named.update(fresh)


def _write_early(connection: Any, _record: Any) -> None:
    """Let pages be written before the commit, as when a large tick fills the cache; the machine stays up."""
    connection.execute("PRAGMA cache_size = 4")
    connection.execute("PRAGMA synchronous = OFF")


def _answer(request: dict[str, Any]) -> list[dict[str, Any]]:
    FATE.url, FATE.kill_at = sa.make_url(request["url"]), request["kill_at"]
    if not request["processes"]:
        _jobs(request)
        return []
    _engine()
    gate, opens = os.pipe()
    running = [_fork(request, gate, opens) for _process in range(request["processes"])]
    os.close(gate)
    for _process, said in running:
        assert os.read(said, 1) == b"\n"
    os.close(opens)
    return [_ended(process, said) for process, said in running]


def _fork(request: dict[str, Any], gate: int, opens: int) -> tuple[int, int]:
    said, speak = os.pipe()
    process = os.fork()
    if process:
        os.close(speak)
        return process, said
    os.close(opens)
    try:
        os.write(speak, b"\n")
        os.read(gate, 1)
        if request["file_limit"]:
            # The signal that comes with it is ignored by Python, so that writing fails as on a full disk.
            resource.setrlimit(resource.RLIMIT_FSIZE, (request["file_limit"],) * 2)
        FATE.say = lambda text: os.write(speak, f"{text}\n".encode()) and None
        done = _jobs(request)
        FATE.say(json.dumps({"epochs": done.epochs, "ticks": done.ticks}))
    except BaseException:
        os.write(speak, (json.dumps({"error": traceback.format_exc()}) + "\n").encode())
        os._exit(1)
    os._exit(0)


def _jobs(request: dict[str, Any]) -> jobs.Done:
    server_key, now = bytes.fromhex(request["server_key"]), datetime.fromisoformat(request["now"])
    return jobs.run(_engine(), server_key, now)


def _ended(process: int, said: int) -> dict[str, Any]:
    with os.fdopen(said) as lines:
        text = lines.read().splitlines()
    _process, status = os.waitpid(process, 0)
    return {"code": os.waitstatus_to_exitcode(status), "said": text}


if __name__ == "__main__":
    main()
