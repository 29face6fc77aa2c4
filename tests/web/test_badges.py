"""The badges of a team: printed for those whom I look after, void at once, their numbers on paper alone."""

import logging
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import TEAMS, Cast
from tests.conftest import SECRETS
from tests.reports.pdf import opened, pages
from wellbeing import badge_sheet, badges
from wellbeing.badge_sheet import Card
from wellbeing.models.accounts import Person
from wellbeing.models.badges import Badge
from wellbeing.models.base import db

PRINT, REVOKE = "/people/badges", "/people/badges/revoke"


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """The cards that were printed."""
    cards: list[Card] = []
    sheet = badge_sheet.sheet

    def keep(title: str, drawn: list[Card]) -> bytes:
        cards.extend(drawn)
        return sheet(title, drawn)

    monkeypatch.setattr(badge_sheet, "sheet", keep)
    return cards


def roster(browser: FlaskClient, site: Cast, unit: str = "Service counter") -> str:
    return browser.get(f"/people/{site.units[unit]}/badges").text


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<li>") if f"{name} Vale" in row)


def order(browser: FlaskClient, site: Cast, *names: str, unit: str = "Service counter", **more: str):
    people = [site.people[name] for name in names]
    return browser.post(PRINT, data={"home": site.units[unit], "people": people} | more)


def owner_of(app: Flask, badge: str) -> str | None:
    with app.app_context(), db.engine.connect() as connection:
        found = badges.find(connection, SECRETS.pin_pepper, badge)
        return found.name if found else None


def test_alba_comes_from_the_people_and_prints_for_sol_and_noor(
    app: Flask, alba: FlaskClient, site: Cast, printed: list[Card]
):
    people = alba.get(f"/people/{site.units['Service counter']}").text
    assert f'href="/people/{site.units["Service counter"]}/badges"' in people

    answer = order(alba, site, "Sol", "Noor")

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=badges.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert [card.name for card in printed] == ["Noor Vale", "Sol Vale"]
    assert {card.team for card in printed} == {"Service counter"}
    assert [owner_of(app, card.badge) for card in printed] == ["Noor Vale", "Sol Vale"]
    (page,) = pages(answer.data)
    assert "Badges of Service counter, 4 Mar 2026" in page
    assert "Sol Vale" in page and "Noor Vale" in page and "Alba" not in page


def test_a_number_stands_in_no_page_and_in_no_log(
    alba: FlaskClient, site: Cast, printed: list[Card], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    order(alba, site, "Sol")
    page = roster(alba, site)
    alba.post(REVOKE, data={"person": site.people["Sol"]})

    assert printed[0].badge not in page + caplog.text
    assert not re.search(r"\d{12}", page)


def test_the_page_says_who_has_a_badge_and_since_when(alba: FlaskClient, site: Cast):
    order(alba, site, "Sol")
    page = roster(alba, site)

    assert "Badge since 4 Mar 2026" in row_of(page, "Sol")
    assert "Revoke the badge of Sol Vale" in row_of(page, "Sol")
    assert "No badge" in row_of(page, "Noor")
    assert "Revoke" not in row_of(page, "Noor")
    assert "Print for 10 people without a badge" in page


def test_everybody_without_a_badge_gets_one_and_nobody_elses_is_replaced(
    app: Flask, alba: FlaskClient, site: Cast, printed: list[Card]
):
    order(alba, site, "Sol")
    order(alba, site, missing="y")

    # Alba herself is a manager: an admin makes hers.
    assert [card.name for card in printed[1:]] == [
        f"{name} Vale" for name in sorted(TEAMS["Service counter"]) if name not in ("Alba", "Sol")
    ]
    assert owner_of(app, printed[0].badge) == "Sol Vale"
    assert "without a badge" not in roster(alba, site)


def test_a_badge_printed_again_makes_the_old_card_void(
    app: Flask, alba: FlaskClient, site: Cast, printed: list[Card]
):
    order(alba, site, "Sol")
    order(alba, site, "Sol")

    assert [owner_of(app, card.badge) for card in printed] == [None, "Sol Vale"]


def test_a_revoked_badge_opens_nothing_from_then_on(
    app: Flask, alba: FlaskClient, site: Cast, printed: list[Card]
):
    order(alba, site, "Sol", "Noor")

    answer = alba.post(REVOKE, data={"person": site.people["Sol"]})

    assert answer.location == f"/people/{site.units['Service counter']}/badges"
    assert "The badge of Sol Vale is revoked." in roster(alba, site)
    assert [owner_of(app, card.badge) for card in printed] == ["Noor Vale", None]
    alba.post(REVOKE, data={"person": site.people["Sol"]})
    assert "is revoked" not in roster(alba, site)


def test_whoever_ticks_nobody_is_asked_to(app: Flask, alba: FlaskClient, site: Cast):
    answer = order(alba, site)

    assert answer.status_code == 400
    assert "Tick whose badges to print." in answer.text
    with app.app_context():
        assert db.session.scalars(sa.select(Badge)).all() == []


@pytest.mark.parametrize(
    "data", [{}, {"home": ""}, {"home": "x"}, {"home": "-1"}, {"home": "9" * 30}, {"people": "3"}]
)
def test_a_form_without_its_unit_is_not_understood(alba: FlaskClient, data: dict):
    assert alba.post(PRINT, data=data).status_code == 400
    assert alba.post(REVOKE, data=data).status_code == 400


def test_nobody_makes_a_badge_for_a_role_above_their_own(
    app: Flask, alba: FlaskClient, site: Cast, sign_in, printed: list[Card]
):
    assert 'type="checkbox"' not in row_of(roster(alba, site), "Alba")
    assert "An admin makes this one." in row_of(roster(alba, site), "Alba")
    assert order(alba, site, "Sol", "Alba").status_code == 404
    assert printed == []

    ada = sign_in(alba, "ada")
    assert order(ada, site, "Alba").status_code == 200
    assert "What a badge stands for" in roster(ada, site)
    # A card that was lost can be revoked by whoever looks after its owner.
    assert "Revoke the badge of Alba Vale" in roster(sign_in(ada, "alba"), site)


def test_somebody_elses_people_do_not_exist(app: Flask, alba: FlaskClient, site: Cast, printed: list[Card]):
    with app.app_context():
        db.session.get_one(Person, site.people["Noor"]).active = False
        db.session.commit()

    for names in (["Kai"], ["Noor"], ["Sol", "Kai"]):
        assert order(alba, site, *names).status_code == 404
    assert order(alba, site, "Kai", unit="Showroom").status_code == 404
    data = {"home": site.units["Service counter"], "people": [99999]}
    assert alba.post(PRINT, data=data).status_code == 404
    assert alba.post(PRINT, data=data | {"people": ["sol"]}).status_code == 404
    assert alba.get("/people/99999/badges").status_code == 404
    for person in (site.people["Kai"], 99999):
        assert alba.post(REVOKE, data={"person": person}).status_code == 404
    assert printed == []


def test_an_empty_team_has_nobody_to_print_for(app: Flask, client: FlaskClient, site: Cast, sign_in):
    ada = sign_in(client, "ada")

    assert "Nobody in this team" in roster(ada, site, "Northgate")
    assert order(ada, site, unit="Northgate", missing="y").status_code == 400


@pytest.mark.parametrize("login", ["sol", "hilde"])
def test_staff_and_hr_print_no_badges(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.get(f"/people/{site.units['Service counter']}/badges").status_code == 404
    assert order(browser, site, "Sol").status_code == 404
    assert browser.post(REVOKE, data={"person": site.people["Sol"]}).status_code == 404


def test_the_site_says_in_one_sentence_what_a_badge_is_worth(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    ada = sign_in(client, "ada")
    settings = ada.get("/admin/settings").text
    assert "Whoever holds a badge can record as its owner. They still see no answer." in settings
    assert "the PIN is asked as always" in roster(ada, site)
    assert not shown(ada, site)["badge_alone"]

    assert ada.post("/admin/settings/badges", data={"badge_alone": "y"}).location == "/admin/settings"

    assert "From now on a badge is enough." in ada.get("/admin/settings").text
    assert 'checked id="badge_alone"' in ada.get("/admin/settings").text
    assert "Whoever holds a badge can record as its owner" in roster(ada, site)
    assert shown(ada, site)["badge_alone"]

    ada.post("/admin/settings/badges")
    assert "needs its owner&#39;s PIN" in ada.get("/admin/settings").text
    assert not shown(ada, site)["badge_alone"]


def shown(browser: FlaskClient, site: Cast) -> dict:
    return browser.get("/counter/state", headers={"Authorization": f"Bearer {site.token}"}).json


@pytest.mark.parametrize("login", ["alba", "hilde", "sol"])
def test_nobody_but_the_admin_of_all_decides_it(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.post("/admin/settings/badges", data={"badge_alone": "y"}).status_code == 404
    assert not shown(browser, site)["badge_alone"]


def test_a_form_of_badges_that_was_not_sent_from_our_page_is_refused(
    app: Flask, alba: FlaskClient, site: Cast
):
    app.config["WTF_CSRF_ENABLED"] = True

    for path in (PRINT, REVOKE, "/admin/settings/badges"):
        data = {"home": site.units["Service counter"], "person": site.people["Sol"], "missing": "y"}
        assert alba.post(path, data=data).status_code == 400


def test_a_printed_file_tells_no_number_as_text(alba: FlaskClient, site: Cast, printed: list[Card]):
    file = order(alba, site, "Sol").data

    reader = opened(file)
    assert printed[0].badge not in " ".join(pages(file)) + repr(reader.metadata)
    assert reader.metadata.title == "Badges of Service counter, 4 Mar 2026"
