"""Once a night: a backup where it is wanted and a look at the chains; what fails rests for a while."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, change, say, tick
from tests.cast import NOW
from wellbeing import backing_up, jobs, nightly, regular
from wellbeing.backup import BackupRefused
from wellbeing.config import Config
from wellbeing.models.ledger import Block
from wellbeing.models.settings import Settings
from wellbeing.regular import Work

MADRID = ZoneInfo("Europe/Madrid")
NIGHT = datetime(2026, 3, 5, 3, tzinfo=MADRID)


@pytest.fixture
def config(app: Flask) -> Config:
    """A site that makes its own backups."""
    return replace(app.extensions["config"], backup_every_day=True)


@pytest.fixture
def night(house: House) -> House:
    """A site in Madrid."""
    change(house, sa.update(Settings).values(time_zone="Europe/Madrid"))
    return house


def backups(config: Config) -> list[str]:
    return sorted(path.name for path in (config.instance / "backups").glob("*.zip"))


def at(house: House, config: Config, moment: datetime) -> bool:
    """Let the night's work be done if it is due, and tell whether it was."""
    with time_machine.travel(moment, tick=False):
        due = nightly.is_due(house.engine, config)
        nightly.run_due(house.engine, config)
    return due


def test_a_backup_is_made_at_three_in_the_night_and_once(night: House, config: Config):
    assert at(night, config, NIGHT - timedelta(hours=6))
    minutes = (-1, 0, 1, 23 * 60 + 59, 24 * 60)

    done = [at(night, config, NIGHT + timedelta(minutes=minute)) for minute in minutes]

    assert done == [False, True, False, False, True]
    assert backups(config) == [f"second-wind-2026-03-0{day}.zip" for day in (4, 5, 6)]


def test_a_site_whose_operator_makes_the_backups_makes_none(night: House, config: Config):
    assert at(night, replace(config, backup_every_day=False), NIGHT)

    assert backups(config) == []


def test_a_backup_made_by_hand_that_night_is_enough(night: House, config: Config):
    with time_machine.travel(NIGHT + timedelta(minutes=1), tick=False):
        nightly.look_at_chains(night.engine)
        backing_up.note(night.engine, with_pending=False)

    assert not at(night, config, NIGHT + timedelta(minutes=2))


def test_before_set_up_no_night_has_work(app: Flask, config: Config):
    with app.app_context():
        assert not nightly.is_due(nightly_engine(app), config)


def nightly_engine(app: Flask) -> sa.Engine:
    return app.extensions["sqlalchemy"].engine


def test_a_backup_that_fails_is_tried_again_after_an_hour_and_named_without_a_path(
    night: House, config: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    tries = []

    def refuse(*_given: object) -> None:
        tries.append(1)
        raise BackupRefused("/somewhere cannot be written")

    monkeypatch.setattr(nightly.backing_up, "make", refuse)
    done = [at(night, config, NIGHT + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 60)]

    assert done == [True, False, False, True]
    assert len(tries) == 2
    assert "tonight's backup could not be made" in caplog.text
    assert "somewhere" not in caplog.text


def test_of_two_processes_one_does_the_nights_work(night: House, config: Config, monkeypatch):
    with time_machine.travel(NIGHT, tick=False):
        regular.note(night.engine, Work.NIGHT, NIGHT)
        monkeypatch.setattr(nightly, "is_due", lambda *_given: True)
        nightly.run_due(night.engine, config)

    assert backups(config) == []


def test_figures_that_were_changed_are_seen_and_so_is_that_they_are_whole_again(
    any_app: Flask, any_house: House, caplog: pytest.LogCaptureFixture
):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(any_house, name)
    tick(any_house, 1)
    assert nightly.look_at_chains(any_house.engine)

    tamper(any_house, 6)
    with caplog.at_level(logging.ERROR):
        assert not nightly.look_at_chains(any_house.engine)
    with any_house.engine.connect() as connection:
        assert Work.CHAIN_BROKEN in regular.last_done(connection)
    tamper(any_house, 5)

    assert nightly.look_at_chains(any_house.engine)
    with any_house.engine.connect() as connection:
        assert Work.CHAIN_BROKEN not in regular.last_done(connection)
    assert "released figures were changed in the database" in caplog.text


def tamper(house: House, people_needed: int) -> None:
    """Change a released block, as somebody does who may do anything with the database."""
    with house.engine.begin() as connection:
        if house.engine.dialect.name == "sqlite":
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'block'"
            for name in connection.exec_driver_sql(triggers).scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("ALTER TABLE block DISABLE TRIGGER USER")
        connection.execute(sa.update(Block).values(people_needed=people_needed))


def test_the_jobs_do_the_nights_work(night: House, config: Config):
    with time_machine.travel(NOW, tick=False):
        jobs.run_now(night.engine, config)

    assert backups(config) == ["second-wind-2026-03-04.zip"]
