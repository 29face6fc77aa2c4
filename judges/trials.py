"""Runs the judges side by side, each in its own process, and says what each of them found."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

AT_ONCE = 2
_printing = threading.Lock()


@dataclass(frozen=True)
class Trial:
    """One judge's work on one site: what to run, and where its verdict will lie."""

    judge: str
    site: str
    command: Sequence[str]
    verdict: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a trial; ``figures`` are a judge's own, by name."""

    trial: Trial
    passed: bool
    seconds: float
    figures: dict[str, object] = field(default_factory=dict)


def run_all(trials: Sequence[Trial]) -> list[Outcome]:
    """Run the trials, the first ones first and two at a time, and return their outcomes in the same order."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, trials))


def run(trial: Trial) -> Outcome:
    """Run one trial, passing on line by line what it says."""
    began = time.monotonic()
    with subprocess.Popen(
        trial.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            _say(trial, line.rstrip())
    passed, seconds = process.returncode == 0, time.monotonic() - began
    _say(trial, f"{'passed' if passed else 'FAILED'} after {seconds:.0f} s")
    return Outcome(trial, passed, seconds, _figures(trial))


def _say(trial: Trial, line: str) -> None:
    with _printing:
        print(f"[{trial.judge}, {trial.site}] {line.strip()}", file=sys.stdout, flush=True)


def _figures(trial: Trial) -> dict[str, object]:
    if trial.verdict is None or not trial.verdict.exists():
        return {}
    found: dict[str, object] = json.loads(trial.verdict.read_text())["figures"]
    return found


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the outcomes as lines for a person to read: who judged what, the verdict, and the figures."""
    lines = []
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        lines.append(f"{outcome.trial.judge} on {outcome.trial.site}: {verdict} ({outcome.seconds:.0f} s)")
        width = max(map(len, outcome.figures), default=0)
        lines += [f"    {name:{width}}  {figure}" for name, figure in outcome.figures.items()]
    return lines
