"""Starts a WSGI application under the server, and with the options, that a real site runs with."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wellbeing.serve import THREADS

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ("--workers", "1", "--blocking-threads", str(THREADS), "--backpressure", str(THREADS * 8))
PATIENCE = 30  # seconds


@contextmanager
def serving(application: str, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Serve ``application`` ("module:name") and yield the port; raise RuntimeError if it does not start."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "5"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, *OPTIONS, application],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_for(port, process)
    except RuntimeError as error:
        _stop(process)
        raise RuntimeError(f"{error}:\n{log.read_text()}") from error
    try:
        yield port
    finally:
        _stop(process)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Wait until a process listens on a port; raise RuntimeError if it ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start") from error
        time.sleep(0.05)


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
