"""People: set up, imported, confirmed; PINs of their own; and from when their answers count."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW, TOKEN, Cast
from wellbeing import codes, epochs, keys, people, ratchet, tablets
from wellbeing import site as the_site
from wellbeing.codes import CodeRefused
from wellbeing.models.accounts import CodePurpose, Level, Person, PinFailure, Unit
from wellbeing.models.base import db
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.people import NewSite, PinMisshapen, PinTooSimple, SiteRefused
from wellbeing.permissions import Role
from wellbeing.roster import NewPerson, NewRole
from wellbeing.units import PathRefused

DEALERSHIP = NewSite(
    organisation="Harbour Motors",
    admin_name="Ada Vale",
    admin_login="ada",
    help_contact="Marta, second floor",
    time_zone="Europe/Madrid",
)
SOL = NewPerson(2, "Sol Vale", ("Northgate", "Service counter"), "sol", language="es")
ALBA = NewPerson(
    3,
    "Alba Vale",
    ("Northgate", "Service counter"),
    roles=(NewRole(Role.MANAGER, ("Northgate", "Service counter")), NewRole(Role.HR, ())),
)


@pytest.fixture
def cast(app: Flask, site: Cast) -> Iterator[Cast]:
    with app.app_context():
        yield site
        db.session.rollback()


@pytest.fixture
def empty(app: Flask, present: None) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()


def named(name: str) -> Person:
    return db.session.scalars(sa.select(Person).where(Person.name == name)).one()


def test_a_site_starts_with_one_admin_who_chooses_a_password(empty: None):
    code = people.create_site(db.session(), DEALERSHIP, NOW)

    facts = codes.redeem(db.session, code, CodePurpose.PASSWORD, NOW)
    ada = db.session.get_one(Person, facts.person_id)
    assert (ada.name, ada.login, ada.password_hash, ada.counts_from) == ("Ada Vale", "ada", None, None)
    assert [(grant.role, grant.unit.level) for grant in ada.grants] == [(Role.ADMIN, Level.ORGANISATION)]
    settings = the_site.settings()
    assert (settings.kind, settings.confirmed_at, settings.people_needed) == (SiteKind.REAL, None, 5)


def test_a_site_is_set_up_once(empty: None):
    people.create_site(db.session(), DEALERSHIP, NOW)

    with pytest.raises(SiteRefused, match="already"):
        people.create_site(db.session(), DEALERSHIP, NOW)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"organisation": " "}, "1 to 80"),
        ({"organisation": "x" * 81}, "1 to 80"),
        ({"admin_name": "Ada\0"}, "1 to 80"),
        ({"help_contact": ""}, "1 to 400"),
        ({"admin_login": "Ada Vale"}, "sign-in name"),
        ({"time_zone": "Harbour/North"}, "time zone"),
        ({"language": "la"}, "speaks"),
    ],
)
def test_a_site_that_makes_no_sense_is_not_half_set_up(empty: None, wrong: dict[str, str], said: str):
    with pytest.raises(SiteRefused, match=said):
        people.create_site(db.session(), replace(DEALERSHIP, **wrong), NOW)
    with pytest.raises(the_site.NotSetUp):
        the_site.settings()


def test_an_import_brings_its_people_and_makes_their_units(empty: None):
    people.create_site(db.session(), DEALERSHIP, NOW)

    assert people.add_people(db.session(), [SOL, ALBA], NOW) == 2
    sol, alba = named("Sol Vale"), named("Alba Vale")
    assert sol.unit is alba.unit
    assert (sol.unit.name, sol.unit.parent.name, sol.login, sol.language) == (
        "Service counter",
        "Northgate",
        "sol",
        "es",
    )
    assert {(grant.role, grant.unit.name) for grant in alba.grants} == {
        (Role.MANAGER, "Service counter"),
        (Role.HR, "Harbour Motors"),
    }


def test_an_import_that_cannot_be_placed_leaves_nothing_behind(empty: None):
    people.create_site(db.session(), DEALERSHIP, NOW)

    with pytest.raises(PathRefused):
        people.add_people(db.session(), [SOL, replace(ALBA, team=("A", "B", "C"))], NOW)
    db.session.rollback()
    assert db.session.scalars(sa.select(Unit.name)).all() == ["Harbour Motors"]


def test_the_first_import_counts_from_the_day_it_is_confirmed_and_only_once(empty: None):
    people.create_site(db.session(), DEALERSHIP, NOW)
    people.add_people(db.session(), [SOL], NOW)
    assert named("Sol Vale").counts_from is None

    assert people.confirm_import(db.session(), NOW) == 2  # Ada, who set the site up, and Sol.
    assert named("Sol Vale").counts_from == date(2026, 3, 4)
    assert the_site.settings().confirmed_at == NOW

    named("Sol Vale").counts_from = None
    assert people.confirm_import(db.session(), NOW + timedelta(days=1)) == 0
    assert named("Sol Vale").counts_from is None


def test_people_who_come_later_count_after_fourteen_days(cast: Cast):
    people.add_people(db.session(), [replace(SOL, name="Tuva Vale", login="tuva")], NOW)

    assert named("Tuva Vale").counts_from == date(2026, 3, 18)


def activate_after(days: int) -> None:
    db.session.execute(sa.update(Settings).values(activation_days=days))


def test_a_site_may_let_new_accounts_wait_for_longer_and_others_keep_their_day(cast: Cast):
    before = named("Sol Vale").counts_from
    activate_after(30)
    people.add_people(db.session(), [replace(SOL, name="Tuva Vale", login="tuva")], NOW)
    people.begin_anew(named("Noor Vale"), NOW)

    assert {named(f"{name} Vale").counts_from for name in ("Tuva", "Noor")} == {date(2026, 4, 3)}
    assert named("Sol Vale").counts_from == before


@pytest.mark.parametrize(("waited", "counts_from"), [(1, date(2026, 3, 18)), (30, date(2026, 4, 3))])
def test_somebody_whose_account_their_manager_made_waits_for_an_admin(
    cast: Cast, waited: int, counts_from: date
):
    person = db.session.get_one(Person, cast.people["Sol"])
    person.counts_from, person.created_at = None, NOW

    people.confirm_person(db.session(), person, NOW + timedelta(days=waited))
    assert person.counts_from == counts_from
    people.confirm_person(db.session(), person, NOW + timedelta(days=90))
    assert person.counts_from == counts_from


def test_nobody_is_confirmed_alone_before_the_first_import_is(cast: Cast):
    the_site.settings().confirmed_at = None
    person = db.session.get_one(Person, cast.people["Sol"])
    person.counts_from = None

    people.confirm_person(db.session(), person, NOW)
    assert person.counts_from is None


def choose(code: str, pin: str) -> str:
    return people.choose_pin(db.session, the_site.config().secrets.pin_pepper, code, pin, NOW)


def test_sol_chooses_a_pin_and_is_no_longer_locked_out(cast: Cast):
    sol, tablet = cast.people["Sol"], tablets.tablet_of(db.session.connection(), TOKEN)
    for name in ("Sol", "Noor"):
        db.session.add(PinFailure(person_id=cast.people[name], tablet_id=tablet.id, at=NOW))
    code = people.make_code(db.session(), CodePurpose.PIN, sol, NOW)

    assert choose(code, "80264") == "Sol Vale"
    person = db.session.get_one(Person, sol)
    assert person.pin_mac == keys.pin_mac(the_site.config().secrets.pin_pepper, sol, "80264")
    assert person.pin_length == 5
    assert db.session.scalars(sa.select(PinFailure.person_id)).all() == [cast.people["Noor"]]


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "", "１２８４"])
def test_a_pin_has_four_to_six_digits(cast: Cast, pin: str):
    with pytest.raises(PinMisshapen):
        choose("0000-0000", pin)


def test_a_simple_pin_uses_no_code_up_and_a_code_works_once(cast: Cast):
    code = people.make_code(db.session(), CodePurpose.PIN, cast.people["Sol"], NOW)

    with pytest.raises(PinTooSimple):
        choose(code, "1234")
    assert choose(code, "8026") == "Sol Vale"
    with pytest.raises(CodeRefused):
        choose(code, "8026")


@pytest.mark.parametrize("pin", ["0000", "111111", "1234", "4321", "34567", "0123", "7890", "0987", "3210"])
def test_the_first_pins_that_a_colleague_would_try_are_simple(pin: str):
    assert people.is_simple(pin)


@given(st.integers(0, 9999).map("{:04d}".format))
def test_few_pins_are_simple(pin: str):
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}

    assert not people.is_simple(pin) or steps in ({0}, {1}, {9})


def open_epochs() -> None:
    db.session.commit()
    with db.engine.begin() as connection:
        epochs.open_due(connection, the_site.config().secrets.server_key, NOW)


def counting(cast: Cast, name: str) -> tuple[bool, date | None]:
    person = db.session.get_one(Person, cast.people[name])
    return people.counting(db.session, person.id, person.counts_from)


def test_sol_counts_this_week_and_a_newcomer_from_the_tick_after_their_fourteen_days(cast: Cast):
    for name, counts_from in (
        ("Noor", date(2026, 3, 9)),
        ("Bea", date(2026, 3, 10)),
        ("Carl", date(2026, 3, 23)),
    ):
        db.session.get_one(Person, cast.people[name]).counts_from = counts_from
    open_epochs()

    assert counting(cast, "Sol") == (True, None)
    assert counting(cast, "Noor") == (False, date(2026, 3, 9))
    assert counting(cast, "Bea") == (False, date(2026, 3, 16))
    assert counting(cast, "Carl") == (False, date(2026, 3, 23))


def test_somebody_who_sees_every_figure_is_promised_no_day(cast: Cast):
    open_epochs()

    assert counting(cast, "Ada") == (False, None)


def test_somebody_who_waits_for_an_admin_is_promised_no_day(cast: Cast):
    db.session.get_one(Person, cast.people["Sol"]).counts_from = None
    open_epochs()

    assert counting(cast, "Sol") == (False, None)


def test_before_the_first_week_opens_nobody_counts(cast: Cast):
    assert counting(cast, "Sol") == (False, date(2026, 3, 2))


def test_a_day_is_a_local_day(empty: None):
    late_evening = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    people.create_site(db.session(), DEALERSHIP, NOW)
    people.confirm_import(db.session(), late_evening)

    assert named("Ada Vale").counts_from == date(2026, 3, 5)


def close_accounts_but(cast: Cast, kept: int) -> None:
    """Let all but so many people leave; HR and the admin stay besides."""
    staff = [person for name, person in cast.people.items() if name not in ("Hilde", "Ada")]
    for person in staff[kept:]:
        db.session.get_one(Person, person).active = False


@pytest.mark.parametrize(("kept", "noor"), [(7, (False, date(2026, 3, 9))), (6, (False, None))])
def test_nobody_is_promised_a_day_where_the_organisation_is_too_small(
    cast: Cast, kept: int, noor: tuple[bool, date | None]
):
    close_accounts_but(cast, kept)
    db.session.get_one(Person, cast.people["Noor"]).counts_from = date(2026, 3, 9)
    open_epochs()

    # Of seven, Noor is the seventh, from the tick on.
    assert counting(cast, "Noor") == noor
    assert counting(cast, "Sol") == (False, None)


def test_a_newcomer_who_looks_at_every_figure_is_promised_no_day(cast: Cast):
    db.session.get_one(Person, cast.people["Hilde"]).counts_from = date(2026, 3, 18)
    open_epochs()

    assert counting(cast, "Hilde") == (False, None)


def test_a_newcomer_is_promised_the_tick_as_it_is_planned(cast: Cast):
    db.session.get_one(Person, cast.people["Sol"]).counts_from = date(2026, 3, 11)
    open_epochs()
    assert counting(cast, "Sol") == (False, date(2026, 3, 16))

    ratchet.plan(db.session(), ratchet.Values(5, 7, 14), NOW)
    assert counting(cast, "Sol") == (False, date(2026, 3, 23))
