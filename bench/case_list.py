"""Customers' cases keep their pace: the list and the search with 50,000 of them against those with 50.

Measured for somebody who looks after the whole organisation, and for the manager of one team of twelve, who
has all of the 50 and a twelfth of the 50,000.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench import case_crowd, site
from bench.machine import wait_until_quiet
from bench.pages import browser, seconds
from bench.rounds import ROUNDS, Result, alternate, summarise
from wellbeing import keys
from wellbeing.models.accounts import Level, Person, RoleGrant, SignIn, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Role

TEAMS, FEW, MANY = 12, 50, 50_000
PAGES = 15
WARM_UP = 2
TOP_SIGN_IN = "the browser of somebody who looks after everything"
# Common words, two together, two that never meet, an unfinished one, an order number, and what no case has.
SEARCHES = ("call", "waiting gearbox", "gearbox invoice", "delay pap", "RO-40042", "the prom", "tulips")
GOAL = 1.5

Viewer = tuple[str, str]
VIEWERS: tuple[Viewer, ...] = (("", TOP_SIGN_IN), ("_one_team", site.SIGN_IN))


def run() -> list[Result]:
    """Measure both pages for both viewers, page by page in turn; return the ratios of the medians."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = _site(Path(folder) / "large", MANY), _site(Path(folder) / "small", FEW)
        return [
            result
            for name, sign_in in VIEWERS
            for result in _compare(name, browser(large, sign_in), browser(small, sign_in))
        ]


def _site(folder: Path, cases: int) -> site.Site:
    made = site.make(folder, TEAMS)
    with made.app.app_context(), db.engine.begin() as connection:
        teams = list(connection.scalars(sa.select(Unit.id).where(Unit.level == Level.TEAM)))
        case_crowd.add(connection, [made.team] if cases == FEW else teams, cases)
        _look_after_everything(connection, made)
    return made


def _look_after_everything(connection: sa.Connection, made: site.Site) -> None:
    now = datetime.now(UTC)
    top = connection.scalars(sa.select(Unit.id).where(Unit.level == Level.ORGANISATION)).one()
    new = sa.insert(Person).values(name="Top", unit_id=top, created_at=now).returning(Person.id)
    person = connection.execute(new).scalar_one()
    connection.execute(sa.insert(RoleGrant).values(person_id=person, unit_id=top, role=Role.MANAGER))
    pepper = made.app.extensions["config"].secrets.pin_pepper
    token = {"token_mac": keys.text_mac(pepper, "sign-in", TOP_SIGN_IN)}
    ends = {"expires_at": now + timedelta(hours=12)}
    connection.execute(sa.insert(SignIn).values(person_id=person, **token, **ends))


def _compare(viewer: str, large: FlaskClient, small: FlaskClient) -> list[Result]:
    pages = {"list": ["/cases/"], "search": [f"/cases/?q={words}" for words in SEARCHES]}
    return [_result(f"case_{name}_50k{viewer}", large, small, paths) for name, paths in pages.items()]


def _result(name: str, large: FlaskClient, small: FlaskClient, paths: list[str]) -> Result:
    many, few = (_page(client, paths) for client in (large, small))
    alternate(many, few, WARM_UP)
    pairs = [_round(many, few) for _ in range(ROUNDS)]
    took, against = (median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
    note = f"{took:.1f} ms at {MANY:,} cases against {against:.1f} ms at {FEW}; medians of {PAGES} pages"
    return summarise(name, [large / small for large, small in pairs], GOAL, "lower", note)


def _page(client: FlaskClient, paths: list[str]) -> Callable[[], float]:
    return lambda: sum(seconds(client, path) for path in paths) / len(paths)


def _round(many: Callable[[], float], few: Callable[[], float]) -> tuple[float, float]:
    wait_until_quiet()
    pages = alternate(many, few, PAGES)
    return median(large for large, _ in pages), median(small for _, small in pages)
