"""Looking after people in a real browser: readable by all, on a small phone too, codes on a printed sheet."""

from playwright.sync_api import expect

from tests.browser.test_figures import faults, fits, sign_in

PATHS = ("people", "people/new", "people/file", "people/invite")


def test_people_are_looked_after_on_a_small_phone(page, live, site, complaints):
    sign_in(page, live, "ada")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    for path in PATHS:
        page.goto(f"{live.url}/admin/{path}")
        assert fits(page), path
        assert faults(page) == [], path

    page.goto(f"{live.url}/admin/people")
    page.get_by_label("Part of a name").fill("sol")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Open Sol Vale").click()
    page.get_by_text("Close the account", exact=True).first.click()
    assert page.url == f"{live.url}/admin/people/one"
    assert fits(page)
    assert faults(page) == []

    page.goto(f"{live.url}/admin/people/invite?unit={site.units['Parts']}")
    page.get_by_label("Uma Vale").check()
    page.get_by_label("A code for a sign-in of their own").check()
    page.get_by_role("button", name="Make the codes").click()
    expect(page.locator(".slip .code")).to_have_count(2)
    assert fits(page)
    assert faults(page) == []
