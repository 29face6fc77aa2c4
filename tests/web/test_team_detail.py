"""The four-week words on the page of a team: everybody who may open it reads the same."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.reports.four_weeks import four_weeks
from tests.web.test_team import SCRIPT
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.models.settings import Settings

FEW, SOME, MOST = ShareWord.FEW, ShareWord.SOME, ShareWord.MOST
WORDS = {Question.CHANNEL: {"phone": MOST, "email": SOME, "web": FEW}, Question.AREA: {"parts": FEW}}


@pytest.fixture
def told(app: Flask, site: Cast) -> None:
    """Four weeks with words of the service counter alone, and of Northgate for the teams that had too few."""
    with app.app_context():
        four_weeks({site.units["Service counter"]: WORDS, site.units["Northgate"]: WORDS})


@pytest.fixture
def section(app: Flask, client: FlaskClient, site: Cast, sign_in):
    """Open a unit's page as somebody and return what it says of rough interactions, as plain text."""

    def read(login: str, team: str = "Service counter", language: str = "en") -> str:
        browser: FlaskClient = sign_in(app.test_client(), login)
        text = browser.get(f"/team/{site.units[team]}?lang={language}").text
        found = " ".join(re.findall('<section class="card detail".*?</section>', text, re.S))
        return " ".join(unescape(re.sub("<[^>]+>", " ", found)).split())

    return read


def test_a_manager_hr_and_staff_read_the_same_words(told, section):
    read = {section(login) for login in ("alba", "sol", "hilde")}

    assert len(read) == 1
    (text,) = read
    assert "Channel Phone most E-mail some Area Few people, or nobody, for each answer." in text
    assert "Few people, or nobody Channel Web enquiry or chat Area Parts" in text


def test_a_small_team_reads_the_words_of_its_site_and_why(told, section):
    text = section("tess", "Parts")

    assert "Parts had too few people for words of its own." in text
    assert "These are of everybody in Northgate whose team had too few." in text


def test_where_nothing_was_released_the_page_says_so(app, site, section):
    with app.app_context():
        four_weeks({})

    text = section("sol")
    assert "Nothing is shown: fewer than 20 people took part" in text
    assert "most" not in text.split("Nothing is shown")[0]


def test_own_words_of_a_site_stay_text(app, client, site, sign_in):
    with app.app_context():
        db.session.add(ListEntry(list_name=ListName.AREA, key="parts", position=0, label=SCRIPT))
        four_weeks({site.units["Service counter"]: {Question.AREA: {"parts": SOME}}})

    text = sign_in(client, "sol").get(f"/team/{site.units['Service counter']}").text

    assert "alert(1)</script>" not in text
    assert "&lt;/script&gt;" in text


def test_it_is_said_in_spanish(told, section):
    text = section("sol", language="es")

    assert text.startswith("De qué iban los tratos difíciles")
    assert "Teléfono mayoría" in text
    assert "Las próximas palabras" in text


def test_an_organisation_too_small_for_figures_is_promised_nothing(app, site, told, section):
    assert section("hilde", "Showroom")
    with app.app_context():
        db.session.get_one(Settings, 1).own_pool_from = 99
        db.session.commit()

    assert section("hilde", "Showroom") == ""


def test_equal_answers_are_one_line_and_no_bars(app, site, section):
    with app.app_context():
        told = {
            Question.CAUSE: {"delay": MOST, "price": MOST},
            Question.CHANNEL: {"phone": SOME, "email": SOME},
            Question.BEHAVIOUR: {"rude": SOME, "shouted": FEW},
            Question.AREA: {"parts": SOME, "service": FEW, "showroom": FEW},
        }
        four_weeks({site.units["Service counter"]: told})

    text = section("sol")
    assert "Most people for each of these: Delay or late status · Price, charge or quote." in text
    assert "Nothing stands out. Some people for each of these: Phone · E-mail." in text
    assert "Some people: Rude, short, ignored me, hung up." in text
    assert "Nothing stands out in these four weeks" not in text


def test_where_nothing_stands_out_the_page_says_so_once_and_folds_the_rest(app, client, site, sign_in):
    told = {
        Question.CHANNEL: {"phone": SOME, "email": SOME},
        Question.BEHAVIOUR: {"rude": SOME, "shouted": FEW},
        Question.SPILLOVER: {"with_break": SOME, "without_break": SOME},
    }
    with app.app_context():
        four_weeks({site.units["Service counter"]: told})

    text = sign_in(client, "sol").get(f"/team/{site.units['Service counter']}").text
    card = re.search('<section class="card detail".*?</section>', text, re.S)[0]

    shown, _fold, folded = card.partition("<details>")
    assert "Nothing stands out in these four weeks." in shown and "Phone" not in shown
    assert "Phone" in folded and "Shouted or insulted" in folded and "Not shown, because" in folded
    assert 'id="detail-rest"' not in text
