"""The log of team changes: newest first, whole merges, and only what somebody may read of."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from wellbeing import move_log
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import TeamChange, UnitMerge


@pytest.fixture
def units(house: House) -> dict[str, int]:
    """Sol moved to the showroom and back, Kai to parts; parts and counter were merged after that."""
    cast = house.cast
    moved = [
        ("Sol", "Service counter", "Showroom", date(2026, 3, 9), True),
        ("Sol", "Showroom", "Service counter", date(2026, 3, 16), True),
        ("Kai", "Showroom", "Parts", date(2026, 3, 16), True),
        ("Noor", "Service counter", "Parts", date(2026, 3, 23), False),
    ]
    rows = [
        {
            "person_id": cast.people[name],
            "from_unit_id": cast.units[origin],
            "to_unit_id": cast.units[target],
            "takes_effect_on": day,
            "done": done,
        }
        for name, origin, target, day, done in moved
    ]
    front = {"parent_id": cast.units["Northgate"], "level": Level.TEAM, "name": "Front"}
    change(house, sa.insert(Unit).values(front), sa.insert(TeamChange).values(rows))
    with house.engine.connect() as connection:
        new = connection.execute(sa.select(Unit.id).where(Unit.name == "Front")).scalar_one()
    merges = [
        {"unit_id": cast.units[name], "into_unit_id": new, "takes_effect_on": date(2026, 3, 23), "done": True}
        for name in ("Service counter", "Parts")
    ]
    change(house, sa.insert(UnitMerge).values(merges))
    return {**cast.units, "Front": new}


def read(*unit_ids: int, most: int = 200) -> list[tuple[str, tuple[str, ...], str]]:
    found = move_log.entries(db.session(), set(unit_ids), most)
    return [(entry.person, entry.origins, entry.into) for entry in found]


def test_it_is_newest_first_and_a_merge_is_one_line(units: dict[str, int]):
    assert read(*units.values()) == [
        ("", ("Parts", "Service counter"), "Front"),
        ("Kai Vale", ("Showroom",), "Parts"),
        ("Sol Vale", ("Showroom",), "Service counter"),
        ("Sol Vale", ("Service counter",), "Showroom"),
    ]


def test_somebody_reads_what_came_to_their_units_or_left_them(units: dict[str, int]):
    assert read(units["Parts"]) == [
        ("", ("Parts", "Service counter"), "Front"),
        ("Kai Vale", ("Showroom",), "Parts"),
    ]
    assert read(units["Front"]) == [("", ("Parts", "Service counter"), "Front")]
    assert read() == []


def test_a_long_log_ends_with_the_newest(units: dict[str, int]):
    assert len(read(*units.values(), most=2)) == 2
    assert read(units["Showroom"], most=1) == [("Kai Vale", ("Showroom",), "Parts")]
