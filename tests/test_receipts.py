"""Receipts: an act with a client-made id is done once, and nothing tells whose it was."""

from datetime import date, datetime, timedelta

import pytest

from tests.answers import House, rows
from tests.cast import NOW
from wellbeing import keys, receipts
from wellbeing.models.pending import Receipt

ID = "7d0c2f0e-6d0e-4a67-9d7a-0a8e6f5b9c11"


def give(house: House, client_id: str = ID, now: datetime = NOW) -> bool:
    with house.engine.begin() as connection:
        return receipts.give(connection, house.server_key, client_id, now)


def done(house: House, client_id: str = ID) -> bool:
    with house.engine.connect() as connection:
        return receipts.done_before(connection, house.server_key, client_id)


def test_a_receipt_is_found_again(any_house: House):
    assert not done(any_house)

    give(any_house)

    assert done(any_house)
    assert not done(any_house, ID.upper())


def test_a_receipt_holds_a_mac_and_a_week_and_nothing_else(any_house: House):
    give(any_house)

    assert rows(any_house, Receipt) == [(keys.receipt_mac(any_house.server_key, ID), date(2026, 3, 2))]
    assert set(Receipt.__table__.columns.keys()) == {"client_mac", "week"}


def test_the_same_act_gets_one_receipt(any_house: House):
    assert give(any_house)

    assert not give(any_house)
    assert len(rows(any_house, Receipt)) == 1


@pytest.mark.parametrize(("days", "left"), [(41, 1), (42, 0)])
def test_receipts_go_thirty_five_days_after_their_week(house: House, days: int, left: int):
    monday = datetime.combine(date(2026, 3, 2), NOW.timetz())
    give(house, now=monday)

    with house.engine.begin() as connection:
        receipts.forget_old(connection, monday + timedelta(days=days))

    assert len(rows(house, Receipt)) == left
