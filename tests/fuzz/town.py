"""A site with something of everything in it, and everybody signed in: to be asked anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import house_of
from tests.attacks.crawl import PEOPLE, STRANGER, addresses, sign_in
from tests.attacks.stories import ORDINARY, SEEN_ON
from tests.attacks.worlds import live
from tests.cast import TOKEN, Cast
from tests.fuzz.found_forms import Form, forms_in
from wellbeing import phones, site
from wellbeing.models.base import db

TABLET, PHONE = "tablet", "own phone"


@dataclass
class Town:
    """The site, its file and how it was; who is signed in; and the doors that they see."""

    app: Flask
    file: Path
    untouched: sqlite3.Connection
    browsers: dict[str, FlaskClient]
    headers: dict[str, dict[str, str]]
    doors: list[tuple[str, Form]]

    def as_it_was(self) -> None:
        """Undo everything that was done since."""
        with closing(sqlite3.connect(self.file)) as now:
            self.untouched.backup(now)


@contextmanager
def town(app: Flask, file: Path) -> Iterator[Town]:
    """Let a site live for some weeks, sign everybody in, and stop the clock."""
    with app.app_context():
        house = house_of(app)
    live(app, house, ORDINARY)
    with closing(sqlite3.connect(":memory:")) as untouched:
        with time_machine.travel(SEEN_ON, tick=False):
            found = _everybody(app, house.cast)
        with closing(sqlite3.connect(file)) as now:
            now.backup(untouched)
        yield Town(app, file, untouched, *found)


def _everybody(
    app: Flask, cast: Cast
) -> tuple[dict[str, FlaskClient], dict[str, dict[str, str]], list[tuple[str, Form]]]:
    """Sign everybody in, and return their browsers, what these say of themselves, and the doors they see."""
    with app.app_context():
        token = phones.set_up(db.session(), cast.people["Jun"], "", site.now())
    browsers = {role: app.test_client() for role in (STRANGER, *PEOPLE, TABLET, PHONE)}
    for role, name in PEOPLE.items():
        sign_in(browsers[role], name)
    seen = ((role, _doors(app, cast, browser)) for role, browser in browsers.items())
    doors = [(role, form) for role, forms in seen for form in forms]
    app.config["WTF_CSRF_ENABLED"] = False
    return browsers, {TABLET: _bearing(TOKEN), PHONE: _bearing(token)}, doors


def _bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _doors(app: Flask, cast: Cast, browser: FlaskClient) -> Iterator[Form]:
    """Yield every address and every form that somebody finds, each once."""
    known = set()
    for page in addresses(app, cast):
        for form in (Form(page, "GET"), *forms_in(page, _text(browser, page))):
            if form.shape not in known:
                known.add(form.shape)
                yield form
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            yield Form(str(rule).split("<")[0], "POST")


def _text(browser: FlaskClient, page: str) -> str:
    with browser.get(page) as answer:
        return answer.text if answer.mimetype == "text/html" else ""
