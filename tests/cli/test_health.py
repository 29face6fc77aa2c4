"""`flask doctor`: sentences for people, JSON for programs, and an exit code."""

import json
from pathlib import Path

from flask import Flask

from tests.answers import House
from tests.cli.shell import run
from tests.conftest import close, config_at
from wellbeing import create_app, regular
from wellbeing.cli import health
from wellbeing.doctor.finding import Finding
from wellbeing.regular import Work


def test_a_fault_has_its_remedy_and_exit_code_1(app: Flask, house: House):
    done = run(app, "doctor")

    assert done.exit_code == 1
    assert "FAULT  No backup was made here yet.\n       Run “flask backup”" in done.output
    assert "ok     The ledger is whole." in done.output
    assert "note   This site sends no e-mail." in done.output
    with house.engine.connect() as connection:
        assert regular.when(connection, Work.DOCTOR) is not None


def test_programs_read_the_same_as_json(app: Flask, house: House):
    found = json.loads(run(app, "doctor", "--json").output)

    assert {"name", "ok", "sentence", "remedy"} == set(found[0])
    assert "chain" in {finding["name"] for finding in found}


def test_a_database_without_tables_is_said(tmp_path: Path):
    made = create_app(config_at(tmp_path))

    done = run(made, "doctor")

    assert done.exit_code == 1
    assert "The database's tables are of an older version." in done.output
    close(made)


def test_where_all_is_well_the_exit_code_is_0(app: Flask, house: House, monkeypatch):
    monkeypatch.setattr(health, "_findings", lambda: [Finding("disk", True, "All is well.")])

    done = run(app, "doctor")

    assert (done.exit_code, done.output) == (0, "ok     All is well.\n")
