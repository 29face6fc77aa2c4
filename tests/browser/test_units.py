"""The pages of units and of the audit log, in a real browser: readable by all, at every width."""

from datetime import timedelta

import pytest

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import NOW
from tests.fixtures.live import Live
from wellbeing import audit, moves, unit_making
from wellbeing.audit import Act
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db


@pytest.fixture
def busy(live: Live, site) -> int:
    """A second site, a merge that waits, and acts about Sol; the number of an empty team."""
    with live.app.app_context():
        session, by = db.session(), site.people["Ada"]
        for hours, act in ((2, Act.PIN_CODE_MADE), (26, Act.BADGE_MADE), (50, Act.READER_APPOINTED)):
            about = {"person_id": site.people["Sol"], "facts": {"subject": "contact"}}
            audit.note(session, act, by, NOW - timedelta(hours=hours), **about)
        names = {name: session.get_one(Unit, number) for name, number in site.units.items()}
        unit_making.make(session, names["Harbour Motors"], "Southgate by the old lighthouse")
        empty = unit_making.make(session, names["Northgate"], "Bodywork and paint").id
        session.commit()
        moves.plan_merge(session, [names["Parts"], names["Showroom"]], "Front of house", NOW)
    return empty


def test_units_and_the_log_are_readable_by_all_at_every_width(page, live, site, busy, complaints):
    sign_in(page, live, "ada")
    team = site.units["Service counter"]
    paths = ("/admin/units", f"/admin/units/{team}", f"/admin/units/{busy}", "/admin/log", "/my/log")
    for path, scheme, width in [(path, "light", 320) for path in paths] + [
        ("/admin/units", "dark", 1280),
        (f"/admin/units/{team}", "dark", 390),
        ("/admin/log", "dark", 1280),
    ]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live.url + path)
        assert fits(page), f"{path} at {width}"
        assert faults(page) == [], f"{path} at {width} in {scheme}"
