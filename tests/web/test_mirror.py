"""The mirror: staff open exactly the pages that their managers open, and read the same bytes there (R17)."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks.routes import GET, Kind
from tests.cast import NOW, Cast
from tests.reports.ledger import Released, held, release
from wellbeing import moves, unit_making, unit_moves
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.models.notes import Note
from wellbeing.permissions import Permission, Role

TREE = ("Harbour Motors", "Northgate", "Service counter", "Showroom", "Parts")
TEAMS = {"Service counter", "Showroom", "Parts"}
# What only whoever may write sees: a section, or what folds open, around a form that changes something.
WRITES = re.compile(
    r'<(section|details)\b(?:(?!</?(?:section|details)\b).)*?<form[^>]*method="post".*?</\1>', re.DOTALL
)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def grant(app: Flask, site: Cast, name: str, unit: str, role: Role = Role.MANAGER) -> None:
    with app.app_context():
        db.session.add(RoleGrant(person_id=site.people[name], unit_id=site.units[unit], role=role))
        db.session.commit()


def opens(browser: FlaskClient, site: Cast) -> set[str]:
    """Return the units whose pages somebody opens; every other does not exist for them."""
    answers = {unit: browser.get(f"/team/{site.units[unit]}").status_code for unit in TREE}
    assert set(answers.values()) <= {200, 404}
    return {unit for unit, status in answers.items() if status == 200}


@pytest.mark.parametrize(
    ("holder", "unit", "role", "opened"),
    [
        ("Alba", "Service counter", Role.HR, {"Service counter"}),
        ("Alba", "Northgate", Role.MANAGER, {"Northgate", *TEAMS}),
        ("Ada", "Harbour Motors", Role.MANAGER, {*TREE}),
        ("Hilde", "Northgate", Role.ADMIN, {"Service counter"}),
        ("Max", "Parts", Role.MANAGER, {"Service counter"}),
    ],
)
def test_staff_open_what_a_manager_of_their_team_opens_and_no_more(
    app: Flask, client: FlaskClient, site: Cast, sign_in, holder, unit, role, opened
):
    grant(app, site, holder, unit, role)

    assert opens(sign_in(client, "sol"), site) == opened


def test_the_highest_manager_decides_and_one_who_left_does_not(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    grant(app, site, "Max", "Northgate")
    grant(app, site, "Tess", "Harbour Motors")
    with app.app_context():
        db.session.get_one(Person, site.people["Tess"]).active = False
        db.session.commit()

    assert opens(sign_in(client, "sol"), site) == {"Northgate", *TEAMS}


def test_staff_of_a_team_that_went_to_another_site_go_on_reading_what_it_was(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    old, session = site.units["Service counter"], db.session
    with app.app_context():
        top = session.get_one(Unit, site.units["Harbour Motors"])
        south = unit_making.make(session(), top, "Southgate")
        new = unit_moves.plan(session(), session.get_one(Unit, old), south, NOW).id
        south_id = south.id
        session.rollback()
        with db.engine.begin() as connection:
            moves.apply_due(connection, date(2027, 1, 4))

    for login in ("sol", "alba"):
        browser = sign_in(app.test_client(), login)
        answers = {unit: browser.get(f"/team/{unit}").status_code for unit in (old, new, south_id)}
        assert answers == {old: 200, new: 200, south_id: 404}, login
        assert opens(browser, site) == {"Service counter"}


def test_a_role_that_is_given_or_taken_away_counts_from_the_next_page_on(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    browser = sign_in(client, "sol")
    assert opens(browser, site) == {"Service counter"}

    grant(app, site, "Max", "Northgate")
    assert "Northgate" in opens(browser, site)

    with app.app_context():
        db.session.execute(sa.delete(RoleGrant).where(RoleGrant.unit_id == site.units["Northgate"]))
        db.session.commit()
    assert opens(browser, site) == {"Service counter"}


def test_somebody_placed_at_a_site_is_staff_of_none(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        db.session.get_one(Person, site.people["Sol"]).unit_id = site.units["Northgate"]
        db.session.commit()

    assert opens(sign_in(client, "sol"), site) == set()


@pytest.fixture
def managed(app: Flask, site: Cast) -> Cast:
    """Alba manages the whole site; there are figures, words, weeks not shown and a note."""
    grant(app, site, "Alba", "Northgate")
    counter, showroom, northgate = (site.units[name] for name in ("Service counter", "Showroom", "Northgate"))
    with app.app_context():
        release({counter: Released(12, "3.4", 5, CountWord.FEW), showroom: Released(5, MoodWord.HIGH)})
        release({counter: Released(12, "2.6", CountWord.MOST, 4), northgate: Released(5, MoodWord.LOW)})
        held()
        db.session.add(Note(unit_id=counter, happened_on=date(2026, 3, 3), text="Second person on Saturdays"))
        db.session.commit()
    return site


def mirrored(app: Flask, site: Cast) -> list[str]:
    """Return every page of figures that takes a unit and asks for no more than reading, for every unit."""
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if GET.get(rule.endpoint) is Kind.FIGURES
        and rule.arguments == {"unit_id"}
        and app.view_functions[rule.endpoint].access is Permission.READ_LEDGER
    ]
    assert len(rules) >= 2
    return [
        re.sub(r"<[^>]+>", str(unit), rule.rule)
        for rule in rules
        for name, unit in site.units.items()
        if name != "Harbour Motors"
    ]


def figures(browser: FlaskClient, address: str) -> bytes:
    """Return a page without its frame, the forms of those who may write, and the blanks around these."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    if answer.mimetype != "text/html":
        return answer.data
    found = MAIN.search(answer.text)
    assert found, address
    return b" ".join(WRITES.sub("", found[0]).encode().split())


def test_staff_and_their_manager_read_the_same_bytes_on_every_page(
    app: Flask, client: FlaskClient, managed: Cast, sign_in
):
    manager, staff = sign_in(client, "alba"), sign_in(app.test_client(), "sol")

    assert figures(manager, "/team/") == figures(staff, "/team/")
    for address in mirrored(app, managed):
        assert figures(manager, address) == figures(staff, address), address


def test_the_forms_are_all_that_was_left_out(client: FlaskClient, managed: Cast, sign_in):
    """A comparison that left figures out would prove nothing."""
    page = sign_in(client, "alba").get(f"/team/{managed.units['Service counter']}/changed").text

    left_out = "".join(found[0] for found in WRITES.finditer(page))
    assert "Write down a change" in left_out
    assert "Remove for good" in left_out
    assert "four weeks after" not in left_out
    assert "3.4" in figures(client, f"/team/{managed.units['Service counter']}").decode()
