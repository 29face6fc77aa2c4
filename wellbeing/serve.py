"""Serve the app with granian; a demo site is made first, and the ticker runs beside the first worker."""

import os
import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from wellbeing.config import Config, Mode
from wellbeing.demo import making

THREADS = 8


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
