"""The apology coach and the lines as pages: whole without scripts, open to anybody, and light."""

import json
import re
from html import unescape
from posixpath import dirname, join, normpath

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.answers import House, change
from tests.cast import Cast
from tests.web.test_weight import HEADERS, fetched, files_of
from wellbeing.content.kinds import COACHED, KINDS, THEMES
from wellbeing.content.shipped import shipped
from wellbeing.models.content import ContentEntry, Origin

PAGES = ("/coach", "/lines")
LIGHT = 100_000  # bytes
WORDED = (
    "Thank the customer for bringing the issue to your attention",
    "Use empathy",
    "Acknowledge them",
    "Offer a genuine apology",
    "Work with them to come up with a solution",
)


def read(client: FlaskClient, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return unescape(answer.text)


def without_scripts(page: str) -> str:
    return re.sub(r"<script.*?</script>", "", page, flags=re.S)


def test_without_scripts_the_coach_is_read_from_three_breaths_to_whether_they_matter(
    client: FlaskClient, site: Cast
):
    page = without_scripts(read(client, "/coach?lang=en"))
    places = [page.index(title) for title in ("Three breaths", "Have they finished?", *WORDED)]

    assert places == sorted(places)
    assert "Would you feel better with the solution you are offering?" in page
    assert "Did they leave knowing they matter?" in page
    assert "When it is not our doing" in page and "When you can’t fix it now" in page


def test_a_phrase_to_avoid_stands_at_its_step_beside_what_to_say_instead(client: FlaskClient, site: Cast):
    page = without_scripts(read(client, "/coach?lang=en"))

    assert {entry.words["plain"]["step"] for entry in shipped("avoid")} <= set(COACHED)
    apology = page[page.index('id="step-apologise"') :].partition("</li>")[0]
    assert "I’m sorry you feel that way." in apology
    assert "I’m sorry that this happened to you." in apology


def test_every_screen_of_the_flow_has_its_words_in_both_languages():
    keys = {entry.key: entry.words for entry in shipped("coach_step")}

    assert set(COACHED) | {"breaths", "not-ours", "not-now", "shoes", "mattered"} <= set(keys)
    asking = ("listen", "shoes", "need-heard", "need-acknowledged", "need-not-again", "mattered")
    assert all(keys[key][language]["question"] for key in asking for language in ("en", "es"))


def test_a_line_that_may_be_untrue_is_marked_and_has_its_true_twin_beside_it(client: FlaskClient, site: Cast):
    page = without_scripts(read(client, "/lines?lang=en"))
    entries = [entry.words["plain"] | entry.words["en"] for entry in shipped("line")]
    doubtful = [entry for entry in entries if entry.get("only_if_true")]

    assert len(doubtful) >= 3
    assert page.count("Only if true") == page.count("True in any case") == len(doubtful)
    for entry in doubtful:
        beside = page[page.index(f"<p>{entry['text']}</p>") :].partition("</section>")[0]
        assert f"<p>{entry['twin']}</p>" in beside
    assert {entry["theme"] for entry in entries} == set(THEMES)


def test_the_words_of_the_site_stand_in_place_of_the_shipped_ones(client: FlaskClient, house: House):
    words = {"en": {"title": "Say thanks", "text": "Before anything else."}}
    row = {"kind": "coach_step", "key": "thank", "words": words, "origin": Origin.SITE, "offered": True}
    change(house, sa.insert(ContentEntry).values(**row, position=2))

    page = read(client, "/coach?lang=en")
    assert "Say thanks" in without_scripts(page) and WORDED[0] not in page
    texts = json.loads(re.findall(r'id="coach-texts">(.*?)</script>', page, re.S)[0])
    assert {"strings", "coach_step", "avoid", "practice", "line"} == set(texts)
    assert {line["theme"] for line in texts["line"]} == {"lead"}
    assert texts["strings"]["live_hint"].endswith("Call 112.")


def test_where_a_site_took_all_lines_away_the_page_says_so(client: FlaskClient, house: House):
    for position, entry in enumerate(shipped("line")):
        row = {"kind": "line", "key": entry.key, "words": {}, "origin": Origin.SITE, "offered": False}
        change(house, sa.insert(ContentEntry).values(**row, position=position))

    assert "No lines here yet." in read(client, "/lines?lang=en")


@pytest.mark.parametrize("page", PAGES)
def test_anybody_reads_it_before_the_site_is_set_up_and_leaves_no_trace(
    client: FlaskClient, page: str, caplog: pytest.LogCaptureFixture
):
    answer = client.get(page)

    assert answer.status_code == 200
    assert "<form" not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert not caplog.records


@pytest.mark.parametrize("page", PAGES)
def test_it_weighs_little_on_the_phone_of_somebody_in_a_hurry(client: FlaskClient, site: Cast, page: str):
    answer = client.get(f"{page}?lang=es")
    modules, waiting = set(), set(re.findall(r'src="(/static/js/care/[^"]+)"', answer.text))
    while waiting:
        module = waiting.pop()
        modules.add(module)
        folder = dirname(module)
        with client.get(module) as script:
            named = re.findall(r'from "(\.[^"]+)"', script.text)
        waiting |= {normpath(join(folder, name)) for name in named} - modules
    sizes = [fetched(client, file).size for file in {*files_of(answer.text), *modules}]

    assert len(answer.data) + sum(sizes) + HEADERS * (1 + len(sizes)) < LIGHT


def test_every_kind_that_the_pages_show_is_one_that_a_site_can_change():
    assert {"coach_step", "avoid", "practice", "line"} <= set(KINDS)
