"""The ticker: it runs what is due, survives trouble, and gives a tick a process of its own."""

import logging
import subprocess
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import astuple, replace
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House, after_tick, blocks, change, say
from tests.conftest import close
from wellbeing import create_app, jobs, nightly, ticker
from wellbeing.config import SECRETS, Config
from wellbeing.models.base import db
from wellbeing.models.settings import Settings

PATIENCE_SECONDS = 60


@pytest.fixture
def ticking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app whose ticker does not wait long."""
    monkeypatch.setattr(ticker, "SECONDS", 0.01)
    made = create_app(replace(app.extensions["config"], ticker=True))
    yield made
    close(made)


def thread() -> threading.Thread | None:
    return next((found for found in threading.enumerate() if found.name == "ticker"), None)


def test_the_ticker_runs_jobs_and_survives_trouble(
    ticking: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    ran, twice = [], threading.Event()

    def run(_engine: object, config: object) -> None:
        ran.append(config)
        if len(ran) == 1:
            raise ValueError("Sol feels 2")
        twice.set()

    monkeypatch.setattr(ticker.jobs, "run_now", run)
    stop = ticker.start(ticking)
    running = thread()
    assert stop and running
    assert twice.wait(PATIENCE_SECONDS)
    stop.set()
    running.join(PATIENCE_SECONDS)

    assert not running.is_alive()
    assert set(ran) == {ticking.extensions["config"]}
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert told == ["the ticker could not run: ValueError"]


def test_without_being_asked_no_ticker_runs(app: Flask):
    assert ticker.start(app) is None
    assert thread() is None


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[SimpleNamespace]:
    """What was started as a process of its own; each ends badly unless a test says otherwise."""
    started: list[SimpleNamespace] = []

    def run(command: list[str], **options: object) -> SimpleNamespace:
        started.append(SimpleNamespace(command=command[1:], **options))
        return SimpleNamespace(returncode=len(started) % 2)

    monkeypatch.setattr(subprocess, "run", run)
    return started


def test_a_tick_has_a_process_of_its_own_that_starts_no_ticker(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch, apart: list[SimpleNamespace]
):
    say(house, "Sol")
    monkeypatch.setattr(jobs.site, "moment", lambda _connection: after_tick(1))

    with pytest.raises(ticker.TickFailed):
        ticker.run_due(app.extensions["config"])
    ticker.run_due(app.extensions["config"])

    assert [found.command for found in apart] == [["-m", "flask", "jobs", "run"]] * 2
    assert {found.env["SECOND_WIND_TICKER"] for found in apart} == {"0"}
    assert (ticker.ROOT / "app.py").is_file()


def test_between_ticks_nothing_is_started(app: Flask, house: House, apart: list[SimpleNamespace]):
    nightly.look_at_chains(house.engine)

    ticker.run_due(app.extensions["config"])

    assert apart == []


def test_what_is_done_once_a_night_has_a_process_of_its_own_too(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
):
    started = []
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_told: started.append(command) or SimpleNamespace(returncode=0)
    )

    ticker.run_due(app.extensions["config"])

    assert [command[-2:] for command in started] == [["jobs", "run"]]


def test_before_set_up_no_tick_is_due(app: Flask):
    with app.app_context():
        assert jobs.tick_is_due(db.engine) is False


def test_a_tick_that_is_due_is_run_for_real(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(house, name)
    change(house, sa.update(Settings).values(clock_ahead_seconds=7 * 24 * 3600))
    config: Config = app.extensions["config"]
    given = {"SECOND_WIND_MODE": "test", "DATABASE_URL": config.database_url}
    for name, secret in zip(SECRETS, astuple(config.secrets), strict=True):
        given[name] = urlsafe_b64encode(secret).decode()
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert jobs.tick_is_due(house.engine)

    ticker.run_due(config)

    assert not jobs.tick_is_due(house.engine)
    assert not nightly.is_due(house.engine, config)
    assert [block.number for block in blocks(house)] == [1]
