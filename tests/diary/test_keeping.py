"""Adding to a diary while it is begun anew or sealed anew: one comes after the other, and all of it opens."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.answers import House, house_of
from tests.cast import NOW, PASSWORD
from wellbeing.diary import door, keeping, opening, retention
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.base import db

NOTE = Entry(Kind.NOTE, NOW, NOW, text="A long day.")


def cannot_wait(connection: sa.Connection) -> None:
    connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")


def add_a_note(connection: sa.Connection, house: House, person_id: int, _private: bytes) -> None:
    keeping.add(connection, house.server_key, person_id, [NOTE])


def keep_for_longer(connection: sa.Connection, house: House, person_id: int, private: bytes) -> None:
    retention.change_days(connection, house.server_key, person_id, private, 365, 30)


@pytest.mark.parametrize("change", [add_a_note, keep_for_longer])
def test_what_changes_a_diary_waits_while_it_is_begun_anew(postgres_app: Flask, change):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        sol = house.cast.people["Sol"]
        old = opening.begin(db.session(), sol, PASSWORD)
        db.session.commit()
        new = door.begin_anew(db.session(), house.server_key, sol, PASSWORD)

        with house.engine.connect() as other:
            cannot_wait(other)
            with pytest.raises(OperationalError, match="lock timeout"):
                change(other, house, sol, old.private)
        db.session.commit()
        with house.engine.begin() as other:
            keeping.add(other, house.server_key, sol, [NOTE])

        with house.engine.connect() as reader:
            found = opening.read(reader, house.server_key, sol, new.private)
        assert [one.entry for one in found] == [NOTE]
