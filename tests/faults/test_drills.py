"""``kill -9`` at random moments of whatever changes a site: nothing half done, nothing acknowledged is lost.

A few moments of each by default; with DRILLS=200 (``make drills``) so many, half of them by the clock.
"""

import os
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House, change, in_week, say, tick
from tests.cast import NOW, TEAMS
from tests.conftest import close
from tests.faults import moving, trials
from tests.faults.drills import End, Stand, Workshop, moments, perform
from tests.faults.scene import monday_morning
from tests.faults.trials import Trial
from tests.fixtures.first_release.standing import house_in, on_postgres, on_sqlite
from tests.fixtures.postgres import Databases
from wellbeing import backup, uploads
from wellbeing.models.base import db
from wellbeing.models.content import Upload

COUNTER = TEAMS["Service counter"][1:]
SEED = os.environ.get("DRILLS_SEED", "second wind")
DRILLS = int(os.environ.get("DRILLS", "0"))
# Of check-ins and ticks one is enough: test_kill.py and test_kill_delivery.py try every call.
SAMPLE = 3
PICTURE = b"\x89PNG\r\n\x1a\n made up"
LATER = in_week(3)


@pytest.fixture
def workshop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Where copies are made; PostgreSQL is started only for who needs it."""

    def databases() -> Databases:
        found: Databases = request.getfixturevalue("postgres")
        return found

    return Workshop(tmp_path_factory.mktemp("drills"), databases)


def stand_of(app: Flask, house: House) -> Stand:
    """Return a site with nothing open."""
    db.session.remove()
    house.engine.dispose()
    return Stand(app.extensions["config"], house.cast)


@pytest.fixture
def lived(any_app: Flask, any_house: House) -> Stand:
    """A site in its third week: one was released, a pool is held, two wait, and a picture was uploaded."""
    for week, names in ((1, [*COUNTER[:8], "Kai"]), (2, COUNTER[:6])):
        for name in names:
            say(any_house, name, in_week(week), mood=2, rough=True)
        if week == 1:
            tick(any_house, 1)
    folder = uploads.folder(any_app.extensions["config"].instance)
    _hang_a_picture(any_house, folder)
    return stand_of(any_app, any_house)


def _hang_a_picture(house: House, folder: Path) -> None:
    digest = sha256(PICTURE).hexdigest()
    row = {"sha256": digest, "media_type": "image/png", "title": "Tea", "size": len(PICTURE)}
    change(house, sa.insert(Upload).values(**row, added_on=NOW.date()))
    folder.mkdir()
    (folder / digest).write_bytes(PICTURE)


@pytest.fixture
def file(lived: Stand, workshop: Workshop) -> Path:
    """A backup of the site as it stands."""
    path = workshop.folder / "last-night.zip"
    with lived.house() as house:
        backup.write(house.engine, path, clips=uploads.folder(lived.config.instance))
    return path


def _undisturbed(workshop: Workshop, stand: Stand, trial: Trial) -> End:
    with workshop.copy(stand) as copy:
        copy = trial.ready(workshop, copy)
        end = perform(copy, trial.act(copy), trial.at)
        trial.finished(copy, end)
    return end


def drill(
    workshop: Workshop, stand: Stand, trial: Trial, record: pytest.FixtureRequest, sample: int = SAMPLE
) -> None:
    """Kill it at each of the moments, look at what is left, and do it again.

    In a small sample the next time is killed too, where nothing is done yet, and only the last goes through.
    """
    number = DRILLS or sample
    whole = trial.whole or _undisturbed(workshop, stand, trial)
    ends: Counter[str] = Counter()
    by_chance = moments(whole, f"{SEED} {record.node.name}", by_clock=bool(DRILLS))
    while ends.total() < number:
        with workshop.copy(stand) as copy:
            copy = trial.ready(workshop, copy)
            for moment in by_chance:
                end = perform(copy, trial.act(copy), trial.at, moment)
                left = trial.left(copy, end)
                # It can be done before its time has come.
                ends[f"{'call' if moment.call else 'clock'}, left {left}"] += end.killed
                if DRILLS or left or not end.killed or ends.total() == number:
                    break
            trial.finished(copy, perform(copy, trial.act(copy), trial.at))
    if DRILLS:
        print(
            f"\n{record.node.name}: {ends.total()} of {len(whole.calls)} calls, {dict(sorted(ends.items()))}"
        )


pytestmark = pytest.mark.timeout(7200 if DRILLS else 300)


def test_check_ins(any_app: Flask, any_house: House, workshop: Workshop, request: pytest.FixtureRequest):
    stand = stand_of(any_app, any_house)
    drill(workshop, stand, trials.check_ins(workshop, stand), request, sample=1)


def test_ticks(any_app: Flask, any_house: House, workshop: Workshop, request: pytest.FixtureRequest):
    monday_morning(any_house)
    stand = stand_of(any_app, any_house)
    drill(workshop, stand, trials.ticks(workshop, stand), request, sample=1)


def test_backups(lived: Stand, workshop: Workshop, request: pytest.FixtureRequest):
    drill(workshop, lived, trials.backups(lived, LATER), request)


def test_restores_into_an_empty_database(
    any_app: Flask, file: Path, workshop: Workshop, fresh, request: pytest.FixtureRequest
):
    app = fresh("sqlite" if any_app.extensions["config"].is_sqlite else "postgresql")
    object.__setattr__(app.extensions["config"], "secrets", any_app.extensions["config"].secrets)
    stand = Stand(app.extensions["config"], request.getfixturevalue("lived").cast)
    close(app)
    drill(workshop, stand, trials.restores(workshop, stand, LATER, file), request)


def test_restores_in_the_place_of_a_site(
    lived: Stand, file: Path, workshop: Workshop, request: pytest.FixtureRequest
):
    with lived.house() as house:
        tick(house, 2)
        for name in COUNTER[:4]:
            say(house, name, LATER, mood=5)
    drill(workshop, lived, trials.replacing(workshop, lived, LATER, file), request)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_upgrades_from_the_first_release(
    kind: str, tmp_path: Path, workshop: Workshop, request: pytest.FixtureRequest
):
    app = on_sqlite(tmp_path) if kind == "sqlite" else on_postgres(tmp_path, workshop.databases())
    with app.app_context():
        stand = stand_of(app, house_in(app))
        drill(workshop, stand, trials.upgrades(stand, LATER), request)
    close(app)


def test_transfers_to_the_other_kind_of_database(
    lived: Stand, workshop: Workshop, postgres: Databases, request: pytest.FixtureRequest
):
    reporting = postgres.login(postgres.server.url("postgres"))
    drill(workshop, lived, moving.transfers(lived, LATER, reporting), request)
