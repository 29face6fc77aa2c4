"""Alive and ready: for machines that watch, and independent of every answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import FIRST_TICK, House, after_tick, change, house_of, say, tick
from tests.cast import NOW
from wellbeing import create_app, regular
from wellbeing.config import Mode
from wellbeing.models.base import db
from wellbeing.regular import Work


def ready(app: Flask) -> tuple[int, dict]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.json


def test_the_process_answers(app: Flask):
    answer = app.test_client().get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_a_site_at_work_is_ready(any_app: Flask):
    with any_app.app_context():
        house_of(any_app)
    with time_machine.travel(FIRST_TICK - timedelta(hours=1)):
        assert ready(any_app) == (
            200,
            {"database": True, "migrations": True, "last_tick": True, "jobs": True},
        )


def test_a_site_before_its_set_up_is_ready(app: Flask):
    assert ready(app)[0] == 200


@pytest.mark.parametrize(("minutes", "on_time"), [(60, True), (61, False)])
def test_a_tick_may_be_an_hour_late(app: Flask, house: House, minutes: int, on_time: bool):
    with time_machine.travel(FIRST_TICK + timedelta(minutes=minutes), tick=False):
        assert ready(app) == (
            200 if on_time else 503,
            {"database": True, "migrations": True, "last_tick": on_time, "jobs": True},
        )


def test_after_its_tick_a_site_is_ready_again(app: Flask, house: House):
    tick(house, 1)

    with time_machine.travel(after_tick(1)):
        assert ready(app)[0] == 200


def test_answers_change_nothing_that_a_watcher_sees(app: Flask, house: House):
    before = ready(app), app.test_client().get("/healthz").data
    say(house, "Sol", mood=1, rough=True)

    assert (ready(app), app.test_client().get("/healthz").data) == before


def test_an_older_schema_is_not_ready(app: Flask, house: House):
    change(house, sa.text("UPDATE alembic_version SET version_num = '0000'"))

    assert ready(app) == (
        503,
        {"database": True, "migrations": False, "last_tick": True, "jobs": True},
    )


def test_without_tables_the_site_is_not_ready(app: Flask, tmp_path):
    config = replace(app.extensions["config"], database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    empty = create_app(config)

    assert ready(empty) == (
        503,
        {"database": False, "migrations": False, "last_tick": False, "jobs": False},
    )
    with empty.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("mode", "minutes", "code"),
    [(Mode.PRODUCTION, 15, 200), (Mode.PRODUCTION, 16, 503), (Mode.DEMO, 16, 200)],
)
def test_a_real_site_whose_jobs_stopped_is_not_ready(
    app: Flask, house: House, mode: Mode, minutes: int, code: int
):
    regular.note(house.engine, Work.JOBS, NOW)
    app.extensions["config"] = replace(app.extensions["config"], mode=mode)

    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        answered, checks = ready(app)

    assert (answered, checks["jobs"]) == (code, code == 200)
