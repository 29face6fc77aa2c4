"""Serve the app with granian; a demo site is made first, and the ticker runs beside the first worker."""

import logging
import os
import sys
import threading

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from wellbeing import jobs
from wellbeing.config import Config, Mode
from wellbeing.demo import making
from wellbeing.models.base import db

THREADS = 8
TICKER_SECONDS = 30

logger = logging.getLogger(__name__)


def main(app: Flask) -> None:
    """Serve `app:app` on HOST and PORT until told to stop; a demo site is made first."""
    host, port = os.environ.get("HOST", "127.0.0.1"), _port()
    config: Config = app.extensions["config"]
    if config.mode is Mode.DEMO:
        making.make(config)
        print(making.sign_ins(app, f"http://{host}:{port}"), flush=True)
    os.environ.setdefault("SECOND_WIND_TICKER", "1")
    Granian(
        target="app:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=THREADS * 8,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
    ).serve()


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        sys.exit(f"PORT is {given!r}; it must be a whole number from 1 to 65535.")
    return int(given)


def start_ticker(app: Flask) -> threading.Event | None:
    """Start the thread that runs due jobs, where this process is asked to; return what stops it."""
    config: Config = app.extensions["config"]
    if not config.ticker:
        return None
    stop = threading.Event()
    threading.Thread(target=_tick_along, args=(app, config, stop), name="ticker", daemon=True).start()
    return stop


def _tick_along(app: Flask, config: Config, stop: threading.Event) -> None:
    while not stop.wait(TICKER_SECONDS):
        try:
            with app.app_context():
                jobs.run_now(db.engine, config)
        except Exception as error:  # Whatever stops one round, the next may go well.
            logger.error("the ticker could not run: %s", type(error).__name__)
