"""Prepared statements mean on the bare driver what they mean in SQLAlchemy, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from tests.answers import House, epoch_of
from tests.cast import NOW
from wellbeing.models.pending import Dimension, Pending, PendingDetail, ShiftState
from wellbeing.prepared import Prepared, adding

ADD = Prepared(sa.insert(ShiftState))
READ = Prepared(sa.select(ShiftState.__table__).where(ShiftState.name == sa.bindparam("name")))


def state(house: House, **values: object) -> dict[str, object]:
    epoch = epoch_of(house, 1).id
    known = {"name": b"n" * 32, "epoch_id": epoch, "rough_at": NOW, "break_followed": True}
    return known | {"touched_at": NOW + timedelta(minutes=1)} | values


def test_what_is_written_is_read_as_it_was_meant(any_house: House):
    given = state(any_house)

    with any_house.engine.begin() as connection:
        assert ADD.run(connection, **given) == 1
        prepared = READ.one(connection, name=given["name"])
        usual = connection.execute(sa.select(ShiftState.__table__)).one()

    assert prepared._asdict() == usual._asdict() == given
    assert prepared.rough_at.tzinfo is not None


def test_a_row_that_is_not_there_is_none(any_house: House):
    with any_house.engine.connect() as connection:
        assert READ.one(connection, name=b"nobody") is None


def test_a_broken_rule_is_told_as_sqlalchemy_tells_it_and_without_what_was_said(any_house: House):
    values = {"id": b"i" * 16, "epoch_id": epoch_of(any_house, 1).id, "pool_id": 1, "contributor": b"c" * 32}
    add = Prepared(sa.insert(Pending))

    with pytest.raises(IntegrityError) as refused, any_house.engine.begin() as connection:
        add.run(connection, **values, mood=9, rough=False, break_taken=False)
    assert refused.value.params is None


def test_a_statement_that_the_database_does_not_know_is_told_as_sqlalchemy_tells_it(any_house: House):
    nonsense = Prepared(sa.text("SELECT nothing FROM nowhere"))

    with pytest.raises((OperationalError, ProgrammingError)), any_house.engine.begin() as connection:
        nonsense.one(connection)


def test_a_value_that_was_forgotten_is_an_error_of_ours(any_house: House):
    with pytest.raises(KeyError, match="name"), any_house.engine.begin() as connection:
        READ.one(connection)


def test_it_takes_part_in_the_transaction_that_is_open(any_house: House):
    given = state(any_house)
    with any_house.engine.connect() as connection:
        transaction = connection.begin()
        ADD.run(connection, **given)
        transaction.rollback()
        assert READ.one(connection, name=given["name"]) is None


def test_a_row_that_is_there_already_stays_as_it_is_and_is_not_counted(any_house: House):
    given = state(any_house)
    add = adding(ShiftState.__table__)

    with any_house.engine.begin() as connection:
        written = [add.run(connection, **given), add.run(connection, **given | {"break_followed": False})]
        kept = READ.one(connection, name=given["name"])

    assert written == [1, 0]
    assert kept._asdict() == given


def test_what_the_database_has_a_value_for_is_left_to_it(any_house: House):
    row = {"epoch_id": epoch_of(any_house, 1).id, "pool_id": 1, "contributor": b"c" * 32}
    add = adding(PendingDetail.__table__)

    with any_house.engine.begin() as connection:
        add.run(connection, id=b"i" * 16, **row, dimension=Dimension.AREA, category="parts")
        found = connection.execute(sa.select(PendingDetail.__table__)).one()

    assert (found.waited, found.dimension) == (False, Dimension.AREA)
