"""A server is killed while it takes what a tablet kept: nothing is lost, and nothing is done twice."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.answers import House, house_of
from tests.cast import NOW, pin_of
from tests.counter.boxes import entry, millis
from tests.faults.copies import Copier
from tests.faults.deliverer import Deliverer, deliverer
from tests.faults.picture import assert_whole, recorded
from wellbeing import tablet_keys
from wellbeing.counter.state import seal

# Each does something of its own, so that what was recorded tells how far it came.
QUEUE = (
    ("Noor", {"act": "rough", "mood": 2, "severity": "hard"}),
    ("Bea", {"act": "check_in", "mood": 3, "pin": "0000"}),
    ("Noor", {"act": "back", "mood": 5}),
)
HEARD = ["saved", "unmatched", "saved"]
FAR_TOO_MANY = 500


@dataclass(frozen=True)
class Delivery:
    """A queue of one tablet, and the processes that take it."""

    house: House
    processes: Deliverer
    entries: list[dict[str, str]]

    def take(self, house: House, first: int = len(QUEUE), kill_at: int = 0) -> dict:
        """Deliver the first entries to a copy of the site."""
        body = {"now": millis(NOW), "entries": self.entries[:first]}
        house.engine.dispose()
        return self.processes.take(house.engine.url, body, NOW, kill_at)


def queue(house: House) -> list[dict[str, str]]:
    """Seal what Noor and Bea did, minute by minute."""
    with house.engine.begin() as connection:
        key = seal(tablet_keys.renew(connection, house.server_key, NOW))
    who = {name: {"person": house.cast.people[name], "pin": pin_of(name)} for name, _act in QUEUE}
    times = [millis(NOW) - 60_000 * (len(QUEUE) - number) for number in range(len(QUEUE))]
    return [entry(key, who[name] | act, at) for (name, act), at in zip(QUEUE, times, strict=True)]


def killed_at_calls(delivery: Delivery, copied: Copier, step: int) -> int:
    """Kill a process at calls to the database, each in a copy of the site; return how many stages it left."""
    stages = [recorded(delivery.house)]
    for first in range(1, len(QUEUE) + 1):
        whole = copied(delivery.house)
        assert delivery.take(whole, first)["told"]["results"] == HEARD[:first]
        stages.append(recorded(whole))
    reached = []
    for kill_at in range(1, FAR_TOO_MANY, step):
        house = copied(delivery.house)
        if not delivery.take(house, kill_at=kill_at)["killed"]:
            break
        assert recorded(house) in stages, f"something was half done at call {kill_at}"
        reached.append(stages.index(recorded(house)))
        assert_whole(house.engine)
        # The tablet heard nothing, so it sends everything again.
        assert delivery.take(house)["told"]["results"] == HEARD
        assert recorded(house) == stages[-1]
    assert reached == sorted(reached)
    return len(set(reached))


@pytest.mark.timeout(600)
def test_a_server_killed_at_any_call_of_a_delivery_loses_nothing_and_doubles_nothing(
    app: Flask, house: House, copied: Copier
):
    with deliverer(app.extensions["config"]) as processes:
        assert killed_at_calls(Delivery(house, processes, queue(house)), copied, step=2) >= len(QUEUE)


@pytest.mark.timeout(600)
def test_nor_does_one_on_postgresql(postgres_app: Flask, copied: Copier):
    with postgres_app.app_context(), deliverer(postgres_app.extensions["config"]) as processes:
        house = house_of(postgres_app)
        delivery = Delivery(house, processes, queue(house))

        assert killed_at_calls(delivery, copied, step=9) >= 2
