"""A tick that releases 2,000 pools at once: what a pool costs, what it needs in memory, who has to wait."""

import json
import multiprocessing
import re
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from bench import site, waiting
from bench.check_in import CLIENTS, check_ins
from bench.load import HEAD_START, send
from bench.machine import wait_until_quiet
from bench.rounds import ROUNDS, Result, alternate, percentile, summarise
from bench.server import serving
from bench.site import Site
from wellbeing import config, create_app, jobs
from wellbeing.models.base import db

FEW_POOLS, MANY_POOLS = 20, 2000
EACH = 1500
TICK_AFTER = 0.5  # seconds of the window that pass before the tick begins


def run() -> list[Result]:
    """Measure a tick of many pools against one of few, and check-ins during one against check-ins alone."""
    with tempfile.TemporaryDirectory() as name:
        few, many = (site.make(Path(name) / str(pools), pools) for pools in (FEW_POOLS, MANY_POOLS))
        return [_cost(few, many), _memory(few, many), _waiting_time(many)]


def _cost(few: Site, many: Site) -> Result:
    pairs = alternate(_seconds_per_pool(many, MANY_POOLS), _seconds_per_pool(few, FEW_POOLS))
    note = (
        f"{_milliseconds(pairs, 0)} a pool with {MANY_POOLS:,} pools of {waiting.ANSWERS_OF_A_POOL} answers, "
    )
    note += f"{_milliseconds(pairs, 1)} with {FEW_POOLS}"
    return summarise("release_cost_per_pool", [many / few for many, few in pairs], 1.3, "lower", note)


def _milliseconds(pairs: list[tuple[float, float]], side: int) -> str:
    return f"{median(pair[side] for pair in pairs) * 1000:.2f} ms"


def _seconds_per_pool(made: Site, pools: int) -> Callable[[], float]:
    def measure() -> float:
        waiting.fill(made)
        wait_until_quiet()
        begun = time.perf_counter()
        release(made)
        return (time.perf_counter() - begun) / pools

    return measure


def release(made: Site) -> None:
    """Run the one tick that is due; raise RuntimeError if there was none."""
    settings: config.Config = made.app.extensions["config"]
    with made.app.app_context():
        done = jobs.run(db.engine, settings.secrets.server_key, datetime.now(UTC))
        db.engine.dispose()
    if done.ticks != 1:
        raise RuntimeError(f"{done.ticks} ticks ran where one was due")


def _memory(few: Site, many: Site) -> Result:
    pairs = alternate(_peak(many), _peak(few), rounds=3)
    note = f"a process that runs the tick needs {median(pair[0] for pair in pairs):.0f} MB at its peak "
    note += f"with {MANY_POOLS:,} pools, {median(pair[1] for pair in pairs):.0f} MB with {FEW_POOLS}"
    return summarise("release_memory", [many / few for many, few in pairs], 1.3, "lower", note)


def _peak(made: Site) -> Callable[[], float]:
    """Return a measurement: the peak of a fresh process that does nothing but run the tick, in MB."""

    def measure() -> float:
        waiting.fill(made)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(_peak_of_release, made.environment).result()

    return measure


def _peak_of_release(environment: dict[str, str]) -> float:
    folder = Path(environment["BENCH_FOLDER"])
    release(Site(environment, create_app(config.load(environment, folder)), 0, ()))
    # The peak that getrusage tells is inherited from the process that started this one.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert peak is not None
    return int(peak[1]) / 1024


def _waiting_time(made: Site) -> Result:
    folder = Path(made.environment["BENCH_FOLDER"])
    rounds = []
    with serving("bench.app:app", made.environment, folder / "site.log") as port:
        send(port, _shares(made, 100)).require_success()
        for _round in range(ROUNDS):
            wait_until_quiet()
            alone = send(port, _shares(made, EACH))
            alone.require_success()
            rounds.append((alone.p99, *_during(made, port, folder)))
    note = f"99 of 100 within {median(alone for alone, _, _ in rounds) * 1000:.1f} ms alone, "
    note += (
        f"{median(during for _, during, _ in rounds) * 1000:.1f} ms while {MANY_POOLS:,} pools are released"
    )
    note += f" in {median(taken for _, _, taken in rounds):.1f} s; {CLIENTS} clients"
    ratios = [during / alone for alone, during, _ in rounds]
    return summarise("check_in_p99_during_release", ratios, 5.0, "lower", note)


def _shares(made: Site, each: int) -> list[list[bytes]]:
    return [check_ins(made.people, each) for _client in range(CLIENTS)]


def _during(made: Site, port: int, folder: Path) -> tuple[float, float]:
    """Return the p99 of the check-ins that met the tick, and how many seconds the tick took."""
    waiting.fill(made)
    (folder / waiting.TIMES).unlink(missing_ok=True)
    starter = threading.Timer(HEAD_START + TICK_AFTER, _start_tick, [port])
    starter.start()
    load = send(port, _shares(made, EACH))
    starter.join()
    load.require_success()
    start, end, ran = _times(folder / waiting.TIMES)
    if not ran or end > max(load.begun):
        raise RuntimeError("the tick did not run within the window")
    return percentile(load.while_running(start, end), 0.99), end - start


def _start_tick(port: int) -> None:
    with urlopen(Request(f"http://127.0.0.1:{port}/tick", method="POST"), timeout=10):  # noqa: S310
        pass


def _times(path: Path) -> tuple[float, float, bool]:
    deadline = time.monotonic() + 60
    while not path.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("the tick did not end")
        time.sleep(0.05)
    start, end, ran = json.loads(path.read_text())
    return start, end, ran
