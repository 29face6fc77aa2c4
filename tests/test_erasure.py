"""A person's erasure: what is theirs and unreleased goes, what is released stays, and nobody else notices."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.answers import House, after_tick, blocks, change, everything, house_of, in_week, rows, say, tick
from tests.attacks.worlds import begin_diaries
from tests.cases.brought import MADRID, bring, kept
from tests.cast import NOW, pin_of
from tests.conftest import SECRETS
from wellbeing import appointed, asking, audit, badges, codes, collect, erasure, floor, incidents
from wellbeing.answer import Answer
from wellbeing.audit import Act
from wellbeing.cases import writing
from wellbeing.counter import identify
from wellbeing.incidents import Told
from wellbeing.models.accounts import CodePurpose, Person, PinFailure, SignIn, Tablet
from wellbeing.models.asking import ReaderOf
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.company import CompanyIdentity
from wellbeing.models.diary import DiaryOpened
from wellbeing.models.lending import Loan
from wellbeing.models.pending import Dimension
from wellbeing.models.second_factor import Authenticator, SpareCode
from wellbeing.talk import pledges, posts
from wellbeing.talk.posts import Kind

COLLEAGUES = ("Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus")
# What is kept about a person by name; all the rest knows nobody, or is the ledger.
THEIRS = {
    *("person", "place", "role_grant", "one_time_code", "sign_in", "pin_failure", "cover_request", "badge"),
    *("good_moment", "idea", "pledge_signature"),
    *("appointed_reader", "contact_request", "incident_report"),
    *("diary_key", "diary_entry", "diary_opened", "passkey", "phone"),
    *("authenticator", "spare_code", "company_identity", "loan"),
}
ROUGH = {"mood": 1, "rough": True, "details": ((Dimension.SEVERITY, "severe"), (Dimension.AREA, "parts"))}


def erase(house: House, name: str) -> None:
    erasure.erase(db.session(), house.server_key, erasure.find(db.session(), f"{name} Vale"))


def leave_traces(house: House, name: str) -> None:
    """Let somebody have everything that an account can have."""
    person = house.cast.people[name]
    appointed.appoint(db.session(), ReaderOf.CONTACT, db.session.get_one(Person, person))
    codes.make_code(db.session(), CodePurpose.PIN, person, NOW)
    told = Told(happened_on=NOW.date(), what="They shouted.")
    incidents.send(db.session(), db.session.get_one(Person, person), told, NOW)
    badges.make(db.session(), SECRETS.pin_pepper, [person], NOW.date())
    begin_diaries(house, [name])
    say(house, name)
    with house.engine.begin() as connection:
        tablet = connection.execute(sa.select(Tablet.id)).scalar_one()
        team = house.cast.units["Service counter"]
        floor.ask_for_cover(connection, person, team, 5, NOW)
        for kind in Kind:
            posts.write(connection, kind, team, "Cake!", NOW.date(), person)
        pledge = pledges.of_unit(connection, team)
        assert pledge is not None
        pledges.join(connection, pledge, person)
        asking.ask(connection, person, asking.of(connection, person, name=True), NOW.date())
        failure = {"person_id": person, "tablet_id": tablet, "at": NOW}
        connection.execute(sa.insert(PinFailure).values(failure))
        browser = {"token_mac": b"b" * 32, "person_id": person, "expires_at": NOW + timedelta(hours=1)}
        connection.execute(sa.insert(SignIn).values(browser))
        opened = {"token_mac": b"b" * 32, "wrapped_key": b"k" * 104, "until": NOW + timedelta(minutes=15)}
        connection.execute(sa.insert(DiaryOpened).values(opened))
        give_ways_in(connection, person)
        lent = {"person_id": person, "unit_id": house.cast.units["Parts"], "first_day": NOW.date()}
        connection.execute(sa.insert(Loan).values(lent))
    audit.note(db.session(), Act.PERSON_LENT, person, NOW, person_id=person)
    db.session.commit()


def give_ways_in(connection: sa.Connection, person: int) -> None:
    """Let somebody have an authenticator app, a spare code and a name at the company's provider."""
    app = {"person_id": person, "wrapped_secret": b"s" * 40, "confirmed_on": NOW.date()}
    connection.execute(sa.insert(Authenticator).values(app))
    connection.execute(sa.insert(SpareCode).values(code_mac=b"c" * 32, person_id=person))
    known = {"issuer": "https://id.example", "subject": "s", "linked_on": NOW.date()}
    connection.execute(sa.insert(CompanyIdentity).values(person_id=person, **known))


def hang_up_a_pledge(house: House) -> None:
    """Give the service counter a pledge with Noor's name, and a moment that Noor signed and one of nobody."""
    noor, team = house.cast.people["Noor"], house.cast.units["Service counter"]
    with house.engine.begin() as connection:
        pledges.make(connection, team, "We call first.", NOW.date())
        pledge = pledges.of_unit(connection, team)
        assert pledge is not None
        pledges.join(connection, pledge, noor)
        for author in (noor, None):
            posts.write(connection, Kind.MOMENT, team, "Cake!", NOW.date(), author)


def test_everything_of_sol_goes_and_nothing_of_anybody_else(any_house: House):
    for name in COLLEAGUES:
        say(any_house, name)
    hang_up_a_pledge(any_house)
    before = everything(any_house)
    say(any_house, "Sol", **ROUGH)
    say(any_house, "Sol", NOW + timedelta(minutes=5), **vars(Answer(break_minutes=10)))
    say(any_house, "Sol", NOW + timedelta(minutes=30))
    leave_traces(any_house, "Sol")
    traces, left = THEIRS - {"person", "place", "role_grant"}, everything(any_house)
    assert {table for table in traces if len(left[table]) == len(before[table])} == set()

    erase(any_house, "Sol")

    after = everything(any_house)
    sol = any_house.cast.people["Sol"]
    apart = THEIRS | {"audit_entry"}
    assert {name: found for name, found in after.items() if name not in apart} == {
        name: found for name, found in before.items() if name not in apart
    }
    [noted] = rows(any_house, AuditEntry)
    assert (noted.act, noted.actor_id, noted.person_id, noted.by_command) == (
        "person_lent",
        None,
        None,
        False,
    )
    assert after["person"] == [row for row in before["person"] if row[0] != sol]
    assert after["place"] == [row for row in before["place"] if row[1] != sol]
    for table in THEIRS - {"person", "place"}:
        assert after[table] == before[table]


def test_a_managers_roles_go_with_her(any_house: House):
    before = everything(any_house)["role_grant"]

    erase(any_house, "Alba")

    assert len(everything(any_house)["role_grant"]) == len(before) - 1


def test_what_was_released_stays_as_it_was(any_house: House):
    for name in ("Sol", *COLLEAGUES):
        say(any_house, name)
    tick(any_house, 1)
    released = blocks(any_house)
    assert released

    erase(any_house, "Sol")

    assert blocks(any_house) == released


def test_the_next_tick_knows_nothing_of_who_was_erased(any_house: House):
    tick(any_house, 1)
    for name in ("Sol", *COLLEAGUES[:4]):
        say(any_house, name, in_week(2))
    erase(any_house, "Sol")

    tick(any_house, 2)

    assert in_week(2) < after_tick(2)
    assert blocks(any_house) == []


def test_a_check_in_that_is_under_way_ends_before_its_author_is_erased(postgres_app: Flask):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        sol, pepper = house.cast.people["Sol"], postgres_app.extensions["config"].secrets.pin_pepper
        with house.engine.begin() as counter:
            identify.known(counter, pepper, 1, sol, pin_of("Sol"), NOW)
            collect.record(counter, house.server_key, sol, Answer(mood=1), NOW)
            db.session.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(OperationalError, match="lock timeout"):
                erase(house, "Sol")
            db.session.rollback()

        erase(house, "Sol")

        assert everything(house)["pending"] == []


def test_one_of_two_people_of_a_name_is_found_by_the_team(house: House):
    change(house, sa.update(Person).where(Person.name == "Kai Vale").values(name="Sol Vale"))

    with pytest.raises(erasure.NobodyFound, match="say which team"):
        erasure.find(db.session(), "Sol Vale")
    assert erasure.find(db.session(), "Sol Vale", "Showroom").id == house.cast.people["Kai"]
    with pytest.raises(erasure.NobodyFound, match="Nobody"):
        erasure.find(db.session(), "Sol Vale", "Parts")


def test_the_cases_of_somebody_who_is_erased_stay_and_say_that_nobody_has_them(any_house: House):
    planned = {"next_step": "Call", "due_on": NOW.date() + timedelta(days=6)}
    case = bring(any_house.cast, owner="Sol", at=NOW - timedelta(days=2), **planned)
    writing.note(
        db.session(), writing.held(db.session(), case), "A word", any_house.cast.people["Sol"], NOW, MADRID
    )
    assert kept(case).overdue_from > NOW

    erase(any_house, "Sol")

    found = kept(case)
    assert (found.owner, found.notes[0].person, found.notes[0].text) == (None, None, "A word")
    assert found.overdue_from == NOW - timedelta(days=1)
