"""Help and the plain words about an answer: open to everybody, at any time."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext

from tests.answers import House, change
from tests.cast import Cast
from wellbeing import appointed, plain_words
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.plain_words import Ranking


def test_anybody_finds_help_without_signing_in(client: FlaskClient, site: Cast):
    page = client.get("/help")

    assert page.status_code == 200
    assert all(
        words in page.text for words in ("Marta, 2nd floor", "116 123", "988", "112", "findahelpline.com")
    )


def test_help_is_there_before_the_site_is_set_up(client: FlaskClient):
    page = client.get("/help")

    assert page.status_code == 200
    assert "116 123" in page.text


def test_help_speaks_the_language_that_is_asked_for(client: FlaskClient, site: Cast):
    assert "Reino Unido" in client.get("/help?lang=es").text


def test_asking_for_help_leaves_no_trace(app: Flask, site: Cast, caplog):
    page = app.test_client().get("/help")

    assert "Nothing on this page is recorded" in page.text
    assert not caplog.records


# What the specification of anonymity wants to be said plainly, line by line, by the beginning of its text.
SAID_PLAINLY = (
    "Colleagues who tell each other their answers can work out those of the others.",
    "A low figure means that the people in it are probably low.",
    "If your manager already knows that something happened to you, the figure of a team of 12 or fewer",
    "Organisations under 20 people never see the four-week words.",
    "Whoever may create accounts, and waits ",
    "Over a year, somebody who knows exactly who answered each time can roughly order a team by mood.",
    "That you take part is not hidden.",
    "Whoever runs the server can read answers that still wait",
    "A released answer cannot be withdrawn.",
    "It is confidential, and shown anonymously. It is not “anonymous”",
)


def texts(app: Flask) -> list[str]:
    """Return the whole texts that begin as the specification wants, as the code says them."""
    page = app.test_client().get("/what-happens?lang=en").text
    said = [" ".join(unescape(line).split()) for line in re.findall(r"<li>(.*?)</li>", page, re.S)]
    return [next(line for line in said if line.startswith(beginning)) for beginning in SAID_PLAINLY]


def test_everything_that_must_be_said_plainly_is_said(app: Flask, site: Cast):
    assert len(texts(app)) == 10


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_said_in_every_language(app: Flask, client: FlaskClient, site: Cast, language: str):
    page = " ".join(unescape(client.get(f"/what-happens?lang={language}").text).split())
    source, _name, _loaded = app.jinja_env.loader.get_source(app.jinja_env, "help/what_happens_more.html")
    msgids = [text for text in re.findall(r'_\("(.*?)"[,)]', source) if text.startswith(SAID_PLAINLY)]

    assert len(msgids) == len(SAID_PLAINLY)
    for msgid in msgids:
        with app.test_request_context(f"/?lang={language}"):
            pieces = re.split(r"%\(\w+\)s", gettext(msgid))
        assert all(piece in page for piece in pieces), msgid


def test_it_fits_the_site(client: FlaskClient, house: House):
    page = client.get("/what-happens").text
    assert "On Monday 9 March at 04:00, if at least 5 people" in page
    assert "next on Monday 30 March" in page
    assert "After each Monday" in page
    assert "from 7 people who can count" in page
    assert "Whoever may create accounts, and waits 14 days, can make up people" in page

    db.session.rollback()
    change(house, sa.update(Settings).values(people_needed=6, own_pool_from=9, tick_days=14))
    change(house, sa.update(Settings).values(activation_days=30))
    page = client.get("/what-happens").text
    assert "if at least 6 people" in page
    assert "and waits 30 days" in page
    assert "After every second Monday" in page
    assert "take back the answers of these two weeks until" in page
    assert "Take back these two weeks" in page and "this week" not in page.partition("<details")[0]
    assert "from 9 people who can count" in page


@pytest.mark.parametrize("door", ["/what-happens", "/counter"])
def test_where_nobody_counts_it_promises_no_figure(client: FlaskClient, house: House, door: str):
    sol = house.cast.people["Sol"]
    change(house, sa.update(Person).where(Person.id != sol).values(active=False))
    page = client.get(door).text

    assert "Fewer than 7 people here can count." in page
    assert "your answer is kept nowhere but in your own diary" in page
    assert "Your answer waits" not in page and "your manager sees only" not in page.lower()
    assert 'id="what-happens-more"' not in page


@pytest.mark.parametrize("door", ["/what-happens", "/counter"])
def test_whoever_does_not_count_reads_that_first(client: FlaskClient, house: House, door: str):
    page = client.get(door).text

    assert page.index("Then it does not count") < page.index("Your answer waits")


def test_it_can_be_read_before_the_site_is_set_up(client: FlaskClient):
    page = client.get("/what-happens")

    assert page.status_code == 200
    assert "On Monday at 04:00, if at least 5 people" in page.text


def test_the_figures_in_it_are_those_that_the_attacks_found(client: FlaskClient, site: Cast, monkeypatch):
    found = plain_words.found()
    page = client.get("/what-happens?lang=en").text
    assert f"a correlation of {found.weekly.low}, and {found.weekly.high} with holidays" in page
    assert f"{found.moods} of 5 moods stay possible" in page

    changed = replace(found, weekly=Ranking(Decimal("0.44"), Decimal("0.55")), moods="3")
    monkeypatch.setattr(plain_words, "found", lambda: changed)
    assert "0,44" in client.get("/what-happens?lang=es").text
    assert "3 of 5 moods" in client.get("/what-happens?lang=en").text


def test_the_short_form_comes_first_and_the_long_one_is_folded(client: FlaskClient, site: Cast):
    short, _mark, more = client.get("/what-happens").text.partition('id="what-happens-more"')

    assert short.count("<li>") == 5
    assert more.count("<details") == 6
    assert len(short) + len(more) < 17_500


@pytest.mark.parametrize("path", ["/", "/sign-in", "/help", "/what-happens", "/no-such-page"])
def test_every_page_leads_to_it(client: FlaskClient, site: Cast, path: str):
    assert 'href="/what-happens"' in client.get(path).text


def test_the_tablet_has_the_short_form_with_it(client: FlaskClient, site: Cast):
    page = client.get("/counter").text

    assert "if at least 5 people" in page.split('<template id="what-happens">')[1]
    assert "together with at least 4 others, once a week" in page


def test_a_strict_site_promises_two_weeks_on_the_tablet(client: FlaskClient, house: House):
    change(house, sa.update(Settings).values(tick_days=14))

    page = client.get("/counter").text
    assert "at least 4 others, every two weeks" in page
    assert "Take back these two weeks?" in page and "Take back this week" not in page


def test_it_says_what_happens_when_somebody_is_at_serious_risk(client: FlaskClient, site: Cast):
    assert "If somebody is at serious risk" in client.get("/help").text


def test_it_offers_to_ask_for_contact_only_where_somebody_reads_it(
    app: Flask, client: FlaskClient, site: Cast
):
    assert 'href="/help/contact"' not in client.get("/help").text
    with app.app_context():
        hilde = db.session.get_one(Person, site.people["Hilde"])
        appointed.appoint(db.session(), ReaderOf.CONTACT, hilde)

    page = client.get("/help").text
    assert 'href="/help/contact"' in page
    assert 'href="/incident"' in page
