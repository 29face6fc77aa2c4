"""Real answers of 54 employees over 30 workdays, as a replay file.

Gundogdu et al. 2017, R. Soc. open sci. 4:170194, Dryad 10.5061/dryad.b88c7, CC0 1.0. Calm against anxious is
near mood, not mood itself; its 1 to 7 becomes 1 to 5 as 1 + round half up((x - 1) * 4 / 6).
"""

import csv
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "worker_states.csv"
needs_worker_states = pytest.mark.skipif(
    not SOURCE.exists(), reason="the real data set worker_states.csv is not beside this project"
)


def write_replay(path, team="Research centre"):
    """Write the answers to ``path`` as a replay file of one team."""
    with SOURCE.open(encoding="utf-8", newline="") as source, path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["person", "team", "time", "mood"])
        for row in csv.DictReader(source):
            mood = five_steps(row["emotional_stability_1_7"])
            rows.writerow([row["person"], team, row["timestamp_local"], mood])


def five_steps(seven: str) -> int:
    """Return a value from 1 to 7 on the scale from 1 to 5."""
    return 1 + floor((Fraction(seven) - 1) * 4 / 6 + Fraction(1, 2))
