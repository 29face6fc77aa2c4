"""`flask people import`: the first file brings its teams, a later one only when asked; all or nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from tests.cast import NOW, Cast
from wellbeing import people
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.people import NewSite
from wellbeing.staffing import adding
from wellbeing.units import PathRefused

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


def close_unit(name: str, into: str, level: Level = Level.TEAM) -> None:
    """Close a unit as a merge does."""
    closed = db.session.scalars(sa.select(Unit).where(Unit.name == name)).one()
    new = Unit(name=into, level=level, parent_id=closed.parent_id)
    db.session.add(new)
    db.session.flush()
    closed.parent_id, closed.closed_on = new.id, date(2026, 3, 2)
    db.session.commit()


def test_nobody_is_added_to_a_closed_team_or_given_a_role_over_it(app: Flask, site: Cast, tmp_path: Path):
    with app.app_context():
        close_unit("Parts", "Front")
        refused = run(app, tmp_path, "name,site,team\nTuva Vale,Northgate,Parts\n")
        assert "Line 2: team names no unit" in refused.output
        refused = run(app, tmp_path, "name,site,team\nTuva Vale,northgate,PARTS\n", "--new-teams")
        assert "names a unit that is closed. Nobody was added." in refused.output
        refused = run(app, tmp_path, "name,team,role,role_unit\nTuva Vale,Front,manager,Parts\n")
        assert "Line 2: role_unit names no unit" in refused.output
        assert headcount() == 28

        assert run(app, tmp_path, "name,team,role\nTuva Vale,Front,manager\n").exit_code == 0
        assert headcount() == 29


def test_after_a_merge_of_sites_roles_hold_over_the_new_one(app: Flask, site: Cast, tmp_path: Path):
    with app.app_context():
        close_unit("Northgate", "Coast", Level.SITE)
        refused = run(app, tmp_path, "name,team\nTuva Vale,Northgate/Valeting\n", "--new-teams")
        assert "names a unit that is closed" in refused.output
        refused = run(app, tmp_path, "name,team,role,role_unit\nTuva Vale,Parts,manager,Northgate\n")
        assert "role_unit names no unit" in refused.output

        line = "name,team,role,role_unit\nTuva Vale,Northgate/Parts,manager,Coast\n"
        assert run(app, tmp_path, line).exit_code == 0
        tuva = db.session.scalars(sa.select(Person).where(Person.name == "Tuva Vale")).one()
        assert [grant.unit.name for grant in tuva.grants] == ["Coast"]
        assert tuva.unit.name == "Parts"


def test_a_team_in_a_site_that_waits_for_its_merge_is_refused(app: Flask, site: Cast, tmp_path: Path):
    with app.app_context():
        new = Unit(name="Coast", level=Level.SITE, parent_id=site.units["Harbour Motors"])
        db.session.add(new)
        db.session.flush()
        db.session.add(
            UnitMerge(unit_id=site.units["Northgate"], into_unit_id=new.id, takes_effect_on=date(2026, 3, 9))
        )
        db.session.commit()
        done = run(app, tmp_path, "name,team\nTuva Vale,Coast/Valeting\n", "--new-teams")

        assert done.exit_code == 1
        assert "names a unit that opens only at the next tick. Nobody was added." in done.output
        assert headcount() == 28


def test_nobody_is_added_to_a_team_that_is_only_planned(app: Flask, site: Cast, tmp_path: Path):
    with app.app_context():
        new = Unit(name="Front", level=Level.TEAM, parent_id=site.units["Northgate"])
        db.session.add(new)
        db.session.flush()
        db.session.add(
            UnitMerge(unit_id=site.units["Parts"], into_unit_id=new.id, takes_effect_on=date(2026, 3, 9))
        )
        db.session.commit()

        refused = run(app, tmp_path, "name,site,team\nTuva Vale,Northgate,Front\n")
        assert "Line 2: team names no unit" in refused.output
        refused = run(app, tmp_path, "name,site,team\nTuva Vale,northgate,FRONT\n", "--new-teams")
        assert "opens only at the next tick" in refused.output
        refused = run(app, tmp_path, "name,team,role,role_unit\nTuva Vale,Parts,manager,Front\n")
        assert "Line 2: role_unit names no unit" in refused.output
        assert headcount() == 28


def test_a_team_that_a_merge_takes_at_the_last_moment_is_refused_whole(
    app: Flask, site: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def too_late(*_given: object) -> int:
        raise PathRefused("Parts names a unit that is closed.")

    monkeypatch.setattr(adding, "add", too_late)
    with app.app_context():
        refused = run(app, tmp_path, "name,site,team\nTuva Vale,Northgate,Parts\n")

    assert refused.exit_code == 1
    assert "Parts names a unit that is closed. Nobody was added." in refused.output


def test_a_single_bad_line_is_counted_as_one(app: Flask, new_site: None, tmp_path: Path):
    done = run(app, tmp_path, "name,site,team\nSol Vale,Northgate,Parts\nSol Vale,Northgate,Parts\n")

    assert "Error: 1 line cannot be taken. Nobody was added." in done.output
