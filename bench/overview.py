"""The organisation's page with 400 teams and three years of weeks, against a page without figures."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench import site
from bench.machine import wait_until_quiet
from bench.pages import browser, seconds
from bench.rounds import ROUNDS, Result, alternate, summarise
from wellbeing.models.accounts import Level, RoleGrant, Unit
from wellbeing.models.base import db

TEAMS, SITES, WEEKS = 400, 10, 156
PAGES = 20
WARM_UP = 3
EMPTY = "/help"


def run() -> list[Result]:
    """Measure both pages in turn, as somebody sees them who manages the whole organisation."""
    with tempfile.TemporaryDirectory() as folder:
        client, top = organisation(Path(folder) / "site")
        whole, empty = _page(client, f"/team/{top}"), _page(client, EMPTY)
        alternate(whole, empty, WARM_UP)
        pairs = [_round(whole, empty) for _ in range(ROUNDS)]
    note = (
        f"{_milliseconds(pairs, 0)} ms with {TEAMS} teams and {WEEKS} weeks, {_milliseconds(pairs, 1)} ms "
        f"for a signed-in page without figures; medians of {PAGES} pages"
    )
    return [summarise("organisation_page", [many / none for many, none in pairs], 6, "lower", note)]


def organisation(folder: Path) -> tuple[FlaskClient, int]:
    """Return a browser signed in as the manager of an organisation with figures, and the organisation."""
    made = site.make(folder, TEAMS)
    with made.app.app_context(), db.engine.begin() as connection:
        top = _spread(connection)
        connection.execute(sa.update(RoleGrant).values(unit_id=top))
    assert site.add_blocks(made, WEEKS, tuple(Level)) == (TEAMS + SITES + 1) * WEEKS
    client = browser(made)
    return client, top


def _spread(connection: sa.Connection) -> int:
    """Share the teams of the one site out among as many as there are to be; return the organisation."""
    top = connection.scalars(sa.select(Unit.id).where(Unit.level == Level.ORGANISATION)).one()
    sites = list(connection.scalars(sa.select(Unit.id).where(Unit.level == Level.SITE)))
    sites += [site.add_unit(connection, top, Level.SITE, f"Site {at}") for at in range(1, SITES)]
    for team in connection.scalars(sa.select(Unit.id).where(Unit.level == Level.TEAM)).all():
        there = sites[team % SITES]
        connection.execute(sa.update(Unit).where(Unit.id == team).values(parent_id=there))
    return top


def _page(client: FlaskClient, path: str) -> Callable[[], float]:
    return lambda: seconds(client, path)


def _round(whole: Callable[[], float], empty: Callable[[], float]) -> tuple[float, float]:
    wait_until_quiet()
    pages = alternate(whole, empty, PAGES)
    return median(many for many, _ in pages), median(none for _, none in pages)


def _milliseconds(pairs: list[tuple[float, float]], side: int) -> str:
    return f"{median(pair[side] for pair in pairs) * 1000:.1f}"
