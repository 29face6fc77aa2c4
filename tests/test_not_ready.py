"""A site is ready once there is somebody to turn to: here, and on the phone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.answers import House, change
from tests.cast import NOW, Cast
from wellbeing import appointed, asking, not_ready
from wellbeing.content import entries
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin
from wellbeing.models.settings import Settings

TODAY = NOW.date()


def take_all_helplines_away(house: House) -> None:
    every = entries.every(db.session(), "helpline")
    db.session.rollback()
    for position, entry in enumerate(every):
        row = {"kind": "helpline", "key": entry.key, "origin": Origin.SHIPPED, "position": position}
        change(house, sa.insert(ContentEntry).values(**row, offered=False))


def test_the_cast_is_ready(house: House):
    assert not_ready.missing(db.session(), TODAY) == []


@pytest.mark.parametrize("contact", ["", "  "])
def test_a_blank_contact_is_none(house: House, contact: str):
    change(house, sa.update(Settings).values(help_contact=contact))

    assert not_ready.missing(db.session(), TODAY) == ["nobody is named whom staff can turn to here"]


def test_without_any_helpline_it_is_not_ready(house: House):
    take_all_helplines_away(house)

    assert not_ready.missing(db.session(), TODAY) == ["no helpline is offered"]


def test_the_admin_reads_what_is_missing_on_the_first_page(
    client: FlaskClient, house: House, site: Cast, sign_in
):
    take_all_helplines_away(house)
    change(house, sa.update(Settings).values(help_contact=""))

    page = sign_in(client, "ada").get("/admin/").text
    assert "Not ready: nobody is named whom staff can turn to here; no helpline is offered." in page


def test_an_admin_is_told_which_forms_nobody_reads_until_somebody_does(house: House):
    assert len(not_ready.wants(db.session(), TODAY)) == 2
    for subject in ReaderOf:
        appointed.appoint(db.session(), subject, db.session.get_one(Person, house.cast.people["Hilde"]))

    assert not_ready.wants(db.session(), TODAY) == []


def test_an_admin_is_told_when_something_waits_and_its_last_reader_has_left(house: House):
    sol, hilde = house.cast.people["Sol"], house.cast.people["Hilde"]
    for subject in ReaderOf:
        appointed.appoint(db.session(), subject, db.session.get_one(Person, hilde))
    db.session.rollback()
    with house.engine.begin() as connection:
        asking.ask(connection, sol, asking.of(connection, sol, name=True), TODAY)
    assert not_ready.wants(db.session(), TODAY) == []
    db.session.rollback()
    change(house, sa.update(Person).where(Person.id == hilde).values(active=False))

    told = not_ready.wants(db.session(), TODAY)
    assert len(told) == 3
    assert told[2] == "What somebody sent waits, and nobody reads it: appoint a reader."


@pytest.mark.parametrize(("days", "warned"), [(180, False), (181, True)])
def test_a_helpline_wants_another_look_after_half_a_year(house: House, days: int, warned: bool):
    checked = (TODAY - timedelta(days=days)).isoformat()
    line = {"country": "ES", "number": "900 000 000", "checked": checked}
    words = {"en": {"name": "A made-up line"}, "plain": line}
    row = {"words": words, "origin": Origin.SITE, "offered": True, "position": 90}
    change(house, sa.insert(ContentEntry).values(kind="helpline", key="made-up", **row))

    said = any("A made-up line" in sentence for sentence in not_ready.wants(db.session(), TODAY))
    assert said is warned
