"""`flask people import`: the first file brings its teams, a later one only when asked; all or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from tests.cast import NOW, Cast
from wellbeing import people
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.people import NewSite

FILE = """name,site,team,role
Alba Vale,Northgate,Parts,manager
Sol Vale,northgate,parts,
Kai Vale,Northgate,Showroom,
"""


@pytest.fixture
def new_site(app: Flask, present: None) -> Iterator[None]:
    with app.app_context():
        new = NewSite("Harbour Motors", "Ada Vale", "ada", "Marta, second floor", "Europe/Madrid")
        people.create_site(db.session(), new, NOW)
        yield


def run(app: Flask, folder: Path, text: str, *options: str) -> Result:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["people", "import", str(file), *options])


def teams() -> set[str]:
    return set(db.session.scalars(sa.select(Unit.name).where(Unit.level == Level.TEAM)))


def headcount() -> int | None:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Person))


def test_the_first_file_brings_its_teams_with_it(app: Flask, new_site: None, tmp_path: Path):
    done = run(app, tmp_path, FILE)

    assert done.exit_code == 0, done.output
    assert "New team: Northgate/Parts\nNew team: Northgate/Showroom\n3 people were added." in done.output
    assert "flask people confirm" in done.output
    assert (teams(), headcount()) == ({"Parts", "Showroom"}, 4)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(app: Flask, new_site: None, tmp_path: Path):
    done = run(app, tmp_path, FILE, "--dry-run")

    assert done.exit_code == 0, done.output
    assert "New team: Northgate/Showroom" in done.output
    assert "Nothing was changed." in done.output
    assert (teams(), headcount()) == (set(), 1)


def test_one_bad_line_and_nobody_is_added(app: Flask, new_site: None, tmp_path: Path):
    done = run(app, tmp_path, FILE + "Noor Vale,Northgate,Parts,king\n")

    assert done.exit_code == 1
    assert "Line 5: role is not one of" in done.output
    assert (teams(), headcount()) == (set(), 1)


def test_later_an_unknown_team_is_taken_for_a_slip_unless_asked(app: Flask, site: Cast, tmp_path: Path):
    later = "name,site,team\nTuva Vale,Northgate,Night desk\n"
    with app.app_context():
        refused = run(app, tmp_path, later)
        assert refused.exit_code == 1
        assert "Line 2: team names no unit" in refused.output
        assert "Night desk" not in teams()

        assert run(app, tmp_path, later, "--new-teams").exit_code == 0
        assert "Night desk" in teams()


def test_a_team_below_a_team_is_refused_as_a_whole(app: Flask, new_site: None, tmp_path: Path):
    done = run(app, tmp_path, FILE + "Noor Vale,Northgate,Parts/Night,\n")

    assert done.exit_code == 1
    assert headcount() == 1


def test_a_file_that_is_not_there_is_said_plainly(app: Flask, new_site: None, tmp_path: Path):
    done = app.test_cli_runner().invoke(args=["people", "import", str(tmp_path / "nothing.csv")])

    assert done.exit_code == 1
    assert "The file cannot be read" in done.output
    assert "Nobody was added." in done.output
