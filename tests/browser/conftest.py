"""What the tests at the counter share: a tablet whose way to the server can be cut."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.at_counter import Tablet, as_kept
from tests.cast import TOKEN, Cast
from tests.fixtures.live import Live
from tests.fixtures.network import Network, network_to

Enrol = Callable[..., Tablet]


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
