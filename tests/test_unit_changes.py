"""Units made, named, moved, closed, removed: every block stays with its unit, everybody in an open one."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, blocks, column, rows, say, tick
from tests.cast import NOW
from wellbeing import closings, epochs, move_log, moves, tablets, unit_making, unit_moves, units
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.accounts import Level, Person, RoleGrant, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitClosing, UnitMerge
from wellbeing.moves import MoveRefused
from wellbeing.permissions import Role
from wellbeing.reports import reading, unit_facts
from wellbeing.reports.units import paths, tree
from wellbeing.unit_making import UnitRefused
from wellbeing.units import read_tree, with_merged

MONDAY = date(2026, 3, 9)
COUNTER = ["Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun"]


def kept(house: House, table: type) -> list[sa.Row]:
    """Return a table's rows as they are kept; what is only read holds nobody up meanwhile."""
    db.session.rollback()
    return rows(house, table)


def unit(name: str) -> Unit:
    query = sa.select(Unit).where(Unit.name == name, Unit.closed_on.is_(None))
    return db.session.scalars(query.order_by(Unit.id.desc())).first()


def make(parent: str, name: str) -> int:
    made = unit_making.make(db.session(), unit(parent), name).id
    db.session.commit()
    return made


def go(team: str, site: str) -> int:
    made = unit_moves.plan(db.session(), unit(team), unit(site), NOW).id
    db.session.rollback()
    return made


def opened(house: House, weeks: int) -> None:
    db.session.rollback()
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, NOW + timedelta(weeks=weeks))


def emptied(house: House, team: str, into: str) -> None:
    """Let everybody of a team move, and revoke its tablets."""
    for person in db.session.scalars(sa.select(Person).where(Person.unit_id == unit(team).id)).all():
        moves.plan_move(db.session(), person, unit(into), NOW)
    for tablet in db.session.scalars(sa.select(Tablet.id).where(Tablet.unit_id == unit(team).id)).all():
        tablets.revoke(db.session(), tablet, NOW)
    opened(house, 1)


def test_a_site_and_its_team_are_made_at_once_and_people_can_come(any_house: House):
    make("Harbour Motors", "Southgate")
    workshop = make("Southgate", "  Work   shop ")

    made = db.session.get_one(Unit, workshop)
    assert (made.name, made.level, made.parent.level) == ("Work shop", Level.TEAM, Level.SITE)
    sol = db.session.get_one(Person, any_house.cast.people["Sol"])
    moves.plan_move(db.session(), sol, made, NOW)
    opened(any_house, 1)
    assert db.session.get_one(Person, any_house.cast.people["Sol"]).unit_id == workshop


@pytest.mark.parametrize(
    ("parent", "name", "why"),
    [
        ("Northgate", "parts", "has a unit called parts already"),
        ("Harbour Motors", "NORTHGATE", "has a unit called NORTHGATE already"),
        ("Parts", "Shelf", "nothing stands in a team"),
        ("Northgate", "  ", "1 to 80 characters"),
        ("Northgate", "a/b", "no slash"),
        ("Northgate", "x" * 81, "1 to 80 characters"),
        ("Northgate", "a\0b", "all of them visible"),
    ],
)
def test_a_unit_that_makes_no_sense_is_not_made(house: House, parent: str, name: str, why: str):
    with pytest.raises(UnitRefused, match=why):
        unit_making.make(db.session(), unit(parent), name)


def test_nothing_is_made_in_what_is_closed_closes_or_opens_later(house: House):
    make("Harbour Motors", "Southgate")
    make("Harbour Motors", "Eastgate")
    make("Harbour Motors", "Westgate")
    closings.plan(db.session(), unit("Southgate"), NOW)
    moves.plan_merge(db.session(), [unit("Eastgate"), unit("Westgate")], "Bothgate", NOW)

    with pytest.raises(UnitRefused, match="going to close"):
        unit_making.make(db.session(), unit("Southgate"), "New")
    with pytest.raises(UnitRefused, match="opens at the next tick"):
        unit_making.make(db.session(), unit("Bothgate"), "New")
    closed = unit("Southgate").id
    opened(house, 1)
    with pytest.raises(UnitRefused, match="is closed"):
        unit_making.make(db.session(), db.session.get_one(Unit, closed), "New")


def test_a_name_taken_by_somebody_else_in_the_same_moment_is_refused(house: House, monkeypatch):
    monkeypatch.setattr(unit_making, "name_is_taken_in", lambda *_all: False)

    with pytest.raises(UnitRefused, match="of this name already"):
        unit_making.make(db.session(), unit("Northgate"), "Parts")


def test_a_unit_is_renamed_until_a_block_names_it_or_what_is_below_it(any_house: House):
    unit_making.rename(db.session(), unit("Parts"), "Spares")
    unit_making.rename(db.session(), unit("Spares"), "SPARES")
    assert unit("SPARES").id == any_house.cast.units["Parts"]
    with pytest.raises(UnitRefused, match="of this name already"):
        unit_making.rename(db.session(), unit("SPARES"), "showroom")
    db.session.rollback()

    for name in COUNTER:
        say(any_house, name, mood=4)
    tick(any_house, 1)
    for name in ("Service counter", "Northgate", "Harbour Motors"):
        with pytest.raises(UnitRefused, match="must say the same for ever"):
            unit_making.rename(db.session(), unit(name), "Other")
    unit_making.rename(db.session(), unit("Showroom"), "Show")


def test_a_team_goes_to_another_site_with_its_people_and_leaves_its_blocks(any_house: House):
    cast = any_house.cast
    for name in COUNTER:
        say(any_house, name, mood=4)
    tick(any_house, 1)
    before = blocks(any_house)
    make("Harbour Motors", "Southgate")
    old, new = cast.units["Service counter"], go("Service counter", "Southgate")
    with reading.session() as session:
        old_path = paths(session)[old]
    db.session.rollback()

    assert units.opening(db.session())[new] == moves.effective_on(db.session(), NOW)
    opened(any_house, 2)

    old_unit, new_unit = db.session.get_one(Unit, old), db.session.get_one(Unit, new)
    assert old_unit.closed_on and old_unit.parent.name == "Northgate"
    assert new_unit.closed_on is None and new_unit.parent.name == "Southgate"
    db.session.rollback()
    homes = column(any_house, sa.select(Person.unit_id).where(Person.id == cast.people["Sol"]))
    assert homes == [new]
    assert {row.unit_id for row in kept(any_house, Tablet)} == {new}
    granted = {(row.unit_id, row.role) for row in kept(any_house, RoleGrant)}
    assert {(old, Role.MANAGER), (new, Role.MANAGER)} <= granted
    assert blocks(any_house) == before
    with reading.session() as session:
        assert paths(session)[old] == old_path == "Harbour Motors > Northgate > Service counter"
        assert paths(session)[new] == "Harbour Motors > Southgate > Service counter"
        assert unit_facts.released(session, old).blocks == len(before) == 1
        assert unit_facts.released(session, new) == unit_facts.Released(0, None)


def test_who_reads_a_moved_teams_old_figures_stays_the_same(house: House):
    make("Harbour Motors", "Southgate")
    old, new = house.cast.units["Parts"], go("Parts", "Southgate")
    opened(house, 1)
    with reading.session() as session:
        northgate = {line.id for line in tree(session, {house.cast.units["Northgate"]})}
        southgate = {line.id for line in tree(session, {unit("Southgate").id})}

    assert old in northgate and new not in northgate
    assert new in southgate and old not in southgate
    site = unit("Northgate")
    # What was written for a team that left is no part of what its old site merged.
    assert old not in with_merged(db.session(), [site.parent_id, site.id])
    assert read_tree(db.session()).path_of(db.session.get_one(Unit, old)) == ("Northgate", "Parts")


def test_the_log_of_changes_says_where_a_team_went(house: House):
    make("Harbour Motors", "Southgate")
    go("Parts", "Southgate")
    mine = {house.cast.units["Parts"]}

    assert [(e.into, e.site, e.done) for e in move_log.entries(db.session(), mine)] == [
        ("Parts", "Southgate", False)
    ]
    opened(house, 1)
    assert [(e.into, e.site, e.done) for e in move_log.entries(db.session(), mine)] == [
        ("Parts", "Southgate", True)
    ]


def test_a_team_comes_back_under_another_name_only(house: House):
    make("Harbour Motors", "Southgate")
    go("Parts", "Southgate")
    opened(house, 1)

    with pytest.raises(MoveRefused, match="has a unit called Parts already, open or closed"):
        go("Parts", "Northgate")


@pytest.mark.parametrize(
    ("team", "site", "why"),
    [
        ("Northgate", "Southgate", "Only teams"),
        ("Parts", "Showroom", "A team goes to a site"),
        ("Parts", "Parts", "A team goes to a site"),
        ("Parts", "Harbour Motors", "A team goes to a site"),
        ("Parts", "Northgate", "is in Northgate already"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(house: House, team: str, site: str, why: str):
    make("Harbour Motors", "Southgate")

    with pytest.raises(MoveRefused, match=why):
        go(team, site)
    assert kept(house, UnitMerge) == []


def test_a_unit_waits_for_one_thing_at_a_time(house: House):
    make("Harbour Motors", "Southgate")
    make("Harbour Motors", "Eastgate")
    make("Northgate", "Empty")
    parts, new = unit("Parts"), go("Parts", "Southgate")

    for refused in (
        lambda: unit_moves.plan(db.session(), db.session.get_one(Unit, parts.id), unit("Eastgate"), NOW),
        lambda: unit_moves.plan(db.session(), db.session.get_one(Unit, new), unit("Eastgate"), NOW),
        lambda: closings.plan(db.session(), db.session.get_one(Unit, new), NOW),
        lambda: moves.plan_merge(db.session(), [unit("Showroom"), unit("Empty"), parts], "All", NOW),
    ):
        with pytest.raises(MoveRefused, match="planned|opens at the next tick"):
            refused()
        db.session.rollback()
    closings.plan(db.session(), unit("Empty"), NOW)
    sol = db.session.get_one(Person, house.cast.people["Sol"])
    for refused in (
        lambda: closings.plan(db.session(), unit("Empty"), NOW),
        lambda: unit_moves.plan(db.session(), unit("Empty"), unit("Southgate"), NOW),
        lambda: moves.plan_merge(db.session(), [unit("Showroom"), unit("Empty")], "Both", NOW),
        lambda: moves.plan_move(db.session(), sol, unit("Empty"), NOW),
    ):
        with pytest.raises(MoveRefused, match="going to close|Something else"):
            refused()
        db.session.rollback()


def test_a_move_is_cancelled_and_the_new_team_is_gone_again(any_house: House):
    make("Harbour Motors", "Southgate")
    new = db.session.get_one(Unit, go("Parts", "Southgate"))

    assert moves.cancel_merge(db.session(), new)
    opened(any_house, 1)
    assert [row.closed_on for row in kept(any_house, Unit) if row.name == "Parts"] == [None]


def test_sites_for_a_team_are_the_other_open_ones_also_after_a_merge(house: House):
    for name in ("Southgate", "Eastgate", "Westgate"):
        make("Harbour Motors", name)
    assert [site.name for site in unit_moves.sites_for(db.session(), unit("Parts"))] == [
        *("Eastgate", "Southgate", "Westgate")
    ]
    moves.plan_merge(db.session(), [unit("Northgate"), unit("Eastgate")], "Bothgate", NOW)
    assert [site.name for site in unit_moves.sites_for(db.session(), unit("Parts"))] == [
        *("Eastgate", "Southgate", "Westgate")
    ]
    opened(house, 1)

    assert unit_moves.stands_in(db.session(), unit("Parts")).name == "Bothgate"
    found = unit_moves.sites_for(db.session(), unit("Parts"))
    assert [site.name for site in found] == ["Southgate", "Westgate"]


def test_an_empty_team_closes_at_the_tick_where_it_stands(any_house: House):
    emptied(any_house, "Parts", "Showroom")
    parts = any_house.cast.units["Parts"]

    planned = closings.plan(db.session(), unit("Parts"), NOW + timedelta(weeks=1))
    assert planned.takes_effect_on == MONDAY + timedelta(weeks=1)
    assert [closing.unit_id for closing in closings.waiting(db.session(), {parts})] == [parts]
    opened(any_house, 2)

    closed = db.session.get_one(Unit, parts)
    assert (closed.closed_on, closed.parent.name) == (MONDAY + timedelta(weeks=1), "Northgate")
    assert kept(any_house, UnitClosing)[0].done
    assert closings.waiting(db.session(), {parts}) == []
    with pytest.raises(MoveRefused, match="is closed"):
        closings.plan(db.session(), closed, NOW)
    with pytest.raises(MoveRefused, match="is closed"):
        unit_moves.plan(db.session(), closed, unit("Northgate"), NOW)


def test_a_site_closes_after_its_last_team(house: House):
    make("Harbour Motors", "Southgate")
    make("Southgate", "Workshop")

    with pytest.raises(MoveRefused, match="One team is open in it"):
        closings.plan(db.session(), unit("Southgate"), NOW)
    closings.plan(db.session(), unit("Workshop"), NOW)
    opened(house, 1)
    closings.plan(db.session(), unit("Southgate"), NOW + timedelta(weeks=1))
    opened(house, 2)
    assert {row.name for row in kept(house, Unit) if row.closed_on} == {"Workshop", "Southgate"}


def test_what_keeps_a_unit_from_closing_is_said_with_what_to_do_first(house: House):
    with pytest.raises(MoveRefused, match="12 people are in it. Move them"):
        closings.plan(db.session(), unit("Service counter"), NOW)
    db.session.rollback()
    assert closings.in_the_way(db.session(), unit("Service counter")) == [
        "12 people are in it. Move them to another team first.",
        "One tablet stands in it. Revoke it first.",
    ]
    make("Northgate", "Empty")
    sol = db.session.get_one(Person, house.cast.people["Sol"])
    moves.plan_move(db.session(), sol, unit("Empty"), NOW)
    assert closings.in_the_way(db.session(), unit("Empty")) == [
        "Somebody is about to move into it. Take that move back first."
    ]
    with pytest.raises(MoveRefused, match="organisation cannot be closed"):
        closings.plan(db.session(), unit("Harbour Motors"), NOW)


def test_a_unit_that_somebody_came_to_after_all_stays_open(any_house: House):
    empty = make("Northgate", "Empty")
    closings.plan(db.session(), unit("Empty"), NOW)
    db.session.execute(
        sa.update(Person).where(Person.id == any_house.cast.people["Sol"]).values(unit_id=empty)
    )
    db.session.commit()
    opened(any_house, 1)

    assert db.session.get_one(Unit, empty).closed_on is None
    assert kept(any_house, UnitClosing) == []


def test_a_closing_is_taken_back_until_its_tick(house: House):
    make("Northgate", "Empty")
    closings.plan(db.session(), unit("Empty"), NOW)

    assert closings.cancel(db.session(), unit("Empty"))
    assert not closings.cancel(db.session(), unit("Empty"))
    opened(house, 1)
    assert unit("Empty") is not None


def test_an_empty_unit_is_removed_while_nothing_refers_to_it(any_house: House):
    empty = make("Northgate", "Empty")
    db.session.add(AccessEntry(day=NOW.date(), unit_id=empty, role=Role.HR, act=Act.OPENED))
    db.session.commit()

    unit_making.remove(db.session(), unit("Empty"))

    assert "Empty" not in {row.name for row in kept(any_house, Unit)}


def test_a_unit_that_was_used_or_is_planned_for_stays(any_house: House):
    make("Harbour Motors", "Southgate")
    make("Northgate", "Empty")
    closings.plan(db.session(), unit("Empty"), NOW)
    new = go("Parts", "Southgate")

    for name in ("Empty", "Showroom", "Northgate", "Harbour Motors"):
        with pytest.raises(UnitRefused, match="can be closed, and not removed"):
            unit_making.remove(db.session(), unit(name))
        db.session.rollback()
    with pytest.raises(UnitRefused, match="and not removed"):
        unit_making.remove(db.session(), db.session.get_one(Unit, new))
    db.session.rollback()
    assert db.session.get(Unit, new) is not None
