"""What a monitor sees: the ledger and the clock, and nothing that an answer changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import house_of
from tests.cast import NOW, Cast, pin_of
from tests.counter.boxes import entry
from wellbeing import jobs, regular, watching
from wellbeing.models.base import db
from wellbeing.regular import Work

TOKEN = "a-token-for-the-monitor"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


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


def guard(app: Flask) -> None:
    """Let the site's figures be read by a token alone."""
    app.extensions["config"] = replace(app.extensions["config"], metrics_token=TOKEN)


@pytest.fixture(autouse=True)
def a_disk_that_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 40)


SAID = (
    {"act": "check_in", "mood": 1},
    {"act": "rough", "mood": 2, "severity": "severe"},
    {"act": "break", "kind": "walk", "minutes": 5},
    {"act": "back", "mood": 4},
    {"act": "take_back"},
    {"act": "who", "pin": "0000"},
    {"act": "no such act"},
)


@pytest.mark.parametrize("by_token", [True, False])
def test_no_act_at_the_counter_changes_what_a_monitor_sees(
    app: Flask, client: FlaskClient, site: Cast, by_token: bool
):
    if by_token:
        guard(app)
    sol = {"person": site.people["Sol"], "pin": pin_of("Sol")}
    tablet = {"Authorization": f"Bearer {site.token}"}
    before = client.get("/metrics", headers=SHOWN).data

    for number, said in enumerate(SAID):
        client.post("/counter/act", json={"id": f"act-{number}", **sol, **said}, headers=tablet)
        assert client.get("/metrics", headers=SHOWN).data == before, said
    seal = client.get("/counter/state", headers=tablet).json["seal"]
    kept = entry(seal, {"id": "kept", "act": "check_in", "mood": 3, **sol}, 1)
    assert (
        client.post("/counter/sealed", json={"now": 1, "entries": [kept]}, headers=tablet).status_code == 200
    )
    client.get("/phone")

    assert client.get("/metrics", headers=SHOWN).data == before


def test_nobodys_own_page_changes_it_either(app: Flask, client: FlaskClient, site: Cast, sign_in):
    guard(app)
    browser = sign_in(client, "sol")
    before = browser.get("/metrics", headers=SHOWN).data
    for page in ("/my/days", "/my/data", "/checkup", "/care", "/my/nothing"):
        browser.get(page)

    assert browser.get("/metrics", headers=SHOWN).data == before


def test_two_sites_with_other_answers_look_the_same(app: Flask, client: FlaskClient, site: Cast):
    """One where all said something and took it back, and one in which nobody ever came."""
    never = client.get("/metrics").data
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        check_in(client, site, name)

    assert client.get("/metrics").data == never


def test_regular_work_is_told_by_when_it_was_last_done(app: Flask, client: FlaskClient, site: Cast):
    with app.app_context():
        engine = house_of(app, site).engine
        assert "second_wind_chain_whole" not in client.get("/metrics").text
        for work in (Work.JOBS, Work.BACKUP, Work.CHAIN_WHOLE):
            regular.note(engine, work, NOW)
        told = client.get("/metrics").text
        regular.note(engine, Work.CHAIN_BROKEN, NOW)

    moments = dict(line.split(" ") for line in told.splitlines() if not line.startswith("#"))
    for name in ("jobs_last_run", "backup_last", "chain_last_whole"):
        assert float(moments[f"second_wind_{name}_seconds"]) == NOW.timestamp()
    assert "second_wind_chain_whole 1.0\n" in told
    assert "second_wind_chain_whole 0.0\n" in client.get("/metrics").text
    assert "second_wind_disk_free_ratio 0.4\n" in told
    assert "second_wind_database_bytes 6.7108864e+07\n" in told


@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer é"}])
def test_with_a_token_nobody_reads_without_it(app: Flask, client: FlaskClient, site: Cast, shown: dict):
    guard(app)

    answer = client.get("/metrics", headers=shown)
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_with_a_token_a_monitor_sees_requests_by_kind_and_never_by_address_or_person(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    guard(app)
    sign_in(client, "alba").get(f"/team/{site.units['Service counter']}")
    client.get("/Sol-Vega")

    told = client.get("/metrics", headers=SHOWN).text
    assert 'second_wind_request_seconds_count{kind="figures",status="2xx"} 1.0\n' in told
    assert 'second_wind_request_seconds_count{kind="unknown",status="4xx"} 1.0\n' in told
    assert 'second_wind_build_info{version="' in told
    assert "second_wind_start_seconds " in told
    assert not [name for name in ("Sol", "alba", "/team", "Service") if name in told]


def test_without_a_token_nobody_sees_when_pages_are_opened(client: FlaskClient, site: Cast, sign_in):
    before = client.get("/metrics").data
    sign_in(client, "alba").get("/team/")

    assert client.get("/metrics").data == before
    assert b"request" not in before
