"""Signing in through a certified provider, over real HTTP: there, back, with what groups bring or take."""

import logging

import pytest
from flask import Flask

from tests.cast import PASSWORD, Cast
from tests.company.conftest import PEOPLE, give_login
from tests.company.visitor import Visitor
from tests.fixtures.oidc import OidcProvider, new_key
from wellbeing.company import roles
from wellbeing.models.accounts import Person, RoleGrant, SignIn, SignInMethod
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.company import CompanyIdentity
from wellbeing.permissions import Role


def grants(cast: Cast, name: str) -> set[tuple[Role, int, bool]]:
    with_roles = db.session.get_one(Person, cast.people[name], populate_existing=True).grants
    return {(grant.role, grant.unit_id, grant.by_company) for grant in with_roles}


def test_ada_comes_in_by_the_company_and_says_once_that_it_is_her(
    at_work: Flask, site: Cast, visitor: Visitor, oidc: OidcProvider, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    visitor.follow("Sign in with Harbour").sign_in_at_provider("ada-at-work")

    assert visitor.url.endswith("/sign-in/company/you")
    assert "Ada Vale" in visitor.page
    visitor.send("/sign-in/company/you", me="yes")
    assert visitor.status == 200
    assert "Sign out" in visitor.page
    with at_work.app_context():
        link = db.session.query(CompanyIdentity).one()
        assert (link.person_id, link.issuer, link.subject) == (
            site.people["Ada"],
            oidc.issuer,
            "ada-at-work",
        )
        assert db.session.query(SignIn).one().method is SignInMethod.COMPANY

    again = Visitor(visitor.url).open("/sign-in?next=/admin/company-sign-in")
    again.follow("Sign in with Harbour").sign_in_at_provider("ada-at-work")
    assert again.url.endswith("/admin/company-sign-in")
    assert "People connected" in again.page
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("werkzeug")]
    assert not [line for line in ours if "ada" in line.lower() or "code=" in line or "eyJ" in line]


def test_groups_bring_roles_and_take_them_with_them(
    at_work: Flask, site: Cast, visitor: Visitor, oidc: OidcProvider
):
    counter, organisation = site.units["Service counter"], site.units["Harbour Motors"]
    with at_work.app_context():
        roles.add(db.session(), "wind-managers", Role.MANAGER, counter)
        roles.add(db.session(), "wind-hr", Role.HR, organisation)

    visitor.follow("Sign in with Harbour").sign_in_at_provider("sol-at-work")
    visitor.send("/sign-in/company/you", me="yes")
    with at_work.app_context():
        assert grants(site, "Sol") == {(Role.MANAGER, counter, True)}

    oidc.restart(people={**PEOPLE, "sol-at-work": {"groups": ["wind-hr", 7, None, "wind-hr"]}})
    Visitor(visitor.url).open("/sign-in").follow("Sign in with Harbour").sign_in_at_provider("sol-at-work")
    with at_work.app_context():
        assert grants(site, "Sol") == {(Role.HR, organisation, True)}
        acts = [entry.act for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
        assert acts.count("role_by_group") == 2
        assert acts.count("role_gone_with_group") == 1


def test_new_keys_of_the_provider_are_taken_at_once(
    at_work: Flask, site: Cast, visitor: Visitor, oidc: OidcProvider
):
    visitor.follow("Sign in with Harbour").sign_in_at_provider("ada-at-work")
    visitor.send("/sign-in/company/you", me="yes")

    oidc.restart(keys=[new_key("second")])
    again = Visitor(visitor.url).open("/sign-in").follow("Sign in with Harbour")
    again.sign_in_at_provider("ada-at-work")

    assert "Sign out" in again.page


def test_a_code_brings_nobody_in_twice_and_not_in_another_browser(
    at_work: Flask, visitor: Visitor, oidc: OidcProvider
):
    visitor.follow("Sign in with Harbour")
    visitor.send("/interaction/", login="ada-at-work", password="any")
    seen: list[str] = []
    visitor.watch(seen)
    visitor.send("/interaction/")
    back = next(url for url in seen if "/sign-in/company/back?" in url)

    assert "Is this you?" in visitor.page
    assert "Begin again" in visitor.open(back).page
    assert "Begin again" in Visitor(visitor.url).open(back).page
    assert "code=" not in visitor.url


def test_whoever_says_no_at_the_provider_is_told_calmly(at_work: Flask, visitor: Visitor):
    visitor.follow("Sign in with Harbour").follow("[ Cancel ]")

    assert "Harbour did not sign you in" in visitor.page
    assert visitor.url.endswith("/sign-in")


def test_strangers_and_people_who_left_read_the_same_page(at_work: Flask, site: Cast, visitor: Visitor):
    visitor.follow("Sign in with Harbour").sign_in_at_provider("stranger")
    stranger = visitor.page
    with at_work.app_context():
        db.session.get_one(Person, site.people["Sol"]).active = False
        db.session.commit()

    gone = Visitor(visitor.url).open("/sign-in").follow("Sign in with Harbour")
    gone.sign_in_at_provider("sol-at-work")

    assert "Not known here yet" in stranger
    assert gone.url == visitor.url
    assert "Ask your manager" in gone.page
    with at_work.app_context():
        assert db.session.query(CompanyIdentity).count() == 0
        assert db.session.query(SignIn).count() == 0


def test_noor_connects_her_company_account_herself_and_ends_it(at_work: Flask, site: Cast, visitor: Visitor):
    with at_work.app_context():
        roles.add(db.session(), "wind-hr", Role.HR, site.units["Harbour Motors"])
        give_login(site, "Ada", "ada")
    visitor.send("/sign-in", login="noor", password=PASSWORD)
    visitor.open("/my/sign-in/company").send("/my/sign-in/company", password="wrong password")
    assert "This is not your password." in visitor.page
    visitor.send("/my/sign-in/company", password=PASSWORD).follow("Go on to Harbour")
    visitor.sign_in_at_provider("ada-at-work")

    assert "Connected since" in visitor.page
    with at_work.app_context():
        assert grants(site, "Noor") == {(Role.HR, site.units["Harbour Motors"], True)}
    visitor.send("/my/sign-in/company/end")
    assert "Disconnected." in visitor.page
    with at_work.app_context():
        assert grants(site, "Noor") == set()
        assert db.session.query(RoleGrant).filter_by(by_company=True).count() == 0


def test_where_the_provider_is_down_the_password_works_as_ever(
    at_work: Flask, visitor: Visitor, oidc: OidcProvider
):
    oidc.stop()
    visitor.follow("Sign in with Harbour")

    assert "The sign-in of Harbour does not answer just now." in visitor.page
    visitor.send("/sign-in", login="noor", password=PASSWORD)
    assert "Sign out" in visitor.page
