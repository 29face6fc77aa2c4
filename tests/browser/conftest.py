"""What the tests at the counter share: a tablet whose way to the server can be cut."""

import json
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from tests.browser.at_counter import Tablet, as_kept
from tests.browser.screens import Visit
from tests.cast import NOW, TOKEN, Cast
from tests.fixtures.live import Live
from tests.fixtures.network import Network, network_to
from wellbeing import people
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db

Enrol = Callable[..., Tablet]
Opened = Callable[..., Visit]


@pytest.fixture(autouse=True)
def there_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asks a page nothing before its document is there: right after a click there may be none."""
    evaluate = Page.evaluate

    def evaluated(page: Page, *asked: object) -> object:
        page.wait_for_load_state("domcontentloaded")
        return evaluate(page, *asked)

    monkeypatch.setattr(Page, "evaluate", evaluated)


@pytest.fixture
def network(live: Live) -> Iterator[Network]:
    """The way to the live server."""
    with network_to(int(live.url.rpartition(":")[2])) as found:
        yield found


@pytest.fixture
def enrolled(browser: Browser, site: Cast) -> Iterator[Enrol]:
    """Makes tablets of the service counter, each in a browser of its own that can do without a network."""
    contexts = []

    def open_at(network: Network, token: str = TOKEN) -> Tablet:
        kept = {"origin": network.url, "localStorage": [as_kept(token)]}
        storage = {"cookies": [], "origins": [kept]}
        context = browser.new_context(viewport={"width": 1024, "height": 768}, storage_state=storage)
        contexts.append(context)
        tablet = Tablet(context.new_page(), site)
        tablet.page.goto(f"{network.url}/counter")
        tablet.at("home")
        tablet.until_independent()
        return tablet

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def tablet(enrolled: Enrol, network: Network) -> Tablet:
    """The tablet at the front desk."""
    return enrolled(network)


@pytest.fixture
def counter(browser: Browser, live: Live, site: Cast) -> Iterator[Opened]:
    """Opens the counter of the service desk, as wide, dark and so on as asked.

    Noor is new: she has a code for her first PIN, and no sign-in of her own.
    """
    contexts = []
    with live.app.app_context():
        noor = sa.update(Person).where(Person.id == site.people["Noor"])
        db.session.execute(noor.values(pin_mac=None, pin_length=None, login=None, password_hash=None))
        code = people.make_code(db.session(), CodePurpose.PIN, site.people["Noor"], NOW)

    def open_it(language: str = "en", **looks: object) -> Visit:
        contexts.append(browser.new_context(service_workers="block", **looks))
        kept = json.dumps(json.dumps({"token": TOKEN, "language": language}))
        contexts[-1].add_init_script(f"localStorage.setItem('second-wind.tablet', {kept})")
        page = contexts[-1].new_page()
        page.goto(f"{live.url}/counter?lang={language}")
        expect(page.locator("#screen")).to_have_attribute("data-screen", "home")
        return Visit(page, site, code)

    yield open_it
    for context in contexts:
        context.close()
