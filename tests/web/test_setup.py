"""The set-up assistant: from `flask site create` to open figures, by somebody who reads only the screen."""

import re
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.law.whole import WHOLE
from wellbeing import agreements, clock
from wellbeing.certificates import kept
from wellbeing.certificates.authority import Where
from wellbeing.content.helplines import helplines
from wellbeing.law import facts
from wellbeing.models.accounts import Level, Person, RoleGrant, Tablet, Unit
from wellbeing.models.agreements import Agreement, AgreementKind, PrivacyFacts
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.models.content import ContentEntry
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.people import NewSite, create_site
from wellbeing.permissions import Role

SETUP = "/admin/setup"
CHOSEN = "a walk round the harbour"
SIGNED = {
    "kind": "works_council",
    "reference": "Works agreement 2026/3",
    "agreed_on": "2026-02-20",
    "notice_read": "y",
    "tried": ["gb-samaritans", "us-988", "eu-112"],
    "tried_on": "2026-03-04",
    "signed_by": "ada  VALE",
}
WITHOUT = {**SIGNED, "kind": "none_needed", "reference": "", "agreed_on": ""}


@pytest.fixture
def new(app: Flask, client: FlaskClient, present: None) -> FlaskClient:
    """The browser of the first admin of a site that was just created, on their first sign-in."""
    with app.app_context():
        asked = NewSite("Harbour Motors", "Ada Vale", "ada", "Marta", "Europe/Madrid", kind=SiteKind.TEST)
        code = create_site(db.session(), asked, clock.now())
    chosen = {"code": code, "login": "ada", "password": CHOSEN, "again": CHOSEN, "diary": "no"}
    assert client.post("/first-time/password", data=chosen).location == "/"
    return client


@pytest.fixture
def ada(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    """Ada, at a site that is at work and was never signed for."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(Agreement))
    return sign_in(client, "ada")


def done(browser: FlaskClient) -> int:
    return int(re.search(r"(\d) of 7 done", browser.get(SETUP).text).group(1))


def open_step(page: str) -> str:
    """Return the one step that stands open."""
    (found,) = re.findall(r'<details id="(\w+)" open>', page)
    return found


def acts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)))


def code_in(page: str) -> str:
    return re.search(r'<p class="code">([^<]+)</p>', page).group(1)


def test_the_first_sign_in_of_a_new_site_leads_to_the_set_up(new: FlaskClient):
    assert new.get("/").location == SETUP
    page = new.get(SETUP).text

    assert "2 of 7 done" in page
    assert open_step(page) == "units"
    assert re.search(r'id="units" open>\s*<summary autofocus>', page)


def test_from_a_new_site_to_open_figures(app: Flask, new: FlaskClient):
    """The whole way, with the forms that the page shows, and the tablet's and the person's own in between."""
    assert new.get("/team/").status_code == 409
    teams = new.post(f"{SETUP}/units", data={"site": "Northgate", "teams": "Service counter\n\n Parts "})
    assert (teams.location, open_step(new.get(SETUP).text)) == (SETUP, "people")
    with app.app_context():
        team = db.session.scalars(sa.select(Unit).where(Unit.name == "Service counter")).one().id
    names = "\n".join(f"{name} Vale" for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus"))
    new.post(f"{SETUP}/people", data={"team": team, "names": names})
    page = new.get(SETUP).text
    assert "Confirm 9 people" in page and "You are one of them." in page
    assert re.search(r'<option selected value="\d+">Northgate · Parts</option>', page)
    new.post(f"{SETUP}/confirm")
    assert open_step(new.get(SETUP).text) == "tablets"

    page = new.post(f"{SETUP}/tablet", data={"unit": team}).text
    assert "http://localhost/counter" in page and "data:image/svg" in page
    tablet = app.test_client().post("/counter/enrol", json={"code": code_in(page), "name": "Front desk"}).json
    page = new.get(f"{SETUP}?open=tablets").text
    assert open_step(page) == "tablets" and "Front desk" in page and "Try the first check-in" in page

    with app.app_context():
        sol = db.session.scalars(sa.select(Person).where(Person.name == "Sol Vale")).one().id
    page = new.post(f"{SETUP}/first-code", data={"person": sol}).text
    assert "The first check-in: Sol Vale at the tablet" in page and "then the name Sol V." in page

    def act(number: int, **said: object) -> int:
        headers = {"Authorization": f"Bearer {tablet['token']}"}
        body = {"id": f"00000000-0000-4000-8000-00000000000{number}", **said}
        return app.test_client().post("/counter/act", json=body, headers=headers).status_code

    assert act(1, act="choose_pin", code=code_in(page), pin="2846") == 200
    assert act(2, act="check_in", person=sol, pin="2846", mood=4) == 200

    assert open_step(new.get(SETUP).text) == "texts"
    for _time in range(2):  # The second one changes nothing, and leaves no entry.
        new.post(f"{SETUP}/texts")
    assert open_step(new.get(SETUP).text) == "privacy"
    with app.app_context():
        facts.write(db.session(), facts.Facts(controller="Harbour Motors Ltd"), clock.now())
    new.post(f"{SETUP}/privacy", data=SIGNED)
    page = new.get(SETUP).text
    assert "7 of 7 done" in page and "Everything is ready" in page
    assert new.get("/team/").status_code == 200
    assert new.get("/").location != SETUP
    assert acts(app) == [
        *("unit_created", "unit_created", "unit_created", "people_imported"),
        *(["person_added"] * 8),
        "import_confirmed",
        *("tablet_code_made", "pin_code_made", "texts_reviewed", "privacy_signed"),
    ]


def test_name_and_time_zone_can_be_put_right_before_the_first_week(app: Flask, new: FlaskClient):
    new.post(f"{SETUP}/organisation", data={"name": "Harbour  Cars", "time_zone": "Europe/Rome"})

    assert "Harbour Cars · Europe/Rome" in new.get(SETUP).text
    assert acts(app) == ["site_changed"]
    with app.app_context():
        assert db.session.get_one(Settings, 1).time_zone == "Europe/Rome"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Harbour", "time_zone": "Madrid"}, "no such time zone. Did you mean Europe/Madrid?"),
        ({"name": "Harbour", "time_zone": "Spain"}, "no such time zone. Write one like"),
        ({"name": "\u202eHarbour", "time_zone": "Europe/Rome"}, "characters that can be read"),
        ({"name": "", "time_zone": "Europe/Rome"}, "Please fill this in."),
    ],
)
def test_what_is_no_name_or_zone_is_said_beside_the_field(
    app: Flask, new: FlaskClient, typed: dict[str, str], sentence: str
):
    answer = new.post(f"{SETUP}/organisation", data=typed)

    assert answer.status_code == 422
    assert sentence in answer.text and open_step(answer.text) == "organisation"
    assert acts(app) == []


def test_once_a_week_has_begun_both_stay(app: Flask, house, ada: FlaskClient):
    assert "both stay as they are" in ada.get(SETUP).text
    refused = ada.post(f"{SETUP}/organisation", data={"name": "Other", "time_zone": "Europe/Rome"})

    assert refused.status_code == 422
    db.session.rollback()
    assert db.session.get_one(Settings, 1).time_zone == "Europe/Madrid"


@pytest.mark.parametrize(
    ("site_name", "teams", "sentence"),
    [
        ("Northgate", "Parts", "is there already"),
        ("northgate", "parts", "is there already"),
        ("Northgate", "Sales\nsales", "stands here twice"),
        ("Northgate", "Sales/Used", "cannot hold"),
        ("Northgate", "  \n ", "at least one name"),
        ("Northgate", "x" * 81, "1 to 80 characters"),
        ("Northgate", "\n".join(f"Team {number}" for number in range(201)), "At most 200"),
        ("Northgate", "Sa\u202eles", "cannot be seen"),
        ("", "Sales", "Please fill this in."),
    ],
)
def test_teams_that_cannot_be_made_are_all_left_out(
    app: Flask, ada: FlaskClient, site_name: str, teams: str, sentence: str
):
    answer = ada.post(f"{SETUP}/units", data={"site": site_name, "teams": teams})

    assert answer.status_code == 422
    assert sentence in answer.text and open_step(answer.text) == "units"
    with app.app_context():
        assert db.session.query(Unit).count() == 5


def test_a_site_is_known_however_it_is_spelt(app: Flask, ada: FlaskClient, site: Cast):
    ada.post(f"{SETUP}/units", data={"site": "NORTHGATE", "teams": "Sales"})

    with app.app_context():
        made = db.session.scalars(sa.select(Unit).where(Unit.name == "Sales")).one()
        assert made.parent_id == site.units["Northgate"]


def test_who_is_no_admin_sees_no_way_between_their_pages(client: FlaskClient, site: Cast, sign_in):
    assert "admin-tabs" in sign_in(client, "ada").get("/tablets/").text
    assert "admin-tabs" not in sign_in(client, "alba").get("/tablets/").text


def test_a_site_that_a_merge_is_still_to_open_takes_no_team(app: Flask, ada: FlaskClient, site: Cast):
    with app.app_context():
        eastgate = Unit(name="Eastgate", level=Level.SITE, parent_id=site.units["Harbour Motors"])
        db.session.add(eastgate)
        db.session.flush()
        day, northgate = date(2026, 3, 9), site.units["Northgate"]
        db.session.add(UnitMerge(unit_id=northgate, into_unit_id=eastgate.id, takes_effect_on=day))
        db.session.commit()

    page = ada.post(f"{SETUP}/units", data={"site": "Eastgate", "teams": "Sales"}).text
    assert "opens at the next tick" in page


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("Sol Vale", "in this team already. Two people? Add a second name"),
        ("Mike Smith\nmike smith", "stands here twice. Two people? Add a second name"),
        ("", "Please fill this in."),
    ],
)
def test_nobody_is_added_twice(ada: FlaskClient, site: Cast, names: str, sentence: str):
    typed = {"team": site.units["Service counter"], "names": names}
    answer = ada.post(f"{SETUP}/people", data=typed)

    assert answer.status_code == 422
    assert sentence in answer.text and open_step(answer.text) == "people"


@pytest.mark.parametrize("unit", ["Northgate", "nothing"])
def test_what_is_no_team_takes_neither_people_nor_tablets(ada: FlaskClient, site: Cast, unit: str):
    number = site.units.get(unit, 999)

    assert ada.post(f"{SETUP}/people", data={"team": number, "names": "New Name"}).status_code == 404
    assert ada.post(f"{SETUP}/tablet", data={"unit": number}).status_code == 404
    assert ada.post(f"{SETUP}/tablet").status_code == 400
    assert ada.post(f"{SETUP}/people", data={"names": "New Name"}).status_code == 404


def test_confirming_twice_changes_nothing(app: Flask, ada: FlaskClient):
    assert ada.post(f"{SETUP}/confirm").location == SETUP
    assert acts(app) == []


def test_whoever_has_a_pin_gets_no_first_code(ada: FlaskClient, site: Cast):
    assert ada.post(f"{SETUP}/first-code", data={"person": site.people["Sol"]}).status_code == 404


def test_the_help_contact_is_named_right_there(app: Flask, ada: FlaskClient):
    assert ada.post(f"{SETUP}/help", data={"contact": "Ines, ext. 7"}).location == SETUP
    for wrong in ("", "\u202eInes"):
        assert ada.post(f"{SETUP}/help", data={"contact": wrong}).status_code == 422

    assert "Ines, ext. 7" in ada.get(SETUP).text
    assert acts(app) == ["help_contact_changed"]


def test_a_signature_is_kept_with_what_it_stands_for(app: Flask, ada: FlaskClient):
    assert ada.post(f"{SETUP}/privacy", data=SIGNED).location == SETUP

    with app.app_context():
        signed = agreements.standing(db.session())
        assert (signed.kind, signed.reference) == (AgreementKind.WORKS_COUNCIL, "Works agreement 2026/3")
        assert (signed.agreed_on, signed.helpline_checked_on) == (date(2026, 2, 20), date(2026, 3, 4))
        assert signed.signed_by == "Ada Vale"
    page = ada.get(SETUP).text
    assert "Works agreement 2026/3, 20 Feb 2026" in page and "sign anew" in page


def test_a_notice_that_nobody_wrote_is_not_signed(app: Flask, ada: FlaskClient):
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(PrivacyFacts))
    page = ada.get(f"{SETUP}?open=privacy").text
    assert "Write the notice" in page and "Sign, and open the figures" not in page

    assert ada.post(f"{SETUP}/privacy", data=SIGNED).status_code == 422
    with app.app_context():
        assert not agreements.is_signed(db.session())


def test_gaps_of_the_notice_are_told_before_it_is_signed(app: Flask, ada: FlaskClient):
    many = ada.get(f"{SETUP}?open=privacy").text
    assert re.search(r"The notice still has \d+ gaps\.", many) and "Fill them in" in many

    with app.app_context():
        facts.write(db.session(), replace(WHOLE, authority=""), clock.now())
    one = ada.get(f"{SETUP}?open=privacy").text
    assert "The notice still has a gap." in one and "Fill it in" in one


def test_where_the_site_vouches_for_itself_tablets_are_led_to_its_door_first(app: Flask, ada: FlaskClient):
    config = app.extensions["config"]
    reached = {"base_url": "https://wind.lan:8443"}
    ada.set_cookie("session", ada.get_cookie("session").value, domain="wind.lan")
    led = "open http://wind.lan/ there first"
    page = ada.get(SETUP, **reached).text
    assert "Make a code" in page and led not in page, "somebody else vouches for it"

    kept.make(config.instance, Where(("wind.lan",)), NOW)
    assert led not in ada.get(SETUP, base_url="http://wind.lan").text
    assert led in ada.get(SETUP, **reached).text
    app.extensions["config"] = replace(config, behind_proxy=True)
    assert led not in ada.get(SETUP, **reached).text


def test_none_needed_is_signed_without_a_reference(app: Flask, ada: FlaskClient):
    assert ada.post(f"{SETUP}/privacy", data=WITHOUT).location == SETUP

    with app.app_context():
        signed = agreements.standing(db.session())
        assert (signed.kind, signed.reference, signed.agreed_on) == (AgreementKind.NONE_NEEDED, "", None)
    assert "None was needed" in ada.get(SETUP).text


def test_the_day_is_written_down_beside_each_helpline(app: Flask, ada: FlaskClient):
    ada.post(f"{SETUP}/privacy", data={**SIGNED, "tried_on": "2026-03-03"})

    with app.app_context():
        assert {line.checked for line in helplines(db.session(), Locale("en"))} == {date(2026, 3, 3)}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "the boss"}, "Choose one of the three."),
        ({"reference": " "}, "Say which agreement it is."),
        ({"agreed_on": ""}, "Say on which day it was agreed."),
        ({"agreed_on": "2026-03-05"}, "A day that has been."),
        ({"agreed_on": "1899-01-01"}, "A day that has been."),
        ({"agreed_on": "yesterday"}, "Not a valid date value."),
        ({"notice_read": ""}, "Read it first"),
        ({"tried": ["eu-112"]}, "Try each of them"),
        ({"tried_on": "2026-03-05"}, "A day of the last half year."),
        ({"tried_on": "2025-03-05"}, "A day of the last half year."),
        ({"signed_by": "Hilde Vale"}, "Type your name as it is kept here: Ada Vale."),
        ({"signed_by": ""}, "Please fill this in."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_nothing_is_signed_by_halves(app: Flask, ada: FlaskClient, changed: dict[str, str], sentence: str):
    answer = ada.post(f"{SETUP}/privacy", data=SIGNED | changed)

    assert answer.status_code == 422
    assert sentence in answer.text and open_step(answer.text) == "privacy"
    assert "autofocus" in answer.text.partition('id="privacy"')[2], "what is to be put right is seen"
    with app.app_context():
        assert not agreements.is_signed(db.session())
        assert db.session.query(ContentEntry).count() == 0


def test_who_administers_a_part_sets_nothing_up(app: Flask, client: FlaskClient, site: Cast, sign_in):
    with app.app_context():
        unit = site.units["Northgate"]
        db.session.add(RoleGrant(person_id=site.people["Rosa"], unit_id=unit, role=Role.ADMIN))
        db.session.commit()
    browser = sign_in(client, "rosa")

    assert browser.get(SETUP).status_code == 404
    for step in (
        "organisation",
        "units",
        "people",
        "confirm",
        "tablet",
        "first-code",
        "help",
        "texts",
        "privacy",
    ):
        assert browser.post(f"{SETUP}/{step}", data=SIGNED).status_code == 404
    assert "Set-up" not in browser.get("/admin/").text


def test_a_step_that_there_is_not_opens_nothing_else(ada: FlaskClient):
    assert open_step(ada.get(f"{SETUP}?open=nonsense").text) == "texts"
    assert done(ada) == 5


def test_a_tablet_that_was_revoked_is_none(app: Flask, ada: FlaskClient):
    with app.app_context():
        db.session.query(Tablet).one().revoked_on = date(2026, 3, 3)
        db.session.commit()

    assert open_step(ada.get(SETUP).text) == "tablets"
