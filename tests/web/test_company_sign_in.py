"""Signing in through the company, as a browser sees it; the provider misbehaves as it is told to."""

import logging
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.company.conftest import company_at, give_login, use_company
from tests.company.fake import SUBJECT, Fake, fake_provider
from wellbeing import people
from wellbeing.company import identities, roles
from wellbeing.models.accounts import CodePurpose, Person, RoleGrant, SignIn
from wellbeing.models.base import db
from wellbeing.models.company import CompanyIdentity
from wellbeing.permissions import Role

EMAIL = "ada@harbour.example"


@pytest.fixture
def fake(app: Flask, site: Cast) -> Iterator[Fake]:
    """A site with a company sign-in, where Ada's sign-in name is her address."""
    with fake_provider() as running:
        use_company(app, company_at(running.url))
        with app.app_context():
            give_login(site, "Ada", EMAIL)
        yield running


def come_back(client: FlaskClient, fake: Fake, wanted: str = "", **told: str):
    """Go to the provider and back."""
    gone = client.get("/sign-in/company", query_string={"next": wanted} if wanted else {})
    return client.get("/sign-in/company/back", query_string={**fake.go(gone.location), **told})


def linked(app: Flask, site: Cast, fake: Fake, name: str) -> None:
    """Let SUBJECT be somebody of the cast."""
    with app.app_context():
        identities.link(db.session(), site.people[name], fake.url, SUBJECT, date(2026, 3, 4))
        db.session.commit()


def test_where_no_company_is_set_up_nothing_of_it_is_there(client: FlaskClient, site: Cast, sign_in):
    assert "company" not in client.get("/sign-in").text
    for path in ("", "/back", "/you", "/unknown"):
        assert client.get("/sign-in/company" + path).status_code == 404
    assert client.post("/sign-in/company/you").status_code == 404
    sign_in(client, "noor")
    assert "Company sign-in" not in client.get("/my/sign-in").text
    for path in ("", "/go"):
        assert client.get("/my/sign-in/company" + path).status_code == 404
    for path in ("", "/end"):
        assert client.post("/my/sign-in/company" + path).status_code == 404


def test_the_button_is_a_link_because_a_form_may_lead_nowhere_else(client: FlaskClient, fake: Fake):
    page = client.get("/sign-in?next=/team/")

    assert 'href="/sign-in/company?next=/team/"' in page.text
    assert "Sign in with Harbour" in page.text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]


def test_coming_back_leads_on_to_an_address_without_the_code(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    linked(app, site, fake, "Ada")
    back = come_back(client, fake, "/admin/company-sign-in")

    assert (back.status_code, back.location) == (302, "/admin/company-sign-in")
    assert back.headers["Cache-Control"] == "no-store"
    assert back.headers["Referrer-Policy"] == "same-origin"
    assert client.get("/admin/company-sign-in").status_code == 200
    assert not [record for record in caplog.records if "a-code" in record.getMessage()]


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "x",
        "/" + "x" * 600,
    ],
)
def test_nobody_is_led_elsewhere_afterwards(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake, wanted: str
):
    linked(app, site, fake, "Ada")

    assert come_back(client, fake, wanted).location == "/"


def test_an_address_is_a_proposal_and_no_is_an_answer(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake
):
    assert come_back(client, fake).location == "/sign-in/company/you"
    assert "Ada Vale" in client.get("/sign-in/company/you").text
    assert client.post("/sign-in/company/you", data={"me": "no"}).location == "/sign-in/company/unknown"
    assert client.post("/sign-in/company/you", data={"me": "yes"}).location == "/sign-in"
    with app.app_context():
        assert db.session.query(CompanyIdentity).count() == 0
        assert db.session.query(SignIn).count() == 0


def test_yes_is_good_for_ten_minutes_and_where_nothing_has_changed_since(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake
):
    come_back(client, fake)
    with time_machine.travel(1_772_700_000, tick=False):
        assert client.post("/sign-in/company/you", data={"me": "yes"}).location == "/sign-in"

    come_back(client, fake)
    linked(app, site, fake, "Noor")
    assert client.post("/sign-in/company/you", data={"me": "yes"}).location == "/sign-in/company/unknown"


def test_somebody_who_leaves_while_they_are_asked_is_not_let_in(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake
):
    come_back(client, fake)
    with app.app_context():
        db.session.get_one(Person, site.people["Ada"]).active = False
        db.session.commit()

    assert client.get("/sign-in/company/you").location == "/sign-in"
    assert client.post("/sign-in/company/you", data={"me": "yes"}).location == "/sign-in/company/unknown"
    with app.app_context():
        assert db.session.query(CompanyIdentity).count() == 0


def test_an_address_that_was_given_to_somebody_new_opens_nothing(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake
):
    linked(app, site, fake, "Ada")
    fake.claims = {"sub": "somebody-new"}

    assert come_back(client, fake).location == "/sign-in/company/unknown"


def test_an_unproven_address_opens_nothing(client: FlaskClient, fake: Fake):
    fake.claims = {"email_verified": False}

    assert come_back(client, fake).location == "/sign-in/company/unknown"


def test_strangers_and_people_who_left_read_the_same(app: Flask, client: FlaskClient, site: Cast, fake: Fake):
    linked(app, site, fake, "Noor")
    with app.app_context():
        db.session.get_one(Person, site.people["Noor"]).active = False
        db.session.commit()
    gone = come_back(client, fake).location
    fake.claims = {"sub": "stranger", "email": "nobody@harbour.example"}

    assert come_back(client, fake).location == gone == "/sign-in/company/unknown"
    page = client.get(gone)
    assert "Not known here yet" in page.text
    assert "harbour.example" not in page.text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"state": "x"}, "Begin again."),
        ({"error": "access_denied"}, "Harbour did not sign you in."),
        ({"error": "<script>", "error_description": "ada"}, "could not be trusted"),
    ],
)
def test_what_went_wrong_is_said_on_the_sign_in_page(
    client: FlaskClient, fake: Fake, told: dict[str, str], said: str
):
    assert come_back(client, fake, **told).location == "/sign-in"
    page = client.get("/sign-in").text
    assert said in page
    assert "<script>" not in page


def test_a_way_back_is_good_once_and_in_its_own_browser_only(app: Flask, client: FlaskClient, fake: Fake):
    told = fake.go(client.get("/sign-in/company").location)

    assert app.test_client().get("/sign-in/company/back", query_string=told).location == "/sign-in"
    assert client.get("/sign-in/company/back", query_string=told).location == "/sign-in/company/you"
    assert client.get("/sign-in/company/back", query_string=told).location == "/sign-in"
    assert client.get("/sign-in/company/back").location == "/sign-in"


@pytest.mark.parametrize("name", ["state", "code", "iss", "error", "x"])
def test_nonsense_on_the_way_back_is_never_a_failure_of_ours(client: FlaskClient, fake: Fake, name: str):
    for value in ("", "\0", "é\U0001f600", "x" * 20_000, "%00%ff", "1e400", "[]"):
        assert come_back(client, fake, **{name: value}).location in ("/sign-in", "/sign-in/company/you")


def test_a_provider_that_is_away_keeps_nobody_from_their_password(
    app: Flask, client: FlaskClient, fake: Fake, sign_in
):
    use_company(app, company_at("http://127.0.0.1:1"))

    assert client.get("/sign-in/company").location == "/sign-in"
    assert "does not answer just now" in client.get("/sign-in").text
    sign_in(client, "noor")


def test_five_thousand_groups_bring_what_is_mapped(app: Flask, client: FlaskClient, site: Cast, fake: Fake):
    linked(app, site, fake, "Noor")
    fake.claims = {"groups": [*(f"a group with a long name {number}" for number in range(5_000)), "hr", 7]}
    with app.app_context():
        roles.add(db.session(), "hr", Role.HR, site.units["Northgate"])

    assert come_back(client, fake).location == "/"
    with app.app_context():
        [grant] = db.session.query(RoleGrant).filter_by(person_id=site.people["Noor"])
        assert (grant.role, grant.unit_id, grant.by_company) == (Role.HR, site.units["Northgate"], True)


def test_whoever_comes_with_a_code_hears_of_an_account_that_is_connected(
    app: Flask, client: FlaskClient, site: Cast, fake: Fake
):
    linked(app, site, fake, "Noor")
    for name, hears in (("Noor", True), ("Sol", False)):
        with app.app_context():
            code = people.make_code(db.session(), CodePurpose.PASSWORD, site.people[name], NOW)
        words = "four plain words together"
        data = {"code": code, "login": name.lower(), "password": words, "again": words}
        assert client.post("/first-time/password", data=data).status_code == 302
        page = client.get("/my/sign-in").text
        assert ("An account of the company is connected." in page) is hears
        client.post("/sign-out")


def test_people_come_back_to_the_address_that_the_settings_name(app: Flask, client: FlaskClient, fake: Fake):
    use_company(app, company_at(fake.url, SITE_URL="https://wind.example.org/shop/"))
    gone = client.get("/sign-in/company").location

    assert "redirect_uri=https%3A%2F%2Fwind.example.org%2Fshop%2Fsign-in%2Fcompany%2Fback" in gone
