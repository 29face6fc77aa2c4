"""Whoever chooses Spanish reads Spanish: on every page, in every answer, at the tablet, in HR's file.

A text that is the same in both languages is one that the translators never saw, unless it is data.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import permutations

import pytest
from babel.messages import Catalog
from flask.testing import FlaskClient

from scripts import translations
from tests.cast import TEAMS, TOKEN
from tests.reports.ledger import Released, held, release
from tests.wording import SAME_EVERYWHERE, Reader, has_word, pairs
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import shipped
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports.exports import COLUMNS

# Places in a figure.
PLOTLY = {"middle right"}
# Files have tests of their own; a page is followed.
TEXT = re.compile(r"/admin/content/(\w+)/(?!new)")
FILE = re.compile(r"\.(?:csv|json|pdf|xlsx)\b")


@pytest.fixture
def past(app, site) -> None:
    """Weeks in figures, in words and not shown."""
    counter, showroom = site.units["Service counter"], site.units["Showroom"]
    with app.app_context():
        release({counter: Released(12, "3.4", 5, CountWord.FEW), showroom: Released(5, MoodWord.HIGH)})
        release({counter: Released(12, "3.6", CountWord.MOST, 4), showroom: Released(8, "4.0")})
        held()


@pytest.fixture
def data(site) -> set[str]:
    """What is the same in both languages: names, cells of HR's file, and words that Spanish shares."""
    people = {f"{name} Vale" for name in site.people}
    people |= {f"{name}{mark}{unit}" for name in people for mark in (" · ", ". ") for unit in site.units}
    paths = {f"Harbour Motors > Northgate > {team}" for team in TEAMS}
    paths |= {f"Northgate · {team}" for team in TEAMS} | {f"{team} · Northgate" for team in TEAMS}
    paths |= {"Harbour Motors > Northgate"}
    file = {*COLUMNS, "few", "most", "low", "middle", "high", "8 to 11", "5 to 7", "12 to 19"}
    settings = {"http://localhost/sign-in/company/back", "Harbour Motors · Europe/Madrid"}
    settings |= {
        "SQLite",
        "Admin · Harbour Motors",
        "Front desk · Service counter",
        "Front desk",
        "Marta, 2nd floor",
        "Europe/Madrid",
    }
    # Authors and sources are the same in every language.
    plain_words = [found.words["plain"] for kind in KINDS for found in shipped(kind)]
    quoted = {str(text) for found in plain_words for text in found.values()}
    # A role that has one name in both, and its unit.
    settings |= quoted | {"· Northgate · Harbour Motors", "· Harbour Motors", "Admin: Harbour Motors"}
    lists = {", ".join(some) for number in (2, 3, 4) for some in permutations(site.units, number)}
    lists |= {f"· {name}" for name in site.units}
    names = lists | people | paths | file | settings | set(site.units) | SAME_EVERYWHERE
    return {plain(text) for text in names | alike(translations.catalogue("es"))}


def alike(spanish: Catalog) -> set[str]:
    found = (pair for message in spanish if message.id for pair in pairs(message))
    return {english for english, translation in found if english == translation}


def plain(text: str) -> str:
    """Return a text without its figures, or the gaps where they will be."""
    return re.sub(r"%\(\w+\)s|[\d.,]+", "0", text)


def words_of(html: str) -> set[str]:
    """Return what a page says, the strings of its scripts and figures included."""
    blocks = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.S)
    told = {text for block in blocks for text in strings_in(json.loads(block)) if is_for_people(text)}
    return {plain(text.removesuffix(" · Second Wind")) for text in Reader(html).found | told}


def strings_in(value: object) -> Iterator[str]:
    """Yield every string of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


def is_for_people(text: str) -> bool:
    """Tell a word or a sentence from the colours and names of Plotly."""
    return text not in PLOTLY and bool(re.search(r"[a-z] |^[A-Z][a-z]+\b", text))


def left_in_english(asked: Callable[[str], set[str]], data: set[str]) -> set[str]:
    """Return the words that are the same whichever language is asked for, and are no data."""
    return {text for text in asked("en") & asked("es") if has_word(text)} - data


def speak(browser: FlaskClient, language: str) -> None:
    """Choose a language as people do; the counter takes its own from the address."""
    assert browser.post("/language", data={"language": language}).status_code == 302


def pages_from(browser: FlaskClient) -> set[str]:
    """Return the address of every page that somebody can reach by following links; of texts one of a kind."""
    found: set[str] = set()
    kinds: set[str] = set()
    waiting = ["/", "/sign-in", "/first-time", "/help", "/what-happens", "/counter", "/no-such-page"]
    while waiting:
        address = waiting.pop()
        kind = TEXT.match(address)
        if address not in found and not (kind and kind[1] in kinds):
            kinds |= {kind[1]} if kind else set()
            found.add(address)
            links = re.findall(r'<a [^>]*href="(/[^"]*)"', browser.get(address, follow_redirects=True).text)
            waiting += [link.partition("?")[0] for link in links if not FILE.search(link)]
    return found


@pytest.mark.parametrize("name", ["nobody", "sol", "alba", "hilde", "ada"])
def test_nobody_reads_english_on_a_spanish_page(client, past, data, sign_in, name):
    browser = client if name == "nobody" else sign_in(client, name)

    for address in pages_from(browser):

        def asked(language: str, address: str = address) -> set[str]:
            speak(browser, language)
            return words_of(browser.get(f"{address}?lang={language}", follow_redirects=True).text)

        assert left_in_english(asked, data) == set(), address


@pytest.mark.parametrize(
    ("name", "address", "form"),
    [
        ("nobody", "/sign-in", {"login": "alba", "password": "wrong"}),
        ("nobody", "/sign-in", {}),
        ("nobody", "/first-time", {"code": "AAAA-AAAA"}),
        ("nobody", "/first-time", {"code": "A\0"}),
        ("alba", "/people/pin-code", {"person": "Sol"}),
        ("alba", "/people/password-code", {"person": "Sol"}),
        ("alba", "/tablets/code", {"unit": "Service counter"}),
        ("alba", "/people/pin-code", {"person": "0"}),
        ("ada", "/sign-out", {}),
    ],
)
def test_nobody_is_answered_in_english(client, site, data, sign_in, name, address, form):
    ids = {**site.people, **site.units}
    sent = {field: ids.get(value, value) for field, value in form.items()}

    def asked(language: str) -> set[str]:
        browser = client if name == "nobody" else sign_in(client, name)
        speak(browser, language)
        return words_of(browser.post(address, data=sent, follow_redirects=True).text)

    assert left_in_english(asked, data) == set()


@pytest.mark.parametrize("weeks", ["0", "many"])
def test_a_wrong_address_is_refused_in_spanish(client, site, data, sign_in, weeks):
    browser = sign_in(client, "alba")
    address = f"/team/{site.units['Service counter']}?weeks={weeks}"

    assert (
        left_in_english(lambda language: words_of(browser.get(f"{address}&lang={language}").text), data)
        == set()
    )


def test_hr_takes_the_rules_away_in_spanish(client, site, past, sign_in):
    browser = sign_in(client, "hilde")
    address = f"/summaries.csv?unit={site.units['Service counter']}&from=1&to=2"

    def rules(language: str) -> set[str]:
        lines = browser.get(f"{address}&lang={language}").text.splitlines()
        return {line for line in lines if line.startswith("#")}

    assert len(rules("es")) > 10
    assert rules("en") & rules("es") == set()


def test_a_tablet_offers_its_choices_in_spanish(client, site, data):
    def asked(language: str) -> set[str]:
        state = client.get(
            f"/counter/state?lang={language}", headers={"Authorization": f"Bearer {TOKEN}"}
        ).json
        # A quotation stays in the language it was written in; keys are for the script.
        lists = state["choices"].values()
        shown = [choice for found in lists for choice in found if isinstance(choice, dict)]
        return {plain(text) for choice in shown for name, text in choice.items() if name != "key"}

    assert len(asked("es")) > 40
    assert left_in_english(asked, data) == set()


@pytest.mark.parametrize(
    "sent",
    [
        [],
        {"act": "dance"},
        {"act": "who"},
        {"act": "who", "person": 0, "pin": "2468"},
        {"act": "who", "person": 1, "pin": "12"},
        {"act": "who", "person": 1, "pin": "9999"},
        {"act": "check_in", "person": 1, "pin": "9999", "mood": 6},
        {"act": "break", "person": 1, "pin": "9999", "kind": "nap", "minutes": 5},
        {"act": "choose_pin", "code": "AAAA-AAAA", "pin": "2468"},
        {"act": "cover_taken", "cover": 99},
        {"act": "told", "audience": 99, "told": True},
        {"act": "told", "audience": 1, "told": "yes"},
        {"act": "undo", "handles": ["x"]},
    ],
)
def test_a_tablet_is_refused_in_spanish(client, site, sent):
    def sentence(language: str) -> str:
        body = {"id": "one-id", **sent} if isinstance(sent, dict) else sent
        headers = {"Authorization": f"Bearer {TOKEN}", "Accept-Language": language}
        answer = client.post("/counter/act", json=body, headers=headers)
        assert answer.status_code >= 400
        return str(answer.json["error"])

    assert sentence("en") != sentence("es")


def test_a_tablet_that_nobody_knows_is_told_so_in_spanish(client, site):
    answer = client.get("/counter/state?lang=es")

    assert "no está dada de alta" in answer.json["error"]
