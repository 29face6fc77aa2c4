"""The access log: who looked at what, by role and day, once a day; and what cannot be noted is not given."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change, column, rows
from tests.cast import NOW
from wellbeing import access_log, jobs
from wellbeing.access_log import Entry, NotLogged
from wellbeing.extensions import commits
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.base import db
from wellbeing.permissions import Role

TODAY = date(2026, 3, 4)


def looked(house: House, unit: str, role: Role = Role.MANAGER, act: Act = Act.OPENED, day: date = TODAY):
    access_log.record(commits().run, day, act, {(house.cast.units[unit], role)})


def new(house: House, act: Act = Act.OPENED, day: date = TODAY) -> set[access_log.Look]:
    looks = [(house.cast.units["Parts"], Role.MANAGER), (house.cast.units["Parts"], Role.HR)]
    found = access_log.not_yet(db.session(), day, act, looks)
    db.session.rollback()
    return found


def test_a_look_is_noted_once_also_when_two_come_at_the_same_moment(any_house: House):
    looked(any_house, "Parts")
    looked(any_house, "Parts")

    assert [tuple(row) for row in rows(any_house, AccessEntry)] == [
        (TODAY, any_house.cast.units["Parts"], Role.MANAGER, Act.OPENED)
    ]


def test_only_what_is_new_on_a_day_is_to_be_written(any_house: House):
    looked(any_house, "Parts")

    parts = any_house.cast.units["Parts"]
    assert new(any_house) == {(parts, Role.HR)}
    assert len(new(any_house, Act.CSV)) == len(new(any_house, day=TODAY + timedelta(days=1))) == 2


def test_what_cannot_be_noted_is_refused_and_the_log_says_no_more_than_why(
    any_house: House, caplog: pytest.LogCaptureFixture
):
    with pytest.raises(NotLogged):
        access_log.record(commits().run, TODAY, Act.CSV, {(99999, Role.HR)})

    assert [record.getMessage() for record in caplog.records] == [
        "the access log could not be written: IntegrityError"
    ]
    assert rows(any_house, AccessEntry) == []


def test_a_disk_that_takes_no_lock_file_is_a_reason_too(house: House):
    def full(_job: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(NotLogged):
        access_log.record(full, TODAY, Act.CSV, {(house.cast.units["Parts"], Role.HR)})


def test_the_newest_day_comes_first_and_within_a_day_the_order_is_of_names(any_house: House):
    looked(any_house, "Showroom", Role.MANAGER)
    looked(any_house, "Parts", Role.MANAGER, Act.MONDAY_SHEET)
    looked(any_house, "Parts", Role.HR)
    looked(any_house, "Parts", Role.MANAGER)
    looked(any_house, "Parts", Role.HR, Act.CSV, TODAY + timedelta(days=1))
    looked(any_house, "Service counter", Role.HR)
    units = any_house.cast.units

    found, older = access_log.entries(db.session(), {units["Parts"], units["Showroom"]})

    tomorrow = TODAY + timedelta(days=1)
    assert found == [
        Entry(tomorrow, units["Parts"], "Parts", Role.HR, Act.CSV),
        Entry(TODAY, units["Parts"], "Parts", Role.HR, Act.OPENED),
        Entry(TODAY, units["Parts"], "Parts", Role.MANAGER, Act.MONDAY_SHEET),
        Entry(TODAY, units["Parts"], "Parts", Role.MANAGER, Act.OPENED),
        Entry(TODAY, units["Showroom"], "Showroom", Role.MANAGER, Act.OPENED),
    ]
    assert not older


def test_a_long_log_comes_page_by_page(house: House):
    parts = house.cast.units["Parts"]
    days = [TODAY - timedelta(days=number) for number in range(access_log.PAGE + 1)]
    entry = {"unit_id": parts, "role": Role.HR, "act": Act.OPENED}
    change(house, sa.insert(AccessEntry).values([entry | {"day": day} for day in days]))

    first, more = access_log.entries(db.session(), {parts})
    last, none_left = access_log.entries(db.session(), {parts}, 2)

    assert ([entry.day for entry in first], more) == (days[:-1], True)
    assert ([entry.day for entry in last], none_left) == (days[-1:], False)
    assert access_log.entries(db.session(), set()) == ([], False)


def test_it_is_forgotten_after_four_hundred_days_by_the_job(any_house: House):
    for days in (400, 401):
        looked(any_house, "Parts", day=TODAY - timedelta(days=days))

    jobs.run(any_house.engine, any_house.server_key, NOW)

    assert column(any_house, sa.select(AccessEntry.day)) == [TODAY - timedelta(days=400)]


def test_the_file_of_the_database_keeps_no_order_of_looks(house: House):
    with house.engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'access_entry'")
        assert "WITHOUT ROWID" in made.scalar_one()
