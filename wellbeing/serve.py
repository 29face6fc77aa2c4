"""Serve the app with granian; a demo site is made first, and the ticker runs beside the first worker."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy.exc import OperationalError

from wellbeing import listening, logs, moved
from wellbeing.config import Config, Mode
from wellbeing.demo import making
from wellbeing.logs import Form
from wellbeing.models.base import db

THREADS = 8


def main(app: Flask) -> None:
    """Serve `app:app` on HOST and PORT until told to stop; a demo site is made first."""
    host, port = listening.host("127.0.0.1"), listening.port("8000")
    certificate, key = _tls()
    config: Config = app.extensions["config"]
    if config.mode is Mode.DEMO:
        making.make(config)
        scheme = "https" if certificate else "http"
        print(making.sign_ins(app, f"{scheme}://{host}:{port}"), flush=True)
    _refuse_moved(app)
    os.environ.setdefault("SECOND_WIND_TICKER", "1")
    form = _as_a_site_at_work(config)
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
        log_dictconfig=logs.of_server(form),
        ssl_cert=certificate,
        ssl_key=key,
    ).serve()


def _as_a_site_at_work(config: Config) -> Form:
    """Let a real site's processes log for machines, and back it up each night where it is on one machine.

    Unless somebody said otherwise. The workers and the ticks read it from the environment; commands that are
    run by hand stay as they are.
    """
    if config.mode is Mode.PRODUCTION:
        os.environ.setdefault("LOG_FORMAT", Form.JSON)
        os.environ.setdefault("BACKUP_EVERY_DAY", "1" if config.is_sqlite else "0")
    form = Form(os.environ.get("LOG_FORMAT") or Form.PLAIN)
    logs.begin(form)
    return form


def _refuse_moved(app: Flask) -> None:
    """End here for what is left of a site that was moved to another database."""
    with app.app_context(), suppress(OperationalError):  # A database that is away is the server's to tell.
        try:
            moved.check(db.engine)
        except moved.SiteMoved as refused:
            sys.exit(str(refused))


def _tls() -> tuple[Path | None, Path | None]:
    """Return where the certificate and its key lie, where this process itself serves https."""
    certificate = os.environ.get("TLS_CERTIFICATE")
    if not certificate:
        return None, None
    found = Path(certificate), Path(os.environ.get("TLS_KEY") or certificate)
    for path in found:
        if not os.access(path, os.R_OK):
            sys.exit(f"{path} cannot be read; TLS_CERTIFICATE and TLS_KEY name the files for https.")
    return found
