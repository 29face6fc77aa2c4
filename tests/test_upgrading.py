"""Upgrades: the first release's database, with data, becomes today's and goes back; or nothing happens."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.answers import blocks, rows, tick
from tests.cli.shell import run
from tests.conftest import close
from tests.fixtures.first_release import standing
from tests.fixtures.first_release.standing import every_row, house_in, on_postgres, on_sqlite
from wellbeing import audit, full_disk, moved, readiness, schema, upgrading
from wellbeing.doctor import chains
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db

FIRST = "0009"


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app of today on the database of version 0.1.0, of either kind."""
    if request.param == "sqlite":
        made = on_sqlite(tmp_path)
    else:
        made = on_postgres(tmp_path, request.getfixturevalue("postgres"))
    yield made
    close(made)


@pytest.fixture
def old_file(tmp_path: Path) -> Iterator[Flask]:
    """An app of today on the SQLite file of version 0.1.0."""
    made = on_sqlite(tmp_path)
    yield made
    close(made)


def revision() -> str:
    with db.engine.connect() as connection:
        return readiness.revision(connection)


def test_the_first_releases_site_becomes_todays_and_goes_back_with_every_row(old: Flask):
    with old.app_context():
        house = house_in(old)
        before = every_row(house)
        assert revision() == FIRST
        assert len(before["pending"]) > 5 and len(before["block"]) == 2 and before["diary_entry"]

        done = run(old, "upgrade")

        assert done.exit_code == 0, done.output
        assert [line[:11] for line in done.output.splitlines() if line.startswith("Step")] == [
            f"Step {number} of 4" for number in (1, 2, 3, 4)
        ]
        assert every_row(house, before) == before
        with house.engine.connect() as connection:
            assert chains.broken(connection) == {}
        flask_migrate.downgrade(directory=str(old.config["MIGRATIONS"]), revision=FIRST)
        assert every_row(house) == before


def test_a_tick_after_the_upgrade_releases_what_waited(old: Flask):
    with old.app_context():
        assert run(old, "upgrade").exit_code == 0
        house = house_in(old)

        tick(house, 3)

        assert [block.number for block in blocks(house)] == [1, 2, 3]
        assert run(old, "upgrade").output == "The database is of this version already. Nothing was changed.\n"


def test_only_an_upgrade_changes_a_database_of_another_version(old_file: Flask):
    for command in (["backup"], ["restore", str(standing.BACKUP), "--replace"]):
        done = run(old_file, *command)

        assert done.exit_code == 1
        assert "(schema 0009). Run `flask upgrade`, which makes a backup first" in done.output
    with old_file.app_context():
        assert revision() == FIRST


def test_an_upgrade_stands_in_the_audit_log(old_file: Flask):
    assert run(old_file, "upgrade").exit_code == 0

    with old_file.app_context():
        [entry] = rows(house_in(old_file), AuditEntry)
        assert (entry.act, entry.facts["schema_before"]) == (audit.Act.UPGRADED, FIRST)
        assert entry.facts["version"]


def test_a_backup_is_made_first_and_is_named(old_file: Flask):
    done = run(old_file, "upgrade")

    [made] = (old_file.extensions["config"].instance / "backups").glob("*.zip")
    assert f"  {made}\n" in done.output


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_empty_database_gets_its_tables(fresh, kind: str):
    app = fresh(kind)
    with app.app_context():
        flask_migrate.downgrade(directory=str(app.config["MIGRATIONS"]), revision="base")
        moved.check(db.engine)

        done = run(app, "upgrade")

        assert done.exit_code == 0, done.output
        assert "nothing to back up" in done.output


def test_a_database_of_a_newer_version_is_left_alone(old_file: Flask):
    with old_file.app_context():
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0042'"))

        done = run(old_file, "upgrade")

        assert done.exit_code == 1
        assert "made by a newer version of Second Wind (schema 0042) than this one" in done.output
        assert revision() == "0042"


def test_where_there_is_no_room_for_the_backup_nothing_is_changed(
    old_file: Flask, monkeypatch: pytest.MonkeyPatch
):
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with old_file.app_context():
        done = run(old_file, "upgrade")

        assert done.exit_code == 1
        assert "No backup was made. Nothing was changed." in done.output
        assert revision() == FIRST


def test_where_the_disk_fills_up_in_the_middle_the_database_is_as_it_was(
    old_file: Flask, monkeypatch: pytest.MonkeyPatch
):
    def full(*_told: object) -> None:
        raise OperationalError("INSERT", {}, psycopg.errors.DiskFull())

    monkeypatch.setattr(upgrading, "_note", full)
    with old_file.app_context():
        done = run(old_file, "upgrade")

        assert done.exit_code == 1
        assert done.output.endswith(f"Error: {full_disk.SENTENCE}\n")
        assert revision() == FIRST


BREAKS = '''"""breaks"""
from alembic import op
revision = "9999"
down_revision = "{newest}"
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER)")
    if op.get_bind().exec_driver_sql("SELECT count(*) FROM {counted}").scalar():
        op.execute("SELECT * FROM no_such_table")
def downgrade():
    pass
'''


@pytest.fixture
def with_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give this version one migration more."""

    def add(text: str) -> None:
        folder = tmp_path / "more"
        shutil.copytree(schema._folder(), folder)
        (folder / "versions" / "9999_more.py").write_text(text.replace("{newest}", schema.newest()))
        monkeypatch.setattr(schema, "_folder", lambda: str(folder))

    return add


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    old: Flask, with_migration: Callable[[str], None]
):
    with_migration(BREAKS.replace("{counted}", "pending"))
    with old.app_context():
        before = every_row(house_in(old))

        done = run(old, "upgrade")

        assert done.exit_code == 1
        assert "and was taken back: the database is as it was. Start the version before again" in done.output
        assert "no_such_table" not in done.output
        assert revision() == FIRST
        assert every_row(house_in(old)) == before


def test_a_migration_that_fails_for_everybody_fails_on_the_backup_already(
    old_file: Flask, with_migration: Callable[[str], None]
):
    with_migration(BREAKS.replace("{counted}", "person"))
    with old_file.app_context():
        done = run(old_file, "upgrade")

        assert done.exit_code == 1
        assert "could not be brought to this version (OperationalError). Nothing was changed." in done.output
        assert revision() == FIRST


LOSES = BREAKS.replace("SELECT * FROM no_such_table", "DELETE FROM pending")


def test_a_migration_that_loses_rows_is_taken_back(old_file: Flask, with_migration: Callable[[str], None]):
    with_migration(LOSES.replace("{counted}", "pending"))
    with old_file.app_context():
        before = every_row(house_in(old_file))

        done = run(old_file, "upgrade")

        assert "something was not whole (pending), so it was taken back" in done.output
        assert every_row(house_in(old_file)) == before
