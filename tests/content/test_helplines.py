"""Helplines: a country, a number, and the day on which somebody last checked it."""

import pytest
import sqlalchemy as sa
from babel import Locale
from flask import Flask
from sqlalchemy.orm import Session

from tests.answers import House
from wellbeing.content import arranging
from wellbeing.content.helplines import Helpline, helplines
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import shipped
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin


@pytest.fixture(autouse=True)
def here(app: Flask, house: House):
    """A site."""


def lines(language: str = "en") -> list[Helpline]:
    return helplines(db.session(), Locale(language))


def test_a_british_and_an_american_line_and_the_european_emergency_number_are_there():
    assert {
        ("United Kingdom", "116 123"),
        ("United States", "988"),
        ("European Union", "112"),
    } <= {(line.country, line.number) for line in lines()}
    assert "Reino Unido" in {line.country for line in lines("es")}


def test_a_language_without_words_of_its_own_gets_the_english_ones():
    assert [line.name for line in lines("fr")] == [line.name for line in lines()]


def test_every_number_was_checked_before_this_version_went_out():
    assert all(line.checked.year >= 2026 for line in lines())


def test_a_line_that_the_site_takes_away_is_gone():
    arranging.take_away(db.session(), KINDS["helpline"], shipped("helpline")[0].key)

    assert len(lines()) == len(shipped("helpline")) - 1


def test_a_line_that_an_older_version_kept_by_halves_takes_no_other_away():
    words = {"en": {"name": "Half a line"}, "plain": {"number": "116 000"}}
    row = ContentEntry(kind="helpline", key="half", words=words, origin=Origin.SITE, position=0)
    db.session.add(row)
    db.session.commit()

    assert len(lines()) == len(shipped("helpline"))
    row.words = {**words, "plain": {"number": "1", "country": "XX", "checked": "2026-03-04"}}
    db.session.commit()
    assert "XX" in {line.country for line in lines()}


def test_helplines_are_there_before_the_database_is(tmp_path):
    with Session(sa.create_engine(f"sqlite:///{tmp_path / 'empty.db'}")) as nowhere:
        assert helplines(nowhere, Locale("en")) == lines()
        nowhere.get_bind().dispose()
