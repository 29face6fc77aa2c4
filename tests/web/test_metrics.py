"""What a monitor sees: the ledger and the clock, and nothing that an answer changes."""

from datetime import timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast, pin_of
from wellbeing import jobs
from wellbeing.models.base import db


def check_in(client: FlaskClient, cast: Cast, name: str) -> None:
    said = {"id": name, "act": "check_in", "person": cast.people[name], "pin": pin_of(name), "mood": 2}
    answer = client.post("/counter/act", json=said, headers={"Authorization": f"Bearer {cast.token}"})
    assert answer.status_code == 200


def test_a_monitor_sees_ticks_blocks_and_whether_a_tick_is_late(app: Flask, client: FlaskClient, site: Cast):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        check_in(client, site, name)

    with time_machine.travel(NOW + timedelta(days=7)):
        late = client.get("/metrics")
        with app.app_context():
            jobs.run_now(db.engine, app.extensions["config"])
        in_time = client.get("/metrics")

    assert late.content_type.startswith("text/plain")
    assert "second_wind_ticks 0.0\n" in late.text
    assert "second_wind_ticks_overdue 1.0\n" in late.text
    assert "second_wind_ticks 1.0\n" in in_time.text
    assert "second_wind_blocks 1.0\n" in in_time.text
    assert "second_wind_ticks_overdue 0.0\n" in in_time.text


def test_no_answer_changes_what_a_monitor_sees(client: FlaskClient, site: Cast):
    before = client.get("/metrics").data
    check_in(client, site, "Sol")

    assert client.get("/metrics").data == before
