"""The audit log: the database itself keeps it, whoever tries to change it, and lets go of names alone."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.answers import House, rows
from tests.cast import NOW
from wellbeing import audit
from wellbeing.audit import Act
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db

LONG_AGO = datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)


def note(house: House, moment: datetime = NOW, by: str | None = "Ada") -> None:
    """Let an act about Sol be noted."""
    people, units = house.cast.people, house.cast.units
    person = people[by] if by else None
    audit.note(
        *(db.session(), Act.PERSON_LENT, person, moment),
        person_id=people["Sol"],
        unit_id=units["Parts"],
        facts={"until": "2026-03-20"},
    )
    db.session.commit()


def test_an_act_is_noted_to_the_minute_with_whoever_did_it(any_house: House):
    note(any_house, NOW + timedelta(seconds=7))
    note(any_house, by=None)

    first, second = rows(any_house, AuditEntry)
    assert (first.at, first.act, first.facts) == (NOW, "person_lent", {"until": "2026-03-20"})
    assert (first.actor_id, first.by_command) == (any_house.cast.people["Ada"], False)
    assert (second.actor_id, second.by_command) == (None, True)


@pytest.mark.parametrize(
    "values",
    [
        {"act": "person_moved"},
        {"at": NOW + timedelta(hours=1)},
        {"facts": {}},
        {"by_command": True},
        {"actor_id": 1},
        {"person_id": 1},
        {"unit_id": 1},
    ],
    ids=lambda values: next(iter(values)),
)
def test_nothing_of_it_can_be_changed(any_house: House, values: dict[str, object]):
    note(any_house)

    with pytest.raises(DatabaseError, match="the audit log is kept"), any_house.engine.begin() as connection:
        connection.execute(sa.update(AuditEntry).values(values))


def test_nothing_young_can_be_deleted(any_house: House):
    note(any_house)

    with pytest.raises(DatabaseError, match="the audit log is kept"), any_house.engine.begin() as connection:
        connection.execute(sa.delete(AuditEntry))


def test_what_is_older_than_three_years_goes(any_house: House):
    note(any_house, LONG_AGO)
    note(any_house)

    with any_house.engine.begin() as connection:
        audit.forget_old(connection, NOW)

    assert [found.at for found in rows(any_house, AuditEntry)] == [NOW]
