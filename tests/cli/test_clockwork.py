"""`flask jobs run` and `flask ledger verify`: what is due runs once, and a changed block is named."""

import errno
import re
import sqlite3
from datetime import datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.answers import FIRST_TICK, House, after_tick, blocks, change, column, everything, house_of, say
from tests.cast import NOW
from tests.cli.shell import run
from wellbeing import full_disk, jobs
from wellbeing.models.ledger import Block, Tick
from wellbeing.models.settings import Settings

SERVICE = ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus")
REFUSED = 1


def clock_of(house: House) -> int:
    return column(house, sa.select(Settings.clock_ahead_seconds))[0]


def ticks(house: House) -> int:
    return len(column(house, sa.select(Tick.id)))


def test_what_is_due_runs_once(any_app: Flask, any_house: House):
    for name in SERVICE:
        say(any_house, name)
    with time_machine.travel(after_tick(1), tick=False):
        first = run(any_app, "jobs", "run")
        again = run(any_app, "jobs", "run")

    assert (first.exit_code, first.output) == (0, "Ran 1 tick and opened 1 epoch.\n")
    assert (again.exit_code, again.output) == (0, "Ran 0 ticks and opened 0 epochs.\n")
    assert len(blocks(any_house)) == 1


def test_a_tick_that_fails_says_where_and_quotes_no_answer(postgres_app: Flask):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        say(house, "Sol", mood=1, rough=True)
        change(house, sa.text("ALTER TABLE pending ADD CONSTRAINT broken CHECK (epoch_id <= 2)"))
        with time_machine.travel(after_tick(1), tick=False):
            done = run(postgres_app, "jobs", "run")

    assert done.exit_code == REFUSED
    assert re.fullmatch(r"Error: The jobs could not run: IntegrityError in \w+:\d+\.\n", done.output)


def test_a_full_disk_is_said_with_what_to_do(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch):
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(jobs, "run", full)

    done = run(app, "jobs", "run")

    assert (done.exit_code, done.output) == (REFUSED, f"Error: {full_disk.SENTENCE}\n")


def test_a_full_disk_is_no_site_that_was_never_set_up(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
):
    class Full(sqlite3.OperationalError):
        """What SQLite raises."""

        sqlite_errorcode = sqlite3.SQLITE_FULL

    def full(*_given: object, **_named: object) -> None:
        raise OperationalError("SELECT", {}, Full())

    monkeypatch.setattr(Session, "get", full)

    assert run(app, "jobs", "run").output == f"Error: {full_disk.SENTENCE}\n"


@pytest.mark.parametrize("moment", ["2026-03-09T04:00", "2026-03-09T04:00+01:00", "2026-03-09T03:00Z"])
def test_a_test_sites_clock_moves_forward_to_the_moment_of_a_tick(app: Flask, house: House, moment: str):
    with time_machine.travel(NOW.replace(microsecond=400_000), tick=False):
        done = run(app, "jobs", "run", "--at", moment)

    assert done.output == "Ran 1 tick and opened 1 epoch.\n"
    assert 0 <= clock_of(house) - (FIRST_TICK - NOW).total_seconds() <= 1


def test_a_test_sites_clock_never_moves_back(app: Flask, house: House):
    assert run(app, "jobs", "run", "--at", "2026-03-16T05:00").exit_code == 0
    ahead = clock_of(house)

    again = run(app, "jobs", "run", "--at", "2026-03-16T04:30")

    assert again.exit_code == 0
    assert "the site's clock stays where it is" in again.output
    assert clock_of(house) == ahead


def test_a_real_sites_clock_cannot_be_moved(app: Flask, house: House):
    change(house, sa.update(Settings).values(kind="real"))

    refused = run(app, "jobs", "run", "--at", "2026-03-16T05:00")

    assert refused.exit_code == REFUSED
    assert "this site is real" in refused.output
    assert (clock_of(house), ticks(house)) == (0, 0)


@pytest.mark.parametrize("nonsense", ["tomorrow", "", "2026-02-30T05:00", "5"])
def test_what_is_no_time_is_refused(app: Flask, house: House, nonsense: str):
    before = everything(house)

    refused = run(app, "jobs", "run", "--at", nonsense)

    assert refused.exit_code == REFUSED
    assert f"{nonsense!r} is not an ISO time" in refused.output
    assert everything(house) == before


def test_an_empty_ledger_is_whole(any_app: Flask, any_house: House):
    done = run(any_app, "ledger", "verify")

    assert (done.exit_code, done.output) == (
        0,
        "The ledger is whole: 0 blocks, each follows from the one before.\n"
        "The detail ledger is whole: 0 blocks, each follows from the one before.\n"
        "The check-up ledger is whole: 0 blocks, each follows from the one before.\n",
    )


def test_the_newest_blocks_digest_is_told_to_be_written_down(any_app: Flask, any_house: House):
    release_week_by_week(any_house, any_app)

    done = run(any_app, "ledger", "verify")

    assert done.exit_code == 0
    assert "The ledger is whole: 2 blocks" in done.output
    assert column(any_house, sa.select(Block.hash).order_by(Block.position))[-1].hex() in done.output


def test_the_broken_block_is_named(any_app: Flask, any_house: House):
    release_week_by_week(any_house, any_app)
    on = " ON block" if any_house.engine.dialect.name == "postgresql" else ""
    change(any_house, sa.text(f"DROP TRIGGER block_no_update{on}"))
    change(any_house, sa.update(Block).where(Block.position == 2).values(people_needed=6))

    refused = run(any_app, "ledger", "verify")

    assert refused.exit_code == REFUSED
    assert "The ledger is broken at block 2: it was changed after its release." in refused.output


def release_week_by_week(house: House, app: Flask) -> None:
    for week in (1, 2):
        moment: datetime = after_tick(week)
        for name in SERVICE:
            say(house, name, NOW if week == 1 else after_tick(1))
        with time_machine.travel(moment, tick=False):
            assert run(app, "jobs", "run").exit_code == 0
