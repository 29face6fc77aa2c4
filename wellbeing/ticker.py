"""The thread beside the first worker that runs what is due; a tick gets a process of its own."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from flask import Flask

from wellbeing import jobs, nightly
from wellbeing.config import Config
from wellbeing.models.base import db
from wellbeing.ticking import Rounds

SECONDS = 30
# A tick of thousands of pools takes seconds; one that hangs must not stop the ticks after it.
MOST_SECONDS = 1800
ROOT = Path(__file__).resolve().parent.parent

logger = logging.getLogger(__name__)


class TickFailed(Exception):
    """The process that was to run a tick ended without having done so; it has said why itself."""


def start(app: Flask) -> threading.Event | None:
    """Start the thread that runs due jobs, where this process is asked to; return what stops it."""
    config: Config = app.extensions["config"]
    if not config.ticker:
        return None
    stop = threading.Event()
    threading.Thread(target=_go_round, args=(app, config, stop), name="ticker", daemon=True).start()
    return stop


def _go_round(app: Flask, config: Config, stop: threading.Event) -> None:
    rounds: Rounds = app.extensions["rounds"]
    while not stop.wait(SECONDS):
        try:
            with app.app_context(), rounds.one():
                run_due(config)
        except Exception as error:  # Whatever stops one round, the next may go well.
            logger.error("the ticker could not run: %s", type(error).__name__)


def run_due(config: Config) -> None:
    """Run what is due, within an app context; raise TickFailed or TimeoutExpired where a tick did not run.

    A tick that releases many pools computes for seconds, and so do a backup and a look at the whole ledger.
    In this process every check-in would wait for the interpreter meanwhile, so they run as `flask jobs run`,
    just as an administrator's cron would run them.
    """
    if not jobs.tick_is_due(db.engine) and not nightly.is_due(db.engine, config):
        jobs.run_now(db.engine, config)
        return
    command = [sys.executable, "-m", "flask", "jobs", "run"]
    apart = {**os.environ, "SECOND_WIND_TICKER": "0"}
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=apart, stdout=subprocess.DEVNULL, timeout=MOST_SECONDS, check=False
    )
    if done.returncode:
        raise TickFailed
