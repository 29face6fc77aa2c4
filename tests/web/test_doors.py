"""Every route, by every role, in every method: one table, made by asking, compared with who may do what.

Behind each guard stands a view of the test's own, which does nothing: what is asked is the guard itself.
"""

from collections.abc import Iterator
from types import CellType
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound

from tests.cast import PASSWORD, TOKEN, Cast
from tests.web.test_access import BY_TOKEN, EVERYBODY_SIGNED_IN, PUBLIC, address, rules
from wellbeing.permissions import ROLE_PERMISSIONS, Permission, Role

# Somebody of each kind; managers of a team, and HR and admins of the organisation, are staff of none.
WHO = {
    "stranger": None,
    "staff": "sol",
    "manager": "alba",
    "HR": "hilde",
    "admin": "ada",
}
ROLES: dict[str, frozenset[Role]] = {
    "stranger": frozenset(),
    "staff": frozenset({Role.STAFF}),
    "manager": frozenset({Role.STAFF, Role.MANAGER}),
    "HR": frozenset({Role.HR}),
    "admin": frozenset({Role.ADMIN}),
}
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE")
# What no view takes is refused before anybody asks who it is: two of them are enough to see that.
ALL_METHODS = {"stranger", "admin"}
# What is public, or asks for a token itself, stands behind no guard.
OWN_DOORS = PUBLIC | BY_TOKEN
OPENED, SIGN_IN, NOT_THERE, NO_METHOD = "opened", "sign in", "not there", "no method"


@pytest.fixture
def nothing_behind(app: Flask) -> Iterator[None]:
    """Behind every guard, a view that says that it was reached, without asking for a form of ours."""
    app.config["WTF_CSRF_ENABLED"] = False
    cells = [(cell, cell.cell_contents) for view in app.view_functions.values() for cell in _behind(view)]
    for cell, _view in cells:
        cell.cell_contents = lambda **_filled: Response(OPENED, 299)
    yield
    for cell, view in cells:
        cell.cell_contents = view


def _behind(view: Any) -> Iterator[CellType]:
    """Yield where a guard keeps the view that it guards."""
    for cell in view.__closure__ or ():
        if cell.cell_contents is getattr(view, "__wrapped__", None):
            yield cell


def browser_of(app: Flask, login: str | None) -> FlaskClient:
    browser = app.test_client()
    if login is not None:
        browser.post("/sign-in", data={"login": login, "password": PASSWORD})
    return browser


def outcome(answer: Response) -> str:
    if answer.status_code in (301, 302, 303) and answer.location.startswith("/sign-in?"):
        return SIGN_IN
    known = {299: OPENED, 404: NOT_THERE, 405: NO_METHOD}
    return known.get(answer.status_code, OPENED)


def endpoint_at(app: Flask, path: str, method: str) -> str | None:
    """Return what answers at an address, None where nothing takes that method, "" for nothing."""
    try:
        found: str = app.url_map.bind("localhost").match(path, method)[0]
    except NotFound:
        return ""
    except MethodNotAllowed:
        return None
    return found


def should_be(app: Flask, endpoint: str | None, who: str) -> str:
    if endpoint is None:
        return NO_METHOD
    if endpoint == "":
        return NOT_THERE
    if who == "stranger":
        return SIGN_IN
    if endpoint in EVERYBODY_SIGNED_IN:
        return OPENED
    wanted = app.view_functions[endpoint].__dict__["access"]
    assert isinstance(wanted, Permission), endpoint
    return OPENED if any(wanted in ROLE_PERMISSIONS[role] for role in ROLES[who]) else NOT_THERE


def addresses(app: Flask, *kinds: set[str]) -> list[str]:
    """Return the addresses of all routes, or of those of some kinds alone."""
    wanted = set().union(*kinds)
    return sorted({address(rule) for rule in rules(app) if not kinds or rule.endpoint in wanted})


def surprises(app: Flask, browser: FlaskClient, who: str, **headers: str) -> list[tuple[str, str, str]]:
    """Return where a browser meets something else than the tables say."""
    found = []
    for path in addresses(app):
        for method in METHODS if who in ALL_METHODS else METHODS[:2]:
            endpoint = endpoint_at(app, path, method)
            if endpoint in OWN_DOORS:
                continue
            met = outcome(browser.open(path, method=method, headers=headers))
            if met != should_be(app, endpoint, who):
                found.append((path, method, met))
    return found


@pytest.mark.parametrize("who", WHO)
def test_each_route_opens_to_exactly_those_who_may(app: Flask, site: Cast, nothing_behind: None, who: str):
    assert surprises(app, browser_of(app, WHO[who]), who) == []


def test_a_tablets_token_opens_no_page(app: Flask, site: Cast, nothing_behind: None):
    assert surprises(app, app.test_client(), "stranger", Authorization=f"Bearer {TOKEN}") == []


@pytest.mark.parametrize("who", WHO)
def test_what_is_public_asks_nobody_who_they_are(app: Flask, site: Cast, who: str):
    browser = browser_of(app, WHO[who])
    for path in addresses(app, PUBLIC):
        if endpoint_at(app, path, "GET") in PUBLIC:
            assert outcome(browser.get(path)) != SIGN_IN, path


@pytest.mark.parametrize("who", WHO)
def test_a_counters_door_knows_its_token_and_no_person(app: Flask, site: Cast, who: str):
    browser = browser_of(app, WHO[who])
    for path in addresses(app, BY_TOKEN):
        for method in METHODS:
            if endpoint_at(app, path, method) in BY_TOKEN:
                assert browser.open(path, method=method, json={}).status_code in (400, 401), path
