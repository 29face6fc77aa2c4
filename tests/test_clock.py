"""The one clock, and the site's own moment."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, change
from tests.cast import NOW
from wellbeing import clock, site
from wellbeing.config import Mode
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.site import NotSetUp


@time_machine.travel(NOW, tick=False)
def test_now_is_in_utc_and_may_run_ahead():
    assert clock.now() == NOW
    assert clock.now().tzinfo is UTC
    assert clock.now(timedelta(days=7)) == NOW + timedelta(days=7)


def test_a_test_sites_clock_runs_ahead_by_what_it_was_told(house: House):
    change(house, sa.update(Settings).values(clock_ahead_seconds=3600))

    with time_machine.travel(NOW, tick=False):
        assert site.now() == NOW + timedelta(hours=1)
        db.session.rollback()
        with house.engine.connect() as connection:
            assert site.moment(connection) == NOW + timedelta(hours=1)


def test_the_clock_of_a_real_site_cannot_be_moved(house: House):
    with pytest.raises(sa.exc.IntegrityError):
        change(house, sa.update(Settings).values(kind="real", clock_ahead_seconds=1))


def test_a_site_knows_its_settings_and_its_zone(house: House):
    assert site.settings().help_contact == "Marta, 2nd floor"
    assert site.zone().key == "Europe/Madrid"
    db.session.rollback()


def test_a_site_that_is_not_set_up_says_so(app: Flask):
    with app.app_context():
        with pytest.raises(NotSetUp, match="flask site create"):
            site.settings()
        assert site.now() - clock.now() < timedelta(minutes=1)
        db.session.rollback()


def test_a_production_site_asks_no_table_for_the_time(app: Flask, house: House):
    change(house, sa.update(Settings).values(clock_ahead_seconds=3600))
    app.extensions["config"] = replace(app.extensions["config"], mode=Mode.PRODUCTION)

    with time_machine.travel(NOW, tick=False):
        assert site.now() == NOW


def test_a_moment_without_a_zone_is_refused_because_guessing_one_would_move_answers(house: House):
    with pytest.raises(sa.exc.StatementError, match="needs a time zone"):
        change(house, sa.update(Settings).values(confirmed_at=NOW.replace(tzinfo=None)))
