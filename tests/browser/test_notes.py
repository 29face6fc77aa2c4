"""What a team changed, in a real browser: written and removed by keyboard, seen at the counter."""

import json
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import TOKEN
from tests.reports.ledger import Released, release
from wellbeing.models.base import db
from wellbeing.models.notes import Note

SATURDAYS = "Second person on Saturdays"


@pytest.fixture
def address(live, site) -> str:
    """The page of a team with a long note, eight weeks of figures around it, and one of its site."""
    counter = site.units["Service counter"]
    with live.app.app_context():
        for mood in ("2.6", "2.6", "2.6", "2.6", "3.6", "3.6", "3.6", "3.6"):
            release({counter: Released(12, mood)})
        for unit, day, text in (("Service counter", 30, "W" * 80), ("Northgate", 31, "Calls before noon")):
            db.session.add(Note(unit_id=site.units[unit], happened_on=date(2026, 3, day), text=text))
        db.session.commit()
    return f"{live.url}/team/{counter}/changed"


def test_the_page_fits_and_is_readable_by_all(page, live, address, complaints):
    sign_in(page, live, "alba")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            page.get_by_text("Remove", exact=False).first.click()
            assert fits(page), width
            assert faults(page) == [], f"{width} in {scheme}"


def test_a_change_is_written_down_and_removed_by_keyboard(page, live, address, complaints):
    sign_in(page, live, "alba")
    page.goto(address)
    page.get_by_label("What changed").press_sequentially("Call 0161 496 0123")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("looks like a phone number")
    expect(page.get_by_label("What changed")).to_have_attribute("aria-invalid", "true")
    complaints.clear()  # The browser names the refusal's status on its console.

    page.get_by_label("What changed").fill(SATURDAYS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_role("heading", name=SATURDAYS)).to_be_visible()

    note = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=SATURDAYS))
    note.locator("summary").press("Enter")
    page.get_by_role("button", name=f"Remove “{SATURDAYS}” for good").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The note is removed.")
    expect(page.get_by_role("heading", name=SATURDAYS)).to_have_count(0)


def test_the_counter_tells_everybody_what_changed(page, live, site, complaints):
    with live.app.app_context():
        db.session.add(
            Note(unit_id=site.units["Northgate"], happened_on=date(2026, 3, 3), text="<b>Second</b> person")
        )
        db.session.commit()
    kept = json.dumps({"token": TOKEN})
    page.add_init_script(f"localStorage.setItem('second-wind.tablet', JSON.stringify({kept}))")
    page.goto(f"{live.url}/counter?lang=en")

    card = page.locator("section", has=page.get_by_role("heading", name="What we changed"))
    expect(card).to_contain_text("<b>Second</b> person")
    expect(card).to_contain_text("since 3 March")
    assert faults(page) == []
