"""Serving: what granian is told, the ticker beside it, and one real start and end."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import NOW
from tests.conftest import close
from wellbeing import create_app, moved, serve
from wellbeing.config import SECRETS, Mode
from wellbeing.models.base import db

ROOT = Path(__file__).resolve().parent.parent
GIVEN = {name: secrets.token_urlsafe(32) for name in SECRETS}
PATIENCE_SECONDS = 60
AT_WORK = ("LOG_FORMAT", "BACKUP_EVERY_DAY")


class FakeGranian:
    """Remembers what it was told, and serves nobody."""

    told: dict[str, object]
    served = 0

    def __init__(self, **told: object) -> None:
        type(self).told = told
        type(self).served = 0

    def serve(self) -> None:
        type(self).served += 1


@pytest.fixture
def granian(monkeypatch: pytest.MonkeyPatch) -> type[FakeGranian]:
    """Granian as a fake, and an environment that says nothing."""
    for name in ("HOST", "PORT", "SECOND_WIND_TICKER", "TLS_CERTIFICATE", "TLS_KEY", *AT_WORK):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(serve, "Granian", FakeGranian)
    return FakeGranian


def test_https_needs_a_certificate_and_its_key(
    app: Flask, granian: type[FakeGranian], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    both, key = tmp_path / "both.pem", tmp_path / "key.pem"
    for path in (both, key):
        path.touch()

    serve.main(app)
    assert (granian.told["ssl_cert"], granian.told["ssl_key"]) == (None, None)

    monkeypatch.setenv("TLS_CERTIFICATE", str(both))
    serve.main(app)
    assert (granian.told["ssl_cert"], granian.told["ssl_key"]) == (both, both)

    monkeypatch.setenv("TLS_KEY", str(key))
    serve.main(app)
    assert (granian.told["ssl_cert"], granian.told["ssl_key"]) == (both, key)

    key.unlink()
    with pytest.raises(SystemExit, match="key.pem cannot be read"):
        serve.main(app)


def test_one_worker_with_threads_serves_this_machine_alone(app: Flask, granian: type[FakeGranian]):
    serve.main(app)

    assert granian.served == 1
    told = granian.told
    assert (told["target"], told["address"], told["port"]) == ("app:app", "127.0.0.1", 8000)
    assert (told["workers"], told["interface"].value) == (1, "wsgi")
    assert told["backpressure"] == 8 * told["blocking_threads"]
    assert told["log_access"] is False
    assert os.environ["SECOND_WIND_TICKER"] == "1"


def test_host_port_and_ticker_are_taken_from_the_environment(
    app: Flask, granian: type[FakeGranian], monkeypatch: pytest.MonkeyPatch
):
    for name, value in {"HOST": "0.0.0.0", "PORT": "8123", "SECOND_WIND_TICKER": "0"}.items():  # noqa: S104
        monkeypatch.setenv(name, value)

    serve.main(app)

    assert (granian.told["address"], granian.told["port"]) == ("0.0.0.0", 8123)  # noqa: S104
    assert os.environ["SECOND_WIND_TICKER"] == "0"


@pytest.mark.parametrize(
    ("mode", "url", "expected"),
    [
        (Mode.PRODUCTION, "sqlite:///", ("json", "1")),
        (Mode.PRODUCTION, "postgresql://", ("json", "0")),
        (Mode.TEST, "sqlite:///", (None, None)),
    ],
)
def test_a_real_site_logs_for_machines_and_backs_itself_up_where_it_is_on_one(
    app: Flask,
    granian: type[FakeGranian],
    monkeypatch: pytest.MonkeyPatch,
    mode: Mode,
    url: str,
    expected: tuple[str | None, str | None],
):
    forms = []
    monkeypatch.setattr(serve.logs, "begin", forms.append)
    app.extensions["config"] = replace(app.extensions["config"], mode=mode, database_url=url)

    serve.main(app)

    assert tuple(os.environ.get(name) for name in AT_WORK) == expected
    assert forms == [expected[0] or "plain"]
    assert (granian.told["log_dictconfig"] is None) is (mode is Mode.TEST)


@pytest.mark.parametrize("port", ["http", "", "0", "65536", "-1", "80.5", "²"])
def test_a_port_that_is_none_is_refused(
    app: Flask, granian: type[FakeGranian], monkeypatch: pytest.MonkeyPatch, port: str
):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(SystemExit, match="it must be a whole number from 1 to 65535"):
        serve.main(app)


def test_a_demo_site_is_made_before_it_is_served_and_says_how_to_sign_in(
    app: Flask, granian: type[FakeGranian], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    demo = create_app(replace(app.extensions["config"], mode=Mode.DEMO))
    made = []
    monkeypatch.setattr(serve.making, "make", made.append)
    monkeypatch.setattr(serve.making, "sign_ins", lambda _app, address: f"the demo at {address}")

    serve.main(demo)
    close(demo)

    assert made == [demo.extensions["config"]]
    assert capsys.readouterr().out == "the demo at http://127.0.0.1:8000\n"
    assert granian.served == 1


# The rest starts real processes.


def environment(**changed: str) -> dict[str, str]:
    """Return this process's environment with the three secrets, and nothing else of Second Wind's."""
    ours = {
        *SECRETS,
        *AT_WORK,
        "SECOND_WIND_MODE",
        "SECOND_WIND_TICKER",
        "DATABASE_URL",
        "REPORTING_DATABASE_URL",
    }
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return inherited | GIVEN | changed


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *((name, ("app.py",)) for name in SECRETS),
        ("SECRET_KEY", ("-m", "flask", "jobs", "run")),
        ("SECRET_KEY", ("-c", "import app")),
    ],
)
def test_production_does_not_start_without_a_secret(name: str, command: tuple[str, ...]):
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(**{name: ""}),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Second Wind does not start without {name}. Make one with: ")
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- our own address
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def server_named_at(address: str) -> str:
    """Return what the server calls itself to everybody; a version would tell which of its faults it has."""
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- our own address
        return str(answer.headers.get("Server", ""))


def alive(address: str, server: subprocess.Popen) -> bool:
    """Wait until the server answers; it may also have ended."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if status_of(f"{address}/healthz") == 200:
            return True
        time.sleep(0.1)
    return False


def test_it_starts_is_ready_and_ends_when_told(site: object, app: Flask, tmp_path: Path):
    port = free_port()
    env = environment(DATABASE_URL=app.extensions["config"].database_url, PORT=str(port), HOST="127.0.0.1")
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            assert alive(address, server), (tmp_path / "server.log").read_text()
            assert status_of(f"{address}/readyz") == 200
            assert status_of(f"{address}/static/css/base.css") == 200
            assert status_of(f"{address}/nothing-here") == 404
            assert not any(sign.isdigit() for sign in server_named_at(f"{address}/healthz"))
            server.send_signal(signal.SIGTERM)
            assert server.wait(PATIENCE_SECONDS) == 0
        finally:
            server.kill()
            server.wait()

    assert status_of(f"{address}/healthz") == 0
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def test_what_is_left_of_a_moved_site_is_not_served(app: Flask, granian: type[FakeGranian]):
    with app.app_context(), db.engine.begin() as connection:
        moved.mark(connection, NOW, "sqlite:///elsewhere.db")

    with pytest.raises(SystemExit, match="Set DATABASE_URL to the new database"):
        serve.main(app)
