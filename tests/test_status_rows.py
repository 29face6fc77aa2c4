"""The checks of the status page: wrong ones first, each in a sentence and with what to do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.answers import FIRST_TICK, House, say
from tests.cast import NOW
from wellbeing import regular, status_rows, watching
from wellbeing.alert_settings import Recipients
from wellbeing.config import Config
from wellbeing.regular import Work
from wellbeing.status_rows import Row, State


@pytest.fixture
def config(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A site that tells somebody, on a disk with room."""
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 50)
    return replace(app.extensions["config"], alerts=Recipients("it@example.org", None))


def rows(house: House, config: Config, now=NOW) -> list[Row]:
    with house.engine.connect() as connection:
        return status_rows.rows(connection, config, now, now)


def all_is_done(house: House) -> None:
    for work in (Work.JOBS, Work.BACKUP, Work.CHAIN_WHOLE):
        regular.note(house.engine, work, NOW)


def test_a_site_at_work_is_well_in_every_row(app: Flask, house: House, config: Config):
    all_is_done(house)

    found = rows(house, config)

    assert {row.state for row in found} == {State.WELL}
    assert {row.name for row in found} == {"tick", "jobs", "backup", "chain", "disk", "alerts"}
    assert {row.remedy for row in found} == {""}


def test_a_new_site_has_rows_that_are_worth_a_look(house: House, config: Config):
    found = rows(house, replace(config, alerts=None))

    looks = [row for row in found if row.state is State.LOOK]
    assert {row.name for row in looks} == {"jobs", "backup", "chain", "alerts"}
    assert all(row.remedy for row in looks)
    assert found[: len(looks)] == looks


def test_what_is_wrong_comes_first_with_its_remedy(house: House, config: Config, monkeypatch):
    all_is_done(house)
    regular.note(house.engine, Work.CHAIN_BROKEN, NOW)
    monkeypatch.setattr(watching, "disk_free", lambda _folder: 5)

    found = rows(house, config, FIRST_TICK + timedelta(hours=2))

    wrong = [row for row in found if row.state is State.WRONG]
    assert {row.name for row in wrong} == {"tick", "jobs", "backup", "chain", "disk"}
    assert all(row.remedy for row in wrong)
    assert found[: len(wrong)] == wrong


def test_an_answer_changes_no_row(house: House, config: Config):
    before = rows(house, config)
    say(house, "Sol", mood=1, rough=True)

    assert rows(house, config) == before
