"""The log of team changes: for everybody who may read a figure of a unit that is part of one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing import epochs, moves
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db


@pytest.fixture
def changed(app: Flask, site: Cast) -> Cast:
    """Sol moved to the showroom; counter and parts were merged a week later; one more move waits."""
    with app.app_context():
        _open(app, 0)
        _move(site, "Sol", "Showroom", 0)
        _open(app, 1)
        pair = [db.session.get_one(Unit, site.units[name]) for name in ("Service counter", "Parts")]
        moves.plan_merge(db.session(), pair, "Front of house", NOW + timedelta(weeks=1))
        db.session.remove()
        _open(app, 2)
        _move(site, "Kai", "Front of house", 2)
    return site


def _open(app: Flask, weeks: int) -> None:
    with db.engine.begin() as connection:
        secrets = app.extensions["config"].secrets
        epochs.open_due(connection, secrets.server_key, NOW + timedelta(weeks=weeks))


def _move(site: Cast, name: str, team: str, weeks: int) -> None:
    person = db.session.get_one(Person, site.people[name])
    unit = db.session.scalars(sa.select(Unit).where(Unit.name == team)).one()
    moves.plan_move(db.session(), person, unit, NOW + timedelta(weeks=weeks))
    db.session.remove()


MOVED = "Sol Vale moved from Service counter to Showroom."
MERGED = "Parts, Service counter were merged into Front of house, with everybody in them."


@pytest.mark.parametrize("login", ["sol", "noor", "alba", "hilde", "ada"])
def test_everybody_concerned_reads_who_moved_and_what_was_merged(
    client: FlaskClient, changed: Cast, sign_in, login: str
):
    page = sign_in(client, login).get("/team/changes").text

    assert MOVED in page
    assert "9 Mar 2026" in page
    # Sol is in the showroom now, and was no part of the merge.
    assert (MERGED in page) is (login != "sol")
    assert "Kai Vale moved" not in page


def test_a_merge_is_announced_before_it_takes_effect(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        _open(app, 0)
        pair = [db.session.get_one(Unit, site.units[name]) for name in ("Service counter", "Parts")]
        moves.plan_merge(db.session(), pair, "Front of house", NOW)

    page = sign_in(client, "uma").get("/team/changes").text
    assert "Parts, Service counter will be merged into Front of house" in page


def test_whoever_has_seen_no_change_is_told_so(client: FlaskClient, site: Cast, sign_in):
    page = sign_in(client, "sol").get("/team/changes").text

    assert "No changes yet" in page


def test_the_log_is_one_step_from_the_figures(client: FlaskClient, site: Cast, sign_in):
    browser = sign_in(client, "sol")

    assert "/team/changes" in browser.get(f"/team/{site.units['Service counter']}").text
    assert "/team/changes" in sign_in(browser, "hilde").get("/team/").text
