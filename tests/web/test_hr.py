"""Summaries: HR chooses whole blocks, looks at them, and takes them away."""

import pytest

from tests.reports.ledger import Released, release
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import MoodWord
from wellbeing.permissions import Role


@pytest.fixture
def released(app, site):
    """Two weeks of both large teams."""
    with app.app_context():
        counter, showroom = site.units["Service counter"], site.units["Showroom"]
        release({counter: Released(12, "3.4"), showroom: Released(5, MoodWord.LOW)})
        release({counter: Released(12, "3.5"), showroom: Released(8, "2.0")})


@pytest.fixture
def hilde(client, sign_in, released):
    """HR's browser."""
    return sign_in(client, "hilde")


def asked(site, first=1, last=2, teams=("Service counter", "Showroom")):
    return {"unit": [site.units[team] for team in teams], "from": first, "to": last}


def test_the_page_opens_with_every_unit_and_the_newest_quarter(hilde):
    text = hilde.get("/summaries").text

    assert text.count('type="checkbox"') == text.count(" checked ") == 5
    assert "4 blocks" in text
    assert "Harbour Motors &gt; Northgate &gt; Service counter" in text


def test_before_the_first_release_there_is_nothing_to_choose(site, client, sign_in):
    text = sign_in(client, "hilde").get("/summaries").text

    assert "Nothing has been released yet" in text
    assert "<select" not in text


def test_a_choice_is_shown_and_links_to_its_file(site, hilde):
    text = hilde.get("/summaries", query_string=asked(site, 2, 2, ["Showroom"])).text

    assert "1 block" in text
    assert f"/summaries.csv?unit={site.units['Showroom']}&amp;from=2&amp;to=2&amp;lang=en" in text


def test_units_without_blocks_say_so(site, hilde):
    text = hilde.get("/summaries", query_string=asked(site, teams=["Parts"])).text

    assert "Nothing was released for these units in these weeks." in text
    assert "/summaries.csv" not in text


def test_hr_downloads_whole_blocks(site, hilde):
    answer = hilde.get("/summaries.csv", query_string=asked(site))

    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="second-wind-ticks-1-to-2.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf# Second Wind")
    assert answer.text.count("Harbour Motors > Northgate") == 4


def test_the_same_request_gives_the_same_bytes_in_whatever_language_the_browser_speaks(site, hilde):
    first = hilde.get("/summaries.csv", query_string=asked(site)).data
    second = hilde.get("/summaries.csv", query_string=asked(site), headers={"Accept-Language": "es"}).data

    assert first == second


@pytest.mark.parametrize("language", ["es", "xx", ""])
def test_a_file_can_be_asked_for_in_any_language(site, hilde, language):
    answer = hilde.get("/summaries.csv", query_string=asked(site) | {"lang": language})

    assert answer.status_code == 200
    assert "unit,tick,week_from" in answer.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=1&to=2", "Choose at least one unit."),
        ("unit=abc&from=1&to=2", "A unit in this address is not a number."),
        ("unit=3&from=2&to=1", "The period ends before it begins."),
        ("unit=3&from=1&to=99", "There is no such week in the ledger."),
        ("unit=3&from=0&to=1", "There is no such week in the ledger."),
        ("unit=3&from=abc&to=1", "There is no such week in the ledger."),
        ("unit=3", "There is no such week in the ledger."),
        ("unit=3&from=1&to=99999999999999999999", "There is no such week in the ledger."),
        ("&".join(["unit=3"] * 1001) + "&from=1&to=2", "Choose at most 1000 units at a time."),
    ],
)
@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_a_bad_choice_is_named(hilde, path, query, sentence):
    answer = hilde.get(f"{path}?{query}")

    assert answer.status_code == 400
    assert sentence in answer.text


@pytest.mark.parametrize("query", ["&".join(["unit=3"] * 10_000), "unit=" + "9" * 1_000_000])
@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_an_endless_address_is_refused(hilde, path, query):
    answer = hilde.get(f"{path}?{query}&from=1&to=2")

    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_units_of_others_do_not_exist(app, site, released, client, sign_in, path):
    with app.app_context():
        grant = RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Showroom"], role=Role.HR)
        db.session.add(grant)
        db.session.commit()
    sol = sign_in(client, "sol")

    assert sol.get(path, query_string=asked(site, teams=["Showroom"])).status_code == 200
    assert sol.get(path, query_string=asked(site)).status_code == 404
    assert sol.get(path, query_string={"unit": 999, "from": 1, "to": 2}).status_code == 404


@pytest.mark.parametrize("name", ["alba", "sol", "ada"])
@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_only_hr_takes_figures_away(site, released, client, sign_in, name, path):
    assert sign_in(client, name).get(path, query_string=asked(site)).status_code == 404


@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_somebody_not_signed_in_is_asked_to(site, client, path):
    assert client.get(path).status_code == 302


def test_a_unit_called_like_a_script_or_a_formula_stays_text(app, site, hilde):
    with app.app_context():
        db.session.get(Unit, site.units["Harbour Motors"]).name = "=cmd<script>alert(1)</script>"
        db.session.commit()

    assert "<script>alert" not in hilde.get("/summaries").text
    assert "\r\n'=cmd<script>" in hilde.get("/summaries.csv", query_string=asked(site)).text
