"""The demo's privacy documents are whole, and say that they are made up."""

from flask import Flask

from tests.cast import NOW
from wellbeing.demo import privacy
from wellbeing.law import facts
from wellbeing.models.base import db


def test_the_demo_has_no_gap_and_claims_no_law(app: Flask):
    with app.app_context():
        privacy.write(db.session(), NOW)

        stands = facts.newest(db.session())
    assert stands and facts.gaps(stands.facts) == []
    assert "made up" in stands.facts.controller and "made up" in stands.facts.national_law
