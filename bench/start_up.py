"""From create_app to the first answer, as a fresh process goes through it, imports included."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench import site
from bench.machine import wait_until_quiet
from bench.rounds import ROUNDS, Result, summarise
from bench.server import ROOT

ALLOWED = 2.0  # seconds
PROGRAM = """
import time
begun = time.perf_counter()
from bench.app import app
answer = app.test_client().get("/counter")
assert answer.status_code == 200, answer.status
print(time.perf_counter() - begun)
"""


def run() -> list[Result]:
    """Start the app in a fresh process, round after round; return the seconds as a share of two."""
    with tempfile.TemporaryDirectory() as folder:
        made = site.make(Path(folder) / "site")
        seconds = [_start(made.environment) for _ in range(ROUNDS)]
    note = f"{median(seconds):.2f} s from the first import to the counter's page, of {ALLOWED:g} s allowed"
    return [summarise("start_up", [taken / ALLOWED for taken in seconds], 1.0, "lower", note)]


def _start(environment: dict[str, str]) -> float:
    wait_until_quiet()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the app did not start:\n{done.stderr}")
    return float(done.stdout.split()[-1])
