"""A full disk is known for what it is, whoever tells of it."""

import errno
import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from wellbeing import full_disk


def full_sqlite(folder: Path) -> sqlite3.Error:
    """Return what SQLite raises where its file may not grow."""
    connection = sqlite3.connect(folder / "small.db")
    connection.execute("PRAGMA max_page_count = 1")
    try:
        connection.execute("CREATE TABLE guest (name TEXT)")
    except sqlite3.Error as error:
        return error
    finally:
        connection.close()
    raise AssertionError("it found room")


def test_a_database_or_a_system_without_room_is_full(tmp_path: Path):
    told = full_sqlite(tmp_path)

    assert full_disk.is_full(told)
    assert full_disk.is_full(OperationalError("INSERT", {}, told))
    assert full_disk.is_full(OperationalError("INSERT", {}, psycopg.errors.DiskFull()))
    assert full_disk.is_full(OSError(errno.ENOSPC, "No space left on device"))


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, "Permission denied"),
        sqlite3.ProgrammingError("Cannot operate on a closed database."),
        OperationalError("INSERT", {}, psycopg.errors.LockNotAvailable()),
        ValueError("full"),
    ],
)
def test_other_trouble_is_not(error: Exception):
    assert not full_disk.is_full(error)
