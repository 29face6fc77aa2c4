"""The site's texts in a real browser: readable by all, written in two languages, and seen at the counter."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in
from tests.cast import TOKEN
from wellbeing.content.shipped import shipped

LINE = shipped("line")[0].key
STRIKE = "A strike at the port: parts are late, and people have waited for weeks."


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(1280, "light", "en"), (360, "dark", "es")], ids=["wide", "narrow"]
)
def test_the_pages_fit_and_are_readable_by_all(page, live, site, complaints, width, scheme, language):
    sign_in(page, live, "ada")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("content/", "content/message", f"content/line/{LINE}", "content/message/new", "clips"):
        page.goto(f"{live.url}/admin/{path}?lang={language}")
        assert fits(page), path
        assert faults(page) == [], path


def test_a_banner_is_previewed_saved_and_seen_at_the_counter(page, live, site, complaints):
    sign_in(page, live, "ada")
    page.goto(f"{live.url}/admin/content/carrying")
    page.get_by_role("link", name="Add one").click()
    page.get_by_role("group", name="English").get_by_label("Text").fill(STRIKE)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".counter-look")).to_have_text([STRIKE, STRIKE])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")

    kept = json.dumps({"token": TOKEN})
    page.add_init_script(f"localStorage.setItem('second-wind.tablet', JSON.stringify({kept}))")
    page.goto(f"{live.url}/counter?lang=en")
    expect(page.get_by_text(STRIKE)).to_be_visible()
    expect(page.locator(".message blockquote")).to_have_attribute("lang", "en")
    assert faults(page) == []
