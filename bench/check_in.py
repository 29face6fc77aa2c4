"""Durable check-ins through the whole path, against a bare view that inserts a row under the same server."""

import json
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import bare, site
from bench.load import Load, post, send
from bench.machine import fdatasync_seconds, wait_until_quiet
from bench.rounds import Result, alternate, summarise
from bench.server import serving

CLIENTS = 4
EACH = 750
WARM_UP = 100

Requests = Callable[[int], list[bytes]]


@dataclass
class Side:
    """One of the two: where it listens, what it is sent, and how many answers its database holds."""

    port: int
    requests: Requests
    recorded: Callable[[], int]
    acknowledged: int = 0

    def window(self, each: int = EACH) -> Load:
        """Send one window of answers; raise RuntimeError unless all are acknowledged and recorded."""
        shares = [self.requests(each) for _ in range(CLIENTS)]
        wait_until_quiet()
        load = send(self.port, shares)
        self.acknowledged += load.require_success()
        if self.recorded() != self.acknowledged:
            raise RuntimeError(f"{self.acknowledged} answers acknowledged, but {self.recorded()} recorded")
        return load


def run() -> list[Result]:
    """Measure both sides in turn; return the ratio of their answers per second and of their p99."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with whole_path(folder) as app, bare_view(folder) as simple:
            app.window(WARM_UP), simple.window(WARM_UP)
            pairs = alternate(app.window, simple.window)
        sync = fdatasync_seconds(folder)
    note = f"{_figures(pairs, 0)} against {_figures(pairs, 1)} of the bare view; {CLIENTS} clients, "
    note += f"{CLIENTS * EACH} answers a window, fdatasync {sync * 1000:.2f} ms"
    speeds = [ours.per_second / theirs.per_second for ours, theirs in pairs]
    tails = [ours.p99 / theirs.p99 for ours, theirs in pairs]
    return [
        summarise("check_in_per_second", speeds, 0.5, "higher", note),
        summarise("check_in_p99", tails, 1.0, "lower", note),
    ]


def _figures(pairs: list[tuple[Load, Load]], side: int) -> str:
    speed = median(pair[side].per_second for pair in pairs)
    tail = median(pair[side].p99 for pair in pairs)
    return f"{speed:.0f}/s with p99 {tail * 1000:.1f} ms"


@contextmanager
def whole_path(folder: Path) -> Iterator[Side]:
    """Serve the app on a site of its own; the requests are check-ins of its people in turn."""
    made = site.make(folder / "site")
    database = folder / "site" / "site.db"
    with serving("bench.app:app", made.environment, folder / "site.log") as port:
        yield Side(port, lambda each: check_ins(made.people, each), lambda: _pending(database))


def check_ins(people: tuple[int, ...], each: int) -> list[bytes]:
    """Return the requests of some people's check-ins, one after the other."""
    headers = [("Authorization", f"Bearer {site.TOKEN}")]
    return [
        post("/counter/act", _body(people[number % len(people)], 1 + number % 5), headers)
        for number in range(each)
    ]


def _body(person: int, mood: int) -> bytes:
    act = {"id": str(uuid.uuid4()), "act": "check_in", "person": person, "pin": site.PIN, "mood": mood}
    return json.dumps(act).encode()


def _pending(database: Path) -> int:
    """Return how many answers wait for their tick; each must have its receipt."""
    connection = sqlite3.connect(database)
    answers, receipts = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- two fixed names
        for table in ("pending", "receipt")
    )
    connection.close()
    if answers != receipts:
        raise RuntimeError(f"{answers} answers, but {receipts} receipts")
    return int(answers)


@contextmanager
def bare_view(folder: Path) -> Iterator[Side]:
    """Serve the view that does nothing but insert."""
    path = str(folder / "bare.db")
    bare.prepare(path)
    with serving("bench.bare:app", {"BARE_DATABASE": path}, folder / "bare.log") as port:
        yield Side(port, _inserts, lambda: bare.count(path))


def _inserts(each: int) -> list[bytes]:
    answers = ({"id": str(uuid.uuid4()), "person": number % site.PEOPLE, "mood": 3} for number in range(each))
    return [post("/check-in", json.dumps(answer).encode()) for answer in answers]
