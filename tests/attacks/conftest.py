"""Worlds on both databases; the fixture ``finding`` comes from tests/attacks/findings.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.worlds import Worlds, on_postgres, on_sqlite
from tests.fixtures.postgres import Databases
from tests.fixtures.postgres_server import Server
from wellbeing import watching


@pytest.fixture(autouse=True)
def same_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be as full in one world as in the other, whatever else this machine does meanwhile."""
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 50)


@pytest.fixture(scope="session")
def visits(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The folder in which the processes of this run leave for each other what they saw."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "visits"
    for kind in ("sqlite", "postgresql"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sqlite_worlds(tmp_path_factory: pytest.TempPathFactory, visits: Path, empty_database: Path) -> Worlds:
    """Worlds in SQLite files; what was once looked at is remembered for the whole run."""
    return on_sqlite(tmp_path_factory.mktemp("worlds"), visits / "sqlite", empty_database)


@pytest.fixture(scope="session")
def postgres_worlds(
    tmp_path_factory: pytest.TempPathFactory,
    visits: Path,
    postgres_server: Server,
    postgres_templates: dict[str, str],
) -> Iterator[Worlds]:
    """Worlds in PostgreSQL databases, gone when the run ends."""
    databases = Databases(postgres_server, postgres_templates)
    yield on_postgres(tmp_path_factory.mktemp("worlds"), visits / "postgresql", databases)
    databases.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def worlds(request: pytest.FixtureRequest) -> Worlds:
    """The same worlds on both databases."""
    found: Worlds = request.getfixturevalue(
        "sqlite_worlds" if request.param == "sqlite" else "postgres_worlds"
    )
    return found
