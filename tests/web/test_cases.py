"""Make it right: customers' cases, for who works in a unit or looks after it, and for nobody else."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cases import brought
from tests.cases.brought import MADRID, close, kept
from tests.cast import NOW, Cast
from wellbeing.cases import listing, search, writing
from wellbeing.models.accounts import Level, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.permissions import Role
from wellbeing.web import case_page

FORM = "0123456789abcdef0123456789abcdef"
TYPED = {
    "form": FORM,
    "channel": "phone",
    "came": "2026-03-04T12:10",
    "what": "The car was promised for noon",
    "order_number": "RO-48213",
    "cause": "delay",
    "tried_before": "email",
    "threatened": "y",
    "reading": "good_faith",
    "attention": "now",
    "mine": "y",
    "promised": "A call today",
    "next_step": "Call with the hour",
    "due": "2026-03-05",
}

Bring = Callable[..., int]


@pytest.fixture
def bring(app: Flask, site: Cast) -> Bring:
    """Writes cases down."""

    def write(*given: object, **said: object) -> int:
        with app.app_context():
            return brought.bring(site, *given, **said)

    return write


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def words(page: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", unescape(page)))


def typed(site: Cast, team: str = "Service counter", **other: object) -> dict[str, object]:
    return {**TYPED, "unit": site.units[team], **other}


def cases(app: Flask) -> list[Case]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Case).options(sa.orm.joinedload(Case.owner))))


def test_before_the_first_case_the_page_says_what_it_is_for(alba: FlaskClient):
    page = words(alba.get("/cases/").text)

    assert "No open case" in page
    assert "Whatever way a customer takes to reach you" in page
    assert "Nothing here comes from a check-in." in page
    assert "None here" in words(alba.get("/cases/?show=closed").text)
    assert "Nothing found" in words(alba.get("/cases/?q=tyre").text)


def test_alba_writes_down_what_a_customer_brought(app: Flask, alba: FlaskClient, site: Cast):
    form = alba.get("/cases/new").text
    assert f'value="{site.units["Service counter"]}">Service counter' in form
    assert f'value="{site.units["Parts"]}"' not in form
    assert re.search(r'name="form" type="hidden" value="[0-9a-f]{32}"', form)
    assert 'checked id="reading-0"' in form and "That is how we start." in form

    answer = alba.post("/cases/new", data=typed(site), follow_redirects=True)

    page = words(answer.text)
    assert "The case is open." in page
    for said in ("The car was promised for noon", "RO-48213", "Alba Vale", "by Thursday 5 March", "E-mail"):
        assert said in page
    assert "Spoke of a survey or review" in page and "First chance" in page
    [case] = cases(app)
    assert case.owner.name == "Alba Vale"
    assert NOW <= case.first_attention_at < NOW + timedelta(minutes=1)
    assert case.came_at == NOW - timedelta(minutes=20)


def test_sent_twice_it_is_one_case_and_the_second_time_leads_to_it(app: Flask, alba: FlaskClient, site):
    first = alba.post("/cases/new", data=typed(site)).location
    again = alba.post("/cases/new", data=typed(site))

    assert again.location == first
    assert "This form was sent before" in alba.get(first).text
    assert len(cases(app)) == 1


def test_a_case_may_wait_for_somebody_to_take_it(app: Flask, alba: FlaskClient, site: Cast):
    alba.post("/cases/new", data=typed(site, mine="", attention="?"))

    [case] = cases(app)
    assert (case.owner, case.first_attention_at) == (None, None)


def test_a_customers_name_and_number_come_back_with_what_was_seen(app: Flask, alba: FlaskClient, site):
    said = "Mr Smith called from 0161 496 0000"
    answer = alba.post("/cases/new", data=typed(site, what=said, channel=""))

    assert answer.status_code == 422
    page = unescape(answer.text)
    assert 'somebody\'s name: "Mr Smith"' in page and 'phone number: "0161 496 0000"' in page
    assert said in page and "Choose how they came to us." in page
    assert 'id="what-errors"' in page and FORM in page
    assert cases(app) == []


@pytest.mark.parametrize("other", [{"unit": ""}, {"unit": "999"}, {"unit": "Parts"}, {"form": "short"}])
def test_a_case_goes_to_a_unit_of_ones_own_and_comes_from_our_page(app, alba, site, other):
    if other.get("unit") == "Parts":
        other = {"unit": site.units["Parts"]}

    assert alba.post("/cases/new", data=typed(site, **other)).status_code == 404
    assert cases(app) == []


def test_staff_have_the_cases_of_the_unit_they_mirror_and_hr_has_none(app, client, site, bring, sign_in):
    here, there = bring("Service counter"), bring("Parts")

    sol = sign_in(client, "sol")
    assert f"/cases/{here}" in sol.get("/cases/").text
    assert f"/cases/{there}" not in sol.get("/cases/").text
    for path in ("", "/change", "/close"):
        assert sol.get(f"/cases/{here}{path}").status_code == 200
        assert sol.get(f"/cases/{there}{path}").status_code == 404
    for act in ("note", "answered", "owner", "again", "close", "reopen", "change"):
        assert sol.post(f"/cases/{there}/{act}").status_code == 404
    assert sol.get(f"/cases/?unit={site.units['Parts']}").status_code == 404
    assert sol.get("/cases/999").status_code == 404

    hilde = sign_in(app.test_client(), "hilde")
    for path in ("/cases/", "/cases/new", f"/cases/{here}"):
        assert hilde.get(path).status_code == 404
    assert ">Cases<" not in hilde.get("/team/", follow_redirects=True).text


def test_the_most_urgent_comes_first_and_the_flags_are_counted(ada: FlaskClient, bring: Bring):
    planned = bring(owner="Sol", next_step="Call", due_on=date(2026, 3, 9), what="A plan")
    late = bring(owner="Kai", at=NOW - timedelta(days=16), next_step="Call", due_on=date(2026, 3, 2))
    lost = bring(at=NOW - timedelta(days=20), what="Lost")
    page = ada.get("/cases/").text

    assert [int(found) for found in re.findall(r'<h3><a href="/cases/(\d+)"', page)] == [lost, late, planned]
    said = words(page)
    assert "2 cases are overdue: 1 has no owner 2 lack their next step 2 open for over 14 days" in said
    assert "Lost No owner No next step Open for over 14 days" in said
    assert "The car was not ready Next step overdue" in said
    overdue = ada.get("/cases/?show=overdue").text
    assert f"/cases/{planned}" not in overdue and f"/cases/{late}" in overdue


def test_beyond_a_number_overdue_cases_are_not_counted(ada: FlaskClient, bring: Bring, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    for _case in range(3):
        bring(at=NOW - timedelta(days=2))

    assert "Of the 2 that are overdue longest:" in words(ada.get("/cases/").text)


def test_customers_to_be_contacted_today_stand_above_all_with_words_for_it(ada: FlaskClient, bring: Bring):
    bring(recontact_on=date(2026, 3, 4), what="They left in tears")
    bring(recontact_on=date(2026, 3, 9), what="Another day")
    page = words(ada.get("/cases/").text)

    assert page.index("Be in touch again") < page.index("They left in tears") < page.index("Another day")
    assert "You could say:" in page
    assert "To contact again: Wednesday 4 March" in page
    assert "Be in touch again You" not in words(ada.get("/cases/?show=closed").text)
    assert "Another day" in ada.get("/cases/?show=recontact").text


def test_a_cause_that_comes_back_is_named_for_its_team(ada: FlaskClient, bring: Bring):
    for _case in range(3):
        bring("Parts", cause="delay")

    assert "Delay or late status: 3 times in 13 weeks (Parts)" in ada.get("/cases/").text
    assert "3 times in 13 weeks" not in ada.get("/cases/?show=overdue").text


def test_the_list_is_of_one_unit_one_channel_or_ones_own(ada, site, bring):
    parts = bring("Parts", "Ada", what="In parts", channel="email")
    shop = bring("Showroom", what="In the showroom")

    def listed(query: str) -> set[int]:
        page = ada.get(f"/cases/?{query}").text
        return {int(found) for found in re.findall(r'<h3><a href="/cases/(\d+)"', page)}

    assert listed(f"unit={site.units['Parts']}") == {parts}
    assert listed(f"unit={site.units['Northgate']}") == {parts, shop}
    assert listed(f"unit={site.units['Harbour Motors']}") == {parts, shop}
    assert listed("channel=email") == {parts}
    assert listed("channel=pigeon") == set()
    assert listed("show=mine") == {parts}
    assert listed("show=nonsense&unit=x&after=x&before=x") == {parts, shop}


@pytest.mark.parametrize("show", ["open", "closed", "recontact"])
def test_a_long_list_is_turned_page_by_page(ada: FlaskClient, bring: Bring, app, monkeypatch, show: str):
    ids = [bring(recontact_on=date(2026, 3, 9)) for _case in range(30)]
    if show == "closed":
        with app.app_context():
            for case in ids:
                close(case)
    first = ada.get(f"/cases/?show={show}").text
    further = unescape(re.search(r'href="(/cases/\?[^"]*after=[^"]*)" rel="next"', first)[1])
    second = ada.get(further).text
    found = re.findall(r"<h3><a href=\"/cases/(\d+)\"", first + second)

    assert sorted(map(int, found)) == ids
    assert 'rel="next"' not in second


@pytest.mark.parametrize("after", ["2026-99-99~4", "2026-03-04T25:00~4", "~", "2026-03-04~x"])
@pytest.mark.parametrize("show", ["open", "recontact"])
def test_a_place_that_is_none_is_the_beginning(ada: FlaskClient, bring: Bring, after: str, show: str):
    case = bring(recontact_on=date(2026, 3, 9))

    assert f"/cases/{case}" in ada.get(f"/cases/?show={show}&after={after}").text


def test_a_case_is_found_by_its_number_page_by_page(ada: FlaskClient, bring: Bring, monkeypatch):
    for number in range(27):
        bring(order_number=f"RO-{48200 + number}", what="A tyre")
    page = ada.get("/cases/?q=ro+48213").text
    assert "RO-48213" in page and "RO-48214" not in page
    assert 'value="ro 48213"' in page

    first = ada.get("/cases/?q=tyre").text
    further = unescape(re.search(r'href="(/cases/\?[^"]*before=[^"]*)" rel="next"', first)[1])
    assert "RO-48200" not in first and "RO-48200" in ada.get(further).text
    monkeypatch.setattr(search, "MOST_ENDINGS", 3)
    assert "Type a letter more" in ada.get("/cases/?q=482").text


def test_teams_of_several_sites_are_named_with_theirs(app: Flask, ada: FlaskClient, site: Cast, bring: Bring):
    with app.app_context():
        top = site.units["Harbour Motors"]
        river = Unit(parent_id=top, level=Level.SITE, name="Riverside")
        db.session.add_all([river, Unit(parent=river, level=Level.TEAM, name="Parts")])
        db.session.commit()
    bring("Parts")

    page = ada.get("/cases/").text
    assert ">Riverside · Parts</option>" in page
    assert "<span>Northgate · Parts</span>" in page


def test_a_case_is_changed_and_may_go_to_another_team(app: Flask, ada: FlaskClient, site: Cast, bring: Bring):
    case = bring(area="service", due_on=date(2026, 3, 1), next_step="Call", recontact_on=date(2026, 3, 2))
    form = ada.get(f"/cases/{case}/change").text
    assert 'value="2026-03-01"' in form and 'value="2026-03-04T10:30"' in form

    data = typed(site, "Parts", version=1, due="2026-03-01", recontact="2026-03-02", proactive="y")
    answer = ada.post(f"/cases/{case}/change", data=data, follow_redirects=True)

    assert "Saved." in answer.text and "We turned to them first." in answer.text
    with app.app_context():
        assert kept(case).unit_id == site.units["Parts"]


@pytest.mark.parametrize(("owner", "keeps_it"), [("Sol", False), ("Ada", True)])
def test_whoever_cannot_open_it_in_the_other_team_has_it_no_more(
    app: Flask, ada: FlaskClient, site: Cast, bring: Bring, owner: str, keeps_it: bool
):
    case = bring(owner=owner)
    ada.post(f"/cases/{case}/change", data=typed(site, version=1))
    with app.app_context():
        assert kept(case).owner_id == site.people[owner]

    ada.post(f"/cases/{case}/change", data=typed(site, "Parts", version=2))
    with app.app_context():
        assert (kept(case).owner_id is not None) == keeps_it


def test_what_cannot_be_kept_of_a_change_comes_back(ada: FlaskClient, site: Cast, bring: Bring):
    case = bring()

    answer = ada.post(f"/cases/{case}/change", data=typed(site, what="", version=1))
    assert answer.status_code == 422
    assert "Say in a sentence what happened." in answer.text
    assert ada.post(f"/cases/{case}/change", data=typed(site, unit=999, version=1)).status_code == 404


def test_whoever_comes_second_is_told_and_may_then_save(app: Flask, ada: FlaskClient, site, bring: Bring):
    case = bring()
    mine = typed(site, version=1, what="The tyre, they say")
    ada.post(f"/cases/{case}/change", data=typed(site, version=1, what="It was the paint"))

    told = ada.post(f"/cases/{case}/change", data=mine)
    assert told.status_code == 409
    page = unescape(told.text)
    assert "Somebody changed this case while you were writing." in page
    assert "It was the paint" in page and "The tyre, they say" in page
    version = re.search(r'name="version" type="hidden" value="(\d+)"', page)[1]

    ada.post(f"/cases/{case}/change", data=mine | {"version": version})
    with app.app_context():
        assert kept(case).what == "The tyre, they say"


def test_whoever_comes_second_hears_of_the_first_before_anything_else(ada, site, bring):
    case = bring(next_step="Call", due_on=date(2026, 3, 1))
    ada.post(f"/cases/{case}/change", data=typed(site, version=1))

    told = ada.post(f"/cases/{case}/change", data=typed(site, version=1, due="2026-03-01"))
    assert told.status_code == 409


def test_a_channel_that_is_no_longer_offered_stays_where_it_stands(app, ada, site, bring):
    case = bring(channel="text")
    with app.app_context():
        retired = ListEntry(list_name=ListName.CHANNEL, key="text", position=4, retired_on=date(2026, 1, 1))
        db.session.add(retired)
        db.session.commit()

    assert 'value="text"' not in ada.get("/cases/new").text
    assert 'selected value="text"' in ada.get(f"/cases/{case}/change").text
    assert ada.post(f"/cases/{case}/change", data=typed(site, version=1, channel="text")).status_code == 302


def test_the_case_of_a_closed_team_is_reached_from_above_and_can_leave_it(app, client, site, bring, sign_in):
    case, parts = bring("Parts"), site.units["Parts"]
    with app.app_context():
        db.session.get_one(Unit, parts).closed_on = NOW.date()
        grant = RoleGrant(person_id=site.people["Hana"], unit_id=site.units["Northgate"], role=Role.MANAGER)
        db.session.add(grant)
        db.session.commit()
    hana = sign_in(client, "hana")

    assert f"/cases/{case}" in hana.get("/cases/").text
    assert f'value="{parts}"' not in hana.get("/cases/new").text
    assert f'selected value="{parts}"' in hana.get(f"/cases/{case}/change").text
    hana.post(f"/cases/{case}/change", data=typed(site, "Showroom", version=1))
    with app.app_context():
        assert kept(case).unit_id == site.units["Showroom"]


def test_where_every_unit_is_closed_nothing_new_is_written(app: Flask, client, site: Cast, sign_in):
    with app.app_context():
        db.session.get_one(Unit, site.units["Parts"]).closed_on = NOW.date()
        db.session.commit()
    tess = sign_in(client, "tess")

    assert tess.get("/cases/new").status_code == 200
    assert tess.post("/cases/new", data=typed(site, "Parts")).status_code == 404


def test_the_floor_says_how_many_cases_are_open(client, site, bring, sign_in, monkeypatch):
    bring("Service counter")
    bring("Parts")
    alba = sign_in(client, "alba")
    unit = site.units["Service counter"]

    page = alba.get(f"/floor/{unit}").text
    assert "Open cases: 1" in words(page)
    assert f'href="/cases/?unit={unit}"' in page
    monkeypatch.setattr("wellbeing.web.floor.MOST_CASES", 1)
    assert "Open cases: 1 or more" in words(alba.get(f"/floor/{unit}").text)


def test_no_more_causes_are_named_than_somebody_can_do_something_about(ada, bring):
    for cause in ("delay", "price", "damage", "rule"):
        for _case in range(3):
            bring("Parts", cause=cause)

    assert ada.get("/cases/").text.count("times in 13 weeks") == case_page.MOST_RECURRING


def test_the_pages_are_there_in_spanish(ada: FlaskClient, app: Flask, bring: Bring):
    case = bring(recontact_on=date(2026, 3, 4))
    with app.app_context():
        writing.attend(db.session(), writing.held(db.session(), case), NOW, MADRID)

    page = ada.get(f"/cases/{case}?lang=es").text
    assert "¿Quién de aquí conoce a este cliente" in page
    assert 'lang="es"' in page
