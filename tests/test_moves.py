"""Moves and merges: they wait for the tick, take people with them, and leave every block where it is."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import (
    FIRST_TICK,
    House,
    after_tick,
    blocks,
    change,
    column,
    epoch_of,
    in_week,
    rows,
    say,
    tick,
)
from tests.cases.brought import MADRID, bring, close, kept
from tests.cast import CONFIRMED, NOW
from wellbeing import epochs, erasure, floor, moves, notes, notices, tablets
from wellbeing.cases import overdue, writing
from wellbeing.counter.state import counter_state
from wellbeing.models.accounts import Level, OneTimeCode, Person, RoleGrant, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import TeamChange, UnitMerge
from wellbeing.models.epochs import Epoch, Place
from wellbeing.models.floor import CoverRequest
from wellbeing.models.notes import Note
from wellbeing.models.pending import Pending
from wellbeing.models.settings import Settings
from wellbeing.moves import MoveRefused
from wellbeing.notice_draft import Draft
from wellbeing.permissions import Role
from wellbeing.reports import reading
from wellbeing.reports.changed import notes_over
from wellbeing.reports.units import path
from wellbeing.tablets import TabletFacts

MONDAY = date(2026, 3, 9)
DAY = timedelta(days=1)
COUNTER = ["Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun"]
SHOWROOM = ["Kai", "Lena", "Mona", "Nils", "Olga", "Pau", "Quim", "Rosa"]


def person(house: House, name: str) -> Person:
    return db.session.get_one(Person, house.cast.people[name])


def unit(house: House, name: str) -> Unit:
    return db.session.scalars(sa.select(Unit).where(Unit.name == name)).one()


def move(house: House, name: str, team: str, now=NOW) -> TeamChange | None:
    found = moves.plan_move(db.session(), person(house, name), unit(house, team), now)
    db.session.rollback()
    return found


def merge(house: House, *names: str, into: str = "Front of house", now=NOW) -> int:
    made = moves.plan_merge(db.session(), [unit(house, name) for name in names], into, now).id
    db.session.rollback()
    return made


def team_of(house: House, name: str) -> str:
    query = sa.select(Unit.name).join(Person, Person.unit_id == Unit.id)
    return column(house, query.where(Person.id == house.cast.people[name]))[0]


def places(house: House, number: int) -> dict[int, int]:
    epoch_id = epoch_of(house, number).id
    return {place.person_id: place.pool_id for place in rows(house, Place) if place.epoch_id == epoch_id}


def opened(house: House, now) -> int:
    with house.engine.begin() as connection:
        return epochs.open_due(connection, house.server_key, now)


def test_a_move_takes_effect_when_the_next_epoch_opens_and_not_before(any_house: House):
    planned = moves.plan_move(db.session(), person(any_house, "Sol"), unit(any_house, "Showroom"), NOW)
    assert (planned.takes_effect_on, planned.done) == (MONDAY, False)
    db.session.rollback()

    opened(any_house, FIRST_TICK - timedelta(seconds=1))
    assert team_of(any_house, "Sol") == "Service counter"
    opened(any_house, FIRST_TICK)
    assert team_of(any_house, "Sol") == "Showroom"
    sol, cast = any_house.cast.people["Sol"], any_house.cast
    assert places(any_house, 1)[sol] == cast.units["Service counter"]
    assert places(any_house, 2)[sol] == cast.units["Showroom"]
    assert rows(any_house, TeamChange)[0].done


def test_planning_again_reteamsthe_plan_and_planning_to_stay_takes_it_back(house: House):
    move(house, "Sol", "Showroom")
    move(house, "Sol", "Parts")
    assert [row.to_unit_id for row in rows(house, TeamChange)] == [house.cast.units["Parts"]]

    assert move(house, "Sol", "Service counter") is None
    assert rows(house, TeamChange) == []
    opened(house, after_tick(1))
    assert team_of(house, "Sol") == "Service counter"


def test_a_move_can_be_cancelled_until_it_has_taken_effect(house: House):
    move(house, "Sol", "Showroom")
    waiting = moves.waiting_moves(db.session(), {house.cast.units["Service counter"]})
    assert [(found.person.name, found.to_unit.name) for found in waiting] == [("Sol Vale", "Showroom")]
    moves.cancel_move(db.session(), waiting[0])
    assert rows(house, TeamChange) == []

    move(house, "Sol", "Showroom")
    waiting = moves.waiting_moves(db.session(), {house.cast.units["Service counter"]})
    db.session.rollback()
    opened(house, after_tick(1))
    moves.cancel_move(db.session(), waiting[0])
    assert [row.done for row in rows(house, TeamChange)] == [True]
    assert moves.waiting_moves(db.session(), set(house.cast.units.values())) == []


def test_moves_planned_in_different_weeks_take_effect_at_their_own_ticks(any_house: House):
    move(any_house, "Sol", "Showroom", now=NOW)
    move(any_house, "Noor", "Showroom", now=in_week(2))
    sol, noor = any_house.cast.people["Sol"], any_house.cast.people["Noor"]
    counter, showroom = any_house.cast.units["Service counter"], any_house.cast.units["Showroom"]

    assert opened(any_house, after_tick(3)) == 3
    assert [(places(any_house, n)[sol], places(any_house, n)[noor]) for n in (1, 2, 3)] == [
        (counter, counter),
        (showroom, counter),
        (showroom, showroom),
    ]


def test_a_move_before_the_site_opens_is_there_when_it_does(house: House):
    change(house, sa.delete(Place), sa.delete(Epoch), sa.update(Settings).values(confirmed_at=None))
    move(house, "Sol", "Showroom", now=CONFIRMED - timedelta(days=2))
    change(house, sa.update(Settings).values(confirmed_at=CONFIRMED))

    opened(house, NOW)
    assert places(house, 1)[house.cast.people["Sol"]] == house.cast.units["Showroom"]


def test_answers_stay_where_they_wait_when_their_author_moves(any_house: House):
    for name in ["Sol", "Noor", "Bea"]:
        say(any_house, name)
    move(any_house, "Sol", "Showroom")
    tick(any_house, 1)

    assert {row.pool_id for row in rows(any_house, Pending)} == {any_house.cast.units["Service counter"]}
    for name in ["Sol", *SHOWROOM[:4]]:
        say(any_house, name, now=in_week(2))
    for name in ["Carl", "Dana"]:
        say(any_house, name, now=in_week(2))
    tick(any_house, 2)

    # Sol's answer of the first week counts where she was, and her new one where she is: once in each.
    units = any_house.cast.units
    assert {block.unit_id for block in blocks(any_house)} == {units["Service counter"], units["Showroom"]}
    assert rows(any_house, Pending) == []


def test_a_mover_who_becomes_a_viewer_is_out_of_the_pool_before_it_is_counted(any_house: House):
    for name in COUNTER[:5]:
        say(any_house, name)
    move(any_house, "Sol", "Showroom")
    grant = {
        "person_id": any_house.cast.people["Sol"],
        "unit_id": any_house.cast.units["Service counter"],
        "role": Role.MANAGER,
    }
    change(any_house, sa.insert(RoleGrant).values(grant))
    tick(any_house, 1)

    # Four are left for the counter, too few; Sol's answer has climbed to where she looks at nothing.
    assert blocks(any_house) == []
    waiting = sorted(row.pool_id for row in rows(any_house, Pending))
    above = [row for row in waiting if row != any_house.cast.units["Service counter"]]
    assert (len(waiting), len(above)) == (5, 1)


def test_somebody_promoted_in_the_middle_of_a_week_still_has_a_place_until_the_tick(any_house: House):
    sol, cast = any_house.cast.people["Sol"], any_house.cast
    grant = {"person_id": sol, "unit_id": cast.units["Service counter"], "role": Role.MANAGER}
    change(any_house, sa.insert(RoleGrant).values(grant))
    assert places(any_house, 1)[sol] == cast.units["Service counter"]

    opened(any_house, after_tick(1))
    assert places(any_house, 2)[sol] != cast.units["Service counter"]


def test_an_erased_person_leaves_no_move_behind(house: House):
    move(house, "Sol", "Showroom")
    erasure.erase(db.session(), house.server_key, person(house, "Sol"))

    assert rows(house, TeamChange) == []


@pytest.mark.parametrize(
    ("team", "why"),
    [
        ("Service counter", "in this team already"),
        ("Northgate", "to a team"),
        ("Harbour Motors", "to a team"),
    ],
)
def test_a_move_that_leads_nowhere_is_refused(house: House, team: str, why: str):
    with pytest.raises(MoveRefused, match=why):
        move(house, "Sol", team)


def test_nobody_moves_to_a_closed_team_and_no_closed_account_moves(house: House):
    change(house, sa.update(Unit).where(Unit.name == "Parts").values(closed_on=MONDAY))
    with pytest.raises(MoveRefused, match="Parts is closed"):
        move(house, "Sol", "Parts")

    db.session.rollback()
    change(house, sa.update(Person).where(Person.id == house.cast.people["Sol"]).values(active=False))
    with pytest.raises(MoveRefused, match="account is closed"):
        move(house, "Sol", "Showroom")


# Merges


def test_a_merge_makes_the_new_unit_at_once_and_closes_the_old_ones_at_the_tick(any_house: House):
    new = merge(any_house, "Service counter", "Parts")
    cast = any_house.cast
    made = db.session.get_one(Unit, new)
    assert (made.parent_id, made.level) == (cast.units["Northgate"], Level.TEAM)
    db.session.rollback()
    assert team_of(any_house, "Uma") == "Parts"

    opened(any_house, after_tick(1))
    assert {team_of(any_house, name) for name in ("Sol", "Alba", "Uma", "Tess")} == {"Front of house"}
    for name in ("Service counter", "Parts"):
        closed = unit(any_house, name)
        assert (closed.parent_id, closed.closed_on) == (new, MONDAY)
    assert unit(any_house, "Showroom").closed_on is None
    db.session.rollback()
    assert places(any_house, 2)[cast.people["Uma"]] == new
    assert places(any_house, 1)[cast.people["Sol"]] == cast.units["Service counter"]


def test_open_cases_go_along_with_the_people_who_have_them(any_house: House):
    open_one, done = bring(any_house.cast, "Parts", "Uma"), bring(any_house.cast, "Parts")
    close(done)
    new = merge(any_house, "Service counter", "Parts")
    opened(any_house, after_tick(1))

    assert (kept(open_one).unit_id, kept(open_one).owner.name) == (new, "Uma Vale")
    assert kept(done).unit_id == any_house.cast.units["Parts"]


def test_open_cases_stay_with_their_team_when_whoever_has_them_goes_to_another(any_house: House):
    theirs, of_tess = bring(any_house.cast, "Parts", "Uma"), bring(any_house.cast, "Parts", "Tess")
    move(any_house, "Uma", "Showroom")
    move(any_house, "Tess", "Showroom")
    opened(any_house, after_tick(1))

    case = kept(theirs)
    assert (case.owner, case.unit_id) == (None, any_house.cast.units["Parts"])
    assert overdue.overdue_from(writing.standing(case), MADRID) == case.overdue_from
    assert kept(of_tess).owner.name == "Tess Vale"  # Tess manages Parts, wherever she works.


def test_roles_over_merged_units_hold_over_the_new_one_each_once(any_house: House):
    new = merge(any_house, "Service counter", "Parts")
    for team in ("Service counter", "Parts"):
        grant = {
            "person_id": any_house.cast.people["Max"],
            "unit_id": any_house.cast.units[team],
            "role": Role.MANAGER,
        }
        change(any_house, sa.insert(RoleGrant).values(grant))
    opened(any_house, after_tick(1))

    there = [row for row in rows(any_house, RoleGrant) if row.unit_id == new]
    people = any_house.cast.people
    assert sorted((row.person_id, row.role) for row in there) == sorted(
        (people[name], Role.MANAGER) for name in ("Alba", "Tess", "Max")
    )
    found = places(any_house, 2)
    assert all(found.get(people[name]) != new for name in ("Alba", "Tess", "Max"))


def test_tablets_codes_and_open_cover_requests_move_along(any_house: House):
    new = merge(any_house, "Service counter", "Parts")
    counter = any_house.cast.units["Service counter"]
    tablets.make_code(db.session(), counter, NOW)
    db.session.rollback()
    with any_house.engine.begin() as connection:
        floor.ask_for_cover(connection, any_house.cast.people["Sol"], counter, 10, NOW)
    opened(any_house, after_tick(1))

    for table in (Tablet, OneTimeCode, CoverRequest):
        assert {row.unit_id for row in rows(any_house, table)} == {new}


def test_running_notices_move_along_with_whom_they_told(any_house: House):
    new = merge(any_house, "Service counter", "Parts")
    teams, later = any_house.cast.units, after_tick(1)
    draft = Draft("Lift out of use", "Back on Thursday.", NOW, later + DAY, ("Customers of today",))
    for team in ("Service counter", "Showroom"):
        notices.write(db.session(), teams[team], draft, NOW)
    opened(any_house, later)

    with any_house.engine.connect() as connection:
        [shown] = notices.shown_at(connection, new, later)
        assert (shown.what, [line.whom for line in shown.audience]) == (draft.what, ["Customers of today"])
        assert len(notices.shown_at(connection, teams["Showroom"], later)) == 1
        assert notices.shown_at(connection, teams["Parts"], later) == [shown]


def test_what_merged_units_changed_stays_theirs_and_is_told_by_the_new_one(any_app: Flask, any_house: House):
    new = merge(any_house, "Service counter", "Parts")
    teams = any_house.cast.units
    for team in ("Service counter", "Parts", "Showroom", "Northgate"):
        notes.write(db.session(), teams[team], "2026-03-04", f"Change at {team}", NOW)
    opened(any_house, after_tick(1))

    assert {note.unit_id for note in rows(any_house, Note)} == {
        teams[team] for team in ("Service counter", "Parts", "Showroom", "Northgate")
    }
    here = {"Change at Northgate", "Change at Service counter", "Change at Parts"}
    assert seen_from(new) == here
    assert seen_from(teams["Showroom"]) == {"Change at Northgate", "Change at Showroom"}
    # What came along with a closed unit is none of its past.
    assert seen_from(teams["Parts"]) == {"Change at Northgate", "Change at Parts"}
    tablet = TabletFacts(1, new, "Front desk")
    with any_house.engine.connect() as connection, any_app.test_request_context():
        told = counter_state(connection, tablet, after_tick(1), "en")["changed"]
    assert {note["text"] for note in told} == here


def seen_from(unit_id: int) -> set[str]:
    """Return what a unit's page tells of what was changed."""
    with reading.session() as session:
        return {note.text for note in notes_over(session, path(session, unit_id))}


def test_a_unit_that_is_merged_twice_takes_its_notes_along(house: House):
    counter = house.cast.units["Service counter"]
    notes.write(db.session(), counter, "2026-03-04", "Second person on Saturdays", NOW)
    merge(house, "Service counter", "Parts")
    opened(house, after_tick(1))
    last = merge(house, "Front of house", "Showroom", into="One team", now=after_tick(1))
    opened(house, after_tick(2))

    assert seen_from(last) == {"Second person on Saturdays"}


def test_the_blocks_of_merged_units_stay_their_own(any_house: House):
    for name in COUNTER[:6]:
        say(any_house, name)
    tick(any_house, 1)
    before = blocks(any_house)
    new = merge(any_house, "Service counter", "Parts", now=in_week(2))
    for name in COUNTER[:5]:
        say(any_house, name, now=in_week(2))
    tick(any_house, 2)
    for name in [*COUNTER[:3], "Uma", "Vic"]:
        say(any_house, name, now=in_week(3))
    tick(any_house, 3)

    counter = any_house.cast.units["Service counter"]
    assert blocks(any_house)[:1] == before
    assert [(block.number, block.unit_id) for block in blocks(any_house)] == [
        (1, counter),
        (2, counter),
        (3, new),
    ]


def test_held_pools_of_merged_units_count_together_in_the_new_one(any_house: House):
    new = merge(any_house, "Service counter", "Showroom")
    for name in ["Sol", "Noor", "Bea", "Kai", "Lena"]:
        say(any_house, name)
    tick(any_house, 1)

    # Three and two were too few each; together they are five, and nobody counts twice.
    assert [(block.unit_id, block.people_floor) for block in blocks(any_house)] == [(new, 5)]
    assert rows(any_house, Pending) == []


def test_merged_sites_keep_their_teams_whose_answers_pass_the_closed_site_by(any_house: House):
    cast = any_house.cast
    change(
        any_house,
        sa.insert(Unit).values(parent_id=cast.units["Harbour Motors"], level=Level.SITE, name="Riverside"),
    )
    riverside = unit(any_house, "Riverside").id
    db.session.rollback()
    corner = {"parent_id": riverside, "level": Level.TEAM, "name": "Corner"}
    change(any_house, sa.insert(Unit).values(corner))
    corner_id = unit(any_house, "Corner").id
    db.session.rollback()
    few = [cast.people[name] for name in ("Vic", "Wes", "Xenia", "Jun")]
    change(any_house, sa.update(Person).where(Person.id.in_(few)).values(unit_id=corner_id))
    db.session.rollback()
    new = merge(any_house, "Northgate", "Riverside", into="Coast")
    opened(any_house, after_tick(1))

    assert unit(any_house, "Corner").parent_id == riverside
    assert unit(any_house, "Riverside").parent_id == new
    db.session.rollback()
    found = set(places(any_house, 2).values())
    assert found <= {cast.units["Service counter"], cast.units["Showroom"], new, cast.units["Harbour Motors"]}


def test_a_unit_can_be_merged_again_later_and_its_people_arrive(any_house: House):
    merge(any_house, "Service counter", "Parts")
    opened(any_house, after_tick(1))
    db.session.rollback()
    last = merge(any_house, "Front of house", "Showroom", into="Everybody", now=in_week(2))
    change(
        any_house,
        sa.update(Person)
        .where(Person.id == any_house.cast.people["Uma"])
        .values(unit_id=any_house.cast.units["Parts"]),
    )
    opened(any_house, after_tick(2))

    assert {team_of(any_house, name) for name in ("Sol", "Uma", "Kai")} == {"Everybody"}
    assert any_house.cast.people["Sol"] in places(any_house, 3)
    assert set(places(any_house, 3).values()) <= {last, any_house.cast.units["Harbour Motors"]}


def test_somebody_who_moves_to_a_team_at_the_tick_of_its_merge_goes_on_to_the_new_one(house: House):
    merge(house, "Service counter", "Parts")
    move(house, "Kai", "Parts")
    move(house, "Sol", "Showroom")
    opened(house, after_tick(1))

    assert (team_of(house, "Kai"), team_of(house, "Sol")) == ("Front of house", "Showroom")


def test_nobody_moves_to_a_team_before_it_opens(house: House):
    new = merge(house, "Service counter", "Parts")
    with pytest.raises(MoveRefused, match="Front of house opens at the next tick"):
        move(house, "Kai", "Front of house")
    db.session.rollback()
    opened(house, after_tick(1))

    assert moves.plan_move(db.session(), person(house, "Kai"), db.session.get_one(Unit, new), after_tick(1))


def test_a_merge_can_be_cancelled_and_its_unit_goes_again(house: House):
    new = merge(house, "Service counter", "Parts")
    waiting = moves.waiting_merges(db.session(), {new})
    assert [into.name for into, _merges in waiting] == ["Front of house"]
    assert {found.unit.name for _into, merges in waiting for found in merges} == {"Service counter", "Parts"}

    assert moves.cancel_merge(db.session(), unit(house, "Front of house")) is True
    assert rows(house, UnitMerge) == []
    assert new not in {row.id for row in rows(house, Unit)}
    opened(house, after_tick(1))
    assert team_of(house, "Sol") == "Service counter"


def test_a_cancelled_merge_leaves_a_unit_that_somebody_is_in(house: House):
    new = merge(house, "Service counter", "Parts")
    change(house, sa.update(Person).where(Person.id == house.cast.people["Kai"]).values(unit_id=new))

    assert moves.cancel_merge(db.session(), unit(house, "Front of house")) is False
    assert rows(house, UnitMerge) == []
    assert team_of(house, "Kai") == "Front of house"


def test_a_merge_that_took_effect_cannot_be_cancelled(house: House):
    merge(house, "Service counter", "Parts")
    opened(house, after_tick(1))

    assert moves.cancel_merge(db.session(), unit(house, "Front of house")) is False
    assert len(rows(house, UnitMerge)) == 2
    assert moves.waiting_merges(db.session(), set(house.cast.units.values())) == []


@pytest.mark.parametrize(
    ("names", "into", "why"),
    [
        (["Parts"], "New", "at least two"),
        (["Parts", "Parts"], "New", "at least two"),
        (["Parts", "Northgate"], "New", "one site"),
        (["Parts", "Harbour Motors"], "New", "organisation"),
        (["Parts", "Showroom"], "service COUNTER", "of this name"),
        (["Parts", "Showroom"], " Parts ", "keeps its name"),
        (["Parts", "Showroom"], "  ", "1 to 80"),
        (["Parts", "Showroom"], "n" * 81, "1 to 80"),
        (["Parts", "Showroom"], "a/b", "slash"),
        (["Parts", "Showroom"], "a\u200bb\u0000", "visible"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(house: House, names: list[str], into: str, why: str):
    with pytest.raises(MoveRefused, match=why):
        merge(house, *names, into=into)
    db.session.rollback()
    assert rows(house, UnitMerge) == []


def test_a_unit_is_merged_by_one_plan_at_a_time_and_not_again_once_it_is_closed(house: House):
    merge(house, "Service counter", "Parts")
    with pytest.raises(MoveRefused, match="planned already"):
        merge(house, "Parts", "Showroom", into="Another")
    db.session.rollback()
    with pytest.raises(MoveRefused, match="planned already"):
        merge(house, "Front of house", "Showroom", into="Another")
    db.session.rollback()
    opened(house, after_tick(1))
    with pytest.raises(MoveRefused, match="closed"):
        merge(house, "Parts", "Service counter", into="Another")
    db.session.rollback()
    with pytest.raises(MoveRefused, match="of this name"):
        merge(house, "Front of house", "Showroom", into="Parts")


def test_two_admins_who_give_the_same_name_at_once_make_one_unit(house: House, monkeypatch):
    monkeypatch.setattr(moves, "name_is_taken", lambda *_: False)

    with pytest.raises(MoveRefused, match="of this name"):
        merge(house, "Service counter", "Parts", into="Showroom")
    assert rows(house, UnitMerge) == []
