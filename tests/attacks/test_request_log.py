"""At rest, the log: the real server's output says of acts, also on phones, neither who, whence nor when."""

import http.client
import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import NOW, TOKEN, Cast, pin_of
from tests.conftest import SECRETS
from tests.counter.boxes import entry
from tests.test_serve import PATIENCE_SECONDS, ROOT, alive, environment, free_port
from wellbeing import phones
from wellbeing.models.base import db

TABLET, FORWARDED, BROWSER = "127.0.0.2", "203.0.113.7", "Kiosk-Browser/77.1"
TELLS = re.compile(
    rf"{re.escape(TABLET)}|{re.escape(FORWARDED)}|Kiosk|Sol|Vale|{TOKEN}|/counter|/phone"
    r"|\b\d{1,2}:\d\d\b|\d{4}-\d\d-\d\d"  # A time of day, or a date.
)
AS_WE_SERVE = ("app.py",)
# The same server, told to write an access log as servers do if nobody says otherwise.
AS_SERVERS_DO = (
    "-c",
    "import app, granian, wellbeing.serve as serve\n"
    "serve.Granian = lambda **told: granian.Granian(**told | {'log_access': True})\n"
    "if __name__ == '__main__': serve.main(app.app)",
)


class Counter:
    """A tablet with an address and a browser of its own, at a real server."""

    def __init__(self, port: int, output: Path) -> None:
        self._port, self._output = port, output

    def act(self, token: str = TOKEN, door: str = "/counter", **said: object) -> int:
        """Send an act and return the answer's status."""
        body = json.dumps({"id": str(uuid4()), **said})
        return self.send("POST", f"{door}/act", body, token)

    def send(self, method: str, path: str, body: str, token: str = TOKEN) -> int:
        """Send anything and return the answer's status."""
        server = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=PATIENCE_SECONDS, source_address=(TABLET, 0)
        )
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "User-Agent": BROWSER,
            "X-Forwarded-For": FORWARDED,
        }
        server.request(method, path, body, headers)
        status = server.getresponse().status
        server.close()
        return status

    def told(self) -> str:
        """Return everything that the server has written so far."""
        return self._output.read_text()


@contextmanager
def served(app: Flask, folder: Path, command: tuple[str, ...], **also: str) -> Iterator[Counter]:
    """Serve an app's site with a real server until the end."""
    port, output = free_port(), folder / "output.txt"
    given = (SECRETS.secret_key, SECRETS.pin_pepper, SECRETS.server_key)
    names = ("SECRET_KEY", "PIN_PEPPER", "SERVER_KEY")
    own = {name: urlsafe_b64encode(key).decode() for name, key in zip(names, given, strict=True)}
    env = environment(
        **own,
        **also,
        SECOND_WIND_MODE="test",
        DATABASE_URL=app.extensions["config"].database_url,
        PORT=str(port),
        HOST="127.0.0.1",
    )
    with output.open("w") as log:
        server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            assert alive(f"http://127.0.0.1:{port}", server), output.read_text()
            yield Counter(port, output)
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE_SECONDS)
        finally:
            server.kill()
            server.wait()


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the server's output, away from the site's own."""
    return tmp_path_factory.mktemp("output")


def kept(app: Flask, sol: dict[str, object]) -> dict[str, str]:
    """Return something rough of Sol's as her tablet sealed it."""
    state = app.test_client().get("/counter/state", headers={"Authorization": f"Bearer {TOKEN}"})
    return entry(state.json["seal"], sol | {"act": "rough", "mood": 1, "severity": "severe"})


def test_the_servers_output_says_nothing_of_who_came_to_the_counter_and_when(
    app: Flask, site: Cast, elsewhere: Path
):
    sol = {"person": site.people["Sol"], "pin": pin_of("Sol")}
    file = str(sa.make_url(app.extensions["config"].database_url).database)
    with app.app_context():
        phone = phones.set_up(db.session(), site.people["Sol"], "iPhone", NOW)
    before = set(Path(file).parent.iterdir())

    with served(app, elsewhere, AS_WE_SERVE) as counter:
        start = counter.told()
        assert counter.act(act="check_in", mood=2, **sol) == 200
        assert counter.act(act="rough", mood=1, severity="severe", **sol) == 200
        assert counter.act(act="who", **sol | {"pin": "0000"}) == 403
        assert counter.act(token="stolen", act="check_in", mood=2, **sol) == 401
        assert counter.send("POST", "/counter/act", "{") == 400
        assert counter.send("GET", "/counter/state", "") == 200
        assert (
            counter.send("POST", "/counter/sealed", json.dumps({"now": 1, "entries": [kept(app, sol)]}))
            == 200
        )
        assert counter.act(phone, "/phone", act="check_in", mood=2, phone=phone) == 200
        assert counter.act("stolen", "/phone", act="check_in", mood=2, phone="stolen") == 401
        assert counter.send("GET", "/phone/state", "", phone) == 200
        assert counter.told() == start
        with sqlite3.connect(file) as connection:
            connection.execute("ALTER TABLE pending RENAME TO lost")
        connection.close()
        assert counter.act(act="check_in", mood=2, **sol) == 500
        [line] = counter.told().removeprefix(start).splitlines()
        assert re.fullmatch(r"unexpected OperationalError in \w+:\d+", line)

    assert TELLS.search(counter.told()) is None
    left = {path.name for path in set(Path(file).parent.iterdir()) - before}
    assert left <= {"test.db-wal", "test.db-shm", "writers.lock"}


def test_a_log_for_machines_says_no_more_of_the_counter_than_that_something_broke_and_in_which_hour(
    app: Flask, site: Cast, elsewhere: Path
):
    sol = {"person": site.people["Sol"], "pin": pin_of("Sol")}
    file = str(sa.make_url(app.extensions["config"].database_url).database)

    with served(app, elsewhere, AS_WE_SERVE, LOG_FORMAT="json") as counter:
        start = counter.told()
        assert counter.act(act="check_in", mood=2, **sol) == 200
        assert counter.act(act="who", **sol | {"pin": "0000"}) == 403
        assert counter.send("GET", "/counter/state", "") == 200
        assert counter.told() == start
        with sqlite3.connect(file) as connection:
            connection.execute("ALTER TABLE pending RENAME TO lost")
        connection.close()
        assert counter.act(act="check_in", mood=2, **sol) == 500
        [broken] = [json.loads(line) for line in counter.told().removeprefix(start).splitlines()]
        assert counter.send("GET", "/sign-in", "") == 200
        page = json.loads(counter.told().splitlines()[-1])

    assert broken.keys() == {"time", "level", "logger", "message"}
    assert re.fullmatch(r"unexpected OperationalError in \w+:\d+", broken["message"])
    assert broken["time"].endswith(":00:00Z")
    assert (page["message"], page["endpoint"], page["status"]) == (
        "GET auth.sign_in 200",
        "auth.sign_in",
        200,
    )
    lines = [json.loads(line) for line in counter.told().splitlines()]
    assert "_granian" in {line["logger"] for line in lines}
    assert not [line for line in lines if TELLS.search(str(line | {"time": ""}))]


def test_an_everyday_access_log_would_be_noticed(app: Flask, site: Cast, elsewhere: Path):
    with served(app, elsewhere, AS_SERVERS_DO) as counter:
        assert counter.act(act="check_in", mood=2, person=site.people["Sol"], pin=pin_of("Sol")) == 200
        # A server writes its line when the answer is on its way, so it can come a moment later.
        end = time.monotonic() + PATIENCE_SECONDS
        while "/counter" not in counter.told() and time.monotonic() < end:
            time.sleep(0.05)

    told = {found[0] for found in TELLS.finditer(counter.told())}
    assert {TABLET, "/counter"} <= told
