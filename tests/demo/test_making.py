"""The demo site is made once, whole or not at all, and its sign-ins open every door."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import close, config_at
from tests.fixtures.postgres import Databases
from wellbeing import create_app, site
from wellbeing.config import Config, Mode
from wellbeing.demo import making
from wellbeing.demo.changes import Change
from wellbeing.demo.dealership import Dealership, Site
from wellbeing.models.accounts import Person
from wellbeing.models.agreements import Agreement
from wellbeing.models.base import db
from wellbeing.models.ledger import Block
from wellbeing.models.notes import Note
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.permissions import Role
from wellbeing.replay.reading import Entry
from wellbeing.roster import NewPerson, NewRole

COUNTER = ("Northgate", "Service counter")
STAFF = ("Ana Ruiz", "Bo Lind", "Cy Marsh", "Dee Hart", "Eli Stone", "Flo Reed", "Gil Moss", "Hal Dove")
DAYS = 9


def tiny(_seed: int, until: datetime) -> Dealership:
    """A dealership of eight people who say for nine days how they are."""
    people = [
        NewPerson(2, "Mia Frost", COUNTER, "manager", (NewRole(Role.MANAGER, COUNTER),)),
        NewPerson(3, "Hugo Lane", COUNTER, "hr", (NewRole(Role.HR, ()),)),
        NewPerson(4, "Ada Wells", COUNTER, "admin", (NewRole(Role.ADMIN, ()),)),
        *(NewPerson(5, name, COUNTER, "staff" if name == STAFF[0] else None) for name in STAFF),
    ]
    entries = [
        Entry(2, name, "/".join(COUNTER), until - timedelta(days=DAYS - day, minutes=9 - number), mood=4)
        for day in range(DAYS)
        for number, name in enumerate(STAFF)
    ]
    return Dealership(
        "Harbour Motors", (Site("Northgate", ("Service counter",)),), tuple(people), tuple(entries)
    )


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A demo site's configuration; its dealership is tiny."""
    monkeypatch.setattr(making, "dealership", tiny)
    return replace(config_at(tmp_path, f"sqlite:///{tmp_path / 'demo.db'}"), mode=Mode.DEMO)


@pytest.fixture
def opened() -> Iterator[Callable[[Config], Flask]]:
    """Opens a site that was made, and closes it at the end."""
    apps = []

    def open_site(config: Config) -> Flask:
        apps.append(create_app(config))
        apps[-1].config["WTF_CSRF_ENABLED"] = False
        return apps[-1]

    yield open_site
    for app in apps:
        close(app)


def in_it(app: Flask, query: sa.Select) -> list:
    with app.app_context():
        return list(db.session.scalars(query))


def files(config: Config) -> set[str]:
    return {path.name for path in config.instance.iterdir() if path.is_file()}


def test_the_demo_is_whole_and_its_clock_is_the_present(config: Config, opened):
    making.make(config)

    app = opened(config)
    settings = in_it(app, sa.select(Settings))[0]
    assert (settings.kind, settings.clock_ahead_seconds) == ("demo", 0)
    assert set(in_it(app, sa.select(Person.name))) == {"Mia Frost", "Hugo Lane", "Ada Wells", *STAFF}
    assert in_it(app, sa.select(Block.people_floor)) in ([8], [8, 8])
    assert not [name for name in files(config) if ".making" in name]
    with app.app_context():
        assert app.test_client().get("/readyz").status_code == 200
        assert site.config() is config


def test_a_demo_is_made_once_and_found_again(config: Config, opened, monkeypatch: pytest.MonkeyPatch):
    making.make(config)
    monkeypatch.setattr(making, "dealership", None)

    making.make(config)

    assert len(in_it(opened(config), sa.select(Settings))) == 1


@pytest.mark.parametrize(("kind", "signed"), [(SiteKind.DEMO, 1), (SiteKind.REAL, 0)])
def test_what_an_earlier_release_made_is_signed_where_its_people_are_made_up(
    config: Config, opened, kind: SiteKind, signed: int
):
    making.make(config)
    app = opened(config)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(Agreement))
        connection.execute(sa.update(Settings).values(kind=kind, clock_ahead_seconds=0))

    making.make(config)

    assert len(in_it(app, sa.select(Agreement))) == signed


def test_an_interrupted_making_leaves_nothing_and_the_next_try_succeeds(
    config: Config, opened, monkeypatch: pytest.MonkeyPatch
):
    play_day = making.running.play_day

    def interrupted(*args: object) -> None:
        play_day(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(making.running, "play_day", interrupted)
        making.make(config)
    assert "demo.db" not in files(config)

    making.make(config)

    assert in_it(opened(config), sa.select(Block.position))
    assert not [name for name in files(config) if ".making" in name]


def test_two_who_start_at_once_make_one(config: Config, opened, monkeypatch: pytest.MonkeyPatch):
    made, failed = [], []

    def counted(seed: int, until: datetime) -> Dealership:
        made.append(seed)
        return tiny(seed, until)

    def start() -> None:
        try:
            making.make(config)
        except Exception as error:
            failed.append(error)

    monkeypatch.setattr(making, "dealership", counted)
    threads = [threading.Thread(target=start) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (made, failed) == ([making.SEED], [])
    assert len(in_it(opened(config), sa.select(Settings))) == 1


def test_a_demo_can_live_in_postgresql(config: Config, postgres: Databases, opened):
    url = postgres.new()
    elsewhere = replace(config, database_url=url, reporting_database_url=postgres.login(url))

    making.make(elsewhere)
    making.make(elsewhere)

    assert in_it(opened(elsewhere), sa.select(Block.people_floor)) in ([8], [8, 8])


@pytest.fixture
def told(config: Config, opened) -> tuple[Flask, str]:
    """A made demo, and what it tells a newcomer."""
    making.make(config)
    app = opened(config)
    return app, making.sign_ins(app, "http://localhost")


@pytest.mark.parametrize("login", ["manager", "hr", "admin", "staff"])
def test_each_role_signs_in_as_it_is_told(told: tuple[Flask, str], login: str):
    app, text = told
    password = re.search(rf"sign in as {login}, password: (.+)", text)
    assert password

    answer = app.test_client().post("/sign-in", data={"login": login, "password": password[1]})

    assert answer.status_code == 302


def test_a_tablet_is_enrolled_by_the_link_and_everybody_has_the_pin(told: tuple[Flask, str]):
    app, text = told
    link = re.search(r"http://localhost/counter#code=(\S+) .* everybody's PIN is (\d+)", text)
    assert link
    client = app.test_client()

    token = client.post("/counter/enrol", json={"code": link[1], "name": "Desk"}).json["token"]

    headers = {"Authorization": f"Bearer {token}"}
    people = client.get("/counter/state", headers=headers).json["people"]
    assert {person["name"] for person in people} >= {"Mia F.", "Hugo L.", "Ana R.", "Hal D."}
    for person in people:
        assert checks_in(client, headers, person["id"], link[2])


def checks_in(client: FlaskClient, headers: dict[str, str], person: int, pin: str) -> bool:
    act = {"id": f"00000000-0000-4000-8000-{person:012}", "act": "check_in", "mood": 4}
    answer = client.post("/counter/act", json=act | {"person": person, "pin": pin}, headers=headers)
    return bool(answer.status_code == 200 and answer.json["saved"])


def test_what_the_dealership_changed_is_written_down_where_it_was_open_by_then(
    config: Config, opened, monkeypatch: pytest.MonkeyPatch
):
    changes = [
        Change(COUNTER, 0, datetime.now(ZoneInfo("Europe/London")).weekday(), "Second person on Saturdays"),
        Change(COUNTER, 5, 0, "Before it opened"),
        Change(("Riverside",), 0, 0, "In a place it does not have"),
    ]
    monkeypatch.setattr(making, "CHANGES", changes)

    making.make(config)

    assert in_it(opened(config), sa.select(Note.text)) == ["Second person on Saturdays"]
