"""Questions and policies that a site can word: each stands where it helps."""

from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing.content.shipped import shipped
from wellbeing.models.base import db
from wellbeing.models.cases import Case


def said(kind: str, key: str) -> str:
    found = next(entry for entry in shipped(kind) if entry.key == key)
    return str(found.words["en"]["text"])


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


@pytest.fixture
def case(app: Flask, site: Cast) -> int:
    with app.app_context():
        known = Case(
            unit_id=site.units["Service counter"],
            channel="phone",
            what="The car was not ready",
            came_at=NOW - timedelta(days=1),
        )
        db.session.add(known)
        db.session.commit()
        return known.id


def page(browser: FlaskClient, address: str) -> str:
    found = browser.get(address)
    assert found.status_code == 200
    return unescape(found.text)


def test_the_wall_asks_what_the_team_could_change_wants_more_of_and_promises(alba, site):
    wall = page(alba, f"/wall/{site.units['Service counter']}")

    for key in ("change", "growth", "relationship"):
        assert said("prompt", key) in wall


def test_a_case_asks_who_knows_the_customer_and_keeps_no_profile(alba, case):
    assert said("prompt", "familiar") in page(alba, f"/cases/{case}")


def test_a_new_case_begins_in_good_faith_and_says_why(alba):
    assert said("policy", "good-faith") in page(alba, "/cases/new")


def test_where_threats_are_counted_the_site_says_that_it_wants_no_perfect_scores(alba, site, case):
    figures = page(alba, f"/cases/figures/{site.units['Service counter']}")

    assert said("policy", "no-perfect-scores") in figures


def test_a_case_that_is_closed_asks_how_to_handle_it_and_not_whose_fault_it_was(alba, case):
    closing = page(alba, f"/cases/{case}/close")

    assert said("prompt", "handling") in closing
    assert said("prompt", "recontact") in closing
