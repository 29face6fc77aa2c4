"""What the clock runs, and that running it again does no harm."""

import logging
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import FIRST_TICK, House, after_tick, change, column, epoch_of, in_week, rows, say, tick
from tests.cases.brought import bring, close
from tests.cast import NOW
from wellbeing import asking, clock, floor, jobs, receipts, shifts
from wellbeing.models.accounts import PinFailure, Tablet
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.models.epochs import Epoch
from wellbeing.models.floor import CoverRequest
from wellbeing.models.pending import Receipt, ShiftState
from wellbeing.models.settings import Settings
from wellbeing.models.talk import GoodMoment
from wellbeing.talk import posts
from wellbeing.talk.posts import Kind


def run_at(house: House, now) -> jobs.Done:
    return jobs.run(house.engine, house.server_key, now)


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
        for person, when in ((sol, NOW), (noor, NOW + timedelta(hours=8))):
            floor.ask_for_cover(connection, person, team, 15, when)
            failure = {"person_id": person, "tablet_id": tablet, "at": when}
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


def test_the_log_tells_of_ticks_and_never_of_people(house: House, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil"):
        say(house, name)

    tick(house, 1)
    run_at(house, after_tick(1))

    assert [record.getMessage() for record in caplog.records if record.name.startswith("wellbeing")] == [
        "ran 1 ticks"
    ]


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
