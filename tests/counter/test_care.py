"""What the care screens say: the site's texts in the language of whoever stands there."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from wellbeing.content.kinds import KINDS
from wellbeing.counter.care import LISTED, NAMED, care_content
from wellbeing.models.content import ContentEntry, Origin
from wellbeing.tablets import TabletFacts, tablet_of

TODAY = date(2026, 3, 4)


@pytest.fixture
def tablet(house: House) -> TabletFacts:
    with house.engine.connect() as connection:
        found = tablet_of(connection, house.cast.token)
    assert found is not None
    return found


def said(house: House, tablet: TabletFacts, language: str = "en") -> dict:
    with house.engine.connect() as connection:
        return care_content(connection, tablet, TODAY, language)


def test_every_kind_of_text_for_these_screens_is_there(house: House, tablet: TabletFacts):
    found = said(house, tablet)

    assert set(LISTED) | set(NAMED) <= set(KINDS)
    assert set(found) == {"language", "strings", "readers", "pledge", "moments", "ideas", *LISTED, *NAMED}
    assert found["language"] == "en"
    assert all(isinstance(found[kind], list) for kind in LISTED)


def test_a_text_of_the_sites_own_stands_among_them_and_a_policy_is_found_by_its_key(
    house: House, tablet: TabletFacts
):
    words = {"en": {"title": "Fear", "text": "They may be afraid."}, "es": {"title": "Miedo"}}
    for kind in ("under_anger", "policy"):
        row = {"kind": kind, "key": "own-fear", "words": words, "origin": Origin.SITE, "offered": True}
        change(house, sa.insert(ContentEntry).values(**row, position=99))

    found = said(house, tablet, "es")

    own = {"key": "own-fear", "title": "Miedo", "text": "They may be afraid."}
    assert own in found["under_anger"]
    assert found["policy"]["own-fear"] == own


def test_its_sentences_are_all_there(house: House, tablet: TabletFacts):
    strings = said(house, tablet)["strings"]

    assert all(strings.values())
