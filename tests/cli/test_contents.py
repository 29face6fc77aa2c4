"""`flask content load` and `flask content check`: what a shell says, and that a dry run leaves no trace."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House
from tests.cli.shell import run
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin

GOOD = 'kind = "reframing"\n[[entry]]\nkey = "ours"\n[entry.en]\ntext = "Ours"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "texts.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def texts() -> list[str]:
    found = list(db.session.scalars(sa.select(ContentEntry.key)))
    db.session.rollback()
    return found


def test_a_file_is_loaded(app: Flask, house: House, file: Path):
    done = run(app, "content", "load", str(file))

    assert (done.exit_code, done.output) == (
        0,
        "reframing: 1 new, 0 changed, 0 as before, 0 left as edited on this site.\n",
    )
    assert texts() == ["ours"]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(app: Flask, house: House, file: Path):
    done = run(app, "content", "load", str(file), "--dry-run")

    assert "1 new" in done.output and "This was a dry run: nothing was changed." in done.output
    assert texts() == []


def test_a_bad_file_names_every_bad_entry_and_nothing_is_half_loaded(app: Flask, house: House, file: Path):
    file.write_text(GOOD + '[[entry]]\nkey = "two"\n[[entry]]\nkey = "THREE"\n', encoding="utf-8")

    done = run(app, "content", "load", str(file))

    assert done.exit_code == 1
    assert "was not loaded." in done.output
    assert "Entry 2 (two): en.text: Please fill this in." in done.output
    assert "Entry 3 (THREE): its key" in done.output
    assert texts() == []


def test_a_file_that_is_not_there_or_cannot_be_read_is_told(
    app: Flask, house: House, file: Path, monkeypatch
):
    assert run(app, "content", "load", "no-such.toml").exit_code == 2

    def fail(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    done = run(app, "content", "load", str(file))
    assert done.exit_code == 1 and "cannot be read: Input/output error." in done.output


def test_all_texts_are_checked(app: Flask, house: House):
    assert run(app, "content", "check").output == "Every text is as it should be.\n"

    db.session.add(ContentEntry(kind="weather", key="old", words=None, origin=Origin.SITE, position=0))
    db.session.commit()
    done = run(app, "content", "check")
    assert done.exit_code == 1
    assert "weather/old" in done.output and "1 problem found." in done.output
