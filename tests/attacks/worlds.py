"""Worlds to attack: a site on a database of its own, through which a story goes as in real life."""

import fcntl
import hashlib
import pickle
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
import time_machine
from flask import Flask, has_request_context, request
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.answers import House, house_of, tick
from tests.attacks import crawl
from tests.attacks.crawl import Crawled
from tests.attacks.stories import SEEN_ON, WEEKS, Deed, Story
from tests.cast import NOW, PASSWORD, pin_of
from tests.conftest import app_on_postgres, close, config_at
from tests.fixtures.postgres import Databases
from wellbeing import create_app, erasure, keys, tablet_keys
from wellbeing.diary import opening
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import Passkey, Phone
from wellbeing.reports import reading
from wellbeing.reports.reading import READABLE

LogLine = tuple[str, str, str]
MINUTES_BETWEEN = 3


@dataclass(frozen=True)
class Statement:
    """What a request asked the database for, by the app's "own" engine or that of "reading" or "noise"."""

    engine: str
    method: str
    endpoint: str
    text: str


@dataclass(frozen=True)
class Visit:
    """What there is to see of a world at one moment, what it was made from, and what seeing it logged."""

    readable: dict[str, str]
    pages: Crawled
    statements: set[Statement]
    log: list[LogLine]


@dataclass
class Worlds:
    """Makes worlds on one kind of database; a story's world is made and looked at once in a run of the tests.

    Whichever of the run's processes first asks for a visit makes it, and leaves it in ``kept`` for all.
    """

    make: Callable[[], Flask]
    kept: Path
    visits: dict[str, Visit] = field(default_factory=dict)

    def visit(self, story: Story) -> Visit:
        """Return what everybody sees of a story's world on the Friday of its last week."""
        if story.name not in self.visits:
            self.visits[story.name] = self._made_once(story)
        return self.visits[story.name]

    def _made_once(self, story: Story) -> Visit:
        file = self.kept / f"{story.name}.pickle"
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                with self.world() as (app, house):
                    live(app, house, story)
                    file.write_bytes(pickle.dumps(look(app, house)))
            found: Visit = pickle.loads(file.read_bytes())  # noqa: S301 - this run wrote it.
        return found

    @contextmanager
    def world(self) -> Iterator[tuple[Flask, House]]:
        """Yield a site with the cast in it, its first epochs open.

        No app context is left open: requests would share it, and with it who is signed in.
        """
        app = self.make()
        try:
            with app.app_context():
                house = house_of(app)
            yield app, house
        finally:
            close(app)


def on_sqlite(folder: Path, kept: Path, empty_database: Path) -> Worlds:
    """Return worlds in SQLite files."""

    def make() -> Flask:
        home = folder / uuid.uuid4().hex
        home.mkdir()
        shutil.copy(empty_database, home / "test.db")
        return create_app(config_at(home))

    return Worlds(make, kept)


def on_postgres(folder: Path, kept: Path, databases: Databases) -> Worlds:
    """Return worlds in PostgreSQL databases."""

    def make() -> Flask:
        home = folder / uuid.uuid4().hex
        home.mkdir()
        return app_on_postgres(home, databases)

    return Worlds(make, kept)


def live(app: Flask, house: House, story: Story) -> None:
    """Let everything happen that a story tells, by the counter's own door, week by week."""
    desk = Desk(app.test_client(), house)
    with app.app_context():
        begin_diaries(house, story.diarists)
    for week in range(1, WEEKS + 1):
        if week > 1:
            tick(house, week - 1)
        told = sorted((deed for deed in story.deeds if deed.week == week), key=lambda deed: deed.day)
        for number, deed in enumerate(told):
            with time_machine.travel(deed.at + timedelta(minutes=MINUTES_BETWEEN * number), tick=False):
                desk.do(deed)
    with app.app_context():
        for name in story.erased:
            person = db.session.get_one(Person, house.cast.people[name])
            erasure.erase(db.session(), house.server_key, person)


def begin_diaries(house: House, names: Iterable[str]) -> None:
    """Let people begin a diary, with a passkey that opens it and a phone that writes to it."""
    for name in names:
        person, mine = (
            house.cast.people[name],
            {"name": f"{name}'s own", "person_id": house.cast.people[name]},
        )
        opening.begin(db.session(), person, PASSWORD)
        passkey = {"credential_id": keys.new_id(), "public_key": b"public", "by_passkey": keys.new_key()}
        db.session.add(Passkey(**mine, **passkey, sign_count=0, made_on=NOW.date()))
        db.session.add(Phone(**mine, token_mac=keys.new_key(), set_up_on=NOW.date()))
    db.session.commit()


@dataclass(frozen=True)
class Desk:
    """The tablet at the service counter."""

    browser: FlaskClient
    house: House

    def do(self, deed: Deed) -> None:
        """Do what somebody does, and take it back where the story says so."""
        answer = self.act(deed.name, deed.act, **deed.fields)
        if deed.then == "undo":
            self.post({"act": "undo", "handles": [answer.json["handle"]]})
        elif deed.then:
            self.act(deed.name, deed.then)

    def act(self, name: str, act: str, **fields: object) -> TestResponse:
        """Send somebody's act, with their PIN."""
        return self.post({"act": act, "person": self.house.cast.people[name], "pin": pin_of(name)} | fields)

    def post(self, body: dict[str, object]) -> TestResponse:
        """Send an act under an id of its own; it must be taken."""
        headers = {"Authorization": f"Bearer {self.house.cast.token}"}
        answer = self.browser.post("/counter/act", json={"id": str(uuid.uuid4())} | body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer


def look(app: Flask, house: House) -> Visit:
    """Return everything that there is to see, while time stands still."""
    engines = {"own": house.engine, "reading": app.extensions["reading"]}
    engines["noise"] = app.extensions["reading_noise"]
    with house.engine.begin() as connection:  # As the jobs do, which run all the time.
        tablet_keys.renew(connection, house.server_key, SEEN_ON)
    with time_machine.travel(SEEN_ON, tick=False), crawl.log_lines() as log, watched(engines) as statements:
        pages = crawl.crawl(app, house.cast)
    with app.app_context():
        return Visit(readable(), pages, statements, list(log))


@contextmanager
def watched(engines: Mapping[str, sa.Engine]) -> Iterator[set[Statement]]:
    """Collect every statement that requests send to some engines."""
    found: set[Statement] = set()
    with ExitStack() as listening:
        for name, engine in engines.items():

            def note(_connection, _cursor, text, *_rest, name=name) -> None:  # type: ignore[no-untyped-def]
                if has_request_context():
                    found.add(Statement(name, request.method, str(request.endpoint), text))

            event.listen(engine, "before_cursor_execute", note)
            listening.callback(event.remove, engine, "before_cursor_execute", note)
        yield found


def readable() -> dict[str, str]:
    """Return a hash for each column that the reading session can read."""
    found = {}
    with reading.session() as session:
        for table, columns in sorted(READABLE.items()):
            names = sorted(columns)
            rows = session.connection().exec_driver_sql(f"SELECT {', '.join(names)} FROM {table}").all()
            for at, name in enumerate(names):
                # Rows stay in the order of the whole row, so that no two columns change places unnoticed.
                found[f"{table}.{name}"] = digest([row[at] for row in sorted(rows, key=repr)])
    return found


def digest(cells: list[object]) -> str:
    """Return one hash over a column's cells."""
    return hashlib.sha256(repr(cells).encode()).hexdigest()
