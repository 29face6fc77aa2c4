"""The message of the day, and what customers are carrying: dated, in turns, in the reader's language."""

from datetime import date, timedelta

import pytest
from flask import Flask

from wellbeing.content import arranging, editing
from wellbeing.content.editing import Typed
from wellbeing.content.entries import every
from wellbeing.content.kinds import KINDS
from wellbeing.content.messages import carrying_now, message_of
from wellbeing.content.shipped import shipped
from wellbeing.models.base import db
from wellbeing.site import now

DAY = date(2026, 3, 4)
MESSAGE, CARRYING = KINDS["message"], KINDS["carrying"]


@pytest.fixture(autouse=True)
def here(app: Flask, house):
    """A site."""


def add(kind, text: str, days: tuple[str, str] = ("", ""), **plain: object) -> str:
    key = editing.add(db.session(), kind, Typed({"en": {"text": text}, "plain": plain}, ""), now())
    seen = arranging.mark_of_days(editing.find(db.session(), kind, key))
    arranging.schedule(db.session(), kind, key, *days, seen)
    return key


def said(day: date, language: str = "en") -> str:
    found = message_of(db.session(), day, language)
    assert found is not None
    return found.text


def test_every_message_has_its_turn():
    days = [said(DAY + timedelta(days=day)) for day in range(60)]

    assert len(set(days)) == len(shipped("message"))
    assert all(one != other for one, other in zip(days, days[1:], strict=False))


def test_a_message_is_in_the_readers_language_and_says_which_that_is():
    for entry in every(db.session(), "message"):
        if entry.key != shipped("message")[0].key:
            arranging.take_away(db.session(), MESSAGE, entry.key)
    found = message_of(db.session(), DAY, "es")

    assert found is not None
    assert (found.text, found.language) == (shipped("message")[0].words["es"]["text"], "es")


def test_a_message_scheduled_ahead_has_its_days_to_itself():
    add(MESSAGE, "Christmas is coming", ("2026-12-24", "2026-12-25"), exercise=True)

    assert [said(date(2026, 12, day)) == "Christmas is coming" for day in (23, 24, 25, 26)] == [
        *(False, True, True, False)
    ]
    found = message_of(db.session(), date(2026, 12, 24), "es")
    assert found is not None and (found.language, found.exercise) == ("en", True)


def test_a_site_that_takes_all_messages_away_has_none():
    for entry in every(db.session(), "message"):
        arranging.take_away(db.session(), MESSAGE, entry.key)

    assert message_of(db.session(), DAY, "en") is None
    assert message_of(db.session(), DAY, "en", for_teams=True) is None


def test_customers_carry_nothing_until_an_admin_says_so():
    assert carrying_now(db.session(), DAY, "en") is None

    add(CARRYING, "A strike at the port", ("2026-03-04", "2026-03-06"))
    days = [carrying_now(db.session(), DAY + timedelta(days=day), "es") for day in (-1, 0, 2, 3)]
    assert days == [None, "A strike at the port", "A strike at the port", None]
