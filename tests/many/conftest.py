"""Several app processes, as a large site runs them: behind nginx, on PostgreSQL behind pgbouncer."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask

from bench.server import free_port
from scripts import cluster
from tests.answers import House, house_of
from tests.fixtures.missing import skip_or_fail
from tests.fixtures.mortal import Mortal, mortal_server
from tests.fixtures.postgres import Databases
from tests.fixtures.postgres_server import account_of_server
from wellbeing.config import Config


@dataclass(frozen=True)
class Many:
    """A site of two nodes; ``url`` is the proxy's, and ``config`` is a node's."""

    house: House
    config: Config
    nodes: list[Mortal]
    url: str


@pytest.fixture
def many(postgres_app: Flask, postgres: Databases, present: None) -> Iterator[Many]:
    """The cast's site in its first week, on two nodes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sw-many-", dir="/tmp")))
        config: Config = postgres_app.extensions["config"]
        stack.enter_context(postgres_app.app_context())
        house = house_of(postgres_app)
        try:
            pooled = _pooled(stack, folder / "pool", config, postgres)
            nodes = [stack.enter_context(mortal_server(pooled)) for _ in range(2)]
            (folder / "proxy").mkdir()
            ports = [node.port for node in nodes]
            url = stack.enter_context(cluster.proxy(folder / "proxy", free_port(), ports))
        except cluster.Missing as missing:
            skip_or_fail(str(missing))
        yield Many(house, pooled, nodes, url)


def _pooled(stack: ExitStack, folder: Path, config: Config, postgres: Databases) -> Config:
    """Return the site's configuration with a pooler between it and its database."""
    folder.mkdir()
    folder.parent.chmod(0o755)
    server = postgres.server.folder
    urls = [config.database_url, str(config.reporting_database_url)]
    logins = [url.partition("//")[2].partition("@")[0] for url in urls]
    pool = stack.enter_context(cluster.pooler(folder, server, logins, account_of_server()))
    main, reading = (cluster.pooled(url, server, pool) for url in urls)
    return replace(
        config, database_url=main, reporting_database_url=reading, external_database_url=None, pooled=True
    )
