"""The keys that tablets seal to: one on offer, made in time, kept for a queue, gone before receipts are."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from tests.answers import House, change, rows
from tests.cast import NOW
from tests.faults.copies import engine_of
from wellbeing import jobs, keys, receipts, tablet_keys
from wellbeing.models.tablet_keys import TabletKey
from wellbeing.tablet_keys import HANDED_OUT_FOR, KEPT_FOR, Offered

SECOND = timedelta(seconds=1)


def renew(house: House, now: datetime = NOW) -> Offered:
    with house.engine.begin() as connection:
        return tablet_keys.renew(connection, house.server_key, now)


def on_offer(house: House, now: datetime = NOW) -> Offered | None:
    with house.engine.connect() as connection:
        return tablet_keys.on_offer(connection, now)


def private_halves(house: House) -> dict[str, bytes]:
    with house.engine.connect() as connection:
        return tablet_keys.private_halves(connection, house.server_key)


def forget_old(house: House, now: datetime) -> None:
    with house.engine.begin() as connection:
        tablet_keys.forget_old(connection, now)


def test_there_is_none_until_somebody_needs_one(any_house: House):
    assert on_offer(any_house) is None

    made = renew(any_house)

    assert on_offer(any_house) == renew(any_house) == made
    assert (len(made.name), len(made.public)) == (16, 65)
    assert private_halves(any_house).keys() == {made.name}


def test_a_key_is_handed_out_for_four_days_and_then_another_one_is(any_house: House):
    first = renew(any_house)
    last_moment = NOW + HANDED_OUT_FOR - SECOND
    assert renew(any_house, last_moment) == first

    second = renew(any_house, NOW + HANDED_OUT_FOR)

    assert on_offer(any_house, NOW + HANDED_OUT_FOR) == second != first
    assert private_halves(any_house).keys() == {first.name, second.name}


def test_a_key_opens_for_thirty_days_after_it_was_last_handed_out_and_is_then_deleted(any_house: House):
    first = renew(any_house)
    forget_old(any_house, NOW + HANDED_OUT_FOR + timedelta(days=30) - SECOND)
    assert private_halves(any_house).keys() == {first.name}

    forget_old(any_house, NOW + HANDED_OUT_FOR + timedelta(days=30))

    assert rows(any_house, TabletKey) == []


def test_no_key_outlives_the_receipt_of_an_entry_that_it_opened(house: House):
    """A copy of the entry would be done once more: it could still be opened, and nobody would remember it."""
    for days in range(7):
        now, entry = NOW + timedelta(days=days), f"entry {days}"
        with house.engine.begin() as connection:
            receipts.give(connection, house.server_key, entry, now)
            receipts.forget_old(connection, now + KEPT_FOR)
            assert receipts.done_before(connection, house.server_key, entry)


def test_of_many_who_need_the_first_key_at_once_one_makes_it(any_house: House):
    start, found = threading.Barrier(6), []

    def need() -> None:
        engine = engine_of(any_house.engine.url)
        start.wait()
        with engine.begin() as connection:
            found.append(tablet_keys.renew(connection, any_house.server_key, NOW))

    threads = [threading.Thread(target=need) for _process in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(rows(any_house, TabletKey)) == 1
    assert len(found) == 6 and len(set(found)) == 1


def test_the_jobs_make_keys_and_delete_them(any_house: House):
    jobs.run(any_house.engine, any_house.server_key, NOW)
    [first] = rows(any_house, TabletKey)
    jobs.run(any_house.engine, any_house.server_key, NOW)
    assert rows(any_house, TabletKey) == [first]

    jobs.run(any_house.engine, any_house.server_key, NOW + KEPT_FOR)

    [second] = rows(any_house, TabletKey)
    assert second.name != first.name


def test_the_database_alone_opens_nothing(house: House):
    made = renew(house)
    [row] = rows(house, TabletKey)
    private = private_halves(house)[made.name]

    assert private not in row.wrapped_key and len(row.wrapped_key) == len(private) + 8
    with house.engine.connect() as connection, pytest.raises(InvalidUnwrap):
        tablet_keys.private_halves(connection, keys.new_key())


def test_where_two_keys_are_as_new_everybody_is_handed_the_same(house: House):
    one, other = renew(house), "a" * 16
    row = rows(house, TabletKey)[0]._asdict()
    change(house, sa.insert(TabletKey).values(row | {"name": other}))

    assert on_offer(house) == Offered(min(one.name, other), one.public)
