"""Check-up replies: what is stored of them, that they can be replaced and taken back, and nobody else's."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.answers import House, change, everything, house_of, rows
from tests.cast import NOW
from tests.quarters import (
    CALLS,
    MARCH,
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
)
from wellbeing import checkup_collect, erasure, keys, shuffle
from wellbeing.models.accounts import Person
from wellbeing.models.checkup import QuarterKey
from wellbeing.models.pending import PendingCheckup

EVERYTHING = {TRULY_FIRST: {"yes": YES}, CALLS: three(YES, PARTLY, NO)}
LAST_MOMENT = datetime(2026, 3, 31, 21, 59, tzinfo=UTC)


@pytest.fixture
def open_house(any_house: House) -> House:
    """The cast's site with its first check-up open."""
    opened(any_house)
    return any_house


def said(house: House) -> list[tuple]:
    return sorted(
        (row.item, row.yes, row.consistently, row.properly, row.effective)
        for row in rows(house, PendingCheckup)
    )


def test_a_row_holds_one_item_and_no_person(open_house: House):
    assert tell_all(open_house, "Sol", EVERYTHING)

    assert said(open_house) == [
        (CALLS, None, YES, PARTLY, NO),
        (TRULY_FIRST, YES, None, None, None),
    ]
    pointed_at = {foreign.column.table.name for foreign in PendingCheckup.__table__.foreign_keys}
    assert pointed_at == {"checkup_quarter", "unit"}


def test_the_names_of_one_persons_items_do_not_join(open_house: House):
    tell_all(open_house, "Sol", EVERYTHING)
    tell_all(open_house, "Noor", EVERYTHING)

    names = [row.contributor for row in rows(open_house, PendingCheckup)]
    assert len(set(names)) == 4
    key = keys.unwrapped(open_house.server_key, rows(open_house, QuarterKey)[0].wrapped_key)
    sol = open_house.cast.people["Sol"]
    assert {keys.checkup_contributor(key, item, sol) for item in EVERYTHING} < set(names)


def test_a_persons_names_join_to_no_answer_of_a_week():
    made = {
        keys.contributor(b"k" * 32, 1),
        keys.shift_name(b"k" * 32, 1),
        keys.detail_contributor(b"k" * 32, TRULY_FIRST, 1),
        keys.checkup_contributor(b"k" * 32, TRULY_FIRST, 1),
        keys.checkup_contributor(b"k" * 32, CALLS, 1),
    }
    assert len(made) == 5 and all(one != other for one, other in combinations(made, 2))


def test_said_again_an_item_is_replaced_and_others_stay(open_house: House):
    tell_all(open_house, "Sol", EVERYTHING)
    before = {row.id for row in rows(open_house, PendingCheckup)}
    tell(open_house, "Noor")
    tell_all(open_house, "Sol", {CALLS: {"properly": NO}, TRULY_FIRST: {}})

    assert said(open_house) == [
        (CALLS, None, None, NO, None),
        *[(TRULY_FIRST, YES, None, None, None)] * 2,
    ]
    assert len(before & {row.id for row in rows(open_house, PendingCheckup)}) == 1


def test_replies_are_taken_until_the_quarters_last_moment_and_not_after(open_house: House):
    assert tell(open_house, "Sol", now=LAST_MOMENT)
    assert not tell(open_house, "Noor", now=quarters(open_house)[0].closes_at)
    assert len(rows(open_house, PendingCheckup)) == 1


def test_before_a_check_up_opens_nothing_is_stored(any_house: House):
    before = everything(any_house)

    assert not tell(any_house, "Sol", now=NOW)
    assert everything(any_house) == before


@pytest.mark.parametrize("name", ["Alba", "Ada"])
def test_nothing_is_stored_of_somebody_without_a_place(open_house: House, name: str):
    before = everything(open_house)

    assert not tell(open_house, name)
    assert everything(open_house) == before


def standing(house: House, name: str, now: datetime = MARCH) -> tuple[bool, set[str]]:
    with house.engine.begin() as connection:
        person = house.cast.people[name]
        return checkup_collect.standing(connection, house.server_key, person, EVERYTHING, now)


def test_somebody_can_be_told_what_they_have_done_and_never_what_they_said(open_house: House):
    tell(open_house, "Sol")
    tell(open_house, "Noor", item=CALLS)
    [quarter] = quarters(open_house)

    assert standing(open_house, "Sol") == (True, {TRULY_FIRST})
    assert standing(open_house, "Bea") == (True, set())
    assert standing(open_house, "Alba") == (False, set())
    assert standing(open_house, "Sol", quarter.closes_at) == (False, set())


def test_taking_back_deletes_all_of_ones_own_and_nobody_elses(open_house: House):
    tell_all(open_house, "Sol", EVERYTHING)
    tell(open_house, "Sol", item="no-longer-offered")
    tell(open_house, "Noor", NO)
    take_back(open_house, "Sol")

    assert said(open_house) == [(TRULY_FIRST, NO, None, None, None)]


def test_replies_of_a_quarter_that_has_closed_can_be_taken_back_until_its_release(open_house: House):
    tell(open_house, "Sol")
    run_jobs(open_house, quarters(open_house)[0].closes_at)
    assert len(quarters(open_house)) == 2
    tell(open_house, "Sol", now=datetime(2026, 4, 2, tzinfo=UTC))
    assert len(said(open_house)) == 2
    take_back(open_house, "Sol")

    assert said(open_house) == []
    run_jobs(open_house)
    take_back(open_house, "Sol")


def test_erasing_somebody_takes_their_replies(open_house: House):
    tell_all(open_house, "Sol", EVERYTHING)
    tell(open_house, "Noor", NO)
    with Session(open_house.engine) as session:
        person = session.get_one(Person, open_house.cast.people["Sol"])
        erasure.erase(session, open_house.server_key, person)

    assert said(open_house) == [(TRULY_FIRST, NO, None, None, None)]


def test_the_database_takes_one_row_of_a_person_and_item(open_house: House):
    tell(open_house, "Sol")
    [row] = rows(open_house, PendingCheckup)

    with pytest.raises(sa.exc.IntegrityError):
        change(open_house, sa.insert(PendingCheckup).values({**row._mapping, "id": keys.new_id()}))


def test_on_postgresql_the_order_of_replies_leaves_the_files(postgres_app: Flask):
    from_order = sa.text("SELECT id FROM pending_checkup ORDER BY ctid")
    with postgres_app.app_context():
        house = house_of(postgres_app)
        opened(house)
        for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
            tell_all(house, name, EVERYTHING)
        assert shuffle.shuffle(house.engine)
        with house.engine.connect() as connection:
            found = connection.execute(from_order).scalars().all()
            together = connection.execute(sa.text("SELECT count(DISTINCT xmin::text) FROM pending_checkup"))
            assert together.scalar_one() == 1

    assert found == sorted(found) and len(found) == 10
