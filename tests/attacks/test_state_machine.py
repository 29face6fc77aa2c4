"""State machine: weeks in any order, on both databases, count each answer once and change no block."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.answers import House, say
from tests.attacks.clones import Clones
from tests.attacks.findings import Report
from tests.attacks.lives import live
from tests.attacks.naive import Said as DaySaid
from tests.attacks.naive import figure
from tests.attacks.weeks import STAFF, TALLY, Weeks

# A team's week on an everyday dashboard, and the same week after somebody did something that may be done.
FIVE_DAYS = [
    DaySaid(day, name, 1 + day % 5) for day, name in enumerate(("Sol", "Noor", "Bea", "Carl", "Dana"))
]
CHANGES = {
    "an erasure": FIVE_DAYS[1:],
    "a late answer": [*FIVE_DAYS, DaySaid(4, "Sol", 5)],
    "a move": [*FIVE_DAYS, DaySaid(2, "Kai", 1)],
}


def weeks(clones: Clones, examples: int, empty: Callable[[Path], sa.URL] | None = None) -> None:
    """Let so many sites live through some weeks, the same ones in every run."""
    live(partial(Weeks, clones, empty), examples)


@pytest.mark.timeout(900)
def test_weeks_in_any_order_count_each_answer_once(clones: Clones, empty_database: Path, finding: Report):
    def empty(file: Path) -> sa.URL:
        shutil.copy(empty_database, file)
        return sa.make_url(f"sqlite:///{file}")

    TALLY.update(dict.fromkeys(TALLY, 0))
    weeks(clones, 25, empty)

    assert TALLY["ticks"] >= 200 and TALLY["blocks"] >= 150 and TALLY["answers"] >= 1000, TALLY
    changed = [change for change, said in CHANGES.items() if figure(said, 0, 4) != figure(FIVE_DAYS, 0, 4)]
    finding(
        "state machine",
        "each answer in at most one block, every block of 5 people or more, no block ever changed",
        f"{len(changed)} of {len(CHANGES)} change a past figure: {', '.join(changed)}",
        "25 sites, over 200 ticks and 150 blocks: moves, merges, settings, erasures, restores, missed ticks",
    )


@pytest.mark.timeout(900)
def test_weeks_in_any_order_count_each_answer_once_on_postgresql(postgres_clones: Clones):
    weeks(postgres_clones, 4)


def test_the_rows_of_answers_tell_no_order(house: House):
    """Twenty answers in the order of their rows' names stand in the order of their coming by no chance."""
    came = [row for name in STAFF[:20] for row in say(house, name).pending]

    assert came != sorted(came) and came != sorted(came, reverse=True)
