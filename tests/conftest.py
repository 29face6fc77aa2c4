"""What every test may ask for: an app on a fresh database, its clients, and the cast."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
import time_machine
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from psycopg import sql

from tests.answers import House, house_of
from tests.cast import NOW, PASSWORD, Cast, assemble
from tests.fixtures.postgres import Databases
from tests.fixtures.postgres_server import OWNER
from wellbeing import create_app
from wellbeing.config import Config, Mode, Secrets
from wellbeing.migrations.grants import grant_all
from wellbeing.models.base import db
from wellbeing.reports import reading

pytest_plugins = [
    "tests.attacks.clones",
    "tests.attacks.findings",
    "tests.attacks.mutants",
    "tests.fixtures.browser",
    "tests.fixtures.firefox",
    "tests.fixtures.forgetting",
    "tests.fixtures.live",
    "tests.fixtures.oidc",
    "tests.fixtures.past",
    "tests.fixtures.post",
    "tests.fixtures.postgres",
    "tests.fixtures.quick",
]

SECRETS = Secrets(*(secrets.token_bytes(32) for _ in range(3)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run attacks and faults untraced: all branches have tests elsewhere, and tracing doubles their time.

    They come first, in the order that chance gave them, so that no run ends with waiting for a long one.
    """
    for item in items:
        if {"attacks", "faults"} & set(item.path.relative_to(item.config.rootpath).parts):
            item.add_marker("no_cover")
    items.sort(key=lambda item: item.get_closest_marker("no_cover") is None)


def config_at(
    folder: Path, database_url: str | None = None, reporting: str | None = None, external: str | None = None
) -> Config:
    """Return a test site's configuration in a folder of its own."""
    return Config(
        mode=Mode.TEST,
        instance=folder,
        database_url=database_url or f"sqlite:///{folder / 'test.db'}",
        reporting_database_url=reporting,
        external_database_url=external,
        secrets=SECRETS,
        secure_cookies=False,
    )


def migrated(config: Config) -> Flask:
    """Return an app whose database has just been migrated."""
    app = create_app(config)
    with app.app_context():
        flask_migrate.upgrade(directory=str(app.config["MIGRATIONS"]))
    return app


def close(app: Flask) -> None:
    """Let go of an app's connections."""
    with app.app_context():
        db.engine.dispose()
    reading.close(app)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy."""
    folder = tmp_path_factory.mktemp("empty")
    close(migrated(config_at(folder)))
    return folder / "test.db"


@pytest.fixture(scope="session")
def cast_database(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, Cast]:
    """A SQLite file with the cast in it that tests copy, and the cast."""
    folder = tmp_path_factory.mktemp("cast")
    shutil.copy(empty_database, folder / "test.db")
    made = create_app(config_at(folder))
    with made.app_context(), time_machine.travel(NOW):
        cast = assemble(SECRETS.pin_pepper)
    close(made)
    return folder / "test.db", cast


@pytest.fixture
def app(tmp_path: Path, empty_database: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An app on a fresh SQLite file, in which the cast is ready for a test that names its site."""
    ready = empty_database
    if "site" in request.fixturenames:
        ready, _cast = request.getfixturevalue("cast_database")
    shutil.copy(ready, tmp_path / "test.db")
    made = create_app(config_at(tmp_path))
    yield made
    close(made)


def app_on_postgres(folder: Path, postgres: Databases) -> Flask:
    """Return an app on a copy of a migrated PostgreSQL database, with two reading logins of its own."""

    def build(url: str) -> None:
        # A template outlives the test, and so does the login that was granted something in it.
        postgres.server.run(sql.SQL("CREATE ROLE reader_of_nothing LOGIN"))
        close(migrated(config_at(folder, url, url.replace(f"//{OWNER}@", "//reader_of_nothing@"))))

    url = postgres.new_like("migrated", build)
    config = config_at(folder, url, postgres.login(url), postgres.login(url, "outside"))
    made = create_app(config)
    with made.app_context(), db.engine.begin() as connection:
        grant_all(connection, config)
    return made


@pytest.fixture
def postgres_app(tmp_path: Path, postgres: Databases) -> Iterator[Flask]:
    """An app on a fresh PostgreSQL database, with two reading logins of its own."""
    made = app_on_postgres(tmp_path, postgres)
    yield made
    close(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_app(request: pytest.FixtureRequest) -> Flask:
    """The same test on both databases."""
    found: Flask = request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")
    return found


@pytest.fixture
def present() -> Iterator[None]:
    """The test happens on a Wednesday in the first week of the site."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def site(app: Flask, present: None, cast_database: tuple[Path, Cast]) -> Cast:
    """The cast in the app's database, in the first week."""
    _file, cast = cast_database
    return cast


@pytest.fixture
def house(app: Flask, site: Cast) -> Iterator[House]:
    """The cast's site at work in its first week, on SQLite."""
    with app.app_context():
        yield house_of(app, site)


@pytest.fixture
def any_house(any_app: Flask) -> Iterator[House]:
    """The cast's site at work in its first week, on both databases."""
    with any_app.app_context():
        yield house_of(any_app)


@pytest.fixture
def fresh(
    tmp_path: Path, empty_database: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Flask]]:
    """Apps on empty databases beside the test's own: ``fresh("sqlite")``, ``fresh("postgresql")``."""
    apps: list[Flask] = []

    def make(kind: str) -> Flask:
        folder = tmp_path / f"fresh-{len(apps)}"
        folder.mkdir()
        if kind == "sqlite":
            shutil.copy(empty_database, folder / "test.db")
            apps.append(create_app(config_at(folder)))
        else:
            postgres: Databases = request.getfixturevalue("postgres")
            apps.append(app_on_postgres(folder, postgres))
        return apps[-1]

    yield make
    for app in apps:
        close(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that follows nothing by itself; forms need no CSRF token unless a test asks for it."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def sign_in() -> Callable[[FlaskClient, str], FlaskClient]:
    """Sign somebody of the cast in by their first name."""

    def enter(client: FlaskClient, login: str) -> FlaskClient:
        answer = client.post("/sign-in", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 302
        if has_app_context():
            # A context that a test keeps open is shared, and with it the lock of a form's transaction.
            db.session.rollback()
        return client

    return enter
