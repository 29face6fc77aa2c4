"""A disk that is full, as the databases and the system tell of it."""

import errno
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError

SENTENCE = (
    "The disk is full, or cannot be written. Nothing was half done, and nothing that was saved is lost. Make "
    "room (`flask doctor` says where), then give the same command again."
)
# SQLite says "I/O error" where there is no room for its index of the log. The last byte tells the kind.
SQLITE_KINDS = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
OUT_OF_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: BaseException | None) -> bool:
    """Tell whether an error means that there is no room left to write."""
    if isinstance(error, DBAPIError):
        error = error.orig
    if isinstance(error, OSError):
        return error.errno in OUT_OF_ROOM
    if isinstance(error, sqlite3.Error):
        # An error that Python's own module raises has no code.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in SQLITE_KINDS
    return isinstance(error, psycopg.errors.DiskFull)
