"""Files of summaries: the memory that 100,000 blocks as CSV need, against 10,000 of them."""

import multiprocessing
import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bench import site
from bench.rounds import Result, alternate, summarise
from bench.site import Site
from wellbeing import config, create_app
from wellbeing.models.accounts import Level, Unit
from wellbeing.reports import exports, reading
from wellbeing.reports.exports import Selection

TEAMS = 1000
FEW_WEEKS, MANY_WEEKS = 10, 100
ROUNDS = 3


def run() -> list[Result]:
    """Measure the peak of a fresh process that writes the file; return the ratio of many blocks to few."""
    with tempfile.TemporaryDirectory() as folder:
        made = site.make(Path(folder) / "site", TEAMS)
        site.add_blocks(made, MANY_WEEKS)
        pairs = alternate(_peak(made, MANY_WEEKS), _peak(made, FEW_WEEKS), rounds=ROUNDS)
    note = f"a process that writes the file needs {median(pair[0] for pair in pairs):.1f} MB at its peak for "
    note += f"{TEAMS * MANY_WEEKS:,} blocks, {median(pair[1] for pair in pairs):.1f} MB for "
    note += f"{TEAMS * FEW_WEEKS:,}"
    return [summarise("export_memory", [many / few for many, few in pairs], 1.1, "lower", note)]


def _peak(made: Site, weeks: int) -> Callable[[], float]:
    """Return a measurement: the peak of a process that does nothing but take the file, in MB."""

    def measure() -> float:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(_peak_of_file, made.environment, weeks).result()

    return measure


def _peak_of_file(environment: dict[str, str], weeks: int) -> float:
    app = create_app(config.load(environment, Path(environment["BENCH_FOLDER"])))
    with app.app_context():
        with reading.session() as session:
            teams = tuple(session.scalars(sa.select(Unit.id).where(Unit.level == Level.TEAM)))
        lines = sum(
            piece.count("\n") for piece in exports.pieces(reading.session, Selection(teams, 1, weeks))
        )
    if lines < weeks * len(teams):
        raise RuntimeError(f"the file has {lines} lines for {weeks * len(teams)} blocks")
    # The peak that getrusage tells is inherited from the process that started this one.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert peak is not None
    return int(peak[1]) / 1024
