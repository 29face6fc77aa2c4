"""Backups: what is in one, what is not, who can read it, and that nothing half-written is ever left."""

import errno
import json
import os
import resource
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from tests.answers import House, change, epoch_of, everything, rows, say, tick
from tests.cast import NOW, TEAMS
from tests.fixtures.past import Lived
from wellbeing import backup, floor, jobs, keys, receipts, shuffle, tables
from wellbeing.backup import BackupRefused
from wellbeing.models.accounts import Level, PinFailure, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.models.pending import HeldPool, Pending

COUNTER = TEAMS["Service counter"][1:]
DAY = datetime(2026, 3, 4, tzinfo=UTC)


def at_work(house: House) -> House:
    """Let a house release a week, hold a pool, and collect answers and what goes with them in the next."""
    for name in (*COUNTER[:6], "Kai"):
        say(house, name, mood=2, rough=True)
    tick(house, 1)
    for name in COUNTER:
        say(house, name, NOW + timedelta(weeks=1), mood=4, rough=True)
    with house.engine.begin() as connection:
        receipts.give(connection, house.server_key, "one", NOW + timedelta(weeks=1))
        sol, team = house.cast.people["Sol"], house.cast.units["Service counter"]
        floor.ask_for_cover(connection, sol, team, 15, NOW + timedelta(weeks=1))
        tablet = connection.execute(sa.select(Tablet.id)).scalar_one()
        connection.execute(sa.insert(PinFailure).values(person_id=sol, tablet_id=tablet, at=NOW))
    return house


@pytest.fixture
def told(house: House, through: Lived) -> House:
    """A house at work, on SQLite."""
    return through(house, at_work)


@pytest.fixture
def any_told(any_house: House, through: Lived) -> House:
    """A house at work, on both databases."""
    return through(any_house, at_work)


def contents(path: Path) -> dict[str, list[dict]]:
    """Return a backup's rows by table."""
    with ZipFile(path) as found:
        return {
            name.removesuffix(".jsonl"): [json.loads(line) for line in found.read(name).splitlines()]
            for name in found.namelist()
            if name.endswith(".jsonl")
        }


def manifest(path: Path) -> dict:
    with ZipFile(path) as found:
        return json.loads(found.read("manifest.json"))


def test_a_backup_has_no_answer_that_waits_and_no_key(any_told: House, tmp_path: Path):
    wrapped = epoch_of(any_told, 2).wrapped_key
    key = keys.unwrapped(any_told.server_key, wrapped)

    backup.write(any_told.engine, tmp_path / "a.zip")

    found = contents(tmp_path / "a.zip")
    assert not set(found) & (backup.ANSWERS | backup.MOMENTARY)
    assert {epoch["wrapped_key"] for epoch in found["epoch"]} == {None}
    text = json.dumps(found)
    for secret in (wrapped, key, *(row.id for row in rows(any_told, Pending))):
        assert secret.hex() not in text
    assert len(rows(any_told, HeldPool)) == 1


def test_a_backup_has_the_roster_and_everything_that_was_released(told: House, tmp_path: Path):
    written = backup.write(told.engine, tmp_path / "a.zip")

    found = contents(tmp_path / "a.zip")
    assert {name: len(lines) for name, lines in found.items()} == {
        table.name: len(everything(told)[table.name])
        for table in db.metadata.sorted_tables
        if table.name not in backup.ANSWERS | backup.MOMENTARY
    }
    assert (written.people, written.blocks) == (len(found["person"]), len(found["block"])) == (28, 1)
    assert "Sol Vale" in {person["name"] for person in found["person"]}


def test_every_table_is_either_in_a_backup_or_left_out_for_a_reason():
    kept = {table.name for table in tables.known()} - backup.ANSWERS - backup.MOMENTARY

    assert {table.name for table in tables.known()} >= backup.ANSWERS | backup.MOMENTARY
    # A new table belongs here, or among those that are left out: decide before you add it.
    assert kept == {
        *("unit", "person", "role_grant", "tablet", "settings", "epoch", "place", "figure_above"),
        *("tick", "block", "noisy_block", "detail_block", "detail_word"),
        *("team_change", "unit_merge", "settings_change", "list_entry", "note", "notice", "audience"),
        *("access_entry", "release_mail", "badge"),
        *("content_entry", "content_version", "upload"),
        *("customer_case", "case_note", "case_word"),
        *("checkup_quarter", "checkup_place", "checkup_block", "customers_asked", "mystery_inquiry"),
        *("good_moment", "idea", "pledge", "pledge_signature"),
        *("appointed_reader", "contact_request", "incident_report"),
        *("diary_key", "diary_entry", "passkey", "phone"),
        *("agreement", "audit_entry", "loan", "privacy_facts", "unit_closing"),
        *("authenticator", "spare_code", "company_identity", "role_mapping"),
    }


def test_whoever_insists_gets_the_answers_that_wait_too(told: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip", with_pending=True)

    found = contents(tmp_path / "a.zip")
    assert set(found) == {table.name for table in tables.known()}
    assert {row["id"] for row in found["pending"]} == {row.id.hex() for row in rows(told, Pending)}
    assert epoch_of(told, 2).wrapped_key.hex() in {epoch["wrapped_key"] for epoch in found["epoch"]}


def test_a_backup_says_nothing_finer_than_the_hour_and_does_not_count_answers(told: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip", with_pending=True)

    said = manifest(tmp_path / "a.zip")
    assert datetime.strptime(said["hour"], "%Y-%m-%dT%HZ")
    assert {name for name, member in said["members"].items() if member["rows"] is None} == backup.ANSWERS
    with ZipFile(tmp_path / "a.zip") as found:
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_rows_stand_in_the_order_of_their_keys_and_not_of_their_coming(told: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip", with_pending=True)

    ids = [row["id"] for row in contents(tmp_path / "a.zip")["pending"]]
    assert ids == sorted(ids)


def test_a_unit_comes_after_its_parent_even_where_it_is_older(any_house: House, tmp_path: Path):
    counter, site = any_house.cast.units["Service counter"], any_house.cast.units["Northgate"]
    new = sa.insert(Unit).values(parent_id=site, name="Front of house", level=Level.TEAM)
    change(any_house, new)
    made = next(unit.id for unit in rows(any_house, Unit) if unit.name == "Front of house")
    change(any_house, sa.update(Unit).where(Unit.id == counter).values(parent_id=made))

    backup.write(any_house.engine, tmp_path / "a.zip")

    order = [unit["id"] for unit in contents(tmp_path / "a.zip")["unit"]]
    assert order.index(made) < order.index(counter)


def test_only_its_owner_can_read_a_backup(told: House, tmp_path: Path):
    path = tmp_path / "deep" / "backups" / "a.zip"

    backup.write(told.engine, path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [found.name for found in path.parent.iterdir()] == ["a.zip"]


def test_a_backup_overwrites_nothing(told: House, tmp_path: Path):
    (tmp_path / "a.zip").write_text("the only copy of something")

    with pytest.raises(BackupRefused, match="is there already; a backup overwrites nothing"):
        backup.write(told.engine, tmp_path / "a.zip")

    assert (tmp_path / "a.zip").read_text() == "the only copy of something"


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_there_is_no_room_no_backup_is_left_and_the_reason_is_said(house: House, tmp_path: Path):
    with files_of_at_most(2000), pytest.raises(BackupRefused, match="File too large. No backup was made"):
        backup.write(house.engine, tmp_path / "backups" / "a.zip")

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_disk_that_fills_up_at_the_last_moment_leaves_no_backup(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(BackupRefused, match="No space left on device. No backup was made"):
        backup.write(house.engine, tmp_path / "backups" / "a.zip")

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(house: House, tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(BackupRefused, match="cannot be written: .*. No backup was made"):
        backup.write(house.engine, tmp_path / "file" / "a.zip")


def test_a_backup_holds_one_moment_while_people_go_on(any_told: House, tmp_path: Path, monkeypatch):
    """The tick and a shuffle that come while it is written are either wholly in it or not at all."""
    monkeypatch.setattr(shuffle, "REST_SECONDS", 0)
    real = backup.archive.write_member
    done: list[bool] = []

    def meanwhile(found, name, rows_of_table):
        if name == "settings":
            clock = threading.Thread(target=tick, args=(any_told, 2))
            clock.start()
            clock.join()
            done.append(shuffle.shuffle(any_told.engine))
        return real(found, name, rows_of_table)

    monkeypatch.setattr(backup.archive, "write_member", meanwhile)
    waiting = {row.id.hex() for row in rows(any_told, Pending)}
    backup.write(any_told.engine, tmp_path / "a.zip", with_pending=True)

    found = contents(tmp_path / "a.zip")
    assert {row["number"] for row in found["tick"]} == {1}
    assert {row["id"] for row in found["pending"]} == waiting
    # On PostgreSQL the backup keeps the shuffle away, which has no snapshot's protection.
    assert done == [any_told.engine.dialect.name == "sqlite"]


def test_the_rows_are_shuffled_before_a_backup(house: House, tmp_path: Path, monkeypatch):
    shuffled: list[sa.Engine] = []
    monkeypatch.setattr(shuffle, "shuffle", shuffled.append)

    backup.write(house.engine, tmp_path / "a.zip")

    assert shuffled == [house.engine]


def test_a_days_backups_are_numbered(tmp_path: Path):
    names = []
    for _time in range(3):
        path = backup.new_file(tmp_path, DAY)
        path.parent.mkdir(exist_ok=True)
        path.touch()
        names.append(path.name)

    assert names == [
        "second-wind-2026-03-04.zip",
        "second-wind-2026-03-04-2.zip",
        "second-wind-2026-03-04-3.zip",
    ]


def aged(path: Path, days: float) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    moment = (DAY - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_backups_are_deleted_after_14_days_and_nothing_else_is(tmp_path: Path):
    folder = backup.folder(tmp_path)
    kept = [
        aged(folder / "second-wind-2026-02-19.zip", 13.9),
        aged(folder / "notes.zip", 400),
        aged(folder / ".second-wind-2026-03-03.zip.abc.part", 0.5),
        aged(tmp_path / "second-wind-2025-01-01.zip", 400),
    ]
    gone = [
        aged(folder / "second-wind-2026-02-18.zip", 14.1),
        aged(folder / ".second-wind-2026-03-01.zip.abc.part", 3),
    ]

    backup.forget_old(tmp_path, DAY)

    assert [path.exists() for path in kept] == [True] * 4
    assert [path.exists() for path in gone] == [False] * 2


def test_where_there_are_no_backups_nothing_is_deleted(tmp_path: Path):
    backup.forget_old(tmp_path, DAY)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("trouble", "warned"), [(FileNotFoundError, 0), (PermissionError, 1)])
def test_a_backup_that_cannot_be_deleted_is_told_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble, warned: int
):
    aged(backup.folder(tmp_path) / "second-wind-2026-01-01.zip", 60)

    def refuse(_path: Path) -> None:
        raise trouble

    monkeypatch.setattr(Path, "unlink", refuse)
    backup.forget_old(tmp_path, DAY)

    assert [record.getMessage() for record in caplog.records] == [
        "an old backup could not be deleted"
    ] * warned


def test_the_jobs_delete_old_backups(house: House, app):
    instance = app.extensions["config"].instance
    old = aged(backup.folder(instance) / "second-wind-2026-02-01.zip", 31)

    jobs.run_now(house.engine, app.extensions["config"])

    assert not old.exists()
