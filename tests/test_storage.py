"""How connections behave: durable, explicit about their transactions, and thorough in deleting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from wellbeing.storage import prepare, read_only


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = sa.create_engine(f"sqlite:///{tmp_path / 'storage.db'}")
    prepare(made)
    yield made
    made.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 20000),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
    ],
)
def test_sqlite_is_durable_and_strict(engine: Engine, pragma: str, value: object):
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize(("reading", "begin"), [(False, "BEGIN IMMEDIATE"), (True, "BEGIN")])
def test_a_transaction_says_at_its_beginning_whether_it_will_write(engine: Engine, reading: bool, begin: str):
    said: list[str] = []
    with engine.connect() as connection:
        connection.connection.driver_connection.set_trace_callback(said.append)
    said.clear()
    token = read_only.set(reading)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT 1")
    finally:
        read_only.reset(token)

    assert said == [begin, "SELECT 1", "COMMIT"]


def test_a_writer_is_not_held_up_by_readers(engine: Engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    token = read_only.set(True)
    try:
        with engine.connect() as reader:
            assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
            read_only.set(False)
            with engine.begin() as writer:
                writer.exec_driver_sql("INSERT INTO t VALUES (1)")
            assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
    finally:
        read_only.reset(token)


def test_postgresql_is_left_as_it_is():
    made = sa.create_engine("postgresql+psycopg://nobody@/nowhere")

    prepare(made)

    assert not sa.event.contains(made, "begin", lambda _connection: None)
    assert list(made.dispatch.begin) == []
