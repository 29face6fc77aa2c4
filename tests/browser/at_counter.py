"""A tablet in a browser as its people use it, what it keeps, and what the site has recorded of them."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from tests.cast import TEAMS, Cast, pin_of
from tests.fixtures.keepsakes import KEPT, Kept, readable
from wellbeing import keys
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.pending import Pending, Receipt

CREW = tuple(TEAMS["Service counter"][1:])
# Somebody's name, mood, whether it was a rough one, whether a break was taken.
Said = tuple[str, int | None, bool, bool]
Deed = dict[str, Any]
INDEPENDENT = """async () => {
  const until = performance.now() + 20_000;
  while (navigator.serviceWorker.controller?.state !== "activated") {
    if (performance.now() > until) throw new Error("This tablet still depends on the network.");
    await new Promise((later) => setTimeout(later, 50));
  }
}"""
# The page's own modules do what the buttons do, without the screens in between.
DO = """async (deeds) => {
  const names = ["send", "visit", "screen"];
  const [{send}, {visit, signed, remember}, {open, close}] = await Promise.all(
    names.map((name) => import(document.querySelector(`link[href$="/${name}.js"]`).href)));
  for (const {person, pin, name, act, fields} of deeds) {
    open(() => ({name: "doing", title: name, body: []}));
    Object.assign(visit, {person, pin, name});
    let done = false;
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error(`${act} takes too long`)), 30_000));
    await Promise.race([late, send(act, signed(fields), (answer) => done = remember(answer) ?? true)]);
    if (!done) throw new Error(`${act}: ${document.body.innerText}`);
    close();
  }
}"""


def as_kept(token: str) -> dict[str, Any]:
    """Return what an enrolled tablet has in its localStorage."""
    return {"name": "second-wind.tablet", "value": json.dumps({"token": token, "language": "en"})}


def deed(cast: Cast, name: str, act: str, **fields: object) -> Deed:
    """Return an act for ``Tablet.do``; with somebody's own PIN unless another is given."""
    pin = fields.pop("pin", pin_of(name))
    return {"person": cast.people[name], "pin": pin, "name": name, "act": act, "fields": fields}


@dataclass
class Tablet:
    """One page at the counter, and who may stand before it."""

    page: Page
    cast: Cast

    def at(self, screen: str) -> None:
        """Wait for a screen."""
        expect(self.page.locator("#screen")).to_have_attribute("data-screen", screen)

    def until_independent(self) -> None:
        """Wait until the tablet could do without a network."""
        self.page.evaluate(INDEPENDENT)

    def tap(self, selector: str) -> None:
        """Tap the first thing that a selector finds."""
        self.page.locator(selector).first.click()

    def identify(self, act: str, name: str, pin: str | None = None) -> None:
        """Choose an act, one's own tile, and type one's PIN."""
        self.at("home")
        self.tap(f"[data-act={act}]")
        self.tap(f"[data-person='{self.cast.people[name]}']")
        self.at("pin")
        self.page.keyboard.type(pin or pin_of(name))

    def check_in(self, name: str, mood: int, pin: str | None = None) -> None:
        """Check somebody in; the screen that says so stays open."""
        self.identify("check_in", name, pin)
        self.tap(f"[data-mood='{mood}']")
        self.at("done")

    def leave(self) -> None:
        """Go back to the counter."""
        self.tap("[data-go=next], [data-go=leave]")
        self.at("home")

    def do(self, *deeds: Deed) -> None:
        """Do many acts quickly, each as if its person had tapped it."""
        self.page.evaluate(DO, list(deeds))

    def kept(self) -> Kept:
        """Return what the browser keeps; fails if anybody could read anything of an answer in it."""
        found = Kept(self.page.evaluate(KEPT))
        assert readable(found, map(pin_of, self.cast.people), self.cast.people) == []
        assert self.page.context.cookies() == []
        return found

    def send(self) -> None:
        """Tell the page that the network is back; it sends what waits."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def until_sent(self) -> None:
        """Tell the page that the network is back, and wait until nothing waits any more."""
        self.send()
        self.at("home")
        for _ in range(150):
            if not self.kept().queue:
                break
            self.page.wait_for_timeout(100)
        expect(self.page.locator("[data-waiting]")).to_have_count(0, timeout=15_000)
        assert self.kept().queue == []

    def until_waiting(self, count: int) -> None:
        """Wait until the counter says how many entries wait."""
        expect(self.page.locator(f"[data-waiting='{count}']")).to_be_visible()


def recorded(app: Flask, cast: Cast) -> Counter[Said]:
    """Return everything that waits for the tick, and who said it: as only the server's own key can tell."""
    weekly = sa.select(Pending, Epoch.wrapped_key).join(Epoch, Epoch.id == Pending.epoch_id)
    with app.app_context(), db.engine.connect() as connection:
        rows = connection.execute(weekly.where(Epoch.ledger == LedgerKind.WEEKLY)).all()
    server_key = app.extensions["config"].secrets.server_key
    return Counter((_author(row, server_key, cast), row.mood, row.rough, row.break_taken) for row in rows)


def _author(row: sa.Row, server_key: bytes, cast: Cast) -> str:
    key = keys.unwrapped(server_key, row.wrapped_key)
    return next(
        name for name, person in cast.people.items() if keys.contributor(key, person) == row.contributor
    )


def receipts(app: Flask) -> int:
    """Return how many acts have been taken."""
    with app.app_context(), db.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(Receipt)) or 0
