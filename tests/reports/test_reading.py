"""The reading session: the database itself refuses it everything but released figures and the roster."""

import hashlib
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, load_only

from tests.answers import House, say, tick
from tests.cast import NOW
from wellbeing import floor, withdraw
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.ledger import Block
from wellbeing.reports import reading
from wellbeing.reports.reading import READABLE, NotReadable

HIDDEN = {
    "person": {"created_at", "language", "login", "password_hash", "pin_length", "pin_mac"},
}
SECRET_TABLES = {
    "access_entry",
    "agreement",
    "alert",
    "audit_entry",
    "authenticator",
    "company_identity",
    "loan",
    "privacy_facts",
    "regular_work",
    "role_mapping",
    "spare_code",
    "unit_closing",
    "appointed_reader",
    "audience",
    "badge",
    "case_note",
    "case_word",
    "checkup_key",
    "checkup_place",
    "contact_request",
    "content_version",
    "customer_case",
    "diary_entry",
    "diary_key",
    "diary_opened",
    "epoch",
    "good_moment",
    "held_pool",
    "idea",
    "incident_report",
    "noisy_block",
    "notice",
    "one_time_code",
    "passkey",
    "passkey_challenge",
    "password_failure",
    "pending",
    "pending_checkup",
    "pending_detail",
    "pending_spillover",
    "phone",
    "pin_failure",
    "place",
    "pledge",
    "pledge_signature",
    "receipt",
    "release_mail",
    "shift_state",
    "sign_in",
    "tablet",
    "tablet_key",
    "team_change",
    "upload",
}
WHY = (
    "not authorized|authorization denied|from within a transaction|vtable constructor failed|prohibited"
    "|readonly|permission denied|must be owner|must be superuser|read-only transaction|user-defined function"
)
# Roads to a table: each is tried with every table that is hidden.
ROADS = [
    "SELECT * FROM {0}",
    "SELECT count(*) FROM {0}",
    "SELECT 1 FROM unit WHERE EXISTS (SELECT 1 FROM {0})",
    "SELECT (SELECT count(*) FROM {0})",
    "WITH block AS (SELECT * FROM {0}) SELECT * FROM block",
    "SELECT unit.id FROM unit JOIN {0} ON true",
    "SELECT id FROM unit UNION SELECT 1 FROM {0}",
    "SELECT id FROM unit ORDER BY (SELECT count(*) FROM {0})",
    "SELECT max(id) FROM unit GROUP BY id HAVING max(id) > (SELECT count(*) FROM {0})",
    "EXPLAIN SELECT * FROM {0}",
    "DELETE FROM {0}",
    "DROP TABLE {0}",
    "CREATE VIEW mine AS SELECT * FROM {0}",
    "ALTER TABLE {0} RENAME TO mine",
]
REFUSED_EVERYWHERE = [
    *(road.format(table) for table in sorted(SECRET_TABLES) for road in ROADS),
    *(f"SELECT {column} FROM person" for column in sorted(HIDDEN["person"])),
    *(f"SELECT id FROM person ORDER BY {column}" for column in sorted(HIDDEN["person"])),
    *(f"SELECT id FROM person WHERE {column} IS NULL" for column in sorted(HIDDEN["person"])),
    "SELECT * FROM person",
    "INSERT INTO unit (level, name) VALUES ('site', 'x')",
    "UPDATE settings SET people_needed = 5",
    "DELETE FROM cover_request",
    "DROP TABLE block",
]
REFUSED = {
    "sqlite": [
        "ATTACH DATABASE ':memory:' AS other",
        "DETACH DATABASE main",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA database_list",
        "PRAGMA table_info(pending)",
        "SELECT * FROM pragma_table_info('pending')",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT load_extension('x')",
        "SELECT randomblob(9)",
        "SELECT * FROM dbstat",
        "VACUUM INTO 'copy.db'",
        "ANALYZE",
        "REINDEX",
        "CREATE TEMP TABLE mine (x)",
        "CREATE TEMP TRIGGER mine AFTER INSERT ON pending BEGIN SELECT 1; END",
    ],
    "postgresql": [
        "SET ROLE second_wind",
        "SET SESSION AUTHORIZATION second_wind",
        "ALTER ROLE second_wind SUPERUSER",
        "TABLE pending",
        "COPY pending TO STDOUT",
        "COPY unit (id) TO '/tmp/units'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "DECLARE every CURSOR FOR SELECT * FROM pending",
        "DO $$ BEGIN PERFORM * FROM pending; END $$",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION dblink",
        "CREATE SCHEMA mine",
        "SELECT query_to_xml('SELECT * FROM pending', true, false, '')",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_ls_dir('.')",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_authid",
        "SELECT * FROM pg_largeobject",
        "SELECT lo_import('/etc/hostname')",
        "SELECT xmin FROM block",
        "SELECT ctid FROM unit",
        "SELECT (person).pin_mac FROM person",
        "SELECT row_to_json(person) FROM person",
        "SELECT last_value FROM unit_id_seq",
        "CREATE TABLE mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "LOCK TABLE pending",
        "TRUNCATE cover_request",
    ],
}
# PostgreSQL's own books, which no grant hides: they say how many rows were written to which table.
BOOKS = [
    "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'pending'",
    "SELECT reltuples FROM pg_catalog.pg_class",
    "SELECT pg_relation_size('pending')",
    "SELECT 1 FROM unit WHERE PG_TOTAL_RELATION_SIZE('pending') > 0",
    'SELECT * FROM "pg_stat_all_tables"',
    'SELECT * FROM U&"\\0070g_stat_all_tables"',
    "SELECT pg_current_xact_id()",
    "SELECT txid_current()",
    "SELECT * FROM information_schema.tables",
    "SET default_transaction_read_only = off",
    "SELECT lo_create(0)",
    "NOTIFY watchers",
    "COPY unit (id) TO STDOUT",
]


def refused(statement: str) -> None:
    with reading.session() as session, pytest.raises(DatabaseError, match=WHY):
        session.connection().exec_driver_sql(statement)


@pytest.fixture
def unguarded(any_house: House) -> Iterator[House]:
    """PostgreSQL's login alone, as if no statement were looked at before it is sent."""
    engine = current_app.extensions["reading"]
    guarded = event.contains(engine, "before_cursor_execute", reading.only_tables)
    if guarded:
        event.remove(engine, "before_cursor_execute", reading.only_tables)
    yield any_house
    if guarded:
        event.listen(engine, "before_cursor_execute", reading.only_tables)


def test_every_table_and_column_is_either_readable_or_known_to_be_hidden():
    tables = {table.name: set(table.columns.keys()) for table in db.metadata.sorted_tables}

    assert tables.keys() == READABLE.keys() | SECRET_TABLES
    assert READABLE.keys().isdisjoint(SECRET_TABLES)
    assert {
        name: tables[name] - READABLE[name] for name in READABLE if tables[name] - READABLE[name]
    } == HIDDEN


EMPTY_AT_FIRST = {
    *("checkup_block", "checkup_quarter", "content_entry", "customers_asked", "mystery_inquiry"),
    "cover_request",
    "detail_block",
    "detail_word",
    "list_entry",
    "note",
    "settings_change",
    "unit_merge",
}


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


def test_the_database_refuses_it_everything_else(unguarded: House):
    say(unguarded, "Sol")

    for statement in REFUSED_EVERYWHERE + REFUSED[unguarded.engine.dialect.name]:
        refused(statement)


def test_postgresqls_own_books_are_not_even_asked(postgres_app: Flask):
    for statement in BOOKS:
        with postgres_app.app_context(), reading.session() as session, pytest.raises(NotReadable):
            session.connection().exec_driver_sql(statement)


def test_the_session_for_noise_reads_noise_and_no_figure_of_anybodys_page(unguarded: House):
    with reading.noise() as session:
        for table, columns in reading.NOISY.items():
            _rows(session, table, columns)
    for statement in (
        *("SELECT mood FROM block", "SELECT rough_count FROM block", "SELECT * FROM block"),
        *("SELECT name FROM unit", "SELECT id FROM person", "SELECT * FROM note"),
        *(road.format(table) for road in ROADS[:3] for table in sorted(SECRET_TABLES - {"noisy_block"})),
    ):
        with reading.noise() as session, pytest.raises(DatabaseError, match=WHY):
            session.connection().exec_driver_sql(statement)


def test_without_a_login_for_it_nobody_reads_noise(any_app: Flask):
    any_app.extensions["reading_noise"] = None

    with any_app.app_context(), pytest.raises(reading.NotSetUp), reading.noise():
        pass


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
