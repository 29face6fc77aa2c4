"""Restoring under other secrets, by root, or from a file that is no backup: said before anything is lost."""

import json
import os
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, everything, in_week, say, tick
from tests.cast import TEAMS
from tests.cli.shell import run
from tests.conftest import close, config_at
from wellbeing import clock, create_app, regular
from wellbeing.cli import owner
from wellbeing.config import Secrets
from wellbeing.models.base import db
from wellbeing.regular import Work

OTHER = Secrets(b"a" * 32, b"b" * 32, b"c" * 32)


@pytest.fixture
def file(app: Flask, house: House, tmp_path: Path) -> Path:
    """A backup of a site that has a figure, as the command makes it."""
    for name in TEAMS["Service counter"][1:9]:
        say(house, name)
    tick(house, 1)
    assert run(app, "backup", str(tmp_path / "a.zip")).exit_code == 0
    return tmp_path / "a.zip"


@pytest.fixture
def elsewhere(app: Flask, tmp_path: Path):
    """A new machine, with secrets of its own and no table yet."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    made = create_app(replace(config_at(folder), secrets=OTHER))
    yield made
    close(made)


def test_other_secrets_are_refused_by_name_and_nothing_is_made(elsewhere: Flask, file: Path):
    done = run(elsewhere, "restore", str(file))

    assert done.exit_code == 1
    assert (
        "PIN_PEPPER is not the one of the site in this backup: with another one no PIN works" in done.output
    )
    assert (
        "SERVER_KEY is not the one of the site in this backup: with another one nobody finds" in done.output
    )
    assert "Put the same secrets back first." in done.output
    assert "Nothing was restored." in done.output
    with elsewhere.app_context():
        assert sa.inspect(db.engine).get_table_names() == []


def test_a_dry_run_says_so(elsewhere: Flask, file: Path):
    done = run(elsewhere, "restore", str(file), "--dry-run")

    assert done.exit_code == 0
    assert "SERVER_KEY is not the one of the site in this backup" in done.output


def test_whoever_has_lost_them_goes_on_without(elsewhere: Flask, file: Path):
    done = run(elsewhere, "restore", str(file), "--other-secrets")

    assert done.exit_code == 0
    assert "Restored 28 people" in done.output
    assert run(elsewhere, "doctor").output.count("SERVER_KEY is the one of this site.") == 1


def test_the_same_secrets_and_a_backup_without_marks_need_no_word(
    elsewhere: Flask, file: Path, tmp_path: Path
):
    old = tmp_path / "old.zip"
    with ZipFile(file) as found, ZipFile(old, "w") as written:
        for info in found.infolist():
            text = found.read(info)
            if info.filename == "manifest.json":
                told = json.loads(text)
                del told["secrets"]
                text = json.dumps(told).encode()
            written.writestr(info, text)

    assert run(elsewhere, "restore", str(old)).exit_code == 0


def test_after_a_file_that_is_no_backup_a_good_one_is_taken(app: Flask, file: Path, fresh, tmp_path: Path):
    new = fresh("sqlite")
    object.__setattr__(new.extensions["config"], "secrets", app.extensions["config"].secrets)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-200])
    assert run(new, "restore", str(cut)).exit_code == 1
    with new.app_context(), db.engine.begin() as connection:
        regular.done(connection, Work.DOCTOR, clock.now())

    assert run(new, "restore", str(file)).exit_code == 0


def test_under_another_key_the_doctor_says_what_does_not_work(app: Flask, house: House, file: Path):
    assert "SERVER_KEY is the one of this site." in run(app, "doctor").output
    object.__setattr__(app.extensions["config"], "secrets", OTHER)

    done = run(app, "doctor")
    assert done.exit_code == 1
    assert "SERVER_KEY is not the one of this site: nothing can be checked in" in done.output


@time_machine.travel(in_week(2))
def test_lost_keys_are_got_over_with_the_words_that_the_doctor_says(app: Flask, house: House, file: Path):
    object.__setattr__(app.extensions["config"], "secrets", OTHER)
    assert run(app, "backup", str(file.with_name("b.zip"))).exit_code == 0
    words = ("--replace", "--give-up-waiting", "--other-secrets", "--yes")

    assert run(app, "restore", str(file.with_name("b.zip")), *words).exit_code == 0
    assert "SERVER_KEY is the one of this site." in run(app, "doctor").output


@pytest.mark.parametrize("words", [("backup",), ("doctor",), ("restore", "a.zip", "--dry-run")])
def test_root_is_sent_to_the_user_whose_data_they_are(
    app: Flask, house: House, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    before = everything(house)
    monkeypatch.setattr(owner.os, "geteuid", lambda: 0)
    monkeypatch.setattr(owner, "_owner", lambda _config: 54321)

    done = run(app, *words)

    assert done.exit_code == 1
    assert "This site belongs to the user “54321”" in done.output
    assert "sudo second-wind COMMAND" in done.output
    assert everything(house) == before


def test_whose_a_site_is_its_file_says_or_its_folder_and_where_nothing_is_nobody_minds(tmp_path: Path):
    config = config_at(tmp_path)
    me = os.geteuid()
    assert owner._owner(config) == me
    (tmp_path / "test.db").touch()
    assert owner._owner(config) == me
    assert (
        owner._owner(replace(config, instance=tmp_path / "x", database_url="postgresql:///x")) == owner.ROOT
    )
