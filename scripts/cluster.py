"""pgbouncer and nginx for a site of several app processes, on this machine: to try it, and for tests."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "deploy" / "many"
PATIENCE_SECONDS = 20
POOLER_PORT = 6432


class Missing(Exception):
    """A program is not installed here; the text says how to get it."""


def program(name: str, package: str) -> str:
    """Return the path of a program; raise Missing."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Missing(f"{name} is not installed (Debian: apt-get install {package})")
    return found


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a file of `deploy/many` with this machine's values in it."""
    text = (TEMPLATES / template).read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


@contextmanager
def pooler(folder: Path, postgres: Path, logins: Sequence[str], account: Mapping[str, Any]) -> Iterator[Path]:
    """Run pgbouncer in front of the PostgreSQL whose socket lies in a folder; yield its own socket's folder.

    ``account`` says as whom, in subprocess's words: it refuses root.
    """
    command = program("pgbouncer", "pgbouncer")
    (folder / "users.txt").write_text("".join(f'"{login}" ""\n' for login in logins))
    config = filled("pgbouncer.ini", {"FOLDER": str(folder), "POSTGRES": str(postgres)})
    (folder / "pgbouncer.ini").write_text(config)
    for path in (folder, *folder.iterdir()):
        if "user" in account:
            os.chown(path, account["user"], account["group"])
    with _running([command, "-q", str(folder / "pgbouncer.ini")], folder, account):
        _wait_for(lambda: _answers_on(folder / f".s.PGSQL.{POOLER_PORT}"), "pgbouncer")
        yield folder


def pooled(url: str, postgres: Path, pool: Path) -> str:
    """Return a database's URL as it is reached through the pooler."""
    return url.replace(f"host={postgres}", f"host={pool}&port={POOLER_PORT}")


@contextmanager
def proxy(folder: Path, port: int, nodes: Sequence[int]) -> Iterator[str]:
    """Run nginx on a port of loopback, in front of nodes on other ports; yield its address."""
    command = program("nginx", "nginx-light")
    servers = "\n".join(f"        server 127.0.0.1:{node} max_fails=1 fail_timeout=2s;" for node in nodes)
    values = {"FOLDER": str(folder), "NODES": servers, "ADDRESS": f"127.0.0.1:{port}"}
    (folder / "nginx.conf").write_text(filled("nginx.conf", values))
    start = [command, "-e", str(folder / "nginx.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _running([*start, "-g", "daemon off;"], folder, {}):
        _wait_for(lambda: _answers_at(port), "nginx")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: Sequence[str], folder: Path, account: Mapping[str, Any]) -> Iterator[None]:
    # Should whoever started it be killed, it goes too.
    setpriv = shutil.which("setpriv")
    guarded = [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)
    with (folder / "said.log").open("a") as log:
        process = subprocess.Popen(guarded, cwd=folder, stdout=log, stderr=log, **account)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _wait_for(ready: Any, what: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        if time.monotonic() > until:
            raise RuntimeError(f"{what} did not start")
        time.sleep(0.05)


def _answers_on(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(str(path)) == 0


def _answers_at(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
