"""What the clock runs, and that running it again does no harm."""

import logging
import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
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
from tests.cases.brought import bring, close
from tests.cast import NOW, PASSWORD, TEAMS
from wellbeing import asking, clock, floor, jobs, receipts, shifts, sign_in
from wellbeing.diary import opening, unlocking
from wellbeing.models.accounts import PinFailure, Tablet
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.models.diary import DiaryEntry, DiaryOpened
from wellbeing.models.epochs import Epoch
from wellbeing.models.floor import CoverRequest
from wellbeing.models.ledger import Tick
from wellbeing.models.pending import Pending, Receipt, ShiftState
from wellbeing.models.settings import Settings
from wellbeing.models.talk import GoodMoment
from wellbeing.storage import PATIENCE_MS, reading_only
from wellbeing.talk import posts
from wellbeing.talk.posts import Kind


def run_at(house: House, now) -> jobs.Done:
    return jobs.run(house.engine, house.server_key, now)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_a_site_that_is_not_set_up_has_nothing_to_run(any_app: Flask):
    with any_app.app_context():
        config = any_app.extensions["config"]
        engine = any_app.extensions["sqlalchemy"].engine
        assert jobs.run_now(engine, config) == jobs.Done(0, 0)


def test_the_sites_own_moment_decides_what_is_due(app: Flask, house: House):
    config = app.extensions["config"]
    with time_machine.travel(after_tick(1)):
        assert jobs.run_now(house.engine, config) == jobs.Done(1, 1)
    change(house, sa.update(Settings).values(clock_ahead_seconds=int(timedelta(weeks=2).total_seconds())))
    with time_machine.travel(after_tick(1)):
        assert clock.now() == after_tick(1)
        assert jobs.run_now(house.engine, config) == jobs.Done(2, 2)


def test_a_tick_runs_at_its_moment_and_not_before(house: House):
    assert run_at(house, FIRST_TICK - timedelta(seconds=1)) == jobs.Done(0, 0)
    assert run_at(house, FIRST_TICK) == jobs.Done(1, 1)


def test_what_has_expired_is_forgotten_and_the_rest_is_kept(any_house: House):
    sol, noor = any_house.cast.people["Sol"], any_house.cast.people["Noor"]
    team = any_house.cast.units["Service counter"]
    say(any_house, "Sol", mood=2, rough=True)
    say(any_house, "Noor", NOW + timedelta(hours=8), mood=2, rough=True)
    with any_house.engine.begin() as connection:
        tablet = connection.execute(sa.select(Tablet.id)).scalar_one()
        for person, when, wrong in (
            (sol, NOW, NOW - timedelta(hours=16)),
            (noor, NOW + timedelta(hours=8), NOW),
        ):
            floor.ask_for_cover(connection, person, team, 15, when)
            failure = {"person_id": person, "tablet_id": tablet, "at": wrong}
            connection.execute(sa.insert(PinFailure).values(failure))
        receipts.give(connection, any_house.server_key, "old", NOW - timedelta(days=40))
        receipts.give(connection, any_house.server_key, "new", NOW)

    run_at(any_house, NOW + timedelta(hours=8, minutes=6))

    assert column(any_house, sa.select(CoverRequest.person_id)) == [noor]
    assert column(any_house, sa.select(PinFailure.person_id)) == [noor]
    assert len(rows(any_house, ShiftState)) == 1
    assert len(rows(any_house, Receipt)) == 1


def test_what_hung_on_a_wall_for_half_a_year_goes(any_house: House):
    team = any_house.cast.units["Parts"]
    with any_house.engine.begin() as connection:
        for days in (180, 181):
            posts.write(connection, Kind.MOMENT, team, f"{days} days", NOW.date() - timedelta(days=days))

    run_at(any_house, NOW)

    assert [row.text for row in rows(any_house, GoodMoment)] == ["180 days"]


def test_a_request_to_be_contacted_goes_thirty_days_after_its_answer(any_house: House):
    sol = any_house.cast.people["Sol"]
    with any_house.engine.begin() as connection:
        asking.ask(connection, sol, asking.of(connection, sol, name=True), NOW.date())
    asking.answer(db.session(), 1, NOW.date())

    for days, left in ((29, 1), (30, 0)):
        jobs.run(any_house.engine, any_house.server_key, NOW + timedelta(days=days))
        assert len(asking.own(db.session(), sol)) == left
        db.session.rollback()


def test_cases_that_were_closed_two_years_ago_go(any_house: House):
    before = NOW - timedelta(days=740)
    old, young = (bring(any_house.cast, at=before, came_at=before) for _case in range(2))
    close(old, NOW - timedelta(days=730))
    close(young, NOW - timedelta(days=729))

    run_at(any_house, NOW)

    assert [row.id for row in rows(any_house, Case)] == [young]


def test_shifts_are_forgotten_by_the_job(house: House, monkeypatch: pytest.MonkeyPatch):
    seen = []
    monkeypatch.setattr(shifts, "forget_idle", lambda _connection, now: seen.append(now))

    run_at(house, NOW)

    assert seen == [NOW]


def test_sqlites_log_is_empty_after_each_run(app: Flask, house: House):
    log = app.extensions["config"].instance / "test.db-wal"
    say(house, "Sol")
    assert log.stat().st_size > 0

    run_at(house, NOW)

    assert log.stat().st_size == 0


def test_who_reads_for_long_is_not_waited_for_and_the_next_run_empties_the_log(app: Flask, house: House):
    log = app.extensions["config"].instance / "test.db-wal"
    with reading_only(), house.engine.connect() as reader:
        reader.execute(sa.select(Settings.id)).all()
        say(house, "Sol")
        jobs.truncate_log(house.engine)
        assert log.stat().st_size > 0
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == PATIENCE_MS

    jobs.truncate_log(house.engine)

    assert log.stat().st_size == 0


class NoRoom(sqlite3.Connection):
    """A file on a disk so full that its log cannot be written back."""

    def cursor(self, factory: object = None) -> sqlite3.Cursor:
        class Cursor(sqlite3.Cursor):
            """Writes nothing back."""

            def execute(self, sql: str, *given: object) -> sqlite3.Cursor:
                if "wal_checkpoint" in sql:
                    raise sqlite3.OperationalError("database or disk is full")
                return super().execute(sql, *given)

        return super().cursor(Cursor)


def test_a_log_that_cannot_be_emptied_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'full.db'}", connect_args={"factory": NoRoom})

    jobs.truncate_log(engine)

    assert "the write-ahead log could not be emptied: the disk is full" in caplog.text
    engine.dispose()


def test_the_log_tells_of_ticks_and_never_of_people(house: House, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil"):
        say(house, name)

    tick(house, 1)
    run_at(house, after_tick(1))

    assert [record.getMessage() for record in caplog.records if record.name.startswith("wellbeing")] == [
        "ran 1 ticks"
    ]


def test_entries_whose_months_are_over_go_and_the_log_tells_how_many(
    any_house: House, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    opening.begin(db.session(), any_house.cast.people["Sol"], PASSWORD)
    db.session.commit()
    say(any_house, "Sol", mood=1, rough=True)
    many, (month,) = len(rows(any_house, DiaryEntry)), {row.expires for row in rows(any_house, DiaryEntry)}
    run_at(any_house, noon(month + timedelta(days=27)))
    assert len(rows(any_house, DiaryEntry)) == many
    caplog.clear()

    run_at(any_house, noon(month + timedelta(days=32)))

    assert rows(any_house, DiaryEntry) == []
    told = [record.getMessage() for record in caplog.records if "diary" in record.getMessage()]
    assert told == [f"deleted {many} diary entries whose time was over"]


def test_the_key_of_a_diary_that_was_left_open_goes_after_a_quarter_of_an_hour(any_house: House):
    person = any_house.cast.people["Sol"]
    begun = opening.begin(db.session(), person, PASSWORD)
    entered = sign_in.enter(db.session(), person, NOW)
    assert entered is not None
    unlocking.unlock(db.session(), entered.token, begun.private, NOW)

    run_at(any_house, NOW + timedelta(minutes=14))
    assert len(rows(any_house, DiaryOpened)) == 1
    run_at(any_house, NOW + timedelta(minutes=15))
    assert rows(any_house, DiaryOpened) == []


def test_the_ledgers_own_age_is_the_number_of_its_weekly_ticks(any_house: House):
    for number in (1, 2, 3, 4, 5):
        tick(any_house, number)

    with any_house.engine.connect() as connection:
        assert jobs.ticks_so_far(connection) == 5


def test_epochs_open_before_their_ticks_run(house: House):
    assert run_at(house, in_week(6)) == jobs.Done(epochs=6, ticks=6)
    assert len([key for key in column(house, sa.select(Epoch.wrapped_key)) if key is not None]) == 2


def test_a_tick_that_another_process_ran_meanwhile_is_left_to_it(any_house: House):
    over = epoch_of(any_house, 1)
    tick(any_house, 2)

    assert jobs._run_tick(any_house.engine, over, any_house.server_key) is False


def test_a_clock_set_back_a_day_runs_no_tick_twice_and_opens_no_week_again(house: House):
    for name in TEAMS["Service counter"][1:9]:
        say(house, name)
    tick(house, 1)
    ran, released = rows(house, Tick), blocks(house)

    back = jobs.run(house.engine, house.server_key, after_tick(1) - timedelta(days=1))
    say(house, "Sol", after_tick(1) - timedelta(days=1))

    assert (back, tick(house, 1)) == (jobs.Done(0, 0), jobs.Done(0, 0))
    assert (rows(house, Tick), blocks(house)) == (ran, released)
    assert {row.epoch_id for row in rows(house, Pending)} == {epoch_of(house, 2).id}
