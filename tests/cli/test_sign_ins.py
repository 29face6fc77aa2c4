"""`flask person code` and `flask person second-factor`: in when no admin can get in, and never unnoticed."""

import sqlalchemy as sa
from flask import Flask

from tests.answers import House, change, column
from tests.cast import NOW
from tests.cli.shell import run
from tests.fixtures.authenticator import shown
from wellbeing import second_factor, sign_in
from wellbeing.audit import Act
from wellbeing.diary import opening
from wellbeing.models.accounts import Person
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryKey

SECRET = b"12345678901234567890"


def noted(house: House) -> list[tuple]:
    query = sa.select(AuditEntry.act, AuditEntry.by_command, AuditEntry.person_id)
    found = [tuple(row) for row in db.session.execute(query)]
    db.session.rollback()
    return found


def test_the_last_admin_who_forgot_the_password_gets_a_code_at_the_console(any_app: Flask, any_house: House):
    ada = any_house.cast.people["Ada"]
    opening.begin(db.session(), ada, "the old password")
    db.session.commit()
    done = run(any_app, "person", "code", "Ada Vale")
    code = done.output.splitlines()[0]

    assert done.exit_code == 0 and "within 7 days" in done.output
    assert noted(any_house) == [(Act.PASSWORD_CODE_MADE, True, ada)]
    sign_in.choose_password(db.session(), code, "ada", "a walk round the block", NOW)
    assert column(any_house, sa.select(DiaryKey.by_password)) == [None]


def test_an_app_is_removed_at_the_console(any_app: Flask, any_house: House):
    ada = any_house.cast.people["Ada"]
    assert "no authenticator app" in run(any_app, "person", "second-factor", "Ada Vale", "--remove").output
    second_factor.keep(db.session(), ada, SECRET, shown(SECRET), NOW.date())
    db.session.rollback()

    assert "There is an authenticator app." in run(any_app, "person", "second-factor", "Ada Vale").output
    done = run(any_app, "person", "second-factor", "Ada Vale", "--remove")
    assert done.exit_code == 0 and "told at the next sign-in" in done.output
    assert second_factor.facts(db.session(), ada) is None
    db.session.rollback()
    assert noted(any_house) == [(Act.SECOND_FACTOR_REMOVED, True, ada)]
    assert "There is no" in run(any_app, "person", "second-factor", "Ada Vale").output


def test_nobody_by_that_name_and_who_has_left_are_refused(app: Flask, house: House):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(active=False))

    for name, said in (("Nobody Here", "Nobody on the roster"), ("Sol Vale", "has left")):
        done = run(app, "person", "code", name)
        assert done.exit_code == 1 and said in done.output
    assert noted(house) == []
