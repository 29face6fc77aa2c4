"""A backup in the place of a site that is there: all or nothing, and no answer released twice."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from tests.answers import House, blocks, change, everything, in_week, rows, say, tick
from tests.cast import NOW, TEAMS, TOKEN
from tests.cli.shell import run
from tests.conftest import config_at
from tests.fixtures.first_release import standing
from tests.fixtures.past import Lived
from wellbeing import (
    audit,
    backing_up,
    backup,
    full_disk,
    loading,
    moved,
    ratchet,
    regular,
    restoring,
    uploads,
)
from wellbeing.backup import BackupRefused, Written
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.changes import SettingsChange
from wellbeing.models.content import Upload
from wellbeing.models.ledger import Block, Tick
from wellbeing.models.pending import Pending
from wellbeing.models.settings import Settings
from wellbeing.models.watching import RegularWork
from wellbeing.ratchet import Values
from wellbeing.regular import Work
from wellbeing.restoring import Place

COUNTER = TEAMS["Service counter"][1:]
PICTURE = b"\x89PNG\r\n\x1a\n made up"
DIGEST = sha256(PICTURE).hexdigest()
Make = Callable[[str], Flask]


def week(house: House, number: int, names: list[str] = COUNTER[:8], **said: object) -> None:
    for name in names:
        say(house, name, in_week(number), **said)


def first_week(house: House) -> None:
    """Let a house release its first week."""
    week(house, 1)
    tick(house, 1)


@pytest.fixture
def told(house: House, through: Lived) -> House:
    """A house after its first tick, on SQLite."""
    return through(house, first_week)


@pytest.fixture
def any_told(any_house: House, through: Lived) -> House:
    """A house after its first tick, on both databases."""
    return through(any_house, first_week)


def place_of(house: House, instance: Path | None = None) -> Place:
    return Place(house.engine, house.server_key, instance)


def hang_a_picture(house: House, instance: Path) -> Path:
    """Let an admin have uploaded a picture."""
    row = {"sha256": DIGEST, "media_type": "image/png", "title": "Tea", "size": len(PICTURE)}
    change(house, sa.insert(Upload).values(**row, added_on=NOW.date()))
    path = uploads.folder(instance) / DIGEST
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(PICTURE)
    return path


def test_the_site_is_as_it_was_and_weeks_since_are_made_up_for(any_told: House, tmp_path: Path):
    before = everything(any_told)
    backup.write(any_told.engine, tmp_path / "a.zip")
    week(any_told, 2, mood=5)
    tick(any_told, 2)
    week(any_told, 3)
    assert len(blocks(any_told)) == 2

    with time_machine.travel(in_week(3)):
        restored = restoring.replace(place_of(any_told), tmp_path / "a.zip")

    assert (restored.people, restored.blocks, restored.with_pending) == (28, 1, False)
    after = everything(any_told)
    own = {"epoch", "checkup_key", "audit_entry", *backup.ANSWERS, *backup.MOMENTARY}
    assert {name: after[name] for name in after if name not in own} == {
        name: before[name] for name in before if name not in own
    }
    assert [entry.act for entry in rows(any_told, AuditEntry)] == [audit.Act.RESTORED]
    tick(any_told, 3)
    assert [tick.number for tick in rows(any_told, Tick) if tick.ledger == "weekly"] == [1, 2, 3]
    assert len(blocks(any_told)) == 1


def test_no_answer_that_was_released_or_given_up_is_ever_released_again(told: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")
    week(told, 2, mood=1)
    tick(told, 2)
    with time_machine.travel(in_week(3)):
        restoring.replace(place_of(told), tmp_path / "a.zip")
    assert rows(told, Pending) == []

    tick(told, 2)
    week(told, 3, COUNTER[:9], mood=5)
    tick(told, 3)

    assert [(block.number, block.people_floor) for block in blocks(told)] == [(1, 8), (3, 8)]


def test_the_ledger_keeps_refusing_changes_afterwards(any_told: House, tmp_path: Path):
    backup.write(any_told.engine, tmp_path / "a.zip")
    with time_machine.travel(in_week(2)):
        restoring.replace(place_of(any_told), tmp_path / "a.zip")

    with pytest.raises(DBAPIError, match="append-only"):
        change(any_told, sa.delete(Block))
    with pytest.raises(DBAPIError, match="audit log is kept"):
        change(any_told, sa.delete(AuditEntry))


def planned(house: House, wanted: Values, number: int) -> None:
    with Session(house.engine) as session:
        ratchet.plan(session, wanted, in_week(number))


@time_machine.travel(in_week(2))
def test_settings_stay_as_tight_as_they_were_and_are_loosened_by_a_new_plan_alone(
    any_told: House, tmp_path: Path
):
    change(any_told, sa.update(Settings).values(people_needed=6, own_pool_from=9))
    planned(any_told, Values(5, 9, 7), 2)
    backup.write(any_told.engine, tmp_path / "a.zip")
    change(any_told, sa.update(Settings).values(own_pool_from=8, tick_days=14, activation_days=30))

    restoring.replace(place_of(any_told), tmp_path / "a.zip")
    with any_told.engine.connect() as connection:
        assert ratchet.in_force(connection) == Values(6, 9, 14, 30)
    assert rows(any_told, SettingsChange) == []


@time_machine.travel(in_week(2))
def test_a_plan_that_tightens_comes_back_with_its_backup(told: House, tmp_path: Path):
    planned(told, Values(7, 9, 14), 2)
    backup.write(told.engine, tmp_path / "a.zip")

    restoring.replace(place_of(told), tmp_path / "a.zip")
    assert [row.people_needed for row in rows(told, SettingsChange)] == [7]


def test_trouble_in_the_middle_leaves_the_site_as_it_was(
    told: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    backup.write(told.engine, tmp_path / "a.zip")
    week(told, 2)
    before = everything(told)

    def full(*_told: object) -> None:
        raise DBAPIError("INSERT", None, OSError("disk full"))

    monkeypatch.setattr(restoring, "_note", full)
    with time_machine.travel(in_week(2)), pytest.raises(BackupRefused, match="Nothing was restored"):
        restoring.replace(place_of(told), tmp_path / "a.zip")

    assert everything(told) == before
    with pytest.raises(DBAPIError, match="append-only"):
        change(told, sa.delete(Block))


def refused(house: House, path: Path, why: str, week: int = 3) -> None:
    before = everything(house)
    with time_machine.travel(in_week(week)), pytest.raises(BackupRefused, match=why):
        restoring.replace(place_of(house), path)
    assert everything(house) == before


def test_a_backup_with_answers_that_waited_replaces_nothing(told: House, tmp_path: Path):
    """They may be released by now: the same week, released again without somebody, would tell of them."""
    week(told, 2)
    backup.write(told.engine, tmp_path / "a.zip", with_pending=True)
    tick(told, 2)

    refused(told, tmp_path / "a.zip", "would be released a second time")


def test_the_backup_of_another_site_replaces_nothing(house: House, fresh: Make, tmp_path: Path):
    backup.write(house.engine, tmp_path / "empty.zip")
    week(house, 1)
    backup.write(house.engine, tmp_path / "before.zip", with_pending=True)
    tick(house, 1)
    app = fresh("sqlite")
    with app.app_context():
        other = House(db.engine, house.server_key, house.cast)
        restoring.restore(other.engine, other.server_key, tmp_path / "before.zip")
        week(other, 1, ["Rosa"])
        say(other, "Sol", in_week(1), mood=1, rough=True)
        tick(other, 1)
        week(other, 2, mood=1)
        tick(other, 2)
        change(other, sa.text("DROP TRIGGER block_no_update"))
        backup.write(other.engine, tmp_path / "other.zip")
    week(house, 2, mood=5)
    tick(house, 2)

    refused(house, tmp_path / "other.zip", "do not follow from each other")


def test_a_clock_that_was_set_back_could_let_a_week_happen_twice(told: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")
    tick(told, 3)

    refused(told, tmp_path / "a.zip", "This machine's clock is behind the site's own weeks", week=2)


# Clips.


def test_clips_go_along_and_come_back(told: House, fresh: Make, tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    hang_a_picture(told, here)

    written = backing_up.make(told.engine, config_at(here))
    app = fresh("sqlite")
    with app.app_context():
        restored = restoring.restore(db.engine, told.server_key, written.path, there)
        other = House(db.engine, told.server_key, told.cast)
        assert len(rows(other, Upload)) == 1

    assert (written.clips, restored.clips, restored.clips_missing) == (1, 1, 0)
    assert [(path.name, path.read_bytes()) for path in uploads.folder(there).iterdir()] == [(DIGEST, PICTURE)]


def test_a_clip_that_is_missing_is_counted_and_stops_nothing(told: House, tmp_path: Path):
    hang_a_picture(told, tmp_path).unlink()

    written = backing_up.make(told.engine, config_at(tmp_path))

    assert restoring.inspect(told.server_key, written.path).clips_missing == 1


def test_a_clip_that_is_there_stays_and_a_failure_takes_new_ones_away(
    told: House, fresh: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    hang_a_picture(told, here)
    path = backing_up.make(told.engine, config_at(here)).path
    monkeypatch.setattr(restoring, "_note", lambda *_told: 1 / 0)
    app = fresh("sqlite")
    with app.app_context(), pytest.raises(ZeroDivisionError):
        restoring.restore(db.engine, told.server_key, path, there)
    assert list(uploads.folder(there).iterdir()) == []

    with app.app_context(), pytest.raises(ZeroDivisionError):
        restoring.restore(db.engine, told.server_key, path, here)
    assert [found.name for found in uploads.folder(here).iterdir()] == [DIGEST]


def test_where_clips_cannot_be_written_nothing_is_restored(told: House, fresh: Make, tmp_path: Path):
    hang_a_picture(told, tmp_path)
    path = backing_up.make(told.engine, config_at(tmp_path)).path
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "uploads").touch()
    app = fresh("sqlite")
    with app.app_context(), pytest.raises(BackupRefused, match="The clips cannot be written: .* Nothing was"):
        restoring.restore(db.engine, told.server_key, path, tmp_path / "there")


# A backup is opened again before it has its name.


def test_a_backup_that_does_not_hold_what_it_should_gets_no_name(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = backup._rows

    def forget(connection: sa.Connection, table: sa.Table, with_pending: bool):
        found = list(real(connection, table, with_pending))
        return iter(found[1:] if table.name == "person" else found)

    monkeypatch.setattr(backup, "_rows", forget)
    with pytest.raises(BackupRefused, match="opened again and thrown away. The database took not all"):
        backing_up.make(house.engine, config_at(tmp_path))

    assert list((tmp_path / "backups").iterdir()) == []


def test_numbers_that_differ_are_noticed(house: House, tmp_path: Path):
    backup.write(house.engine, tmp_path / "a.zip")

    with pytest.raises(BackupRefused, match="does not hold what was written into it"):
        loading.check(tmp_path / "a.zip", Written(tmp_path / "a.zip", 3, 0))


# The first release's backups.


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_the_first_release_is_taken_up(fresh: Make, kind: str):
    app = fresh(kind)
    with app.app_context():
        restored = restoring.restore(db.engine, standing.SECRETS.server_key, standing.WITH_PENDING)
        house = House(db.engine, standing.SECRETS.server_key, standing.house_in(app).cast)
        assert (restored.people, restored.blocks, restored.version) == (28, 2, "0.1.0")

        tick(house, 3)

        assert [block.number for block in blocks(house)] == [1, 2, 3]


def test_diaries_under_another_key_are_told(fresh: Make):
    app = fresh("sqlite")
    with app.app_context():
        assert restoring.inspect(standing.SECRETS.server_key, standing.BACKUP).finds_diaries
        assert not restoring.inspect(b"x" * 32, standing.BACKUP).finds_diaries


# The commands.


@pytest.fixture
def lived(app: Flask, house: House, tmp_path: Path) -> Path:
    """A site in its second week, and the backup of its first."""
    week(house, 1)
    tick(house, 1)
    assert run(app, "backup", str(tmp_path / "a.zip")).exit_code == 0
    week(house, 2)
    return tmp_path / "a.zip"


def test_a_dry_run_says_all_and_changes_nothing(app: Flask, house: House, lived: Path):
    before = everything(house)

    done = run(app, "restore", str(lived), "--dry-run")

    assert done.exit_code == 0, done.output
    assert "The backup is whole: 28 people, 1 released block and 0 clips,\nas of 4 Mar 2026" in done.output
    assert "Answers that waited are not in a backup" in done.output
    assert done.output.endswith("Nothing was changed.\n")
    assert everything(house) == before


@time_machine.travel(in_week(2))
def test_replacing_needs_its_words_and_keeps_the_present(app: Flask, house: House, lived: Path):
    first = run(app, "restore", str(lived), "--replace")
    assert first.exit_code == 1
    assert "say --give-up-waiting too, and tell people. Nothing was restored." in first.output
    wrong = run(app, "restore", str(lived), "--replace", "--give-up-waiting", answers="Somebody else\n")
    assert "That is not the organisation's name. Nothing was restored." in wrong.output
    assert len(rows(house, Pending)) == 8

    done = run(app, "restore", str(lived), "--replace", "--give-up-waiting", answers="Harbour Motors\n")

    assert done.exit_code == 0, done.output
    [saved] = backup.folder(app.extensions["config"].instance).glob("*.zip")
    assert f"The site as it was is in {saved}, but for what waited." in done.output
    assert "Restored 28 people and 1 released block" in done.output
    assert rows(house, Pending) == []
    assert Work.BACKUP in {work.name for work in rows(house, RegularWork)}


@time_machine.travel(in_week(2))
def test_in_a_script_nobody_is_asked(app: Flask, house: House, lived: Path):
    assert run(app, "restore", str(lived), "--replace", "--give-up-waiting", "--yes").exit_code == 0


def test_what_is_left_of_a_site_that_moved_away_is_not_replaced(house: House, lived: Path):
    with house.engine.begin() as connection:
        moved.mark(connection, in_week(2), "sqlite:////elsewhere.db")
    before = everything(house)

    with pytest.raises(BackupRefused, match="This site was moved to another database.*Nothing was restored"):
        restoring.replace(Place(house.engine, house.server_key), lived)

    assert everything(house) == before


def test_where_there_is_no_site_nothing_is_replaced(lived: Path, fresh: Make):
    done = run(fresh("sqlite"), "restore", str(lived), "--replace")

    assert "There is no site here to replace: leave --replace out." in done.output


def test_a_clip_and_a_key_that_are_missing_are_said(fresh: Make, app: Flask, house: House, tmp_path: Path):
    hang_a_picture(house, tmp_path).unlink()
    done = run(app, "backup", str(tmp_path / "a.zip"))
    assert "0 clips" in done.output

    assert (
        "Missing in it: 1 uploaded clip." in run(app, "restore", str(tmp_path / "a.zip"), "--dry-run").output
    )
    said = run(fresh("sqlite"), "restore", str(standing.BACKUP))
    assert "nobody will find theirs" in said.output


def test_a_verified_backup_is_noted(app: Flask, house: House, tmp_path: Path):
    assert run(app, "backup").exit_code == 0

    with house.engine.connect() as connection:
        assert regular.when(connection, Work.BACKUP) is not None
    assert [entry.act for entry in rows(house, AuditEntry)] == [audit.Act.BACKED_UP]


def test_a_disk_that_fills_up_in_the_middle_is_said(
    app: Flask, house: House, lived: Path, monkeypatch: pytest.MonkeyPatch
):
    before = everything(house)

    def full(*_told: object) -> None:
        raise OperationalError("INSERT", {}, psycopg.errors.DiskFull())

    monkeypatch.setattr(restoring, "_note", full)
    with time_machine.travel(in_week(2)):
        done = run(app, "restore", str(lived), "--replace", "--give-up-waiting", "--yes")

    assert done.exit_code == 1
    assert done.output.endswith(f"Error: {full_disk.SENTENCE}\n")
    assert everything(house) == before


# The worst day, and worse.


def test_tablets_work_again_on_another_machine_with_the_same_secrets(
    told: House, fresh: Make, tmp_path: Path
):
    path = backing_up.make(told.engine, config_at(tmp_path)).path
    app = fresh("sqlite")
    with app.app_context():
        restoring.restore(db.engine, told.server_key, path)
        new = House(db.engine, told.server_key, told.cast)
        tick(new, 1)
        db.session.rollback()

    with time_machine.travel(in_week(2)):
        tablet = app.test_client().get("/counter/state", headers={"Authorization": f"Bearer {TOKEN}"})

    assert tablet.status_code == 200
    assert tablet.json["tablet"]["name"] == "Front desk"
