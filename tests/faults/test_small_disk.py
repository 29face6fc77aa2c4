"""A real disk that is full: a clear sentence, nothing lost, and it works again once there is room."""

from pathlib import Path

import pytest
from flask import Flask

from tests.answers import House, in_week, say, tick
from tests.cast import TEAMS
from tests.conftest import close
from tests.faults import moving, trials
from tests.faults.drills import Stand, Workshop, perform
from tests.faults.scene import monday_morning
from tests.faults.small_disk import MISSING, can_mount, on_small_disk
from tests.faults.trials import Trial
from tests.fixtures.first_release.standing import house_in, on_sqlite
from wellbeing import backup
from wellbeing.models.base import db

COUNTER = TEAMS["Service counter"][1:]
# Nothing at all; and enough to begin with.
ROOMS = (0, 100_000)
LATER = in_week(3)


@pytest.fixture(scope="module", autouse=True)
def may_mount() -> None:
    """Nothing of this can be tried without a disk."""
    if not can_mount():
        pytest.skip(MISSING)


@pytest.fixture
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Where copies are made, of SQLite files alone."""
    return Workshop(tmp_path_factory.mktemp("disk"), lambda: pytest.fail("no PostgreSQL is needed here"))


@pytest.fixture
def lived(app: Flask, house: House) -> Stand:
    """A site in its second week."""
    lived_in(house)
    return stand_of(app, house)


def lived_in(house: House) -> None:
    """Let eight people check in, week after week; the first one is released."""
    for week in (1, 2):
        for name in COUNTER[:8]:
            say(house, name, in_week(week))
        if week == 1:
            tick(house, 1)


def stand_of(app: Flask, house: House) -> Stand:
    """Return a site with nothing open."""
    db.session.remove()
    house.engine.dispose()
    return Stand(app.extensions["config"], house.cast)


def assert_it_is_said(trial: Trial, stand: Stand, workshop: Workshop, rooms: tuple[int, ...] = ROOMS) -> None:
    """Try it on disks that are full sooner or later; the first has no room at all."""
    folder = workshop.folder / "small"
    folder.mkdir()
    for room in rooms:
        told = perform(stand, on_small_disk(trial, stand, folder, room), trial.at).told
        if room == 0 or "output" in told and told.get("exit") != 0:
            assert told.get("exit", 1) == 1 and told.get("refused", 503) == 503, told
            assert "disk is full" in told["output"] or "No space left on device" in told["output"], told


def test_a_check_in(app: Flask, house: House, workshop: Workshop):
    stand = stand_of(app, house)
    assert_it_is_said(trials.check_ins(workshop, stand), stand, workshop)


def test_a_tick(app: Flask, house: House, workshop: Workshop):
    monday_morning(house)
    stand = stand_of(app, house)
    assert_it_is_said(trials.ticks(workshop, stand), stand, workshop)


def test_a_backup(lived: Stand, workshop: Workshop):
    assert_it_is_said(trials.backups(lived, LATER), lived, workshop, (0, 40_000))


def test_a_restore_in_the_place_of_a_site(lived: Stand, workshop: Workshop):
    file: Path = workshop.folder / "last-night.zip"
    with lived.house() as house:
        backup.write(house.engine, file)
        tick(house, 2)
    assert_it_is_said(trials.replacing(workshop, lived, LATER, file), lived, workshop)


def test_a_restore_into_an_empty_database(app: Flask, lived: Stand, fresh, workshop: Workshop):
    file: Path = workshop.folder / "last-night.zip"
    with lived.house() as house:
        backup.write(house.engine, file)
    empty = fresh("sqlite")
    object.__setattr__(empty.extensions["config"], "secrets", lived.config.secrets)
    stand = Stand(empty.extensions["config"], lived.cast)
    close(empty)
    assert_it_is_said(trials.restores(workshop, stand, LATER, file), stand, workshop)


@pytest.mark.parametrize("any_app", ["postgresql"], indirect=True)
@pytest.mark.parametrize("room", ROOMS)
def test_a_move_to_sqlite(any_app: Flask, any_house: House, workshop: Workshop, room: int):
    lived_in(any_house)
    stand = stand_of(any_app, any_house)
    assert_it_is_said(moving.transfers(stand, LATER, ""), stand, workshop, (room,))


def test_an_upgrade(tmp_path: Path, workshop: Workshop):
    app = on_sqlite(tmp_path)
    with app.app_context():
        stand = stand_of(app, house_in(app))
        assert_it_is_said(trials.upgrades(stand, LATER), stand, workshop)
