"""One's own company sign-in: connected by whoever shows that it is them, ended at will."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, PASSWORD, Cast
from tests.company.conftest import company_at, use_company
from tests.company.fake import SUBJECT, Fake, fake_provider
from wellbeing.company import identities, roles
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.base import db
from wellbeing.models.company import CompanyIdentity
from wellbeing.models.diary import Passkey
from wellbeing.permissions import Role

PAGE = "/my/sign-in/company"


@pytest.fixture
def fake(app: Flask, site: Cast) -> Iterator[Fake]:
    with fake_provider() as running:
        use_company(app, company_at(running.url))
        yield running


@pytest.fixture
def noor(client: FlaskClient, fake: Fake, sign_in: Callable) -> FlaskClient:
    return sign_in(client, "noor")


def connect(noor: FlaskClient, fake: Fake) -> str:
    """Show the password, go to the provider and come back; return what the page then says."""
    assert noor.post(PAGE, data={"password": PASSWORD}).location == PAGE
    told = fake.go(noor.get(PAGE + "/go").location)
    assert noor.get("/sign-in/company/back", query_string=told).location == PAGE
    return noor.get(PAGE).text


def without_password(app: Flask, site: Cast) -> None:
    with app.app_context():
        db.session.get_one(Person, site.people["Noor"]).password_hash = None
        db.session.commit()


def links(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(link.person_id, link.subject) for link in db.session.query(CompanyIdentity)]


def test_noor_connects_and_gets_what_her_groups_bring(app: Flask, site: Cast, noor: FlaskClient, fake: Fake):
    fake.claims = {"groups": "managers", "email_verified": False}
    with app.app_context():
        roles.add(db.session(), "managers", Role.MANAGER, site.units["Parts"])
    assert "Company sign-in" in noor.get("/my/sign-in").text
    assert "Not connected." in noor.get(PAGE).text

    page = connect(noor, fake)
    assert "Connected. From now on Harbour can sign you in." in page
    assert "Connected since" in page
    assert "never opens your diary" in page
    assert links(app) == [(site.people["Noor"], SUBJECT)]

    noor.post(PAGE + "/end")
    assert links(app) == []
    assert "Not connected." in noor.get(PAGE).text
    with app.app_context():
        assert db.session.query(RoleGrant).filter_by(person_id=site.people["Noor"]).count() == 0


def test_nobody_connects_without_the_password(app: Flask, noor: FlaskClient, fake: Fake):
    for typed in ("", "not hers at all"):
        assert noor.post(PAGE, data={"password": typed}).status_code == 422
    assert noor.get(PAGE + "/go").location == PAGE
    assert fake.asked == []
    assert links(app) == []


def test_the_password_is_shown_for_one_way_there(app: Flask, noor: FlaskClient, fake: Fake):
    noor.post(PAGE, data={"password": PASSWORD})
    assert "Go on to Harbour" in noor.get(PAGE).text
    noor.get(PAGE + "/go")

    assert noor.get(PAGE + "/go").location == PAGE


def test_somebody_without_a_password_has_to_have_signed_in_just_now(
    app: Flask, site: Cast, noor: FlaskClient, fake: Fake
):
    without_password(app, site)
    assert 'type="password"' not in noor.get(PAGE).text
    noor.post(PAGE)
    assert "Go on to Harbour" in noor.get(PAGE).text

    with time_machine.travel(NOW + timedelta(minutes=20), tick=True):
        noor.post(PAGE)
        page = noor.get(PAGE).text
    assert "more than 15 minutes ago" in page
    assert "Go on to Harbour" not in page


def test_an_identity_is_one_person_and_a_person_one_identity(
    app: Flask, site: Cast, noor: FlaskClient, fake: Fake
):
    with app.app_context():
        identities.link(db.session(), site.people["Sol"], fake.url, SUBJECT, date(2026, 3, 4))
        db.session.commit()
    assert "is connected with somebody else here" in connect(noor, fake)

    fake.claims = {"sub": "noor-at-work"}
    connect(noor, fake)
    fake.claims = {"sub": "noor-elsewhere"}
    assert "or you have one already" in connect(noor, fake)
    assert links(app) == [(site.people["Sol"], SUBJECT), (site.people["Noor"], "noor-at-work")]


def test_who_signs_in_meanwhile_is_not_connected(
    app: Flask, site: Cast, noor: FlaskClient, fake: Fake, sign_in: Callable
):
    noor.post(PAGE, data={"password": PASSWORD})
    told = fake.go(noor.get(PAGE + "/go").location)
    noor.post("/sign-out")
    assert noor.get("/sign-in/company/back", query_string=told).location == "/sign-in"

    sign_in(noor, "noor")
    noor.post(PAGE, data={"password": PASSWORD})
    told = fake.go(noor.get(PAGE + "/go").location)
    with noor.session_transaction() as cookie:
        cookie["company"] = {**cookie["company"], "person": site.people["Sol"]}
    assert noor.get("/sign-in/company/back", query_string=told).location == PAGE
    assert links(app) == []


def test_a_refusal_of_the_provider_is_said_on_the_page_that_asked(app: Flask, noor: FlaskClient, fake: Fake):
    noor.post(PAGE, data={"password": PASSWORD})
    use_company(app, company_at("http://127.0.0.1:1"))

    assert noor.get(PAGE + "/go").location == PAGE
    assert "does not answer just now" in noor.get(PAGE).text


def test_the_only_way_in_is_not_ended(app: Flask, site: Cast, noor: FlaskClient, fake: Fake):
    connect(noor, fake)
    without_password(app, site)
    noor.post(PAGE + "/end")
    assert "your only way to sign in" in noor.get(PAGE).text
    assert len(links(app)) == 1

    with app.app_context():
        passkey = Passkey(
            person_id=site.people["Noor"],
            name="phone",
            credential_id=b"x" * 16,
            public_key=b"x",
            sign_count=0,
            made_on=date(2026, 3, 4),
        )
        db.session.add(passkey)
        db.session.commit()
    noor.post(PAGE + "/end")
    assert links(app) == []


def test_ending_what_is_not_there_says_nothing(app: Flask, noor: FlaskClient, fake: Fake):
    assert noor.post(PAGE + "/end").location == PAGE
    assert "Disconnected" not in noor.get(PAGE).text
