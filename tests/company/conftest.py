"""A site whose people sign in through a provider that runs on this machine."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from werkzeug.serving import make_server

from tests.cast import Cast
from tests.company.visitor import Visitor
from tests.fixtures.live import closed_at_the_end
from tests.fixtures.oidc import CLIENT_ID, CLIENT_SECRET, OidcProvider
from wellbeing.company_settings import Company, company_of
from wellbeing.models.accounts import Person
from wellbeing.models.base import db

EMAIL = "ada@harbour.example"
PEOPLE = {
    "ada-at-work": {"email": EMAIL, "email_verified": True, "groups": ["everybody", "wind-hr"]},
    "sol-at-work": {"email": "sol@harbour.example", "email_verified": True, "groups": "wind-managers"},
    "stranger": {"email": "nobody@harbour.example", "email_verified": True},
}


def company_at(issuer: str, **more: str) -> Company:
    """Return the settings of a site whose provider is here."""
    env = {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_NAME": "Harbour",
    }
    found = company_of({**env, **more}, may_be_open=True)
    assert found is not None
    return found


def use_company(app: Flask, company: Company) -> None:
    """Let a site sign people in through a company."""
    app.extensions["config"] = replace(app.extensions["config"], company=company)
    app.extensions.pop("company", None)


def give_login(cast: Cast, name: str, login: str) -> None:
    """Let somebody's e-mail address be their sign-in name."""
    db.session.get_one(Person, cast.people[name]).login = login
    db.session.commit()


@pytest.fixture
def today(site: Cast) -> Iterator[None]:
    """The cast lives on the day of this machine: the provider's clock cannot be turned back."""
    with time_machine.travel(time_machine.escape_hatch.time.time(), tick=True):
        yield


@pytest.fixture
def oidc(running_oidc: OidcProvider) -> OidcProvider:
    """The provider, which knows PEOPLE and has forgotten who was signed in."""
    running_oidc.restart(people=PEOPLE)
    return running_oidc


@pytest.fixture
def at_work(app: Flask, site: Cast, today: None, oidc: OidcProvider) -> Iterator[Flask]:
    """The site on a real port, where the provider sends people back to; two sign-in names are addresses."""
    use_company(app, company_at(oidc.issuer))
    with app.app_context():
        give_login(site, "Ada", EMAIL)
        give_login(site, "Sol", "sol@harbour.example")
    port = int(oidc.back.split(":")[2].partition("/")[0])
    server = make_server("127.0.0.1", port, closed_at_the_end(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield app
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visitor(at_work: Flask, oidc: OidcProvider) -> Visitor:
    """Somebody at the sign-in page."""
    return Visitor(oidc.back.removesuffix("/company/back")).open("")
