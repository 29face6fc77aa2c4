"""A manager's mood page keeps its pace as the ledger grows: the same page at 1,000 and 100,000 blocks."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench import site
from bench.machine import wait_until_quiet
from bench.pages import browser, seconds
from bench.rounds import ROUNDS, Result, alternate, summarise

WEEKS = 100
FEW_TEAMS, MANY_TEAMS = 10, 1000
PAGES = 30
WARM_UP = 3


def run() -> list[Result]:
    """Measure the page on a large and a small site, page by page in turn; return the ratio of the medians."""
    with tempfile.TemporaryDirectory() as folder:
        large = _page(Path(folder) / "large", MANY_TEAMS)
        small = _page(Path(folder) / "small", FEW_TEAMS)
        alternate(large, small, WARM_UP)
        pairs = [_round(large, small) for _ in range(ROUNDS)]
    note = (
        f"{_figures(pairs, 0, MANY_TEAMS)} against {_figures(pairs, 1, FEW_TEAMS)}; medians of {PAGES} pages"
    )
    return [summarise("mood_page_100k_blocks", [many / few for many, few in pairs], 1.5, "lower", note)]


def _round(large: Callable[[], float], small: Callable[[], float]) -> tuple[float, float]:
    wait_until_quiet()
    pages = alternate(large, small, PAGES)
    return median(many for many, _ in pages), median(few for _, few in pages)


def _figures(pairs: list[tuple[float, float]], side: int, teams: int) -> str:
    return f"{median(pair[side] for pair in pairs) * 1000:.1f} ms at {WEEKS * teams:,} blocks"


def _page(folder: Path, teams: int) -> Callable[[], float]:
    """Return a measurement: the seconds of the first team's page, as its manager gets it."""
    made = site.make(folder, teams)
    blocks = site.add_blocks(made, WEEKS)
    assert blocks == teams * WEEKS
    client = browser(made)
    return lambda: seconds(client, f"/team/{made.team}")
