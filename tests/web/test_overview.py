"""The pages of sites and the organisation: what they show to whom, and what nonsense they refuse."""

import re

import pytest

from tests.reports.ledger import Released, release
from wellbeing.models.access_log import AccessEntry
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db

SCRIPT = "</script><script>alert(1)</script>"
LONG = "Internacionalización-de-la-recepción-de-vehículos"


@pytest.fixture
def released(app, site):
    """One week of two teams, and one of what small teams have together."""
    with app.app_context():
        counter, showroom, top = (
            site.units[name] for name in ("Service counter", "Showroom", "Harbour Motors")
        )
        release({counter: Released(12, "3.4"), showroom: Released(12, "2.2"), top: Released(12, "3.1")})


@pytest.fixture
def hilde(client, sign_in):
    """The browser of HR."""
    return sign_in(client, "hilde")


def page(browser, site, query="", name="Harbour Motors"):
    return browser.get(f"/team/{site.units[name]}{query}")


def test_hr_sees_every_team_before_the_figure_of_small_teams(site, released, hilde):
    text = page(hilde, site).text

    assert "Figures of last week were released for 2 of 3 teams." in text
    assert text.index("Mood by team and week") < text.index("Team by team") < text.index('id="own"')
    assert "never by figure" in text
    assert "In the figure of small teams in Harbour Motors." in text
    assert 'aria-label="Mood week by week, newest: 3.4"' in text


def test_teams_link_to_their_pages_and_sites_stand_above_them(site, released, hilde):
    text = page(hilde, site).text

    for name in ("Northgate", "Parts", "Service counter", "Showroom"):
        assert text.count(f'href="/team/{site.units[name]}">{name}</a>') == 2, name


def test_a_manager_of_a_team_finds_no_page_of_its_site(site, released, client, sign_in):
    assert page(sign_in(client, "max"), site, name="Northgate").status_code == 404


def test_a_page_before_any_release_has_no_empty_table(site, hilde):
    text = page(hilde, site).text

    assert "Nothing has been released for Harbour Motors yet." in text
    assert "Team by team" not in text
    assert "How many weeks" not in text


def test_an_organisation_without_teams_says_where_they_come_from(app, site, hilde):
    with app.app_context():
        away = Unit(name="Away", level=Level.SITE, parent_id=site.units["Harbour Motors"])
        db.session.add(away)
        db.session.commit()
        number = away.id

    text = hilde.get(f"/team/{number}").text

    assert "Away has no teams." in text
    assert "Teams come with the list of people" in text
    assert "no teams yet" in page(hilde, site).text


def test_somebody_finds_a_team_by_its_name(site, released, hilde):
    text = page(hilde, site, "?q=show").text

    assert "1 unit with “show” in its name" in text
    assert f'href="/team/{site.units["Parts"]}"' not in text


def test_nobody_is_found_in_plain_words(site, released, hilde):
    answer = page(hilde, site, "?q=<b>nobody")

    assert answer.status_code == 200
    assert "No site or team below Harbour Motors has “&lt;b&gt;nobody” in its name." in answer.text
    assert "Show all units" in answer.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"?q={'x' * 81}", "of at most 80 letters"),
        ("?q=a&q=b", "one name at a time"),
        ("?page=0", "whole number from 1 on"),
        ("?page=-1", "whole number from 1 on"),
        ("?page=x", "whole number from 1 on"),
        ("?page=1&page=2", "whole number from 1 on"),
        ("?page=2", "The last page is page 1."),
        ("?page=999999", "The last page is page 1."),
        ("?weeks=157", "whole number from 1 to 156"),
        ("?from=2030-01-01", "Nothing was released for those days."),
    ],
)
def test_nonsense_is_refused_in_a_sentence(site, released, hilde, query, sentence):
    answer = page(hilde, site, query)

    assert answer.status_code == 400
    assert answer.text.index(sentence) < answer.text.index("Mood by team and week")


def test_nonsense_is_named_where_nothing_was_released_or_no_team_is(app, site, hilde):
    with app.app_context():
        away = Unit(name="Away", level=Level.SITE, parent_id=site.units["Harbour Motors"])
        db.session.add(away)
        db.session.commit()
        number = away.id

    for address in (f"/team/{number}", f"/team/{site.units['Northgate']}"):
        answer = hilde.get(f"{address}?from=soon")
        assert answer.status_code == 400
        assert answer.text.count("Choose one day for each end of the period") == 1


def test_a_megabyte_of_a_name_is_too_much(site, released, hilde):
    assert page(hilde, site, f"?q={'x' * 1_000_000}").status_code == 413


def test_pages_keep_the_name_and_the_weeks(app, site, released, hilde):
    with app.app_context():
        teams = [
            Unit(name=f"Bay {at}", level=Level.TEAM, parent_id=site.units["Northgate"]) for at in range(70)
        ]
        db.session.add_all(teams)
        db.session.commit()

    text = page(hilde, site, "?q=bay&page=2&weeks=1").text

    assert "Page 2 of 3, 70 units" in text
    links = re.findall(r'rel="(?:prev|next)" href="([^"]+)"', text)
    assert [sorted(link.partition("?")[2].split("&amp;")) for link in links] == [
        ["page=1", "q=bay", "weeks=1"],
        ["page=3", "q=bay", "weeks=1"],
    ]
    assert 'href="?weeks=26&amp;page=2&amp;q=bay"' in text
    assert '<input type="hidden" name="weeks" value="1">' in text
    assert "(continued)" in text


def test_the_sites_are_listed_where_not_all_units_fit_one_page(app, site, released, hilde):
    with app.app_context():
        teams = [
            Unit(name=f"Bay {at}", level=Level.TEAM, parent_id=site.units["Northgate"]) for at in range(40)
        ]
        db.session.add_all(teams)
        db.session.commit()

    text = page(hilde, site).text

    assert "Go to a site" in text
    assert 'rel="prev"' not in text


def test_a_unit_called_like_a_script_and_a_long_one_stay_text(app, site, released, hilde):
    with app.app_context():
        db.session.get(Unit, site.units["Service counter"]).name = SCRIPT
        db.session.get(Unit, site.units["Northgate"]).name = LONG
        db.session.commit()

    text = page(hilde, site).text

    assert "alert(1)</script>" not in text
    assert text.count("&lt;/script&gt;") >= 2
    assert LONG in text


def test_every_unit_whose_figures_are_shown_is_noted_as_opened(app, site, released, hilde):
    page(hilde, site)

    with app.app_context():
        noted = {entry.unit_id for entry in db.session.query(AccessEntry)}
    assert noted == {site.units[name] for name in ("Harbour Motors", "Service counter", "Showroom")}


def test_the_same_page_has_the_same_bytes(site, released, hilde):
    assert page(hilde, site).data == page(hilde, site).data
