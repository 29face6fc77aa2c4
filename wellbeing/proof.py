"""What the attacks on this site's figures found, as the attack suite measured it.

``make attacks`` measures it anew and writes proof.json; every other run of the suite compares.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KEPT = Path(__file__).with_name("proof.json")

# The names by which the specification calls its attacks, in its order.
ATTACKS = (
    "twin worlds",
    "simulatable release",
    "deniability",
    "column classes",
    "watcher",
    "state machine",
    "export overlap",
    "intersection",
    "puppets",
    "detail",
    "side channels",
    "at rest",
    "mutants",
)


@dataclass(frozen=True)
class Finding:
    """What the best attack of its kind got from our figures, and from an everyday dashboard (``naive``).

    ``coverage`` says what was tried. Where a dashboard cannot be attacked in this way, ``naive`` is a dash
    and the reason.
    """

    attack: str
    ours: str
    naive: str
    coverage: str


@cache
def findings() -> tuple[Finding, ...]:
    """Return what was found, in the specification's order."""
    return read(KEPT)


def read(path: Path) -> tuple[Finding, ...]:
    """Return the findings that a file keeps, in the specification's order."""
    kept = json.loads(path.read_text("utf-8"))
    return tuple(Finding(attack, **kept[attack]) for attack in ATTACKS if attack in kept)
