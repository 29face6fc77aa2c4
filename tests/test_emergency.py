"""The number to call in danger: the site's own, or the one that phones know everywhere."""

from datetime import date

import sqlalchemy as sa

from tests.answers import House, change
from wellbeing import emergency
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin

TODAY = date(2026, 3, 4)


def test_a_site_that_says_nothing_else_has_the_number_of_any_phone(house: House):
    assert emergency.number(db.session(), TODAY) == "112"


def test_a_site_names_its_own(house: House):
    line = {"country": "US", "number": "911", "checked": "2026-03-01"}
    row = {"words": {"en": {"name": "Emergency"}, "plain": line}, "origin": Origin.SITE, "offered": True}
    change(house, sa.insert(ContentEntry).values(kind="helpline", key="danger", position=-1, **row))

    assert emergency.number(db.session(), TODAY) == "911"
