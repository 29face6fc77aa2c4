"""Copies of a site, each on a database of its own."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.answers import House
from tests.fixtures.postgres import Databases
from wellbeing.storage import prepare

Copier = Callable[[House], House]


@pytest.fixture
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Copier:
    """Return a house like another one: same people, same answers, a database of its own."""
    number = itertools.count(1)

    def copy(house: House) -> House:
        url = house.engine.url
        house.engine.dispose()
        if house.engine.dialect.name == "sqlite":
            file = tmp_path / f"copy-{next(number)}.db"
            shutil.copy(str(url.database), file)
            url = url.set(database=str(file))
        else:
            postgres: Databases = request.getfixturevalue("postgres")
            url = sa.make_url(postgres.new(str(url.database)))
        return replace(house, engine=engine_of(url))

    return copy


def engine_of(url: sa.URL, patient: bool = True) -> sa.Engine:
    """Return an engine that behaves like the app's; one that is not patient waits for nobody's lock."""
    postgres = url.get_backend_name() != "sqlite"
    options = {} if patient or not postgres else {"options": "-c lock_timeout=100ms"}
    engine = sa.create_engine(url, hide_parameters=True, poolclass=sa.NullPool, connect_args=options)
    prepare(engine)
    if not patient and not postgres:
        sa.event.listen(engine, "connect", lambda found, _record: found.execute("PRAGMA busy_timeout = 0"))
    return engine
