"""The figures about cases in a real browser: they fit, and everybody can read them, what is folded too."""

import random
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Outcome

CHANNELS = ("in_person", "phone", "email", "web", "review")


@pytest.fixture
def address(live, site) -> str:
    """The page of a team with a year of cases of every kind."""
    dice = random.Random(6)
    with live.app.app_context():
        for number in range(240):
            came = NOW - timedelta(days=dice.random() * 360)
            minutes = dice.lognormvariate(2 + number % 5, 1)
            attended = came + timedelta(minutes=minutes)
            closed = attended + timedelta(days=2)
            ends = {
                "closed_at": closed,
                "felt_better": True,
                "mattered": True,
                "outcome": dice.choice([*Outcome]),
            }
            case = Case(
                unit_id=site.units["Service counter"],
                came_at=came,
                channel=CHANNELS[number % 5],
                cause=dice.choice(["delay", "price", "disruption"]),
                what="The car was not ready",
                threatened=number % 4 == 0,
                proactive=number % 7 == 0,
                first_attention_at=attended if attended < NOW else None,
                chance=1 + number % 11 // 9,
                **(ends if closed < NOW else {}),
            )
            db.session.add(case)
        db.session.commit()
    return f"{live.url}/cases/figures/{site.units['Service counter']}"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_fits_and_is_readable_by_all(page, live, address, language, complaints):
    sign_in(page, live, "alba")
    for scheme, width in (("light", 1024), ("dark", 360)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}?weeks=52&lang={language}")
        for summary in page.locator("main summary").all():
            summary.press("Enter")
        expect(page.locator("svg.drawn:visible")).to_have_count(5)
        assert fits(page), width
        assert faults(page) == [], f"{width} in {scheme}"
