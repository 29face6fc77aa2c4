"""Try a site of several app processes: the demo on PostgreSQL, behind pgbouncer and nginx, on this machine.

`make run-many`. PORT is nginx's (8000 if nothing is said); everything is gone when it is stopped.
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from psycopg import sql

from bench.server import ROOT, free_port, wait_for
from scripts import cluster
from tests.fixtures.postgres_server import OWNER, Server, account_of_server, find_bindir, running_server
from wellbeing import create_app, listening
from wellbeing.config import SECRETS
from wellbeing.demo import making

NODES = 2
READER = "second_wind_reader"


def main() -> None:
    """Start everything, and wait until told to stop."""
    bindir = find_bindir()
    if bindir is None:
        sys.exit("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sw-many-", dir="/tmp")))
        server = stack.enter_context(running_server(bindir))
        try:
            os.environ.update(_environment(stack, folder, server))
            app = create_app()
            making.make(app.extensions["config"])
            ports = [stack.enter_context(_node(folder)) for _ in range(NODES)]
            (folder / "proxy").mkdir()
            url = stack.enter_context(cluster.proxy(folder / "proxy", listening.port("8000"), ports))
        except cluster.Missing as missing:
            sys.exit(str(missing))
        print(making.sign_ins(app, url))
        print(f"{NODES} nodes, at the ports {ports}, answer there together. Ctrl-C stops all.", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


def _environment(stack: ExitStack, folder: Path, server: Server) -> dict[str, str]:
    """Return what every node is told: the demo, in one database, through one pooler."""
    database = sql.Identifier("demo")
    server.run(
        sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(READER)),
        sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)),
    )
    pool = folder / "pool"
    pool.mkdir()
    folder.chmod(0o755)
    stack.enter_context(cluster.pooler(pool, server.folder, [OWNER, READER], account_of_server()))
    urls = {
        "DATABASE_URL": server.url("demo"),
        "REPORTING_DATABASE_URL": server.url("demo", READER),
    }
    return {
        **{name: cluster.pooled(url, server.folder, pool) for name, url in urls.items()},
        **{name: secrets.token_urlsafe(32) for name in SECRETS},
        "DATABASE_POOLER": "1",
        "SECOND_WIND_MODE": "demo",
        "BEHIND_PROXY": "1",
    }


@contextmanager
def _node(folder: Path) -> Iterator[int]:
    """Run a node and yield its port; what it says is in a file."""
    port = free_port()
    told = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    with (folder / f"node-{port}.log").open("w") as log:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=told, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


if __name__ == "__main__":
    main()
