"""The reading session: the database itself refuses it everything but released figures and the roster."""

import hashlib

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, load_only

from tests.answers import House, say, tick
from tests.cast import NOW
from wellbeing import floor, withdraw
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.ledger import Block
from wellbeing.reports import reading
from wellbeing.reports.reading import READABLE

HIDDEN = {
    "person": {"created_at", "language", "login", "password_hash", "pin_length", "pin_mac"},
}
SECRET_TABLES = {
    "epoch",
    "held_pool",
    "noisy_block",
    "one_time_code",
    "password_failure",
    "pending",
    "pending_detail",
    "pending_spillover",
    "pin_failure",
    "place",
    "receipt",
    "shift_state",
    "sign_in",
    "tablet",
    "team_change",
    "unit_merge",
}
WHY = (
    "not authorized|authorization denied|from within a transaction|vtable constructor failed|prohibited"
    "|readonly|permission denied|must be owner"
)
REFUSED_EVERYWHERE = [
    *(f"SELECT * FROM {table}" for table in sorted(SECRET_TABLES)),
    *(f"SELECT count(*) FROM {table}" for table in sorted(SECRET_TABLES)),
    *(f"SELECT {column} FROM person" for column in sorted(HIDDEN["person"])),
    "SELECT * FROM person",
    "SELECT 1 FROM unit WHERE EXISTS (SELECT 1 FROM pending)",
    "SELECT (SELECT count(*) FROM pending)",
    "WITH block AS (SELECT * FROM pending) SELECT * FROM block",
    "SELECT unit.id FROM unit JOIN pending ON pending.pool_id = unit.id",
    "SELECT id FROM unit UNION SELECT mood FROM pending",
    "SELECT id FROM unit ORDER BY (SELECT count(*) FROM pending)",
    "INSERT INTO unit (level, name) VALUES ('site', 'x')",
    "UPDATE settings SET people_needed = 5",
    "DELETE FROM cover_request",
    "DROP TABLE block",
    "CREATE VIEW mine AS SELECT * FROM pending",
]
REFUSED = {
    "sqlite": [
        "ATTACH DATABASE ':memory:' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA table_info(pending)",
        "SELECT * FROM pragma_table_info('pending')",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM sqlite_schema",
        "SELECT load_extension('x')",
        "SELECT * FROM dbstat",
        "VACUUM INTO 'copy.db'",
        "CREATE TEMP TABLE mine (x)",
    ],
    "postgresql": [
        "SET ROLE second_wind",
        "SET SESSION AUTHORIZATION second_wind",
        "TABLE pending",
        "COPY pending TO STDOUT",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT xmin FROM block",
        "CREATE TABLE mine (x int)",
        "LOCK TABLE pending",
        "TRUNCATE cover_request",
    ],
}


def refused(statement: str) -> None:
    with reading.session() as session, pytest.raises(DatabaseError, match=WHY):
        session.connection().exec_driver_sql(statement)


def test_every_table_and_column_is_either_readable_or_known_to_be_hidden():
    tables = {table.name: set(table.columns.keys()) for table in db.metadata.sorted_tables}

    assert tables.keys() == READABLE.keys() | SECRET_TABLES
    assert READABLE.keys().isdisjoint(SECRET_TABLES)
    assert {
        name: tables[name] - READABLE[name] for name in READABLE if tables[name] - READABLE[name]
    } == HIDDEN


EMPTY_AT_FIRST = {"cover_request", "detail_block", "detail_word", "list_entry", "settings_change"}


def test_it_reads_figures_units_the_roster_and_settings(any_house: House):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(any_house, name)
    tick(any_house, 1)

    with reading.session() as session:
        for table, columns in READABLE.items():
            names = ", ".join(sorted(columns))
            found = session.connection().exec_driver_sql(f"SELECT {names} FROM {table}").all()
            assert found or table in EMPTY_AT_FIRST
        person = session.get(
            Person, any_house.cast.people["Sol"], options=[load_only(Person.id, Person.name, raiseload=True)]
        )
        assert person is not None and person.name == "Sol Vale"
        query = sa.select(sa.func.count(), sa.func.max(Block.position), sa.func.coalesce(Block.mood, 0))
        assert session.execute(query.group_by(Block.mood)).one()[:2] == (1, 1)


def test_the_database_refuses_it_everything_else(any_house: House):
    say(any_house, "Sol")

    for statement in REFUSED_EVERYWHERE + REFUSED[any_house.engine.dialect.name]:
        refused(statement)


def test_orm_code_that_asks_for_a_whole_person_is_refused_too(any_house: House):
    with reading.session() as session, pytest.raises(DatabaseError):
        session.get(Person, any_house.cast.people["Sol"])


def test_it_sees_each_release_at_once(any_house: House):
    def blocks() -> int:
        with reading.session() as session:
            return session.scalar(sa.select(sa.func.count(Block.position))) or 0

    assert blocks() == 0
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(any_house, name)
    tick(any_house, 1)
    assert blocks() == 1


# The watcher: somebody who reads everything they can, after every act at the counter.


def digest() -> str:
    """Return one hash over all that the reading session can read."""
    with reading.session() as session:
        found = {
            table: sorted(map(repr, _rows(session, table, columns))) for table, columns in READABLE.items()
        }
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _rows(session: Session, table: str, columns: frozenset[str]) -> list[sa.Row]:
    names = ", ".join(sorted(columns))
    return list(session.connection().exec_driver_sql(f"SELECT {names} FROM {table}").all())


def test_a_watcher_sees_no_answer_withdrawal_or_break_between_two_ticks(any_house: House):
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana"):
        say(any_house, name)
    tick(any_house, 1)
    before, week_two = digest(), NOW.replace(day=11)
    kinds = ({"mood": 5}, {"mood": 1, "rough": True}, {"break_minutes": 5}, {"mood": None})
    seen = set()
    for turn, name in enumerate(list(any_house.cast.people) * 2):
        said = kinds[turn % 4]
        recorded = say(any_house, name, week_two, **said)
        seen.add(digest())
        with any_house.engine.begin() as connection:
            handle = withdraw.handle(any_house.server_key, recorded, week_two)
            if handle and turn % 3 == 0:
                withdraw.undo(connection, any_house.server_key, handle, week_two)
            if turn % 5 == 0:
                withdraw.take_back(connection, any_house.server_key, any_house.cast.people[name])
        seen.add(digest())

    assert seen == {before}


def test_a_watcher_sees_what_is_named_by_choice(any_house: House):
    before = digest()
    with any_house.engine.begin() as connection:
        sol, team = any_house.cast.people["Sol"], any_house.cast.units["Parts"]
        floor.ask_for_cover(connection, sol, team, 5, NOW)

    assert digest() != before
