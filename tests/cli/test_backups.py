"""`flask backup` and `flask restore`: plain sentences, and an end that says whether it went well."""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.answers import House, blocks, everything, house_of, say, tick
from tests.cast import TEAMS
from tests.cli.shell import run
from wellbeing import backup
from wellbeing.models.base import db


@pytest.fixture
def told(house: House) -> House:
    """A house with one released week."""
    for name in TEAMS["Service counter"][1:9]:
        say(house, name)
    tick(house, 1)
    db.session.rollback()
    return house


def test_a_backup_goes_to_the_sites_own_folder_and_says_what_it_holds(app: Flask, told: House):
    done = run(app, "backup")

    [made] = backup.folder(app.extensions["config"].instance).iterdir()
    assert re.fullmatch(r"second-wind-\d{4}-\d\d-\d\d\.zip", made.name)
    assert done.exit_code == 0
    assert f"{made} holds 28 people, 1 released block and 0 clips." in done.output
    assert "Answers that wait, their keys" in done.output


def test_a_backup_can_go_elsewhere_and_never_over_another(app: Flask, told: House, tmp_path: Path):
    path = str(tmp_path / "mine.zip")

    assert run(app, "backup", path).exit_code == 0
    again = run(app, "backup", path)

    assert again.exit_code == 1
    assert again.output == f"Error: {path} is there already; a backup overwrites nothing.\n"


def test_who_takes_the_answers_along_is_told_what_that_means(app: Flask, told: House, tmp_path: Path):
    done = run(app, "backup", str(tmp_path / "all.zip"), "--with-pending")

    assert done.exit_code == 0
    assert "Whoever has this file and SERVER_KEY can tell who said what." in done.output


def test_a_site_that_is_not_set_up_has_nothing_to_back_up(app: Flask):
    done = run(app, "backup")

    assert (done.exit_code, done.output) == (
        1,
        "Error: This site is not set up yet: run `flask site create` first.\n",
    )


@pytest.mark.parametrize(
    ("option", "said"), [((), "are not in a backup"), (("--with-pending",), "Delete the backup now")]
)
def test_a_restored_site_is_there_again(app: Flask, told: House, fresh, tmp_path: Path, option, said: str):
    run(app, "backup", str(tmp_path / "a.zip"), *option)
    there = fresh("sqlite")

    done = run(there, "restore", str(tmp_path / "a.zip"))

    assert done.exit_code == 0, done.output
    assert "Restored 28 people and 1 released block, as of 4 Mar 2026, 11:00 UTC." in done.output
    assert "The ledger is whole." in done.output
    assert "They are back: erase them again." in done.output
    assert said in done.output
    assert run(there, "ledger", "verify").output.startswith("The ledger is whole: 1 block,")
    assert (there.extensions["config"].instance / "test.db-wal").stat().st_size == 0


def test_a_restore_makes_the_tables_where_there_are_none(
    app: Flask, told: House, tmp_path: Path, postgres_app: Flask
):
    run(app, "backup", str(tmp_path / "a.zip"))

    assert run(postgres_app, "restore", str(tmp_path / "a.zip")).exit_code == 0

    with postgres_app.app_context():
        assert len(blocks(House(db.engine, told.server_key, told.cast))) == 1


def test_a_site_with_people_in_it_is_left_alone(app: Flask, told: House, tmp_path: Path):
    run(app, "backup", str(tmp_path / "a.zip"))
    before = everything(told)

    done = run(app, "restore", str(tmp_path / "a.zip"))

    assert done.exit_code == 1
    assert done.output == (
        "Error: A backup can only be restored into an empty database, and there is a site in this one; "
        "to put the backup in its place, say --replace. Nothing was restored.\n"
    )
    assert everything(told) == before


def test_a_file_that_is_none_is_named(fresh, tmp_path: Path):
    done = run(fresh("sqlite"), "restore", str(tmp_path / "nothing.zip"))

    assert done.exit_code == 1
    assert "nothing.zip cannot be read: No such file or directory. Nothing was restored." in done.output


def test_the_help_says_what_is_left_out(app: Flask):
    text = " ".join(run(app, "backup", "--help").output.split())

    assert "no answer that waits" in text
    assert "deleted after 14 days" in text
    assert "erase them again" in " ".join(run(app, "restore", "--help").output.split())


def test_life_goes_on_after_a_restore(app: Flask, told: House, fresh, tmp_path: Path):
    run(app, "backup", str(tmp_path / "a.zip"))
    there = fresh("sqlite")
    run(there, "restore", str(tmp_path / "a.zip"))

    with there.app_context():
        house = house_of(there, told.cast)
        tick(house, 2)
        db.session.rollback()
    assert run(there, "jobs", "run").exit_code == 0
