"""`flask unit create`, `move` and `close`: the same as on the pages, each in the audit log."""

import pytest
from flask import Flask

from tests.answers import House, rows
from tests.cli.shell import run
from wellbeing.models.accounts import Unit
from wellbeing.models.audit import AuditEntry
from wellbeing.models.changes import UnitClosing, UnitMerge

pytestmark = pytest.mark.usefixtures("present")


def test_a_site_and_a_team_are_made_moved_into_and_closed(any_app: Flask, any_house: House):
    assert run(any_app, "unit", "create", "Southgate").output == "Southgate is made. Nobody is in it yet.\n"
    assert run(any_app, "unit", "create", "Southgate/Workshop").exit_code == 0
    moved = run(any_app, "unit", "move", "Northgate/Parts", "--to", "Southgate")
    closed = run(any_app, "unit", "close", "Southgate/Workshop")

    assert "takes effect at the tick on 2026-03-09" in moved.output
    assert "closes at the tick on 2026-03-09" in closed.output
    assert {"Southgate", "Workshop"} < {row.name for row in rows(any_house, Unit)}
    assert len(rows(any_house, UnitMerge)) == len(rows(any_house, UnitClosing)) == 1
    noted = rows(any_house, AuditEntry)
    assert [row.act for row in noted] == ["unit_created", "unit_created", "unit_moved", "unit_closed"]
    assert all(row.by_command for row in noted)
    origin, parent = "Northgate", "Southgate"
    assert noted[2].facts == {"unit": "Parts", "origin": origin, "parent": parent, "day": "2026-03-09"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["create", "Northgate"], "has a unit called Northgate already"),
        (["create", "Northgate/Parts/Shelf"], "nothing stands in a team"),
        (["create", "Nowhere/Parts"], "There is no unit 'Nowhere'"),
        (["move", "Northgate/Parts", "--to", "Northgate"], "is in Northgate already"),
        (["close", "Northgate/Parts"], "5 people are in it."),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_entry(
    app: Flask, house: House, words: list[str], why: str
):
    done = run(app, "unit", *words)

    assert done.exit_code == 1
    assert why in done.output
    assert rows(house, AuditEntry) == []
