"""What people read about their answers follows the site's settings, its clock and what attacks found."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, after_tick, change, say, tick
from tests.cast import NOW
from wellbeing import plain_words, proof, ratchet
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.plain_words import BEFORE_SET_UP, Facts
from wellbeing.proof import Finding
from wellbeing.ratchet import Values


def facts() -> Facts:
    """Return what is told now."""
    found = plain_words.facts(db.session())
    db.session.rollback()
    return found


def test_a_site_tells_its_own_settings_and_its_next_days(any_house: House):
    with time_machine.travel(NOW, tick=False):
        assert facts() == Facts(5, 7, 7, date(2026, 3, 9), date(2026, 3, 30))

    change(any_house, sa.update(Settings).values(people_needed=6, own_pool_from=9, tick_days=14))
    with time_machine.travel(NOW, tick=False):
        assert facts() == Facts(6, 9, 14, date(2026, 3, 9), date(2026, 3, 30))


def test_a_site_that_is_not_set_up_tells_what_the_product_comes_with(app: Flask):
    with app.app_context():
        assert facts() == BEFORE_SET_UP


def test_a_site_that_has_not_opened_has_no_next_day(app: Flask, site):
    with app.app_context():
        assert (facts().tick_on, facts().detail_on) == (None, None)


def test_the_days_are_the_same_whether_or_not_somebody_has_opened_the_new_week(house: House):
    """Whoever answers first on a Monday opens the week; the page must not show that it happened."""
    with time_machine.travel(after_tick(5), tick=False):
        before = facts()
        tick(house, 5)
        say(house, "Sol", after_tick(5))
        assert facts() == before
    assert (before.tick_on, before.detail_on) == (date(2026, 4, 13), date(2026, 4, 27))


def test_so_few_people_have_no_figures_and_whoever_comes_later_changes_that_with_a_new_week(house: House):
    """What is stored is decided when a week begins, so newcomers change nothing in the middle of it."""
    few = [house.cast.people[name] for name in ("Sol", "Noor", "Bea", "Ada")]
    change(house, sa.update(Person).where(Person.id.not_in(few)).values(counts_from=date(2026, 3, 5)))
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert not facts().has_figures
    tick(house, 1)
    with time_machine.travel(after_tick(1), tick=False):
        assert facts().has_figures


def test_a_planned_change_is_told_beforehand(house: House):
    with time_machine.travel(NOW, tick=False):
        ratchet.plan(db.session(), Values(people_needed=6, own_pool_from=7, tick_days=7), NOW)
        assert "6 people or more" in facts().planned


def test_what_is_told_of_attacks_is_what_the_suite_found(monkeypatch: pytest.MonkeyPatch):
    kept = (
        Finding(
            "intersection",
            "correlation 0.10 and 0.20 (7 days), 0.01 and 0.02 (14 days); else 0.15 and 0.40 (7 days)",
            "0.55 and 0.77 from exact means",
            "",
        ),
        Finding("deniability", "4 of 5 moods and 1 of 2 answers", "", ""),
    )
    monkeypatch.setattr(proof, "findings", lambda: kept)

    found = plain_words.found()

    assert [str(value) for value in (found.weekly.low, found.weekly.high)] == ["0.20", "0.40"]
    assert [str(value) for value in (found.strict.low, found.strict.high)] == ["0.02", "0.02"]
    assert (str(found.dashboard), found.moods) == ("0.77", "4")


def test_what_the_suite_keeps_can_be_told():
    found = plain_words.found()

    assert 0 < found.strict.low < found.weekly.low <= found.weekly.high < found.dashboard < 1
    assert found.moods == "5"


def test_after_a_month_without_anybody_the_next_days_still_lie_ahead(house: House):
    later = NOW + timedelta(weeks=12)
    with time_machine.travel(later, tick=False):
        told = facts()

    assert (told.tick_on, told.detail_on) == (date(2026, 6, 1), date(2026, 6, 22))
