"""Whether everything is running: for admins of the whole organisation, without a word about answers."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, after_tick, change, house_of, say, tick
from tests.cast import NOW, Cast
from wellbeing import regular, watching
from wellbeing.alert_settings import Recipients, Webhook
from wellbeing.models.accounts import RoleGrant, Tablet
from wellbeing.models.base import db
from wellbeing.models.watching import Alert
from wellbeing.regular import Work


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


@pytest.fixture
def house(app: Flask, site: Cast) -> House:
    with app.app_context():
        return house_of(app, site)


def test_a_new_site_says_what_is_worth_a_look(ada: FlaskClient):
    page = ada.get("/admin/status").text

    assert "Everything is running; something is worth a look." in page
    assert "No backup was made here yet." in page
    assert "This site tells nobody by itself." in page


def test_a_site_at_work_says_when_what_was_done(
    app: Flask, client: FlaskClient, house: House, sign_in, monkeypatch
):
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 40)
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(house, name)
    tick(house, 1)
    for work in (Work.JOBS, Work.BACKUP, Work.CHAIN_WHOLE):
        regular.note(house.engine, work, after_tick(1))
    hook = Webhook("hooks.example.org", None, "/secret-path", True, b"")
    app.extensions["config"] = replace(app.extensions["config"], alerts=Recipients("it@example.org", hook))

    with time_machine.travel(after_tick(1), tick=False):
        page = sign_in(client, "ada").get("/admin/status").text

    assert "Everything is running." in page
    assert "9 Mar 2026" in page
    assert "40 percent or a little more" in page
    assert "64 MB or less" in page
    assert "it@example.org" in page and "the machine at hooks.example.org" in page
    assert "secret-path" not in page
    assert "Nothing that anybody was told of lasts." in page


def test_what_is_wrong_is_said_with_its_remedy_and_when_somebody_was_told(
    app: Flask, ada: FlaskClient, house: House
):
    regular.note(house.engine, Work.CHAIN_BROKEN, NOW)
    change(house, sa.insert(Alert).values(name="chain", since=NOW, told_at=NOW))
    app.extensions["config"] = replace(app.extensions["config"], alerts=Recipients("it@example.org", None))

    page = ada.get("/admin/status").text

    assert "Something needs you." in page
    assert "Released figures were changed in the database." in page
    assert "Run “flask ledger verify” on the machine" in page
    assert "Last told on 4 Mar 2026, " in page


def test_a_tablet_that_has_something_to_send_is_on_the_tablets_page(ada: FlaskClient, house: House):
    assert "none had anything to send" in ada.get("/admin/status").text
    change(house, sa.update(Tablet).values(waiting=True))

    assert "one or more had something to send when last seen" in ada.get("/admin/status").text


def test_an_answer_changes_nothing_on_it(ada: FlaskClient, house: House, monkeypatch):
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 40)
    with time_machine.travel(NOW, tick=False):
        before = ada.get("/admin/status").data
        say(house, "Sol", mood=1, rough=True)

        assert ada.get("/admin/status").data == before


def test_an_admin_of_one_site_does_not_see_the_machine(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        db.session.execute(
            sa.update(RoleGrant)
            .where(RoleGrant.person_id == site.people["Ada"])
            .values(unit_id=site.units["Northgate"])
        )
        db.session.commit()

    assert sign_in(client, "ada").get("/admin/status").status_code == 404
