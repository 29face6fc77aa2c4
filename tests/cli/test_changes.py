"""`flask person move`, `flask unit merge` and `flask settings plan`: planned now, in effect at the tick."""

import pytest
from flask import Flask

from tests.answers import House, rows
from tests.cli.shell import run
from wellbeing.models.changes import SettingsChange, TeamChange, UnitMerge

pytestmark = pytest.mark.usefixtures("present")


def test_sol_is_moved_and_the_move_is_cancelled(any_app: Flask, any_house: House):
    done = run(any_app, "person", "move", "Sol Vale", "--to", "Northgate/Showroom")
    assert (done.exit_code, done.output) == (0, "The move takes effect at the tick on 2026-03-09.\n")
    assert [row.to_unit_id for row in rows(any_house, TeamChange)] == [any_house.cast.units["Showroom"]]

    done = run(any_app, "person", "move", "Sol Vale", "--to", "Northgate / Service counter")
    assert (done.exit_code, done.output) == (0, "The move is cancelled.\n")
    assert rows(any_house, TeamChange) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["Nobody Vale", "--to", "Northgate/Parts"], "Nobody on the roster"),
        (["Sol Vale", "--to", "Northgate"], "People move to a team"),
        (["Sol Vale", "--to", "Riverside/Parts"], "There is no unit 'Riverside/Parts'"),
        (["Sol Vale", "--to", ""], "There is no unit ''"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(app: Flask, house: House, words: list[str], why: str):
    done = run(app, "person", "move", *words)

    assert done.exit_code == 1
    assert why in done.output
    assert rows(house, TeamChange) == []


def test_two_teams_are_merged(any_app: Flask, any_house: House):
    done = run(any_app, "unit", "merge", "Northgate/Parts", "Northgate/Showroom", "--into", "Front")

    assert (done.exit_code, done.output) == (0, "The merge takes effect at the tick on 2026-03-09.\n")
    assert len(rows(any_house, UnitMerge)) == 2


def test_one_team_alone_is_not_merged(app: Flask, house: House):
    done = run(app, "unit", "merge", "Northgate/Parts", "--into", "Front")

    assert done.exit_code == 1
    assert "at least two units" in done.output


def test_settings_are_planned_announced_and_taken_back(any_app: Flask, any_house: House):
    done = run(
        any_app, "settings", "plan", "--people-needed", "6", "--tick-days", "14", "--activation-days", "30"
    )
    assert done.exit_code == 0
    assert "For answers given from Monday 9 March on: a figure needs 6 people or more" in done.output
    assert "figures come every second Monday" in done.output
    assert "accounts made from then on count after 30 days (until then 14)" in done.output
    assert [row.own_pool_from for row in rows(any_house, SettingsChange)] == [7]

    assert run(any_app, "settings", "withdraw").output == "The planned change is taken back.\n"
    again = run(any_app, "settings", "withdraw")
    assert (again.exit_code, "No change is planned." in again.output) == (1, True)


@pytest.mark.parametrize("days", ["0", "13", "91"])
def test_accounts_that_count_too_early_or_never_are_refused_at_the_prompt(
    app: Flask, house: House, days: str
):
    done = run(app, "settings", "plan", "--activation-days", days)

    assert done.exit_code == 1
    assert "New accounts count 14 to 90 days after they were made." in done.output
    assert rows(house, SettingsChange) == []


def test_four_people_are_refused_at_the_prompt_too(app: Flask, house: House):
    done = run(app, "settings", "plan", "--people-needed", "4")

    assert done.exit_code == 1
    assert "from 5 to 40" in done.output
    assert rows(house, SettingsChange) == []
