"""Worlds on both databases; the fixture ``finding`` comes from tests/attacks/findings.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.worlds import Worlds, on_postgres, on_sqlite
from tests.fixtures.postgres import Databases
from tests.fixtures.postgres_server import Server


@pytest.fixture(scope="session")
def sqlite_worlds(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Worlds:
    """Worlds in SQLite files; what was once looked at is remembered for the whole run."""
    return on_sqlite(tmp_path_factory.mktemp("worlds"), empty_database)


@pytest.fixture(scope="session")
def postgres_worlds(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Server, postgres_templates: dict[str, str]
) -> Iterator[Worlds]:
    """Worlds in PostgreSQL databases, gone when the run ends."""
    databases = Databases(postgres_server, postgres_templates)
    yield on_postgres(tmp_path_factory.mktemp("worlds"), databases)
    databases.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def worlds(request: pytest.FixtureRequest) -> Worlds:
    """The same worlds on both databases."""
    found: Worlds = request.getfixturevalue(
        "sqlite_worlds" if request.param == "sqlite" else "postgres_worlds"
    )
    return found
