"""The made-up dealership's own texts: made as an admin makes them, and shown on the demo's pages."""

from datetime import timedelta

import pytest

from tests.answers import House
from tests.cast import NOW
from wellbeing.content import editing
from wellbeing.content.entries import every, shown
from wellbeing.content.kinds import KINDS
from wellbeing.content.messages import carrying_now, message_of
from wellbeing.demo import own_texts
from wellbeing.models.base import db

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def written(house: House) -> None:
    own_texts.write(db.session(), NOW, TODAY)


def test_a_line_is_in_the_dealerships_words_and_its_first_try_in_the_history():
    entry = editing.find(db.session(), KINDS["line"], own_texts.LINE)

    assert [entry.said(language)["text"] for language in ("en", "es")] == list(own_texts.TRIES[-1])
    versions = editing.history(db.session(), KINDS["line"], own_texts.LINE)
    assert [version.words["en"]["text"] for version in versions] == [one[0] for one in own_texts.TRIES[::-1]]
    assert [(NOW - version.saved_at).days for version in versions] == [12, 40]


def test_a_message_waits_for_its_days():
    days = [TODAY + timedelta(days=day) for day in (0, 9, 10, 11)]
    found = [message_of(db.session(), day, "es") for day in days]

    assert [message is not None and message.text == own_texts.INVENTORY[1] for message in found] == [
        *(False, True, True, False)
    ]


def test_the_counter_says_what_customers_carry_this_week():
    assert carrying_now(db.session(), TODAY, "en") == own_texts.CARRYING[0]
    assert carrying_now(db.session(), TODAY + timedelta(days=21), "en") is None


def test_the_heart_happy_list_has_a_link():
    titles = [entry["title"] for entry in shown(db.session(), "heart_happy", TODAY, "en")]

    assert own_texts.OTTERS[0] in titles
    assert len(titles) == sum(entry.offered for entry in every(db.session(), "heart_happy"))
