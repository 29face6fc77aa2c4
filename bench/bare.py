"""The least that a durable check-in can be: one Flask view, one row, one fsync."""

import os
import sqlite3
import threading

from flask import Flask, jsonify, request

DATABASE = os.environ.get("BARE_DATABASE", "")

app = Flask(__name__)
own = threading.local()


def connect() -> sqlite3.Connection:
    """Return this thread's connection, as durable as the app's: WAL, synchronous=FULL."""
    if not hasattr(own, "connection"):
        own.connection = sqlite3.connect(DATABASE, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 20000"):
            own.connection.execute(f"PRAGMA {pragma}")
    connection: sqlite3.Connection = own.connection
    return connection


def prepare(path: str) -> None:
    """Make the one table."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE answer (id TEXT, person INTEGER, mood INTEGER)")
    connection.close()


def count(path: str) -> int:
    """Return how many answers were recorded."""
    connection = sqlite3.connect(path)
    (answers,) = connection.execute("SELECT count(*) FROM answer").fetchone()
    connection.close()
    return int(answers)


@app.post("/check-in")
def check_in():
    """Record one answer and acknowledge it once it is on disk."""
    answer = request.get_json()
    connection = connect()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO answer VALUES (:id, :person, :mood)", answer)
    connection.execute("COMMIT")
    return jsonify(saved=True)
