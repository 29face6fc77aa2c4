"""The site's own moment: a test site's clock may run ahead, a real one's is the machine's."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from click import ClickException
from flask import Flask

from tests.answers import House, change
from tests.cast import NOW
from tests.conftest import close, config_at
from wellbeing import create_app, site
from wellbeing.config import Mode
from wellbeing.models.base import db
from wellbeing.models.settings import Settings

AHEAD = timedelta(days=30)


def hurry(house: House) -> None:
    change(house, sa.update(Settings).values(clock_ahead_seconds=int(AHEAD.total_seconds())))


def test_a_test_sites_clock_runs_ahead(any_app: Flask, any_house: House):
    hurry(any_house)

    with time_machine.travel(NOW, tick=False):
        assert site.now() == NOW + AHEAD
        with any_house.engine.connect() as connection:
            assert site.moment(connection) == NOW + AHEAD


def test_a_database_without_tables_is_a_site_that_is_not_set_up(tmp_path: Path):
    empty = create_app(config_at(tmp_path))

    with empty.app_context(), pytest.raises(site.NotSetUp):
        site.settings()
    close(empty)


def test_in_production_the_machines_clock_is_the_sites_whatever_is_stored(app: Flask, house: House):
    hurry(house)
    real = create_app(replace(app.extensions["config"], mode=Mode.PRODUCTION))

    with real.app_context(), time_machine.travel(NOW, tick=False):
        assert site.now() == NOW
    close(real)


def test_before_set_up_the_moment_is_now_and_the_rest_says_what_to_do(app: Flask, tmp_path: Path):
    with app.app_context(), time_machine.travel(NOW, tick=False):
        assert site.now() == NOW.astimezone(UTC)
        with pytest.raises(ClickException, match="flask site create"):
            site.zone()


def test_a_sites_zone_is_its_own(house: House):
    assert site.zone() == ZoneInfo("Europe/Madrid")
    assert db.session.get(Settings, 1) is site.settings()


def test_a_day_begins_at_midnight_where_the_site_is(any_house: House):
    change(any_house, sa.update(Settings).values(time_zone="Pacific/Auckland"))

    with time_machine.travel(NOW, tick=False), any_house.engine.connect() as connection:
        assert site.today(connection) == date(2026, 3, 5)


def test_before_set_up_the_day_is_that_of_greenwich(app: Flask):
    with app.app_context(), time_machine.travel(NOW, tick=False), db.engine.connect() as connection:
        assert site.today(connection) == date(2026, 3, 4)
