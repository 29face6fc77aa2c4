"""The floor: who needs cover and what is known, for whoever looks after a unit, and for nobody else."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, TOKEN, Cast
from wellbeing import floor, notices
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.floor import Audience, CoverRequest, Notice
from wellbeing.notice_draft import Draft
from wellbeing.permissions import Role

TYPED = {
    "what": "Loan cars are late",
    "starts": "2026-03-04T12:30",
    "ends": "2026-03-04T15:00",
    "whom": "Pick-ups\nReception",
    "words": "Your car will be here by three.",
}


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


@pytest.fixture
def northgate(app: Flask, client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    """Hana of the service counter, who looks after the whole site."""
    with app.app_context():
        grant = RoleGrant(person_id=site.people["Hana"], unit_id=site.units["Northgate"], role=Role.MANAGER)
        db.session.add(grant)
        db.session.commit()
    return sign_in(client, "hana")


def ask(app: Flask, site: Cast, name: str, team: str, minutes: int = 10) -> int:
    with app.app_context():
        found = floor.ask_for_cover(
            db.session.connection(), site.people[name], site.units[team], minutes, datetime.now(UTC)
        )
        db.session.commit()
        return found


def hang(app: Flask, site: Cast, unit: str, what: str = "Late", first: int = -1, last: int = 2) -> int:
    """Hang up a notice with one to tell; return its id."""
    hour = timedelta(hours=1)
    said = Draft(what, "We are sorry.", NOW + first * hour, NOW + last * hour, ("Reception",))
    with app.app_context():
        return notices.write(db.session(), site.units[unit], said, NOW)


def kept(app: Flask, column: sa.ColumnElement | object) -> list:
    with app.app_context():
        return list(db.session.scalars(sa.select(column)))  # type: ignore[call-overload]


def words(page: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", unescape(page)))


def test_albas_only_floor_opens_at_once_and_says_what_to_do_when_nothing_happens(alba: FlaskClient, site):
    assert alba.get("/floor/").location == f"/floor/{site.units['Service counter']}"

    page = alba.get("/floor/", follow_redirects=True).text
    assert 'aria-current="page">Floor<' in page
    assert "Nobody needs cover right now." in page
    assert "People forgive a delay that they hear of from us first" in page
    assert 'value="2026-03-04T12:30"' in page and 'value="2026-03-04T16:00"' in page


def test_a_site_sees_where_somebody_needs_cover_and_all_its_teams_requests(app, northgate, site):
    ask(app, site, "Sol", "Service counter")
    ask(app, site, "Uma", "Parts")
    hang(app, site, "Parts")

    assert re.search(r"Parts 1 person 1 ", words(northgate.get("/floor/").text))
    page = words(northgate.get(f"/floor/{site.units['Northgate']}").text)
    assert "Sol V. · Service counter, until 12:40" in page
    assert "Uma V. · Parts, until 12:40" in page


def test_at_the_top_a_team_is_named_with_its_site(app, client, site, sign_in):
    ask(app, site, "Uma", "Parts")

    wall = sign_in(client, "ada").get(f"/floor/{site.units['Harbour Motors']}/wall").json
    assert [request["place"] for request in wall["cover"]] == ["Northgate · Parts"]


def test_a_unit_that_is_closed_is_not_in_the_list_and_takes_no_notice(app, northgate, site):
    parts = site.units["Parts"]
    with app.app_context():
        db.session.get_one(Unit, parts).closed_on = NOW.date()
        db.session.commit()

    assert f"/floor/{parts}" not in northgate.get("/floor/").text
    assert "Write a notice" not in northgate.get(f"/floor/{parts}").text
    assert northgate.post(f"/floor/{parts}/notice", data=TYPED).status_code == 404


def test_the_last_open_unit_may_be_gone(app, client, site, sign_in):
    with app.app_context():
        db.session.get_one(Unit, site.units["Parts"]).closed_on = NOW.date()
        db.session.commit()

    assert "No unit yet" in sign_in(client, "tess").get("/floor/").text


def test_alba_has_got_it_and_it_is_gone_everywhere(app, alba, site):
    cover, team = ask(app, site, "Sol", "Service counter"), site.units["Service counter"]

    done = alba.post(f"/floor/{team}/cover", data={"cover": cover})

    assert (done.status_code, done.location) == (302, f"/floor/{team}")
    assert alba.get(f"/floor/{team}/wall").json["cover"] == []
    state = alba.get("/counter/state", headers={"Authorization": f"Bearer {TOKEN}"}).json
    assert state["cover"] == []
    again = alba.post(f"/floor/{team}/cover", data={"cover": cover})
    assert again.status_code == 404
    assert "That is not here any more" in again.text


def test_a_request_is_gone_when_its_time_is_over(app, alba, site):
    ask(app, site, "Sol", "Service counter", minutes=0)

    assert alba.get(f"/floor/{site.units['Service counter']}/wall").json["cover"] == []


def test_a_notice_is_written_shown_on_the_tablet_and_ticked_on_both(app, alba, site):
    team = site.units["Service counter"]

    assert alba.post(f"/floor/{team}/notice", data=TYPED).location == f"/floor/{team}"
    page = words(alba.get(f"/floor/{team}").text)
    assert "Tablets show it within a minute." in page
    assert "From 12:30 until 15:00 · Service counter" in page
    first, second = kept(app, Audience.id)
    alba.post(f"/floor/{team}/told", data={"audience": first, "told": "1"})
    body = {"id": "one", "act": "told", "audience": second, "told": True}
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert alba.post("/counter/act", json=body, headers=token).json == {"saved": True}

    [running] = alba.get(f"/floor/{team}/wall").json["running"]
    assert [line["told"] for line in running["audience"]] == ["12:30", "12:30"]
    [shown] = alba.get("/counter/state", headers=token).json["notices"]
    assert [line["told"] for line in shown["audience"]] == [True, True]
    alba.post(f"/floor/{team}/told", data={"audience": first, "told": "0"})
    assert len([at for at in kept(app, Audience.told_at) if at]) == 1


def test_notices_of_the_units_above_and_below_are_seen_and_those_above_not_changed(app, northgate, site):
    hang(app, site, "Harbour Motors", "Phones are down")
    hang(app, site, "Parts", "No tyres")
    hang(app, site, "Northgate", "Gate closed tomorrow", 20, 30)
    hang(app, site, "Northgate", "Power cut", -3, -1)

    wall = northgate.get(f"/floor/{site.units['Northgate']}/wall").json

    running = [(notice["what"], notice["unit"], notice["mine"]) for notice in wall["running"]]
    assert running == [("Phones are down", "Harbour Motors", False), ("No tyres", "Parts", True)]
    assert [notice["what"] for notice in wall["planned"]] == ["Gate closed tomorrow"]
    assert [notice["what"] for notice in wall["over"]] == ["Power cut"]
    page = northgate.get(f"/floor/{site.units['Northgate']}").text
    assert page.count(">Change</a>") == 3
    assert "From 5 Mar, 08:30 until 18:30" in page


def test_a_tick_in_a_notice_from_above_is_taken(app, alba, site):
    hang(app, site, "Harbour Motors")
    [line] = kept(app, Audience.id)

    alba.post(f"/floor/{site.units['Service counter']}/told", data={"audience": line, "told": "1"})

    assert kept(app, Audience.told_at)[0] >= NOW


def test_a_notice_is_changed_and_ended(app, alba, site):
    notice, team = hang(app, site, "Service counter"), site.units["Service counter"]
    page = alba.get(f"/floor/notice/{notice}").text
    assert 'value="Late"' in page and "Reception</textarea>" in page and "End it now" in page

    assert alba.post(f"/floor/notice/{notice}", data=TYPED).location == f"/floor/{team}"
    assert kept(app, Notice.what) == ["Loan cars are late"]
    assert alba.post(f"/floor/notice/{notice}/end").location == f"/floor/{team}"

    wall = alba.get(f"/floor/{team}/wall").json
    assert (wall["running"], [notice["what"] for notice in wall["over"]]) == ([], ["Loan cars are late"])
    assert "End it now" not in alba.get(f"/floor/notice/{notice}").text


def test_a_planned_notice_is_taken_away(app, alba, site):
    notice = hang(app, site, "Service counter", first=1)
    assert "Take it away" in alba.get(f"/floor/notice/{notice}").text

    alba.post(f"/floor/notice/{notice}/end")

    assert kept(app, Notice.id) == kept(app, Audience.id) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends": "2026-03-04T12:00"}, "The end has to come after the beginning."),
        ({"whom": "\n".join("abcdefghi")}, "At most 8 lines of whom to tell; these are 9."),
        ({"what": "x" * 121}, "At most 120 characters; this has 121."),
        ({"words": "x" * 5000}, "At most 240 characters; this has 5000."),
        ({"whom": "Ms Vale, 020 7946 0958"}, "This looks like a phone number: "),
        ({"what": ""}, "Say what is known."),
        ({"starts": "<script>"}, "Choose a day and a time"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence_and_all_that_was_typed(
    app, alba, site, wrong: dict[str, str], sentence: str
):
    notice = hang(app, site, "Service counter")
    for address in (f"/floor/{site.units['Service counter']}/notice", f"/floor/notice/{notice}"):
        answer = alba.post(address, data=TYPED | wrong)

        assert answer.status_code == 422
        assert sentence in answer.text
        assert answer.text.count('aria-invalid="true"') == 1
        assert "Your car will be here by three." in unescape(answer.text) or "words" in wrong
    assert kept(app, Notice.what) == ["Late"]


def test_a_form_with_nothing_in_it_is_refused_in_a_sentence(alba: FlaskClient, site: Cast):
    answer = alba.post(f"/floor/{site.units['Service counter']}/notice")

    assert (answer.status_code, "Say what is known." in answer.text) == (422, True)


def test_a_thirteenth_notice_is_refused_at_the_page(app, alba, site):
    for _number in range(notices.MOST_AT_A_UNIT):
        hang(app, site, "Service counter")

    answer = alba.post(f"/floor/{site.units['Service counter']}/notice", data=TYPED)

    assert answer.status_code == 422
    assert "There are 12 notices here already." in answer.text


def test_a_script_in_a_notice_is_only_words(app, alba, site):
    team = site.units["Service counter"]
    spoken = "<script>alert(1)</script>"
    alba.post(f"/floor/{team}/notice", data=TYPED | {"what": spoken, "words": spoken, "whom": spoken})

    page = alba.get(f"/floor/{team}").text
    assert spoken not in page
    assert page.count("&lt;script&gt;") >= 3
    assert alba.get(f"/floor/{team}/wall").json["running"][0]["what"] == spoken


def test_what_is_not_albas_does_not_exist(app, alba, site):
    showroom, mine = site.units["Showroom"], site.units["Service counter"]
    cover, notice = ask(app, site, "Kai", "Showroom"), hang(app, site, "Showroom")
    [line] = kept(app, Audience.id)
    above = hang(app, site, "Northgate")

    for found in (notice, above, 999):
        assert alba.get(f"/floor/notice/{found}").status_code == 404
        assert alba.post(f"/floor/notice/{found}", data=TYPED).status_code == 404
        assert alba.post(f"/floor/notice/{found}/end").status_code == 404
    for unit in (showroom, site.units["Northgate"], 999):
        assert alba.get(f"/floor/{unit}/wall").status_code == 404
        assert alba.post(f"/floor/{unit}/notice", data=TYPED).status_code == 404
        assert alba.post(f"/floor/{unit}/cover", data={"cover": cover}).status_code == 404
    assert alba.post(f"/floor/{mine}/cover", data={"cover": cover}).status_code == 404
    assert alba.post(f"/floor/{mine}/told", data={"audience": line, "told": "1"}).status_code == 404
    assert kept(app, CoverRequest.taken) == [False]
    assert set(kept(app, Audience.told_at)) == {None}


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 40])
def test_a_number_that_is_none_is_not_understood(alba: FlaskClient, site: Cast, number: str):
    team = site.units["Service counter"]

    assert alba.post(f"/floor/{team}/cover", data={"cover": number}).status_code == 400
    assert alba.post(f"/floor/{team}/told", data={"audience": number, "told": "1"}).status_code == 400


@pytest.mark.parametrize("login", ["sol", "hilde"])
def test_staff_and_hr_have_no_floor(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    for address in ("/floor/", f"/floor/{site.units['Service counter']}", "/floor/notice/1"):
        assert browser.get(address).status_code == 404
    assert 'href="/floor/"' not in browser.get("/help").text
