"""A site of several nodes: whichever dies, no answer is lost, none counts twice, and each tick runs once."""

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
import time_machine

from bench.server import ROOT
from tests.answers import after_tick, blocks, rows
from tests.attacks.shadow import block_of
from tests.cast import TEAMS, TOKEN, pin_of
from tests.faults.picture import assert_whole, figures
from tests.fixtures.mortal import told
from tests.many.conftest import Many
from wellbeing.models.ledger import Tick
from wellbeing.models.pending import Pending

TABLETS, ROUNDS, DIES_AFTER, TRIES = 4, 6, 25, 40
STAFF = TEAMS["Service counter"][1:]


@dataclass
class Counter:
    """The counter of a site that is reached through its proxy; ``saved`` counts what it acknowledged."""

    many: Many
    saved: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def check_in(self, name: str) -> None:
        """Check in until it is acknowledged, always with the same id, as a tablet does."""
        said = {"id": str(uuid.uuid4()), "act": "check_in", "mood": 4, "pin": pin_of(name)}
        body = json.dumps(said | {"person": self.many.house.cast.people[name]}).encode()
        assert any(self._sent(body) for _try in range(TRIES)), "never acknowledged"
        with self.lock:
            self.saved += 1
            if self.saved == DIES_AFTER:
                self.many.nodes[0].kill()

    def _sent(self, body: bytes) -> bool:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        asked = urllib.request.Request(f"{self.many.url}/counter/act", body, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
                return bool(json.load(answer)["saved"])
        except (OSError, ValueError):
            return False


def run_jobs_on_both(many: Many) -> list[str]:
    """Run the jobs of both nodes at once, some hours after the first tick; return how many ticks each ran."""
    with time_machine.travel(after_tick(1), tick=True):
        environment = told(many.config)
    command = [sys.executable, "-m", "tests.many.run_jobs"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _node in many.nodes
    ]
    said = [node.communicate(timeout=60)[0] for node in started]
    assert [node.returncode for node in started] == [0, 0]
    return said


@pytest.mark.timeout(600)
def test_a_node_dies_under_load_and_nothing_is_lost_doubled_or_ticked_twice(many: Many):
    counter = Counter(many)

    with ThreadPoolExecutor(TABLETS) as tablets:
        list(tablets.map(counter.check_in, STAFF * ROUNDS))

    assert many.nodes[0].process is None
    assert counter.saved == len(STAFF) * ROUNDS
    assert len(rows(many.house, Pending)) == counter.saved

    assert sorted(run_jobs_on_both(many)) == ["0\n", "1\n"]
    assert len(rows(many.house, Tick)) == 1
    said = {name: [(4, False, False)] * ROUNDS for name in STAFF}
    assert [figures(block) for block in blocks(many.house)] == [block_of(said)]
    assert_whole(many.house.engine)
