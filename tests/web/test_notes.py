"""What a unit changed, on its page: written by managers, read by everybody who may read the figures."""

import re
from datetime import date
from html import unescape

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.answers import after_tick, house_of
from tests.cast import NOW, TOKEN, Cast
from tests.reports.ledger import Released, release
from wellbeing import epochs, moves
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.notes import Note
from wellbeing.permissions import Role

SATURDAYS = "Second person on Saturdays"
CHANGED = "/team/{}/changed"


@pytest.fixture
def enter(client: FlaskClient, sign_in):
    """Sign somebody in and return their browser."""
    return lambda name: sign_in(client, name)


@pytest.fixture
def address(site: Cast) -> str:
    return CHANGED.format(site.units["Service counter"])


def write(browser, address, text=SATURDAYS, day="2026-03-04"):
    return browser.post(address, data={"text": text, "day": day})


def only_note(app) -> Note:
    with app.app_context():
        return db.session.scalars(sa.select(Note)).one()


def test_a_manager_writes_a_change_down_and_everybody_reads_it(app, enter, address):
    browser = enter("alba")
    done = write(browser, address)

    assert (done.status_code, done.location) == (302, address)
    assert "Saved." in browser.get(address).text
    read = enter("sol").get(address).text
    assert f"<h3>{SATURDAYS}</h3>" in read
    assert "4 Mar 2026" in read
    assert "<form class" not in read and "Remove" not in read


def test_a_note_is_drawn_on_the_teams_page_and_told_by_its_tablet(app, site, client, enter, address):
    with app.app_context():
        release({site.units["Service counter"]: Released()})
    browser = enter("alba")
    write(browser, address)

    assert SATURDAYS in unescape(browser.get(f"/team/{site.units['Service counter']}").text)
    state = client.get("/counter/state", headers={"Authorization": f"Bearer {TOKEN}"}).json
    assert state["changed"] == [{"day": "2026-03-04", "text": SATURDAYS}]


def test_weeks_before_and_after_stand_beside_a_note(app, site, enter, address):
    with app.app_context():
        for mood in ("2.6", "2.6", "2.6", "2.6", "3.6", "3.6", "3.6", "3.6"):
            release({site.units["Service counter"]: Released(12, mood)})
        db.session.add(Note(unit_id=site.units["Northgate"], happened_on=date(2026, 3, 30), text=SATURDAYS))
        db.session.commit()

    page = enter("alba").get(address).text

    assert "Mood was about 1.0 higher in the four weeks after (likely 0.6 to 1.4)." in page
    assert "this is a comparison, not proof." in page
    assert "30 Mar 2026 · Northgate" in page
    assert "Remove" not in page


def test_a_small_team_reads_whose_figure_is_compared(app, site, enter):
    with app.app_context():
        release({site.units["Harbour Motors"]: Released()})

    page = enter("tess").get(CHANGED.format(site.units["Parts"])).text

    assert "Parts has fewer than seven people whose answers can count" in page
    assert "Nothing written down yet" in page


@pytest.mark.parametrize(
    ("text", "day", "sentence"),
    [
        ("", "2026-03-04", "Say it in 3 to 80 characters"),
        ("x" * 100_000, "2026-03-04", "Say it in 3 to 80 characters"),
        ("Call 0161 496 0123", "2026-03-04", "This looks like a phone number"),
        (SATURDAYS, "2027-01-01", "That day is still to come."),
        (SATURDAYS, "someday", "Choose a day"),
    ],
)
def test_what_cannot_be_kept_is_answered_with_a_sentence_and_shown_again(enter, address, text, day, sentence):
    answer = write(enter("alba"), address, text, day)

    assert answer.status_code == 400
    assert sentence in answer.text
    assert answer.text.count('role="alert"') == 1
    assert f'value="{day}"' in answer.text
    assert "Nothing written down yet" in answer.text


def test_an_empty_form_is_refused_and_today_is_offered(enter, address):
    browser = enter("alba")

    assert browser.post(address).status_code == 400
    assert 'type="date" value="2026-03-04" max="2026-03-04"' in browser.get(address).text


def test_a_note_is_shown_as_text_and_not_as_a_page(enter, address):
    browser = enter("alba")
    write(browser, address, "<script>alert(1)</script>")

    page = browser.get(address).text
    assert "<h3>&lt;script&gt;alert(1)&lt;/script&gt;</h3>" in page
    assert "<script>alert" not in page


def test_a_manager_removes_a_note_for_good(app, enter, address):
    browser = enter("alba")
    write(browser, address)
    note = only_note(app)

    assert "Remove for good" in browser.get(address).text
    done = browser.post(f"{address}/remove", data={"note": note.id})
    assert (done.status_code, done.location) == (302, address)
    page = browser.get(address).text
    assert "The note is removed." in page and "Nothing written down yet" in page


@pytest.mark.parametrize("note", ["", "999", "x", "9" * 400])
def test_a_note_that_is_not_there_cannot_be_removed(enter, address, note):
    assert enter("alba").post(f"{address}/remove", data={"note": note}).status_code == 404


def test_staff_and_hr_read_and_do_not_write(app, enter, address):
    write(enter("alba"), address)
    note = only_note(app)

    for name in ("sol", "hilde"):
        browser = enter(name)
        assert browser.get(address).status_code == 200
        assert write(browser, address, "Another").status_code == 404
        assert browser.post(f"{address}/remove", data={"note": note.id}).status_code == 404
    assert only_note(app).text == SATURDAYS


def test_a_note_of_another_unit_is_out_of_a_managers_reach(app, site, enter, address):
    write(enter("ada"), CHANGED.format(site.units["Northgate"]))
    note, browser = only_note(app), enter("alba")

    assert browser.post(f"{address}/remove", data={"note": note.id}).status_code == 404
    for unit in ("Showroom", "Northgate"):
        there = CHANGED.format(site.units[unit])
        assert browser.get(there).status_code == 404
        assert write(browser, there).status_code == 404
        assert browser.post(f"{there}/remove", data={"note": note.id}).status_code == 404
    assert only_note(app).unit_id == site.units["Northgate"]


@pytest.mark.parametrize("unit", ["0", "999", "abc", "99999999999999999999"])
def test_unknown_units_have_no_notes(site, enter, unit):
    assert enter("ada").get(CHANGED.format(unit)).status_code == 404


def test_the_newest_change_stands_first(enter, address):
    browser = enter("alba")
    for text, day in (("Middle", "2026-03-03"), ("Oldest", "2026-03-02"), ("Newest", "2026-03-04")):
        write(browser, address, text, day)

    assert re.findall(r"<h3>(\w+)</h3>", browser.get(address).text) == ["Newest", "Middle", "Oldest"]


@pytest.mark.parametrize("weeks", [0, 1])
def test_nothing_is_written_down_at_a_unit_that_is_planned_or_closed(app, site, enter, weeks):
    """Nothing changes where nobody works: before the merge in the new unit, and after it in the old one."""
    with app.app_context():
        house = house_of(app, site)
        units = [db.session.get_one(Unit, site.units[name]) for name in ("Service counter", "Parts")]
        new = moves.plan_merge(db.session(), units, "Front of house", NOW).id
        db.session.rollback()
        with house.engine.begin() as connection:
            epochs.open_due(connection, house.server_key, after_tick(weeks))
    shut = CHANGED.format(site.units["Service counter"] if weeks else new)
    grant(app, site, "Hilde", "Harbour Motors", Role.MANAGER)
    browser = enter("hilde")

    assert "Write down a change" not in browser.get(shut).text
    assert write(browser, shut).status_code == 404
    open_ = CHANGED.format(new if weeks else site.units["Service counter"])
    assert "Write down a change" in browser.get(open_).text
    assert write(browser, open_).status_code == 302


def grant(app, site: Cast, name: str, unit: str, role: Role) -> None:
    with app.app_context():
        db.session.add(RoleGrant(person_id=site.people[name], unit_id=site.units[unit], role=role))
        db.session.commit()
