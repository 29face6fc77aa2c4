"""Telling somebody that something is late: when it begins, each day that it lasts, and when it is well."""

import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from flask import Flask

from tests.answers import House, rows
from tests.cast import NOW
from tests.fixtures.post import Post
from wellbeing import alerts, regular, watching
from wellbeing.alert_settings import Recipients, Webhook
from wellbeing.config import Config
from wellbeing.models.watching import Alert
from wellbeing.regular import Work
from wellbeing.watching import Trouble

SECRET = b"0123456789abcdef"


@dataclass
class Door:
    """Another machine's door: what came in, and what it answers."""

    server: HTTPServer
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answer: int = 204

    def webhook(self, secret: bytes = b"") -> Webhook:
        """Return the way to it."""
        return Webhook("127.0.0.1", self.server.server_port, "/wind", False, secret)


@pytest.fixture
def door() -> Iterator[Door]:
    """A machine that takes alerts, on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.came.append((self.path, dict(self.headers), body))
            self.send_response(found.answer)
            if found.answer == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Door(server)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def config(app: Flask, post: Post, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A site with room on its disk that tells somebody by e-mail."""
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 50)
    return replace(app.extensions["config"], mail=post.mail(), alerts=Recipients("it@example.org", None))


def round_at(house: House, config: Config, minutes: float) -> None:
    alerts.look_after(house.engine, config, NOW + timedelta(minutes=minutes))


def break_chain(house: House) -> None:
    regular.note(house.engine, Work.CHAIN_BROKEN, NOW)


def mend_chain(house: House) -> None:
    regular.forget(house.engine, Work.CHAIN_BROKEN)


def subjects(post: Post) -> list[str]:
    return [letter["Subject"].strip().removeprefix("Second Wind: ") for _address, letter in post.letters]


CHANGED = "Released figures were changed in the database"
DAY = 24 * 60


def test_a_letter_goes_when_it_begins_each_day_it_lasts_and_when_it_is_well(
    house: House, config: Config, post: Post
):
    round_at(house, config, 0)
    break_chain(house)
    for minutes in (4, 5, 10, DAY, DAY + 5, DAY + 10):
        round_at(house, config, minutes)
    mend_chain(house)
    round_at(house, config, DAY + 15)
    round_at(house, config, DAY + 20)

    assert subjects(post) == [CHANGED, CHANGED, f"Well again: {CHANGED}"]
    assert rows(house, Alert) == []
    assert {address for address, _letter in post.letters} == {"it@example.org"}


def test_a_letter_says_since_when_what_to_do_and_where_to_look_and_holds_no_figure(
    house: House, config: Config, post: Post
):
    break_chain(house)
    round_at(house, config, 0)

    text = post.letters[0][1].get_content()
    assert text.startswith("Harbour Motors\n")
    assert f"{CHANGED} ({NOW:%Y-%m-%d %H:%M} UTC)." in text
    assert "Run “flask ledger verify” on the machine" in text
    assert text.endswith("\nhttps://wind.example.org/admin/status\n")


def test_what_is_well_before_anybody_was_told_is_not_spoken_of(house: House, config: Config, post: Post):
    silent = replace(config, alerts=None)
    break_chain(house)
    round_at(house, silent, 0)
    assert [row.name for row in rows(house, Alert)] == ["chain"]
    mend_chain(house)
    round_at(house, config, 5)

    assert (post.letters, rows(house, Alert)) == ([], [])


def test_a_server_that_is_away_is_tried_again_after_a_quarter_of_an_hour(
    house: House, config: Config, post: Post, caplog: pytest.LogCaptureFixture
):
    break_chain(house)
    post.to_senders = "451 later"
    round_at(house, config, 0)
    post.to_senders = "250 ok"
    for minutes in (5, 10):
        round_at(house, config, minutes)
    assert post.letters == []
    round_at(house, config, 15)

    assert subjects(post) == [CHANGED]
    assert "an alert did not go by e-mail: SMTPSenderRefused" in caplog.text
    assert "example.org" not in caplog.text


def test_who_stops_between_sending_and_noting_tells_a_second_time(
    house: House, config: Config, post: Post, monkeypatch: pytest.MonkeyPatch
):
    break_chain(house)
    with monkeypatch.context() as killed:
        killed.setattr(alerts, "_note", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            round_at(house, config, 0)
    round_at(house, config, 5)
    round_at(house, config, 10)

    assert subjects(post) == [CHANGED, CHANGED]


def test_a_machine_is_told_in_json_signed_and_without_a_figure(house: House, config: Config, door: Door):
    break_chain(house)
    round_at(house, replace(config, alerts=Recipients(None, door.webhook(SECRET))), 0)

    [(path, headers, body)] = door.came
    assert (path, headers["User-Agent"]) == ("/wind", "second-wind")
    assert headers["Content-Type"] == "application/json"
    signed = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    assert headers["X-Second-Wind-Signature"] == f"sha256={signed}"
    said = json.loads(body)
    assert said.keys() == {"site", "alert", "state", "title", "since", "remedy"}
    assert (said["site"], said["alert"], said["state"]) == ("Harbour Motors", "chain", "begun")
    assert datetime.fromisoformat(said["since"]) == NOW


@pytest.mark.parametrize("answer", [302, 400, 500])
def test_a_machine_that_leads_elsewhere_or_refuses_has_not_been_told(
    house: House, config: Config, door: Door, answer: int
):
    door.answer = answer
    told = alerts.message(house.engine, Trouble.DISK, alerts.State.BEGUN, NOW)

    with pytest.raises(alerts.NotTold, match="^webhook$"):
        alerts.tell(replace(config, alerts=Recipients(None, door.webhook())), told)
    assert [path for path, _headers, _body in door.came] == ["/wind"]
    assert "X-Second-Wind-Signature" not in door.came[0][1]


def test_one_way_that_works_is_enough(house: House, config: Config, post: Post, door: Door):
    door.answer = 500
    told = alerts.message(house.engine, Trouble.DISK, alerts.State.BEGUN, NOW)

    both = Recipients("it@example.org", door.webhook())
    assert alerts.tell(replace(config, alerts=both), told) == ["e-mail"]


def test_a_way_by_tls_is_verified(house: House, config: Config, door: Door):
    told = alerts.message(house.engine, Trouble.DISK, alerts.State.BEGUN, NOW)
    closed = replace(door.webhook(), by_tls=True)

    with pytest.raises(alerts.NotTold):
        alerts.tell(replace(config, alerts=Recipients(None, closed)), told)
    assert door.came == []


def test_the_jobs_note_that_they_run_and_look(app: Flask, house: House, config: Config, caplog):
    break_chain(house)
    with time_machine.travel(NOW, tick=False), caplog.at_level(logging.WARNING):
        alerts.look_after(house.engine, replace(config, alerts=None), NOW)

    with house.engine.connect() as connection:
        assert regular.last_done(connection)["jobs"] == NOW
    assert "something is wrong with this site: chain" in caplog.text
