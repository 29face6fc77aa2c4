"""Takes a tablet's delivery in a process of its own, which dies at one of its calls to the database.

Reads one request a line and answers with one line: whether the process was killed, how many calls it passed,
and what it answered to the tablet. ``kill_at`` 0 lets it live. A process dies before a call to the driver or
after a commit: between the end of one call and the beginning of the next nothing else happens.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import event

from tests.cast import TOKEN
from tests.faults import points
from wellbeing import create_app
from wellbeing.config import Config, Mode, Secrets
from wellbeing.models.base import db

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    """Answer requests until the input ends; the first line says which site this is."""
    told = json.loads(sys.stdin.readline())
    secrets = Secrets(*(bytes.fromhex(key) for key in told.pop("secrets")))
    app = create_app(Config(mode=Mode.TEST, secrets=secrets, instance=Path(told.pop("instance")), **told))
    fate = Fate()
    with app.app_context():
        event.listen(db.engine, "do_connect", fate.lead)
        points.watch(db.engine, fate.at_point)
    for line in sys.stdin:
        print(json.dumps(_answer(app, fate, json.loads(line))), flush=True)


@dataclass
class Fate:
    """Where this process connects to, and at which call it is to die."""

    url: sa.URL = sa.make_url("sqlite://")
    kill_at: int = 0
    passed: int = 0

    def lead(self, dialect: sa.Dialect, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
        """Connect to this request's copy of the site."""
        args[:], fresh = dialect.create_connect_args(self.url)
        named.clear()
        named.update(fresh)

    def at_point(self, label: str) -> None:
        """Count a call to the driver, and die there if so it was decided."""
        if label.startswith("after") and label != "after COMMIT":
            return
        self.passed += 1
        if self.passed == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _answer(app: Flask, fate: Fate, request: dict[str, Any]) -> dict[str, Any]:
    fate.url, fate.kill_at = sa.make_url(request["url"]), request["kill_at"]
    said, speak = os.pipe()
    process = os.fork()
    if process:
        os.close(speak)
        with os.fdopen(said) as lines:
            told = lines.read()
        _process, status = os.waitpid(process, 0)
        killed = os.waitstatus_to_exitcode(status) == -signal.SIGKILL
        return {"killed": killed, "told": json.loads(told or "{}")}
    try:
        os.write(speak, json.dumps(_delivered(app, request) | {"passed": fate.passed}).encode())
    finally:
        os._exit(0)


def _delivered(app: Flask, request: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with time_machine.travel(datetime.fromisoformat(request["now"]), tick=False):
        answer = app.test_client().post("/counter/sealed", json=request["body"], headers=headers)
    found: dict[str, Any] = answer.json or {}
    return found


@dataclass(frozen=True)
class Deliverer:
    """Processes that take deliveries, one at a time."""

    process: Popen

    def take(self, url: sa.URL, body: object, now: datetime, kill_at: int = 0) -> dict[str, Any]:
        """Return whether the process was killed, and what it told the tablet if it lived."""
        request = {"url": url.render_as_string(hide_password=False), "body": body, "kill_at": kill_at}
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(request | {"now": now.isoformat()}) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def deliverer(config: Config) -> Iterator[Deliverer]:
    """Start the process from which all others are forked, so that everything is imported once."""
    keys = config.secrets
    told = {
        "instance": str(config.instance),
        "database_url": config.database_url,
        "reporting_database_url": config.reporting_database_url,
        "external_database_url": config.external_database_url,
        "secrets": [key.hex() for key in (keys.secret_key, keys.pin_pepper, keys.server_key)],
    }
    command = [sys.executable, "-m", "tests.faults.deliverer"]
    with Popen(command, cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        yield Deliverer(process)


if __name__ == "__main__":
    main()
