"""What is kept about somebody by name is told to them, table by table."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from tests.cases.brought import MADRID, bring
from tests.cast import NOW
from tests.test_erasure import THEIRS, hang_up_a_pledge, leave_traces
from wellbeing.about_me import stored
from wellbeing.about_me.stored import PARTS
from wellbeing.cases import writing
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.changes import TeamChange
from wellbeing.models.checkup import Quarter, QuarterPlace
from wellbeing.models.diary import DiaryKey
from wellbeing.models.release_mail import ReleaseMail

SOL = "Sol"


def told(house: House, name: str) -> dict[str, tuple[str, ...]]:
    found = stored.by_name(db.session(), house.cast.people[name])
    db.session.rollback()
    return {part.what: part.lines for part in found}


def test_every_table_that_names_a_person_is_told_of():
    naming = {
        table.name
        for table in db.metadata.sorted_tables
        if any(key.column.table.name == "person" for key in table.foreign_keys)
    }

    assert set().union(*(part.tables for part in PARTS)) == naming | {"person"}
    assert naming >= THEIRS - {"person", "diary_entry", "diary_opened"}


def test_somebody_who_has_only_a_tile_has_little_stored(house: House):
    plain = {"login": None, "password_hash": None, "pin_mac": None, "pin_length": None}
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(plain))

    found = told(house, SOL)
    assert found["On the roster"] == (
        "Your name: Sol Vale",
        "Where you work: Service counter",
        "On the roster since 2 Mar 2026",
        "Your answers may count from 2 Mar 2026 on",
    )
    assert found["Where your answers go"] == ("Answers of this week would go to: Service counter",)
    assert {what for what, lines in found.items() if lines} == {"On the roster", "Where your answers go"}


@pytest.fixture
def much(house: House) -> House:
    """Sol has everything that can be kept by name."""
    sol, units = house.cast.people[SOL], house.cast.units
    hang_up_a_pledge(house)
    leave_traces(house, SOL)
    db.session.get_one(DiaryKey, sol).paused = True
    db.session.get_one(Person, sol).language = "es"
    quarter = Quarter(opens_at=NOW, closes_at=NOW + timedelta(days=90), people_needed=5, asked={})
    db.session.add_all([quarter, ReleaseMail(person_id=sol, address="sol@example.org", told_number=0)])
    db.session.flush()
    db.session.add(QuarterPlace(quarter_id=quarter.id, person_id=sol, pool_id=units["Northgate"]))
    there = {"from_unit_id": units["Service counter"], "to_unit_id": units["Parts"]}
    db.session.add(TeamChange(person_id=sol, takes_effect_on=NOW.date(), **there))
    db.session.commit()
    case = bring(house.cast, owner=SOL, at=NOW)
    writing.note(db.session(), writing.held(db.session(), case), "A word", sol, NOW, MADRID)
    return house


def test_everything_of_somebody_is_told_in_words(much: House):
    found = told(much, SOL)

    assert all(found.values())
    assert found["To sign in"] == (
        "Sign-in name: sol",
        "Your password, scrambled",
        "A passkey: Sol's own, made on 4 Mar 2026",
        "The secret that your authenticator app knows, sealed, and your spare codes, scrambled",
        "Under which name the company's sign-in knows you, since 4 Mar 2026",
        "Browsers that are signed in now: 1",
    )
    assert found["Your diary"][2:] == (
        "That you agreed to the words about it, in version 1",
        "That it is paused",
    )
    assert found["At the tablet"][1] == "That a wrong PIN was typed for you in the last day"
    assert found["Your roles"] == ("You read requests for contact",)
    assert (
        found["Where your answers go"][-1]
        == "You are lent to: Parts. Your answers still go to your own team."
    )
    assert found["In the audit log"] == (
        "Acts of admins that were about you: 1",
        "Acts of yours as an admin or manager: 1",
    )
    assert found["Customers' cases"] == (
        "Cases that you look after or looked after: 1",
        "Notes that you wrote in cases: 1",
    )
    assert found["Changes of team"] == ("4 Mar 2026: from Service counter to Parts",)
    assert found["What you signed"] == (
        "A good moment: “Cake!”",
        "An idea: “Cake!”",
        "Your name under a pledge: “We call first.”",
    )
    assert found["E-mail"] == ("Word of new figures goes to sol@example.org",)


def test_a_diary_that_goes_on_is_not_said_to_be_paused(much: House):
    change(much, sa.update(DiaryKey).values(paused=False))

    assert len(told(much, SOL)["Your diary"]) == 3


def test_whoever_does_not_count_yet_is_told_no_day_for_it(house: House):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(counts_from=None))

    assert "may count" not in " ".join(told(house, SOL)["On the roster"])


def test_a_manager_is_told_her_role(house: House):
    assert told(house, "Alba")["Your roles"] == ("Manager: Service counter",)
    assert told(house, "Ada")["Your roles"] == ("Admin: Harbour Motors",)


def test_nothing_of_anybody_else_is_told(much: House):
    noor = " ".join(line for lines in told(much, "Noor").values() for line in lines)

    assert "Sol" not in noor and "sol@" not in noor
