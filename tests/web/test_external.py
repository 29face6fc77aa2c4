"""Figures for outside the company: sums with noise, on a page and in a file that never changes."""

import pytest
import time_machine

from tests.cast import NOW
from tests.reports.ledger import Released, release
from wellbeing.models.base import db
from wellbeing.models.ledger import NoisyBlock


@pytest.fixture
def released(app, site):
    """Three weeks of two teams; in the second they are too few for a reader outside."""
    with app.app_context():
        counter, showroom = site.units["Service counter"], site.units["Showroom"]
        release({counter: Released(20), showroom: Released(12)})
        release({counter: Released(12), showroom: Released(8)})
        release({counter: Released(20), showroom: Released(12)})
        for position in range(1, 7):
            db.session.add(NoisyBlock(position=position, people=20, mood_sum=8, rough=5, breaks=10))
        db.session.commit()


@pytest.fixture
def hilde(client, sign_in, released):
    """HR's browser."""
    return sign_in(client, "hilde")


def asked(site, first=1, last=3, teams=("Service counter", "Showroom")):
    return {"unit": [site.units[team] for team in teams], "from": first, "to": last}


def test_hr_sees_what_would_leave_the_company(site, hilde):
    text = hilde.get("/summaries/external", query_string=asked(site)).text

    assert "80 ± 24" in text
    assert "3.4 ± 0.7" in text
    assert text.count("not shown") == 1
    assert "/summaries/external.csv?unit=" in text


def test_the_file_has_its_meaning_above_its_figures(site, hilde):
    response = hilde.get("/summaries/external.csv", query_string=asked(site))
    lines = response.text.splitlines()

    assert response.headers["Content-Disposition"].endswith('"second-wind-external-ticks-1-to-3.csv"')
    assert any(
        "Epsilon is 0.25 for each of 4 figures and so 1 for a person in a week." in line for line in lines
    )
    assert (
        "# Units: Harbour Motors > Northgate > Service counter; Harbour Motors > Northgate > Showroom."
        in lines
    )
    assert lines[-4].startswith("1,2026-03-02,2026-03-08,40,17,3.4,0.9,0.25,")
    assert lines[-3] == "2,2026-03-09,2026-03-15,,,,,,,,"
    assert lines[-1].startswith("all shown weeks,,,80,")


def test_the_same_request_gives_the_same_bytes_next_year_too(site, hilde, client, sign_in):
    before = hilde.get("/summaries/external.csv", query_string=asked(site)).data
    with time_machine.travel(NOW.replace(year=NOW.year + 1)):
        sign_in(client, "hilde")
        assert client.get("/summaries/external.csv", query_string=asked(site)).data == before


def test_the_address_names_the_language(site, hilde):
    spanish = hilde.get("/summaries/external.csv", query_string=asked(site) | {"lang": "es"})

    assert spanish.status_code == 200


def test_too_few_votes_are_not_shown_and_no_file_is_offered(site, hilde):
    text = hilde.get("/summaries/external", query_string=asked(site, 2, 2)).text

    assert "In none of these weeks are 25 votes certain." in text
    assert "/summaries/external.csv" not in text


def test_before_the_first_release_there_is_nothing_to_choose(site, client, sign_in):
    assert "Nothing has been released yet" in sign_in(client, "hilde").get("/summaries/external").text


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ({"from": 3, "to": 1}, "The period ends before it begins."),
        ({"from": 1, "to": 99}, "There is no such week in the ledger."),
        ({"unit": "=cmd"}, "A unit in this address is not a number."),
        ({"unit": []}, "Choose at least one unit."),
        ({"unit": list(range(10_000))}, None),
    ],
)
def test_nonsense_gets_a_clear_sentence(site, hilde, question, why):
    for address in ("/summaries/external", "/summaries/external.csv"):
        response = hilde.get(address, query_string=asked(site) | question)
        assert response.status_code == (400 if why else 413)
        assert why is None or why in response.text


def test_a_unit_of_nobody_is_not_found(site, hilde):
    for address in ("/summaries/external", "/summaries/external.csv"):
        assert hilde.get(address, query_string=asked(site) | {"unit": 999}).status_code == 404


def test_a_manager_takes_nothing_out_of_the_company(site, client, sign_in, released):
    sign_in(client, "alba")

    assert client.get("/summaries/external").status_code == 404
    assert client.get("/summaries/external.csv", query_string=asked(site)).status_code == 404


def test_where_nobody_may_read_the_noise_the_page_says_what_to_do(app, site, hilde):
    app.extensions["reading_noise"] = None

    response = hilde.get("/summaries/external", query_string=asked(site))

    assert response.status_code == 503
    assert "EXTERNAL_DATABASE_URL" in response.text
