"""Figures about cases: sentences, pictures and tables of one unit, for everybody who handles its cases."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Outcome

CLOSED = {"closed_at": NOW, "felt_better": True, "mattered": True, "outcome": Outcome.STAYED}


def case(unit_id: int, minutes: float | None = 30, days_ago: float = 3, **given: object) -> Case:
    came = NOW - timedelta(days=days_ago)
    attended = None if minutes is None else came + timedelta(minutes=minutes)
    usual = {"channel": "phone", "what": "The car was not ready", "first_attention_at": attended}
    return Case(unit_id=unit_id, came_at=came, **{**usual, **given})


@pytest.fixture
def write(app: Flask, site: Cast) -> Iterator:
    """Write cases down."""

    def add(*cases: Case) -> None:
        with app.app_context():
            db.session.add_all(cases)
            db.session.commit()

    yield add


def text(page: str) -> str:
    """Return what a page says, without its pictures."""
    bare = re.sub(r"<(svg|script).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def test_a_team_without_cases_is_told_what_it_will_see(client: FlaskClient, site: Cast, sign_in):
    page = sign_in(client, "sol").get(f"/cases/figures/{site.units['Service counter']}").text

    assert "No cases yet" in page
    assert '<svg class="drawn"' not in page
    assert "never about anybody's answers or mood" in text(page)


def test_staff_read_how_long_their_customers_wait_and_who_waits_still(
    client: FlaskClient, site: Cast, sign_in, write
):
    unit = site.units["Service counter"]
    write(
        *(case(unit, minutes) for minutes in (10, 20, 30, 40, 50, 60, None)), case(unit, 5, channel="email")
    )

    page = sign_in(client, "sol").get(f"/cases/figures/{unit}").text

    said = text(page)
    assert "Half of 8 customers had somebody's attention within 35 min (likely 5 min or more)." in said
    assert "One customer still waits." in said
    assert "Phone 7 40 min 10 min or more one still waits" in said
    assert "E-mail 1 too few to say" in said
    assert page.count('<svg class="drawn"') == 2 * 3  # Waits, threats and first moves; none for parity.
    assert "Too few customers threatened" in said


def test_a_threat_that_helps_is_said_and_the_target_is_equal(client: FlaskClient, site: Cast, sign_in, write):
    unit = site.units["Parts"]
    write(
        *(case(unit, minutes, threatened=True) for minutes in range(5, 15)),
        *(case(unit, 60 * hours) for hours in range(5, 25)),
    )

    said = text(sign_in(client, "tess").get(f"/cases/figures/{unit}?weeks=13").text)

    assert "customers who threaten get attention sooner." in said
    assert "Target: equal." in said
    assert "Phone with a threat 14 h sooner 10 min 6 min to 13 min 10 cases" in said
    assert "In the last 12 weeks 10 of 30 cases came with a threat (33%, likely 19% to 51%)." in said
    assert "There are too few cases to say whether that has changed." in said


def test_causes_that_come_back_and_ends_of_chances_are_told(client: FlaskClient, site: Cast, sign_in, write):
    unit, parts = site.units["Service counter"], site.units["Parts"]
    write(
        *(case(unit, cause="delay") for _time in range(3)),
        *(case(parts, cause="delay") for _time in range(4)),
        case(unit, chance=2, **CLOSED),
        case(unit, chance=5, **{**CLOSED, "outcome": Outcome.LEFT}),
    )

    own = text(sign_in(client, "alba").get(f"/cases/figures/{unit}").text)
    above = text(sign_in(client, "ada").get("/cases/figures/1").text)

    assert "Delay or late status 3 times A known disruption" in own
    assert "Delay or late status 7 times · Northgate, Service counter; Northgate, Parts A known" in above
    assert "1 of 2 customers of whom we know stayed." in own
    assert "Second chance 1 0 0 Later chances 0 1 0" in own


def test_only_cases_of_the_period_count_and_the_trends_always_show_a_year(
    client: FlaskClient, site: Cast, sign_in, write
):
    unit = site.units["Service counter"]
    write(*(case(unit, days_ago=120, threatened=True, channel="web") for _time in range(6)))

    short = text(sign_in(client, "sol").get(f"/cases/figures/{unit}?weeks=13").text)
    longer = text(client.get(f"/cases/figures/{unit}?weeks=20").text)

    assert "Nobody turned to us in these weeks." in short
    assert "No case came in the last 12 weeks." in short
    assert "Half of 6 customers had somebody's attention within 30 min" in longer
    assert "Cases with a threat, newest first" in short


def test_nobody_opens_the_figures_of_a_unit_whose_cases_are_not_theirs(
    client: FlaskClient, site: Cast, sign_in
):
    sign_in(client, "sol")

    assert client.get(f"/cases/figures/{site.units['Parts']}").status_code == 404
    assert client.get("/cases/figures/999").status_code == 404
    assert client.get("/cases/figures/").location == f"/cases/figures/{site.units['Service counter']}"
    assert client.get(f"/cases/figures/{site.units['Service counter']}?{'x' * 2001}").status_code == 413


def test_hr_has_no_cases_and_the_admin_begins_at_the_top(client: FlaskClient, site: Cast, sign_in):
    assert sign_in(client, "hilde").get("/cases/figures/1").status_code == 404

    sign_in(client, "ada")
    assert client.get("/cases/figures/").location == "/cases/figures/1"
    top = client.get("/cases/figures/1").text
    team = client.get(f"/cases/figures/{site.units['Parts']}?weeks=52").text

    assert 'href="/cases/figures/2?weeks=26"' in top
    assert re.findall(r'<a href="(/cases/figures/\d\?weeks=52)">', team) == [
        "/cases/figures/1?weeks=52",
        "/cases/figures/2?weeks=52",
    ]


def test_no_person_is_on_the_page(client: FlaskClient, site: Cast, sign_in, write):
    unit = site.units["Service counter"]
    write(*(case(unit, owner_id=site.people["Noor"]) for _time in range(9)))

    page = sign_in(client, "sol").get(f"/cases/figures/{unit}").text

    assert "Noor" not in page
