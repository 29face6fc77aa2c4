"""The lists of the counter on Ada's pages: every change by a plain form, every refusal in a sentence."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import TOKEN, Cast
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.base import db
from wellbeing.models.lists import ListName
from wellbeing.permissions import Role


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def offered(client: FlaskClient, name: str = "area") -> list[str]:
    """Return what a tablet offers."""
    state = client.get("/counter/state?lang=en", headers={"Authorization": f"Bearer {TOKEN}"}).json
    return [choice["label"] for choice in state["choices"][name]]


def test_ada_sees_every_list_and_what_stays_as_it_is(ada: FlaskClient):
    page = ada.get("/admin/lists/").text

    assert all(f'href="/admin/lists/{name.value}"' in page for name in ListName)
    assert "16 entries are offered." in page
    assert "Severity has its three steps at every site" in page
    assert 'href="/admin/lists/"' in ada.get("/admin/").text


@pytest.mark.parametrize("name", ListName)
def test_each_list_is_shown_in_its_order(ada: FlaskClient, name: ListName):
    page = ada.get(f"/admin/lists/{name.value}")

    assert page.status_code == 200
    assert re.findall(r"<h3>(.*?) *</h3>", unescape(page.text)) == offered(ada, name.value)
    assert len(page.text) < 100_000


def test_own_words_reach_the_tablet_and_can_be_taken_back(ada: FlaskClient):
    done = ada.post("/admin/lists/area", data={"rename": "parts", "label": "Parts <and> tyres"})
    assert (done.status_code, done.location) == (302, "/admin/lists/area#parts")
    page = ada.get("/admin/lists/area").text
    assert "Parts &lt;and&gt; tyres" in page and "your words" in page and "Back to “Parts”" in page
    assert "Saved. Tablets show it within a minute." in page
    assert "Parts <and> tyres" in offered(ada)

    ada.post("/admin/lists/area", data={"reset": "parts"})
    assert "Parts" in offered(ada)


def test_an_own_entry_comes_goes_and_comes_again(ada: FlaskClient):
    ada.post("/admin/lists/area", data={"add": "", "label": "Car wash"})
    assert offered(ada)[-1] == "Car wash"
    assert "your own" in ada.get("/admin/lists/area").text

    ada.post("/admin/lists/area", data={"retire": "site_car_wash"})
    page = ada.get("/admin/lists/area").text
    assert "Car wash" not in offered(ada)
    assert "Not offered any more" in page and "since 4 Mar 2026" in page

    ada.post("/admin/lists/area", data={"offer_again": "site_car_wash"})
    assert offered(ada)[-1] == "Car wash"


def test_entries_move_one_place_at_a_time(ada: FlaskClient):
    ada.post("/admin/lists/area", data={"down": "showroom"})
    assert offered(ada)[:3] == ["Service", "Showroom", "Parts"]

    ada.post("/admin/lists/area", data={"up": "parts"})
    assert offered(ada)[:3] == ["Service", "Parts", "Showroom"]
    assert "Saved" not in ada.get("/admin/lists/area").text


def test_words_that_cannot_be_taken_stay_in_the_field_with_the_reason(ada: FlaskClient):
    for asked in ({"add": ""}, {"rename": "parts"}):
        refused = ada.post("/admin/lists/area", data={**asked, "label": "Showroom"})

        assert refused.status_code == 422
        assert refused.text.count("“Showroom” is in this list already.") == 1
        assert 'value="Showroom"' in refused.text and 'aria-invalid="true"' in refused.text
    assert offered(ada) == ["Showroom", "Service", "Parts", "Post-sales support", "Marketing"]


def test_the_way_out_stays(ada: FlaskClient):
    refused = ada.post("/admin/lists/cause", data={"retire": "other"})

    assert refused.status_code == 422
    assert "a way out." in refused.text
    assert 'name="retire" value="other"' not in ada.get("/admin/lists/cause").text
    assert "It stays on the counter" in ada.get("/admin/lists/cause").text


def test_a_full_list_says_so_and_takes_no_more(ada: FlaskClient):
    for number in range(19):
        ada.post("/admin/lists/area", data={"add": "", "label": f"Place {number}"})
    page = ada.get("/admin/lists/area").text

    assert "The list is full" in page and 'id="new-words"' not in page
    assert len(page) < 100_000
    assert ada.post("/admin/lists/area", data={"add": "", "label": "One more"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/admin/lists/area", {}, 400),
        ("/admin/lists/area", {"up": "parts", "down": "parts"}, 400),
        ("/admin/lists/area", {"rename": "nowhere", "label": "Spares"}, 404),
        ("/admin/lists/area", {"retire": "delay"}, 404),
        ("/admin/lists/area", {"rename": "parts"}, 422),
        ("/admin/lists/area", {"rename": "parts", "label": "\x00"}, 422),
        ("/admin/lists/area", {"add": "", "label": "x" * 5000}, 422),
        ("/admin/lists/severity", {"add": "", "label": "Awful"}, 404),
        ("/admin/lists/x", {"add": "", "label": "Spares"}, 404),
    ],
)
def test_nonsense_is_refused_with_the_right_status(ada: FlaskClient, path: str, data: dict, status: int):
    assert ada.post(path, data=data).status_code == status
    assert offered(ada) == ["Showroom", "Service", "Parts", "Post-sales support", "Marketing"]


def test_a_list_that_is_not_there_is_not_found(ada: FlaskClient):
    assert ada.get("/admin/lists/severity").status_code == 404


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_else_reaches_the_lists(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.get("/admin/lists/").status_code == 404
    assert browser.get("/admin/lists/area").status_code == 404
    assert browser.post("/admin/lists/area", data={"add": "", "label": "Spares"}).status_code == 404


def test_an_admin_of_one_site_does_not_change_what_all_sites_read(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Northgate"], role=Role.ADMIN)
        )
        db.session.commit()
    sol = sign_in(client, "sol")

    assert sol.get("/admin/lists/").status_code == 404
    assert sol.post("/admin/lists/area", data={"add": "", "label": "Spares"}).status_code == 404
    assert "/admin/lists/" not in sol.get("/admin/").text
