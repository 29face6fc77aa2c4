"""Moving a site between the databases: everything arrives, and only one of the two goes on."""

import os
import signal
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tests.answers import House, blocks, change, everything, in_week, rows, say, tick
from tests.cast import PASSWORD, TEAMS
from tests.cli.shell import run
from tests.conftest import close, config_at
from tests.faults.copies import copied as copied  # noqa: F401
from tests.fixtures.past import Lived
from tests.fixtures.postgres import Databases
from wellbeing import create_app, jobs, moved, regular, transfer
from wellbeing.config import Config
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch
from wellbeing.models.pending import Pending
from wellbeing.models.watching import RegularWork
from wellbeing.transfer import TransferRefused

COUNTER = TEAMS["Service counter"][1:]


# Where it makes no difference which way a site moves.
to_postgresql = pytest.mark.parametrize("any_app", ["sqlite"], indirect=True)


def at_work(house: House) -> None:
    """Let a house release a week, hold a pool, and collect the answers of the next."""
    for week, names in ((1, [*COUNTER[:8], "Kai"]), (2, COUNTER[:9])):
        for name in names:
            say(house, name, in_week(week), mood=2, rough=True)
        if week == 1:
            tick(house, 1)


@pytest.fixture
def told(any_house: House, through: Lived) -> House:
    """A house at work, on both databases."""
    return through(any_house, at_work)


@pytest.fixture
def elsewhere(told: House, tmp_path: Path, request: pytest.FixtureRequest) -> Config:
    """An empty database of the other kind."""
    return empty_beside(told, tmp_path, request)


def empty_beside(house: House, tmp_path: Path, request: pytest.FixtureRequest) -> Config:
    """Make an empty database of the other kind."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if house.engine.dialect.name == "postgresql":
        return config_at(folder)
    postgres: Databases = request.getfixturevalue("postgres")
    url = postgres.new()
    return config_at(folder, url, postgres.login(url), postgres.login(url, "outside"))


def here(app: Flask) -> Config:
    found: Config = app.extensions["config"]
    return found


def without_marks(found: dict[str, list[tuple]]) -> dict[str, list[tuple]]:
    return found | {"regular_work": []}


def test_everything_arrives_in_the_other_kind_of_database(any_app: Flask, told: House, elsewhere: Config):
    before = everything(told)
    private = told.engine.dialect.name == "postgresql"

    done = transfer.transfer(told.engine, here(any_app), elsewhere)

    assert (done.people, done.blocks) == (28, 1)
    assert done.newest == blocks(told)[0].hash.hex()
    assert not private or stat.S_IMODE((elsewhere.instance / "test.db").stat().st_mode) == 0o600
    there = create_app(elsewhere)
    with there.app_context():
        new = House(db.engine, told.server_key, told.cast)
        assert without_marks(everything(new)) == without_marks(before)
        assert rows(new, RegularWork) == []
        for name in COUNTER[:3]:
            say(new, name, in_week(2))
        with there.extensions["reading"].connect() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM block")).scalar() == 1
    close(there)


def test_the_tick_that_was_to_come_releases_what_it_would_have(
    any_app: Flask, told: House, elsewhere: Config, request: pytest.FixtureRequest
):
    copy: Callable[[House], House] = request.getfixturevalue("copied")
    control = copy(told)
    transfer.transfer(told.engine, here(any_app), elsewhere)

    there = create_app(elsewhere)
    with there.app_context():
        new = House(db.engine, told.server_key, told.cast)
        tick(new, 2)
        tick(control, 2)

        assert blocks(new) == blocks(control)
        assert len(blocks(new)) == 2
    close(there)
    control.engine.dispose()


def test_what_is_left_takes_no_answer_and_runs_no_tick(any_app: Flask, told: House, elsewhere: Config):
    transfer.transfer(told.engine, here(any_app), elsewhere)

    assert rows(told, Pending) == []
    assert {epoch.wrapped_key for epoch in rows(told, Epoch)} == {None}
    with pytest.raises(moved.SiteMoved, match="Set DATABASE_URL to the new database"):
        jobs.run_now(told.engine, here(any_app))
    with pytest.raises(DBAPIError, match="was moved to another database"):
        jobs.run(told.engine, told.server_key, in_week(3))
    with pytest.raises(DBAPIError, match="was moved to another database"):
        change(told, sa.insert(Pending).values(id=b"1" * 16, epoch_id=1, pool_id=1, contributor=b"1" * 32))
    assert len(blocks(told)) == 1


def test_a_process_that_still_runs_on_what_is_left_says_so(any_app: Flask, told: House, elsewhere: Config):
    transfer.transfer(told.engine, here(any_app), elsewhere)
    any_app.config["WTF_CSRF_ENABLED"] = False
    client = any_app.test_client()
    ready = client.get("/readyz")
    entered = client.post("/sign-in", data={"login": "sol", "password": PASSWORD})

    assert (ready.status_code, "was moved to another database" in ready.json["moved"]) == (503, True)
    assert (entered.status_code, "moved to another database" in entered.text) == (503, True)


@to_postgresql
def test_a_target_with_something_in_it_is_refused(any_app: Flask, told: House, elsewhere: Config):
    engine = sa.create_engine(elsewhere.database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE holiday (id INTEGER)"))
    with pytest.raises(TransferRefused, match="tables of something else: give an empty database"):
        transfer.transfer(told.engine, here(any_app), elsewhere)
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO holiday VALUES (1)"))
    with pytest.raises(TransferRefused, match="something in the target already"):
        transfer.transfer(told.engine, here(any_app), elsewhere)
    engine.dispose()

    with told.engine.connect() as connection:
        assert not moved.is_moved(connection)


@to_postgresql
def test_a_row_that_does_not_arrive_stops_it(
    any_app: Flask, told: House, elsewhere: Config, monkeypatch: pytest.MonkeyPatch
):
    real = transfer.copying.copy

    def lose(source: sa.Connection, target: sa.Connection, keep: object) -> None:
        real(source, target, lambda table, row: table != "pending")

    monkeypatch.setattr(transfer.copying, "copy", lose)
    before = everything(told)

    with pytest.raises(
        TransferRefused, match=r"Not everything arrived as it was \(pending\). Nothing was moved"
    ):
        transfer.transfer(told.engine, here(any_app), elsewhere)

    assert everything(told) == before


def test_a_crash_between_the_two_is_gone_on_from(any_app: Flask, told: House, elsewhere: Config):
    """The old one is closed, the new one is not there: the same command again, and no other target."""
    before = everything(told)
    told.engine.dispose()
    process = os.fork()
    if process == 0:
        _die_at_the_commit(any_app, elsewhere)
    _process, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL

    with told.engine.connect() as connection:
        assert moved.is_moved(connection)
    assert without_marks(everything(told)) == without_marks(before)
    other = replace(elsewhere, database_url=elsewhere.database_url + "x")
    with pytest.raises(TransferRefused):
        transfer.transfer(told.engine, here(any_app), other)

    assert transfer.transfer(told.engine, here(any_app), elsewhere).blocks == 1
    assert transfer.transfer(told.engine, here(any_app), elsewhere).blocks == 1
    assert rows(told, Pending) == []


def test_a_site_without_a_figure_is_known_again_where_it_had_arrived(
    any_app: Flask, any_house: House, tmp_path: Path, request: pytest.FixtureRequest
):
    elsewhere = empty_beside(any_house, tmp_path, request)
    for _time in range(2):
        told = transfer.transfer(any_house.engine, here(any_app), elsewhere)
        assert (told.people, told.blocks) == (len(rows(any_house, Person)), 0)


def _die_at_the_commit(app: Flask, target: Config) -> None:
    """Let the process end after the old database is closed and before the new one is kept."""

    def die(*_told: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    try:
        real = sa.create_engine

        def watched(*args: object, **options: object) -> sa.Engine:
            engine = real(*args, **options)  # type: ignore[call-overload]
            sa.event.listen(engine, "commit", die)
            return engine  # type: ignore[no-any-return]

        transfer.sa.create_engine = watched
        with app.app_context():
            transfer.transfer(db.engine, app.extensions["config"], target)
    finally:
        os._exit(1)


@to_postgresql
def test_a_disk_that_is_full_is_said(
    any_app: Flask, told: House, elsewhere: Config, monkeypatch: pytest.MonkeyPatch
):
    def full(*_given: object) -> None:
        raise DBAPIError("INSERT", None, psycopg.errors.DiskFull())

    monkeypatch.setattr(transfer.copying, "copy", full)
    with pytest.raises(
        TransferRefused, match="The disk is full, or cannot be written. Nothing was half done"
    ):
        transfer.transfer(told.engine, here(any_app), elsewhere)


@to_postgresql
def test_an_old_schema_is_upgraded_first(any_app: Flask, told: House, elsewhere: Config):
    change(told, sa.text("UPDATE alembic_version SET version_num = '0009'"))

    with pytest.raises(TransferRefused, match="Run “flask upgrade” first"):
        transfer.transfer(told.engine, here(any_app), elsewhere)


def test_a_target_that_does_not_answer_is_said(app: Flask, house: House, tmp_path: Path):
    away = config_at(tmp_path / "no-such-folder-x")

    with pytest.raises(TransferRefused, match="The new file cannot be made: No such file or directory"):
        transfer.transfer(house.engine, here(app), away)
    gone = replace(away, database_url="postgresql+psycopg://nobody@/none?host=/nowhere")
    with pytest.raises(TransferRefused, match="A database did not do its part .OperationalError."):
        transfer.transfer(house.engine, here(app), gone)


def test_a_target_whose_logins_are_one_is_said(app: Flask, house: House, postgres: Databases, tmp_path: Path):
    url = postgres.new()

    with pytest.raises(TransferRefused, match="another login than DATABASE_URL. Nothing was moved"):
        transfer.transfer(house.engine, here(app), config_at(tmp_path, url, url))


def test_the_command_asks_moves_and_says_what_is_next(
    app: Flask, house: House, tmp_path: Path, postgres: Databases
):
    url = postgres.new()
    wanted = ["transfer", "--to", url, "--reporting", postgres.login(url)]

    assert "Aborted!" in run(app, *wanted, answers="n\n").output
    done = run(app, *wanted, answers="y\n")

    assert done.exit_code == 0, done.output
    assert "Moved 28 people and 0 released blocks, and everything that waits." in done.output
    assert "Set DATABASE_URL to the new database" in done.output
    again = run(app, "jobs", "run")
    assert again.exit_code == 1
    assert "This site was moved to another database" in again.output
    assert run(app, "backup", str(tmp_path / "left.zip"), "--with-pending").exit_code == 0


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (("--to", "elsewhere"), "--to is no database's URL"),
        (("--to", "mysql://a@b/c"), "A site lives in SQLite or PostgreSQL"),
        (("--to", "postgresql+psycopg://a@b/c"), "PostgreSQL needs --reporting too"),
        (("--to", "sqlite:////no/such/folder/x.db", "--yes"), "Nothing was moved"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(app: Flask, house: House, wanted: tuple[str, ...], why: str):
    done = run(app, "transfer", *wanted)

    assert done.exit_code == 1
    assert why in done.output


def test_a_site_that_stays_is_not_marked(app: Flask, house: House):
    moved.check(house.engine)
    with house.engine.connect() as connection:
        assert regular.when(connection, regular.MOVED) is None
