"""What a site notes of its own regular work, and what of it is late or wrong."""

from collections import namedtuple
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import FIRST_TICK, House, house_of, say
from tests.cast import CONFIRMED, NOW
from wellbeing import regular, watching
from wellbeing.config import Config
from wellbeing.regular import Work
from wellbeing.watching import Trouble

Usage = namedtuple("Usage", "total used free")
LATE = regular.BACKUP_WITHIN + timedelta(minutes=1)


def room(monkeypatch: pytest.MonkeyPatch, percent: int) -> None:
    monkeypatch.setattr(watching.shutil, "disk_usage", lambda _folder: Usage(1000, 0, percent * 10))


def found(house: House, config: Config, now=NOW) -> set[Trouble]:
    with house.engine.connect() as connection:
        return watching.troubles(connection, config, now, now)


@pytest.fixture
def config(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A site's configuration, on a disk with room."""
    room(monkeypatch, 50)
    return any_app.extensions["config"]


def test_work_is_noted_once_in_a_while_by_whoever_comes_first(any_house: House):
    five = timedelta(minutes=5)

    noted = [
        regular.note(any_house.engine, Work.JOBS, NOW + timedelta(minutes=minutes), unless_within=five)
        for minutes in (0, 4, 5, 6)
    ]

    assert noted == [True, False, True, False]
    with any_house.engine.connect() as connection:
        assert regular.last_done(connection) == {"jobs": NOW + five}


def test_a_clock_that_was_set_back_stops_no_work(any_house: House):
    assert regular.note(any_house.engine, Work.JOBS, NOW + timedelta(days=1))

    assert regular.note(any_house.engine, Work.JOBS, NOW, unless_within=timedelta(minutes=5))


def test_of_two_who_note_the_first_at_once_one_is_told_that_it_was_not(
    postgres_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    """On SQLite nobody else writes while somebody does, and the second simply waits."""
    insert, others = regular.sa.insert, []
    with postgres_app.app_context():
        engine = house_of(postgres_app).engine

    def slow(table: type) -> sa.Insert:
        if not others:
            others.append(True)
            assert regular.note(engine, Work.JOBS, NOW)
        return insert(table)

    monkeypatch.setattr(regular.sa, "insert", slow)

    assert regular.note(engine, Work.JOBS, NOW) is False


def test_a_site_at_work_is_in_no_trouble(any_house: House, config: Config):
    assert found(any_house, config) == set()


def test_a_late_tick_is_trouble(any_house: House, config: Config):
    assert found(any_house, config, FIRST_TICK + timedelta(minutes=61)) == {Trouble.TICK}


@pytest.mark.parametrize(("percent", "trouble"), [(9, {Trouble.DISK}), (10, set())])
def test_a_full_disk_is_trouble(
    any_house: House, config: Config, monkeypatch: pytest.MonkeyPatch, percent: int, trouble: set[Trouble]
):
    room(monkeypatch, percent)

    assert found(any_house, config) == trouble


def test_a_broken_chain_is_trouble_until_it_is_found_whole(any_house: House, config: Config):
    regular.note(any_house.engine, Work.CHAIN_BROKEN, NOW)
    assert found(any_house, config) == {Trouble.CHAIN}

    regular.forget(any_house.engine, Work.CHAIN_BROKEN)
    assert found(any_house, config) == set()


def test_a_backup_may_be_26_hours_old(any_house: House, config: Config):
    regular.note(any_house.engine, Work.BACKUP, NOW - regular.BACKUP_WITHIN)
    assert found(any_house, config) == set()

    regular.note(any_house.engine, Work.BACKUP, NOW - LATE)
    assert found(any_house, config) == {Trouble.BACKUP}


@pytest.mark.parametrize(("nightly", "trouble"), [(True, {Trouble.BACKUP}), (False, set())])
def test_a_site_that_never_made_a_backup_misses_it_where_it_should_make_them(
    any_house: House, config: Config, nightly: bool, trouble: set[Trouble]
):
    config = replace(config, backup_every_day=nightly)

    assert found(any_house, config, CONFIRMED + regular.BACKUP_WITHIN) - {Trouble.TICK} == set()
    assert found(any_house, config, CONFIRMED + LATE) - {Trouble.TICK} == trouble


@pytest.mark.parametrize(("percent", "told"), [(0, 0), (4, 0), (5, 5), (99, 95), (100, 100)])
def test_room_on_the_disk_is_told_in_steps(monkeypatch: pytest.MonkeyPatch, percent: int, told: int):
    room(monkeypatch, percent)

    assert watching.disk_free(Path()) == told


def test_an_answer_does_not_show_in_the_size_of_the_database(any_house: House):
    with any_house.engine.connect() as connection:
        before = watching.database_size(connection)
    for name in ("Sol", "Noor", "Bea"):
        say(any_house, name)
    with any_house.engine.connect() as connection:
        assert watching.database_size(connection) == before == watching.SIZE_STEP
