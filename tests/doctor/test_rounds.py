"""The doctor's whole round, on both databases: a healthy site, and one trouble after the other."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House, after_tick, change, everything, say, tick
from tests.cast import NOW
from wellbeing import regular
from wellbeing.config import Mode
from wellbeing.doctor import chains, looking, rounds
from wellbeing.doctor.finding import Finding
from wellbeing.models.base import db
from wellbeing.models.content import Upload
from wellbeing.models.settings import Settings
from wellbeing.regular import Work


def look(app: Flask, **said) -> dict[str, Finding]:
    now = said.get("now", NOW)
    config = app.extensions["config"]
    found = rounds.findings(db.engine, config, now, said.get("moment", now))
    return {finding.name: finding for finding in found}


def test_a_round_finds_what_is_well_and_what_is_not(any_app: Flask, any_house: House):
    found = look(any_app)

    own = "wal" if any_house.engine.dialect.name == "sqlite" else "reading_login"
    assert found[own].ok
    assert "database" not in found
    assert {
        name for name in ("schema", "clock", "time_zone", "tick", "moved", "clips") if not found[name].ok
    } == set()
    assert not found["backup"].ok


def test_looking_writes_nothing_and_does_not_depend_on_an_answer(any_app: Flask, any_house: House):
    before, seen = everything(any_house), look(any_app)
    assert everything(any_house) == before

    say(any_house, "Sol", mood=1, rough=True)

    assert look(any_app) == seen


def test_a_clock_set_back_a_day_is_noticed_by_what_the_site_wrote(app: Flask, house: House):
    tick(house, 1)
    with house.engine.begin() as connection:
        regular.done(connection, Work.BACKUP, after_tick(1))

    assert look(app, now=after_tick(1))["clock"].ok
    assert not look(app, now=after_tick(1) - timedelta(days=1))["clock"].ok
    ahead = look(app, now=NOW - timedelta(days=400), moment=after_tick(1) - timedelta(hours=1))
    assert not ahead["clock"].ok


def test_a_demos_clock_may_be_ahead_of_the_machines(app: Flask, house: House):
    tick(house, 1)

    assert look(app, now=NOW - timedelta(days=90), moment=after_tick(1))["clock"].ok


def test_an_old_schema_ends_the_round(app: Flask, house: House):
    change(house, sa.text("UPDATE alembic_version SET version_num = '0009'"))

    found = look(app)

    assert not found["schema"].ok
    assert "tick" not in found


def test_an_empty_database_is_not_set_up(app: Flask):
    with app.app_context():
        found = look(app)

    assert "not set up" in found["time_zone"].sentence
    assert "backup" not in found


def test_a_database_that_is_away_is_said(app: Flask, tmp_path: Path):
    gone = sa.create_engine(f"sqlite:///{tmp_path}/no/such/folder/x.db")

    found = rounds.findings(gone, app.extensions["config"], NOW, NOW)

    assert found[-1].name == "database"


def test_a_clip_without_its_file_is_counted(app: Flask, house: House):
    row = {"sha256": "a" * 64, "media_type": "image/png", "title": "Tea", "size": 3, "added_on": NOW.date()}
    change(house, sa.insert(Upload).values(**row))

    assert not look(app)["clips"].ok


def test_broken_ledgers_are_named(house: House):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(house, name)
    tick(house, 1)
    with house.engine.connect() as connection:
        assert chains.finding(connection).ok
    change(house, sa.text("DROP TRIGGER block_no_update"), sa.text("UPDATE block SET mood_word = 'low'"))

    with house.engine.connect() as connection:
        assert chains.broken(connection) == {"ledger": 1}


def test_files_that_nobody_else_can_come_to_are_not_looked_at(app: Flask):
    config = app.extensions["config"]
    config.instance.chmod(0o700)
    assert looking.modes(config) == {}

    config.instance.chmod(0o755)
    assert str(config.instance / "test.db") in looking.modes(config)


def test_on_postgresql_the_files_are_those_of_the_instance(postgres_app: Flask):
    config = postgres_app.extensions["config"]
    (config.instance / "demo-secrets.json").touch(mode=0o600)
    config.instance.chmod(0o755)

    assert looking.modes(config) == {str(config.instance / "demo-secrets.json"): 0o600}


def test_a_reading_login_is_tried(postgres_app: Flask):
    config = postgres_app.extensions["config"]

    assert looking.can_read(config.reporting_database_url) == []
    assert looking.can_read("postgresql+psycopg://nobody@/none?host=/nowhere") is None
    with postgres_app.app_context(), db.engine.begin() as connection:
        login = sa.make_url(config.reporting_database_url).username
        connection.exec_driver_sql(f"GRANT SELECT ON receipt TO {login}")
    assert looking.can_read(config.reporting_database_url) == ["receipt"]


@pytest.mark.parametrize(
    ("command", "said"), [(("echo", "yes"), "yes"), (("false",), ""), (("no-such-one",), "")]
)
def test_the_system_is_asked_about_its_clock(monkeypatch: pytest.MonkeyPatch, command, said: str):
    monkeypatch.setattr(looking, "ASK_CLOCK", command)

    assert looking.clock_kept() == said


def test_a_demo_may_have_its_own_secrets(app: Flask, monkeypatch: pytest.MonkeyPatch):
    config = app.extensions["config"]
    assert looking.demo_secrets(config) == []
    object.__setattr__(config, "mode", Mode.DEMO)
    assert looking.demo_secrets(config) == []


def test_a_log_that_is_not_there_is_empty(app: Flask):
    config = app.extensions["config"]
    (config.instance / "test.db-wal").unlink(missing_ok=True)

    assert looking.log_size(config) == 0


def test_nothing_was_ever_done_at_first(app: Flask, house: House):
    with house.engine.connect() as connection:
        assert regular.when(connection, Work.BACKUP) is None
        assert connection.execute(sa.select(Settings.id)).scalar() == 1
