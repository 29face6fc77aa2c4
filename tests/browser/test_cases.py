"""Cases in a real browser: written down with the keyboard, closed with one thumb, and clean for axe."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, Cast
from tests.fixtures.live import Live

Enter = Callable[..., Page]


@pytest.fixture
def alba(browser: Browser, live: Live, site: Cast) -> Iterator[Enter]:
    """Alba's browser, as wide, dark and so on as asked; anything on its console fails the test."""
    contexts, heard = [], []

    def enter(**looks: object) -> Page:
        contexts.append(browser.new_context(**looks))
        page = contexts[-1].new_page()
        page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(f"{live.url}/sign-in?next=/cases/")
        page.locator("[name=login]").fill("alba")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        expect(page.get_by_role("heading", name="Make it right")).to_be_visible()
        return page

    yield enter
    for context in contexts:
        context.close()
    assert [said for said in heard if "422" not in said] == []


def look(page: Page) -> None:
    """Let axe look at a page, and see that nothing stands out at its side."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_case_is_written_down_without_a_mouse(alba: Enter):
    page = alba(viewport={"width": 1280, "height": 800})
    page.get_by_role("link", name="New case").press("Enter")
    page.get_by_label("How they came to us").focus()
    page.keyboard.type("Phone")
    page.get_by_label("What happened").focus()
    page.keyboard.type("Mr Smith waits for the gearbox")
    page.get_by_role("button", name="Open the case").press("Enter")
    expect(page.get_by_text("This looks like somebody's name")).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_attribute("aria-invalid", "true")
    look(page)

    page.get_by_label("What happened").fill("They wait for the gearbox")
    page.get_by_role("button", name="Open the case").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("They wait for the gearbox")
    look(page)
    page.get_by_role("link", name="All cases").press("Enter")
    page.get_by_label("Search").fill("gearb")
    page.get_by_label("Search").press("Enter")
    expect(page.get_by_role("link", name="They wait for the gearbox")).to_be_visible()
    look(page)


def test_a_case_is_closed_with_one_thumb_at_night(alba: Enter, live: Live, site: Cast):
    page = alba(viewport={"width": 360, "height": 740}, color_scheme="dark", has_touch=True)
    page.get_by_role("link", name="New case").tap()
    page.get_by_label("How they came to us").select_option("social")
    page.get_by_label("What happened").fill("Nobody answered their message")
    page.get_by_label("Be in touch again on").fill("2026-03-04")
    look(page)
    page.get_by_role("button", name="Open the case").tap()
    page.get_by_role("link", name="All cases").tap()
    expect(page.get_by_role("heading", name="Be in touch again")).to_be_visible()
    small = [
        box
        for tappable in page.locator("main :is(a, button, select, input)").all()
        if (box := tappable.bounding_box()) and box["height"] < 48
    ]
    assert small == []
    look(page)

    page.get_by_role("link", name="Nobody answered their message").first.tap()
    page.get_by_role("link", name="Close it").tap()
    page.get_by_role("group", name="In their shoes").get_by_label("No").tap()
    page.get_by_role("button", name="Close it").tap()
    expect(page.get_by_text("back to a solution")).to_be_visible()
    look(page)
    page.get_by_role("group", name="In their shoes").get_by_label("Yes").tap()
    page.get_by_role("group", name="Did they leave").get_by_label("Yes").tap()
    page.get_by_label("Stayed with us").tap()
    page.get_by_role("button", name="Close it").tap()
    expect(page.get_by_text("Thank you for making it right.")).to_be_visible()
