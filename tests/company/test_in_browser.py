"""Ada's way through the company in a real browser: the button, the provider's pages, her own."""

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.test_figures import faults, fits
from tests.fixtures.oidc import OidcProvider


def good(page: Page) -> None:
    """Narrow enough for the smallest phone, and fit for everybody."""
    page.wait_for_load_state("load")
    assert fits(page) and faults(page) == []


def test_ada_signs_in_with_the_company_on_a_small_phone_and_maps_a_group(
    at_work: Flask, oidc: OidcProvider, page: Page, complaints: list[str]
):
    site = oidc.back.removesuffix("/sign-in/company/back")
    page.route("https://**", lambda route: route.abort())
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(f"{site}/sign-in?next=/admin/company-sign-in")
    good(page)
    page.get_by_role("link", name="Sign in with Harbour").click()

    page.locator("input[name=login]").fill("ada-at-work")
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Is this you?")).to_be_visible()
    # What the provider's own pages complain about is not ours.
    complaints.clear()
    good(page)
    page.get_by_role("button", name="Yes, this is me").click()

    expect(page.get_by_role("heading", name="Company sign-in", level=1)).to_be_visible()
    page.get_by_text("Add a group").click()
    page.get_by_role("textbox", name="Group").fill("everybody at Harbour Motors who leads somebody")
    page.get_by_label("Manager").check()
    page.get_by_label("Over which unit").select_option(label="\u2003Northgate")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("It holds from each person's next company sign-in on.")).to_be_visible()
    good(page)
    page.get_by_role("button", name="Ask whether it answers").click()
    expect(page.get_by_text("It answers as it should.")).to_be_visible()

    page.goto(f"{site}/my/sign-in/company")
    expect(page.get_by_text("Connected since")).to_be_visible()
    good(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    good(page)
