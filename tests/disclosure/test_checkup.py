"""The release of a check-up: by the clock, whole, once, and nothing raw left of it."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from tests.answers import House, change, everything, rows
from tests.cast import TEAMS
from tests.quarters import (
    CALLS,
    IN_JULY,
    NO,
    PARTLY,
    TRULY_FIRST,
    YES,
    opened,
    quarters,
    run_jobs,
    take_back,
    tell,
    tell_all,
    three,
    words,
)
from wellbeing.disclosure import checkup, checkup_ledger
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.checkup import CheckupBlock, Quarter, QuarterKey, QuarterPlace
from wellbeing.models.pending import PendingCheckup
from wellbeing.permissions import Role

SERVICE = [name for name in TEAMS["Service counter"] if name != "Alba"]
SHOWROOM = [name for name in TEAMS["Showroom"] if name != "Max"]
BEFORE_THE_TICK = datetime(2026, 4, 6, 1, 59, tzinfo=UTC)
RAW = (PendingCheckup, QuarterKey, QuarterPlace)


@pytest.fixture
def replied(any_house: House) -> House:
    """Six at the service counter said yes, four of the showroom said no, one there only partly."""
    opened(any_house)
    for name in SERVICE[:6]:
        tell(any_house, name, YES)
    for name in SHOWROOM[:4]:
        tell(any_house, name, NO)
    tell(any_house, SHOWROOM[4], PARTLY)
    tell(any_house, "Uma", NO, CALLS)
    return any_house


def test_it_comes_with_the_first_weekly_tick_after_the_quarter_and_not_before(replied: House):
    run_jobs(replied, BEFORE_THE_TICK)
    assert words(replied) == {}
    run_jobs(replied)

    assert words(replied) == {
        ("Service counter", TRULY_FIRST, "yes"): "most",
        ("Showroom", TRULY_FIRST, "yes"): "few",
    }
    assert quarters(replied)[0].released_on == date(2026, 4, 6)


def test_after_it_neither_replies_nor_places_nor_the_key_are_left(replied: House):
    run_jobs(replied, BEFORE_THE_TICK)
    assert all(len(rows(replied, table)) for table in RAW)
    run_jobs(replied)

    first = quarters(replied)[0].id
    assert [row for table in RAW for row in rows(replied, table) if row.quarter_id == first] == []
    assert len(rows(replied, QuarterKey)) == 1


def test_a_second_run_changes_nothing(replied: House):
    run_jobs(replied)
    before = everything(replied)
    run_jobs(replied)
    first = quarters(replied)[0].id
    with replied.engine.begin() as connection:
        again = checkup.release(connection, replied.server_key, first, date(2026, 4, 6))

    assert again is False
    assert everything(replied) == before


def test_quarters_that_were_missed_are_released_later_in_order_each_with_its_own_day(replied: House):
    run_jobs(replied, datetime(2026, 4, 2, tzinfo=UTC))
    change(replied, sa.delete(QuarterPlace).where(QuarterPlace.quarter_id != quarters(replied)[0].id))
    run_jobs(replied, IN_JULY)

    assert [found.released_on for found in quarters(replied)] == [date(2026, 4, 6), date(2026, 7, 6), None]


def test_too_few_climb_question_by_question_and_are_told_of_the_unit_above(any_house: House):
    opened(any_house)
    for name in SERVICE[:4]:
        tell_all(any_house, name, {CALLS: three(YES, YES, NO)})
    tell_all(any_house, SERVICE[4], {CALLS: {"consistently": YES}})
    for name in SHOWROOM[:2]:
        tell_all(any_house, name, {CALLS: {"properly": NO, "effective": NO}})
    run_jobs(any_house)

    assert words(any_house) == {
        ("Northgate", CALLS, "effective"): "few",
        ("Northgate", CALLS, "properly"): "most",
        ("Service counter", CALLS, "consistently"): "most",
    }


def test_what_is_too_little_for_the_organisation_is_gone(any_house: House):
    opened(any_house)
    for name in SERVICE[:4]:
        tell(any_house, name)
    run_jobs(any_house)

    assert (words(any_house), rows(any_house, PendingCheckup)) == ({}, [])
    assert quarters(any_house)[0].released_on is not None


def test_whoever_looks_at_figures_by_then_is_left_out(replied: House):
    """Of five of the showroom one has become a manager elsewhere: four are too few, and go up."""
    grant = {"person_id": replied.cast.people[SHOWROOM[0]], "role": Role.MANAGER}
    change(replied, sa.insert(RoleGrant).values(unit_id=replied.cast.units["Parts"], **grant))
    run_jobs(replied)

    assert words(replied) == {("Service counter", TRULY_FIRST, "yes"): "most"}


def test_what_waits_in_merged_teams_goes_to_the_new_one_however_much_it_is(any_house: House):
    opened(any_house)
    for name in SERVICE[:6]:
        tell(any_house, name, YES)
    tell(any_house, "Uma", NO)
    places = {row.person_id: row.pool_id for row in rows(any_house, QuarterPlace)}
    closed, uma = any_house.cast.units["Service counter"], any_house.cast.people["Uma"]
    new = "INSERT INTO unit (id, parent_id, level, name) VALUES (99, 2, 'team', 'Front of house')"
    change(any_house, sa.text(new))
    change(
        any_house, sa.update(Unit).where(Unit.id == closed).values(parent_id=99, closed_on=date(2026, 4, 6))
    )
    run_jobs(any_house)

    assert places[uma] != closed
    assert [(row.unit_id, row.word) for row in rows(any_house, CheckupBlock)] == [(99, "most")]


def test_k_is_that_of_the_quarters_opening(replied: House):
    change(replied, sa.text("UPDATE checkup_quarter SET people_needed = 6"))
    run_jobs(replied)

    assert [row.people_needed for row in rows(replied, CheckupBlock)] == [6]
    assert list(words(replied)) == [("Service counter", TRULY_FIRST, "yes")]


def test_who_takes_back_before_it_is_not_counted(replied: House):
    take_back(replied, SHOWROOM[4])
    run_jobs(replied)

    assert list(words(replied)) == [("Service counter", TRULY_FIRST, "yes")]


def test_another_quarter_has_its_own_words_and_people(replied: House):
    run_jobs(replied, datetime(2026, 4, 2, tzinfo=UTC))
    for name in SERVICE[:7]:
        tell(replied, name, NO, now=datetime(2026, 5, 2, tzinfo=UTC))
    run_jobs(replied, IN_JULY)

    found = [(row.quarter_id, row.unit_id, row.word) for row in rows(replied, CheckupBlock)]
    first, second, _open = [quarter.id for quarter in quarters(replied)]
    service, showroom = (replied.cast.units[name] for name in ("Service counter", "Showroom"))
    assert found == [(first, service, "most"), (first, showroom, "few"), (second, service, "few")]


def first_broken(house: House) -> int | None:
    with house.engine.connect() as connection:
        return checkup_ledger.first_broken(connection)


def test_the_chain_is_whole_and_says_where_it_was_changed(replied: House):
    run_jobs(replied)
    assert first_broken(replied) is None
    postgres = replied.engine.dialect.name == "postgresql"
    table = " ON checkup_block" if postgres else ""
    change(
        replied,
        sa.text(f"DROP TRIGGER checkup_block_no_update{table}"),
        sa.text("UPDATE checkup_block SET word = 'most' WHERE position = 2"),
    )

    assert first_broken(replied) == 2


def test_a_block_that_was_moved_to_another_quarter_breaks_the_chain(replied: House):
    run_jobs(replied)
    change(replied, sa.text("UPDATE checkup_quarter SET closes_at = '2026-04-02 22:00:00' WHERE id = 1"))

    assert first_broken(replied) == 1


def test_a_question_that_was_reworded_afterwards_breaks_the_chain(replied: House):
    run_jobs(replied)
    asked = quarters(replied)[0].asked
    for item in asked["items"]:
        item["es"]["text"] = "¿De verdad?"
    change(replied, sa.update(Quarter).where(Quarter.id == 1).values(asked=asked))

    assert first_broken(replied) == 1


@pytest.mark.parametrize("act", ["UPDATE checkup_block SET word = 'few'", "DELETE FROM checkup_block"])
def test_the_database_lets_nobody_change_a_block(replied: House, act: str):
    run_jobs(replied)

    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        change(replied, sa.text(act))
