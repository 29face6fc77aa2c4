"""Figures stay closed until the privacy step is signed: every page and file of them, for everybody alike."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks import crawl
from tests.attacks.routes import GET, Kind
from tests.cast import Cast
from wellbeing.models.access_log import AccessEntry
from wellbeing.models.agreements import Agreement, PrivacyFacts
from wellbeing.models.base import db
from wellbeing.permissions import ROLE_PERMISSIONS, Permission, Role

ROLES = {"sol": Role.STAFF, "alba": Role.MANAGER, "hilde": Role.HR, "ada": Role.ADMIN}
# What is written beside figures is written on their pages, which show them again.
BESIDE = ("changed", "changed/remove", "checkup/asked", "checkup/inquiry", "checkup/answered")


@pytest.fixture
def unsigned(app: Flask, site: Cast) -> Cast:
    """The cast's site before anybody signed."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(Agreement))
        connection.execute(sa.delete(PrivacyFacts))
    return site


@pytest.mark.parametrize("login", ROLES)
def test_no_page_and_no_file_of_figures_opens_before(
    app: Flask, client: FlaskClient, unsigned: Cast, sign_in, login: str
):
    browser = sign_in(client, login)
    held = ROLE_PERMISSIONS[ROLES[login]]
    found = {
        address: browser.get(address) for address in crawl.addresses(app, unsigned, frozenset({Kind.FIGURES}))
    }

    assert len(found) > 50
    for address, answer in found.items():
        needs_export = address.startswith("/summaries")
        closed = Permission.EXPORT in held if needs_export else Permission.READ_LEDGER in held
        assert answer.status_code == (409 if closed else 404), address
        assert not closed or "Figures are not open yet" in answer.text or "lang=es" in address
    with app.app_context():
        assert db.session.query(AccessEntry).count() == 0


def test_who_is_not_signed_in_is_asked_who_they_are_first(client: FlaskClient, unsigned: Cast):
    assert client.get(f"/team/{unsigned.units['Parts']}").location.startswith("/sign-in?next=")


@pytest.mark.parametrize("page", BESIDE)
def test_nothing_is_written_beside_figures_that_are_closed(
    client: FlaskClient, unsigned: Cast, sign_in, page: str
):
    address = f"/team/{unsigned.units['Service counter']}/{page}"

    assert sign_in(client, "alba").post(address).status_code == 409


def test_staff_and_their_manager_read_the_same_words(client: FlaskClient, unsigned: Cast, sign_in):
    """The page names no unit and nobody: it is the same for each that there is, and for one that is not."""

    def words(login: str, unit: int) -> str:
        page = sign_in(client, login).get(f"/team/{unit}").text
        return page[page.index('<section class="empty">') : page.index("</section>")]

    counter, parts = unsigned.units["Service counter"], unsigned.units["Parts"]
    assert words("sol", counter) == words("alba", counter) == words("hilde", parts) == words("sol", 999)
    assert "/admin" not in words("alba", counter)


def test_whoever_may_sign_is_led_there(client: FlaskClient, unsigned: Cast, sign_in):
    assert "Go to the privacy step" in sign_in(client, "ada").get(f"/team/{unsigned.units['Parts']}").text


@pytest.mark.parametrize("page", ["changes", "looked"])
def test_who_changed_and_who_looked_can_be_read_all_along(
    client: FlaskClient, unsigned: Cast, sign_in, page: str
):
    assert sign_in(client, "sol").get(f"/team/{page}").status_code == 200


def test_every_page_of_figures_is_known_here():
    figures = {endpoint.partition(".")[0] for endpoint, kind in GET.items() if kind is Kind.FIGURES}

    assert figures == {"team", "monday", "notes", "hr", "external", "checkup_results"}
