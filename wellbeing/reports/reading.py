"""The reading session: the database keeps it from all but released figures and the roster (R7)."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from wellbeing.config import Config
from wellbeing.storage import engine_options

# Everything a report may read, column by column; what is not named here does not exist for it.
READABLE: dict[str, frozenset[str]] = {
    "unit": frozenset({"id", "parent_id", "level", "name", "closed_on"}),
    "person": frozenset({"id", "name", "unit_id", "active", "counts_from"}),
    "role_grant": frozenset({"id", "person_id", "unit_id", "role", "by_company"}),
    "settings": frozenset(
        {"id", "kind", "time_zone", "language", "help_contact", "people_needed", "own_pool_from", "tick_days"}
        | {"confirmed_at", "clock_ahead_seconds", "badge_alone", "checkup_months"}
        | {"activation_days", "second_factor", "texts_reviewed_on"}
    ),
    "settings_change": frozenset(
        {"id", "from_number", "announced_on", "takes_effect_on"}
        | {"people_needed", "own_pool_from", "tick_days", "activation_days"}
    ),
    "tick": frozenset({"id", "ledger", "number", "opened_on", "closed_on"}),
    "block": frozenset(
        {"position", "tick_id", "unit_id", "people_floor", "mood", "mood_word", "rough_count", "rough_word"}
        | {
            "break_count",
            "break_word",
            "people_needed",
            "own_pool_from",
            "tick_days",
            "rules_version",
            "hash",
        }
    ),
    "figure_above": frozenset({"unit_id", "source_id", "from_number"}),
    "detail_block": frozenset(
        {"position", "tick_id", "unit_id", "question", "participants_needed", "event_people_needed"}
        | {"tick_days", "rules_version", "hash"}
    ),
    "detail_word": frozenset({"position", "category", "word"}),
    "list_entry": frozenset({"list_name", "key", "label", "position", "retired_on"}),
    "unit_merge": frozenset({"unit_id", "into_unit_id", "takes_effect_on", "done"}),
    "cover_request": frozenset({"id", "unit_id", "person_id", "until", "taken"}),
    "note": frozenset({"id", "unit_id", "happened_on", "text"}),
    "content_entry": frozenset(
        {"kind", "key", "words", "origin", "position", "shown_from", "shown_until", "offered"}
    ),
    "checkup_quarter": frozenset({"id", "opens_at", "closes_at", "people_needed", "asked", "released_on"}),
    "checkup_block": frozenset(
        {"position", "quarter_id", "unit_id", "item", "aspect", "word"}
        | {"people_needed", "rules_version", "hash"}
    ),
    "customers_asked": frozenset({"id", "unit_id", "asked_on", "asked", "content"}),
    "mystery_inquiry": frozenset({"id", "unit_id", "channel", "sent_at", "answered_at", "machine_first"}),
}

# What the external export may read: the noise that every block got at its release, and no exact figure (R13).
NOISY: dict[str, frozenset[str]] = {
    "tick": READABLE["tick"],
    "block": frozenset({"position", "tick_id", "unit_id", "people_floor", "rules_version"}),
    "noisy_block": frozenset({"position", "people", "mood_sum", "rough", "breaks"}),
}

_ALWAYS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_RECURSIVE,
    sqlite3.SQLITE_SAVEPOINT,
}
_FUNCTIONS = {"count", "max", "min", "sum", "avg", "coalesce", "lower", "like", "row_number", "rank"}


def init_app(app: Flask, config: Config) -> None:
    """Give the app its two reading engines: guarded connections on SQLite, logins of their own on PostgreSQL.

    The one for noise is None where PostgreSQL has no login for it.
    """
    if config.is_sqlite:
        app.extensions["reading"] = _sqlite_engine(config.database_url, READABLE)
        app.extensions["reading_noise"] = _sqlite_engine(config.database_url, NOISY)
        return
    noise = config.external_database_url
    app.extensions["reading"] = _postgres_engine(str(config.reporting_database_url), config.pooled)
    app.extensions["reading_noise"] = _postgres_engine(noise, config.pooled) if noise else None


def _sqlite_engine(url: str, readable: Mapping[str, frozenset[str]]) -> sa.Engine:
    engine = sa.create_engine(url)
    event.listen(engine, "connect", partial(_guard, readable))
    event.listen(engine, "begin", _begin)
    return engine


def _postgres_engine(url: str, pooled: bool) -> sa.Engine:
    options = engine_options(url, pooled)
    engine = sa.create_engine(url, execution_options={"postgresql_readonly": True}, **options)
    event.listen(engine, "before_cursor_execute", only_tables)
    return engine


def close(app: Flask) -> None:
    """Let go of all connections of an app's reading sessions."""
    for name in ("reading", "reading_noise"):
        if app.extensions[name] is not None:
            app.extensions[name].dispose()


class NotReadable(Exception):
    """A statement that is no question to a table of ours."""


# PostgreSQL shows its own books to every login, and they say how many rows were written to which table.
_CATALOGUE = re.compile(r"\b(?:pg_|lo_|txid_|information_schema)|U&", re.IGNORECASE)
_QUESTION = re.compile(r"\s*(?:SELECT|WITH)\b", re.IGNORECASE)


def only_tables(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Let nothing through but questions to tables, which the login's grants then answer for.

    Raises NotReadable, before the database hears of the statement.
    """
    if _CATALOGUE.search(statement) or not _QUESTION.match(statement):
        raise NotReadable


def _guard(readable: Mapping[str, frozenset[str]], connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 20000")
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(partial(_authorize, readable))


def _authorize(
    readable: Mapping[str, frozenset[str]],
    action: int,
    first: str | None,
    second: str | None,
    _database: str | None,
    _by: str | None,
) -> int:
    """Answer SQLite's question whether a statement may touch something; anything not allowed is denied."""
    if action in _ALWAYS:
        return sqlite3.SQLITE_OK
    # SQLite names an empty column where a statement reads rows of a table but none of its columns.
    columns = readable.get(first or "")
    if action == sqlite3.SQLITE_READ and columns is not None and (not second or second in columns):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def session() -> Iterator[Session]:
    """Yield a session that can read released figures, units, the roster and settings, and nothing else."""
    with Session(current_app.extensions["reading"]) as found:
        yield found


class NotSetUp(Exception):
    """The database has no login that may read the noise."""


@contextmanager
def noise() -> Iterator[Session]:
    """Yield the external export's session: it reads the noise of blocks, and no figure of anybody's page.

    Raises NotSetUp where PostgreSQL has no login for it.
    """
    engine = current_app.extensions["reading_noise"]
    if engine is None:
        raise NotSetUp
    with Session(engine) as found:
        yield found
