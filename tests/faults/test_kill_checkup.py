"""The release of a check-up, ended at each call to the database: all of it has happened, or nothing."""

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
import sqlalchemy as sa

from tests.answers import House, rows
from tests.cast import TEAMS
from tests.faults import points
from tests.faults.copies import Copier, engine_of
from tests.quarters import opened, quarters, run_jobs, tell, words
from wellbeing import jobs
from wellbeing.disclosure import checkup_ledger
from wellbeing.models.checkup import QuarterKey, QuarterPlace
from wellbeing.models.pending import PendingCheckup

SERVICE = [name for name in TEAMS["Service counter"] if name != "Alba"]
BEFORE_THE_TICK = datetime(2026, 4, 6, 1, 59, tzinfo=UTC)
AFTER_IT = datetime(2026, 4, 6, 3, 0, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here."""


def test_killed_anywhere_all_of_a_check_up_is_released_or_nothing(any_house: House, copied: Copier):
    opened(any_house)
    for name in SERVICE[:7]:
        tell(any_house, name)
    run_jobs(any_house, BEFORE_THE_TICK)
    waiting, quarter = rows(any_house, PendingCheckup), quarters(any_house)[0].id
    step = 7 if any_house.engine.dialect.name == "postgresql" else 1
    at, ends, whole = 1, set(), False
    while not whole:
        house = copied(any_house)
        whole = not killed(house, at)
        released = words(house) != {}
        keyed = {row.quarter_id for table in (QuarterKey, QuarterPlace) for row in rows(house, table)}
        assert rows(house, PendingCheckup) == ([] if released else waiting), at
        assert (quarter in keyed) is not released, at
        jobs.run(house.engine, house.server_key, AFTER_IT)
        assert len(words(house)) == 1, at
        with house.engine.connect() as connection:
            assert checkup_ledger.first_broken(connection) is None
        ends.add(released)
        at += step
    assert ends == {False, True}


def killed(house: House, at: int) -> bool:
    """Run the jobs on a connection that dies at its ``at``-th call; tell whether it came to that."""
    engine, passed = engine_of(house.engine.url), 0
    connections: list[sqlite3.Connection | psycopg.Connection] = []

    def count(label: str) -> None:
        nonlocal passed
        if label.startswith("after") and label != "after COMMIT":
            return  # The same moment as before the next call.
        passed += 1
        if passed == at:
            raise Killed

    points.watch(engine, count)
    sa.event.listen(engine, "connect", lambda connection, _record: connections.append(connection))
    try:
        jobs.run(engine, house.server_key, AFTER_IT)
    except Killed:
        pass
    # As the system does for a process that has gone; not before its statements are forgotten, too.
    for connection in connections:
        with suppress(sqlite3.ProgrammingError, psycopg.OperationalError):  # It was closed before.
            connection.rollback()
            connection.close()
    return passed >= at
