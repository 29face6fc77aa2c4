"""Kills a process at a moment of its work, on a copy of a site, again and again.

A moment is a call to the database or the file system, counted from 1, or so many seconds after the beginning:
the first are exact and cheap, the second fall into the middle of what the database itself writes.
"""

import gc
import itertools
import json
import os
import random
import select
import shutil
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import sqlalchemy as sa
import time_machine
from flask import Flask
from psycopg import sql

from tests.answers import House
from tests.cast import Cast
from tests.cli.shell import run
from tests.faults.copies import engine_of
from tests.faults.watched import watch_everything
from tests.fixtures.postgres import Databases
from wellbeing import create_app
from wellbeing.config import Config
from wellbeing.models.base import db

Tell = Callable[[dict[str, object]], None]
Act = Callable[[Flask, Tell], None]
LONGEST = 60.0  # seconds
# Most calls read or insert one row after the other; what surrounds them is where half a thing could be left.
COMMON = {"before SELECT", "before INSERT", "before DELETE"}


@dataclass(frozen=True)
class Moment:
    """When to die: at a call, after so many seconds, or never."""

    call: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class End:
    """How a process ended: killed or not, what it told before, its calls, and how long it took."""

    killed: bool
    told: dict[str, Any]
    calls: list[str]
    seconds: float


@dataclass(frozen=True)
class Stand:
    """A site in a database and a folder of its own, in which no process has anything open."""

    config: Config
    cast: Cast
    # The database that the site is to move to, where it is.
    beside: str = ""

    @contextmanager
    def house(self) -> Iterator[House]:
        """Yield it as a house, and close it again."""
        engine = engine_of(sa.make_url(self.config.database_url))
        try:
            yield House(engine, self.config.secrets.server_key, self.cast)
        finally:
            engine.dispose()


@dataclass
class Workshop:
    """Where copies of sites are made, each gone before the next one."""

    folder: Path
    databases: Callable[[], Databases]
    made: list[str] = field(default_factory=list)

    @contextmanager
    def copy(self, stand: Stand) -> Iterator[Stand]:
        """Yield a site like another one: the same rows and files."""
        folder = self.folder / "copy"
        shutil.copytree(stand.config.instance, folder)
        try:
            yield replace(stand, config=self._config(stand.config, folder))
        finally:
            shutil.rmtree(folder)
            self._drop()

    def _config(self, config: Config, folder: Path) -> Config:
        url = sa.make_url(config.database_url)
        if config.is_sqlite:
            file = folder / Path(str(url.database)).name
            return replace(config, instance=folder, database_url=f"sqlite:///{file}")
        fresh = self.new(str(url.database))
        reader = sa.make_url(str(config.reporting_database_url)).set(database=sa.make_url(fresh).database)
        told = reader.render_as_string(hide_password=False)
        return replace(config, instance=folder, database_url=fresh, reporting_database_url=told)

    def new(self, template: str = "template1") -> str:
        """Return the URL of a database on PostgreSQL that goes with the copy."""
        self.made.append(self.databases().new(template))
        return self.made[-1]

    def _drop(self) -> None:
        while self.made:
            name = sql.Identifier(str(sa.make_url(self.made.pop()).database))
            self.databases().server.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def command(*words: str) -> Act:
    """Return the act of running ``flask WORDS``, which tells its exit code and its output."""

    def act(app: Flask, tell: Tell) -> None:
        done = run(app, *words)
        tell({"exit": done.exit_code, "output": done.output})

    return act


def perform(stand: Stand, act: Act, at: datetime, moment: Moment = Moment()) -> End:
    """Do something in a process of its own, and kill it at a moment."""
    said, speak = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(said)
        _live(stand, act, at, moment.call, speak)
    os.close(speak)
    lines, seconds = _heard(said, process, moment.seconds)
    _process, status = os.waitpid(process, 0)
    for url in (stand.config.database_url, stand.beside):
        _until_the_server_noticed(url)
    found = [json.loads(line) for line in lines]
    told = {key: value for line in found for key, value in line.items()}
    assert "error" not in told, told["error"]
    told.pop("begun", None)
    killed = os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    return End(killed, told, told.pop("calls", []), seconds)


def _heard(said: int, process: int, seconds: float) -> tuple[list[bytes], float]:
    """Return each whole line that a process told, and for how long it lived since it began.

    It is killed after so many seconds, unless that is 0.
    """
    text, begun = b"", 0.0
    end = monotonic() + LONGEST
    while True:
        ready, _, _ = select.select([said], [], [], max(0.0, end - monotonic()))
        if not ready:
            assert seconds and begun, "it never ended"
            os.kill(process, signal.SIGKILL)
            seconds, end = 0.0, monotonic() + LONGEST
            continue
        piece = os.read(said, 1 << 16)
        if not piece:
            break
        text += piece
        if not begun:
            begun = monotonic()
            end = begun + (seconds or LONGEST)
    os.close(said)
    return text.split(b"\n")[:-1], monotonic() - begun


def _live(stand: Stand, act: Act, at: datetime, kill_at: int, speak: int) -> None:
    # Else each collection of garbage would copy what the parent has.
    gc.freeze()
    calls: list[str] = []

    def at_point(label: str) -> None:
        calls.append(label)
        if len(calls) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(what: dict[str, object]) -> None:
        os.write(speak, json.dumps(what).encode() + b"\n")

    def whole() -> None:
        with time_machine.travel(at, tick=False):
            app = create_app(stand.config)
            with app.app_context():
                watch_everything(db.engine, at_point)
            tell({"begun": True})
            act(app, tell)
            tell({"calls": calls})

    try:
        Context().run(whole)
    except BaseException:
        tell({"error": traceback.format_exc()})
    finally:
        os._exit(0)


def _until_the_server_noticed(url: str) -> None:
    """Wait until PostgreSQL has ended what a dead process left behind: it may still be writing."""
    if not url.startswith("postgresql"):
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        " AND datname = current_database() AND pid <> %s"
    )
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        while connection.execute(others, (connection.info.backend_pid,)).fetchone() != (0,):
            sleep(0.01)


def moments(whole: End, seed: str, by_clock: bool) -> Iterator[Moment]:
    """Draw moments of something that was done once: calls, a quarter of them rare; times too, if wished.

    The first is where most would be half done: the end of the longest transaction.
    """
    chance = random.Random(seed)
    yield Moment(call=_end_of_longest_transaction(whole.calls))
    rare = [place for place, label in enumerate(whole.calls, 1) if label not in COMMON]
    for number in itertools.count():
        if by_clock and number % 2:
            yield Moment(seconds=chance.uniform(0.001, whole.seconds))
        elif number % 4 == 0:
            yield Moment(call=chance.choice(rare))
        else:
            yield Moment(call=chance.randint(1, len(whole.calls)))


def _end_of_longest_transaction(calls: list[str]) -> int:
    commits = [place for place, label in enumerate(calls, 1) if label == "before COMMIT"]
    return max(zip(commits, [0, *commits], strict=False), key=lambda pair: pair[0] - pair[1])[0]
