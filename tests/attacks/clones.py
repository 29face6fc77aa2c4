"""Many copies of the cast's site in its first week, for worlds in which different things are then done."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql
from sqlalchemy import event

from tests.answers import House, house_of
from tests.cast import Cast
from tests.conftest import SECRETS, close, config_at, migrated
from tests.fixtures.disk import hurry
from tests.fixtures.postgres import Databases
from tests.fixtures.postgres_server import OWNER
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.storage import prepare

Clones = Callable[[], AbstractContextManager[House]]


@pytest.fixture
def clones(app: Flask, tmp_path: Path) -> Clones:
    """``with clones() as house``: the site at work on a SQLite file of its own."""
    with app.app_context():
        house_of(app)
        db.engine.dispose()
    numbers = count()

    def copied() -> str:
        path = tmp_path / f"clone-{next(numbers)}.db"
        shutil.copy(tmp_path / "test.db", path)
        return f"sqlite:///{path}"

    return partial(_house, copied)


@pytest.fixture
def postgres_clones(postgres: Databases, tmp_path: Path) -> Clones:
    """The same on PostgreSQL databases."""

    def build(url: str) -> None:
        # A template outlives the test, and so does the login that was granted something in it.
        postgres.server.run(sql.SQL("CREATE ROLE reader_of_copies LOGIN"))
        app = migrated(config_at(tmp_path, url, url.replace(f"//{OWNER}@", "//reader_of_copies@")))
        with app.app_context():
            house_of(app)
        close(app)

    return partial(_house, lambda: postgres.new_like("the cast at work", build))


@pytest.fixture(params=["sqlite", "postgresql"])
def any_clones(request: pytest.FixtureRequest) -> Clones:
    """The same test on both databases."""
    found: Clones = request.getfixturevalue("clones" if request.param == "sqlite" else "postgres_clones")
    return found


@contextmanager
def _house(new_url: Callable[[], str]) -> Iterator[House]:
    engine = sa.create_engine(new_url(), hide_parameters=True)
    prepare(engine)
    event.listen(engine, "connect", hurry)
    try:
        yield House(engine, SECRETS.server_key, cast_in(engine))
    finally:
        engine.dispose()


def cast_in(engine: sa.Engine) -> Cast:
    """Return everybody and every unit of a site, by first name and name."""
    with engine.connect() as connection:
        people = connection.execute(sa.select(Person.name, Person.id)).tuples().all()
        units = connection.execute(sa.select(Unit.name, Unit.id)).tuples().all()
    return Cast({name.split()[0]: person for name, person in people}, dict(units))
