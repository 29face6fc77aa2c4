"""Migrations: they make the tables that the models describe, there and back, with data in them."""

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from tests.answers import House, blocks, house_of, say, tick
from tests.conftest import close, config_at, migrated
from tests.fixtures.postgres import Databases
from wellbeing import create_app, schema
from wellbeing.migrations.grants import grant_reading
from wellbeing.models.base import db
from wellbeing.reports.reading import READABLE


def folder(app: Flask) -> str:
    return str(app.config["MIGRATIONS"])


def checks(engine: sa.Engine) -> dict[str, set[str]]:
    """Return the names of each table's checks, which autogenerate does not compare."""
    inspector = sa.inspect(engine)
    return {
        table: {str(check["name"]) for check in inspector.get_check_constraints(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrated_tables_are_those_of_the_models(any_app: Flask):
    with any_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_migrated_checks_are_those_of_the_models(any_app: Flask):
    with any_app.app_context():
        described = {
            table.name: {str(item.name) for item in table.constraints if isinstance(item, sa.CheckConstraint)}
            for table in db.metadata.sorted_tables
        }
        assert checks(db.engine) == described


def test_sqlite_keeps_the_tables_of_answers_and_of_looks_without_an_order(app: Flask):
    with app.app_context(), db.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE wr = 1").scalars().all()
    waiting = ["pending", "pending_checkup", "pending_detail", "pending_spillover", "receipt", "shift_state"]
    assert sorted(found) == ["access_entry", "case_word", "diary_entry", *waiting]


def test_the_schema_goes_down_and_up_again_with_data_in_it(any_app: Flask):
    with any_app.app_context():
        house = house_of(any_app)
        for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Kai"):
            say(house, name, mood=2, rough=True)
        tick(house, 1)
        db.session.remove()

        flask_migrate.downgrade(directory=folder(any_app), revision="base")
        left = set(sa.inspect(db.engine).get_table_names())
        assert left <= {"alembic_version"}

        schema.upgrade()
        again = house_of(any_app)
        for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
            say(again, name)
        tick(again, 1)
        assert len(blocks(again)) == 1


def test_migrating_again_changes_nothing(any_house: House, any_app: Flask):
    say(any_house, "Sol")

    schema.upgrade()

    with any_house.engine.connect() as connection:
        newest = ScriptDirectory(folder(any_app)).get_current_head()
        assert MigrationContext.configure(connection).get_current_revision() == newest
        assert connection.exec_driver_sql("SELECT count(*) FROM pending").scalar() == 1


def test_there_is_one_newest_migration(app: Flask):
    assert len(ScriptDirectory(folder(app)).get_heads()) == 1


@pytest.mark.parametrize(("login", "why"), [(None, "names no login"), ("", "names no login")])
def test_the_reading_login_must_have_a_name(postgres_app: Flask, login: str | None, why: str):
    with postgres_app.app_context(), db.engine.connect() as connection, pytest.raises(ValueError, match=why):
        grant_reading(connection, login, READABLE, "REPORTING_DATABASE_URL")


def test_the_owner_cannot_be_the_reading_login(tmp_path, postgres: Databases):
    url = postgres.new()

    app = create_app(config_at(tmp_path, url, url))
    with app.app_context(), pytest.raises(ValueError, match="another login"):
        schema.upgrade()
    close(app)


def test_noise_is_not_read_by_the_login_of_all_other_pages(tmp_path, postgres: Databases):
    url = postgres.new()
    reader = postgres.login(url)

    app = create_app(config_at(tmp_path, url, reader, reader))
    with app.app_context(), pytest.raises(ValueError, match="EXTERNAL_DATABASE_URL must use another"):
        schema.upgrade()
    close(app)


def test_without_a_login_for_noise_the_rest_works(tmp_path, postgres: Databases):
    url = postgres.new()
    app = migrated(config_at(tmp_path, url, postgres.login(url)))

    assert app.extensions["reading_noise"] is None
    close(app)


def test_a_login_that_could_read_more_loses_it(tmp_path, postgres: Databases):
    url = postgres.new()
    reader = postgres.login(url)
    app = migrated(config_at(tmp_path, url, reader))
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"GRANT SELECT ON pending TO {sa.make_url(reader).username}")
        schema.upgrade()
        with app.extensions["reading"].connect() as connection, pytest.raises(sa.exc.ProgrammingError):
            connection.exec_driver_sql("SELECT * FROM pending")
    close(app)


def test_a_schema_that_went_back_gives_the_reading_login_what_is_left(postgres_app: Flask):
    with postgres_app.app_context():
        flask_migrate.downgrade(directory=folder(postgres_app), revision="0004")

        with postgres_app.extensions["reading"].connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM block").scalar() == 0
