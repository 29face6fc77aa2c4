"""What five years of a diary show: entries opened, worked out and drawn, against one second."""

import gc
import tempfile
import time
import tracemalloc
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench import pages, site
from bench.machine import wait_until_quiet
from bench.rounds import ROUNDS, Result, summarise
from bench.site import Site
from wellbeing.config import Config
from wellbeing.diary import keeping, opening, unlocking
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.accounts import SignIn
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry
from wellbeing.web.unlocked import SECRET

SHIFTS, OF_DAYS = 1000, 5 * 365
# Kinds of entries and their hours: five in each shift, every other one rough, every fourth one with a break.
MOODS = tuple((Kind.CHECK_IN, hours) for hours in (0.0, 2.0, 6.0, 8.0))
QUIET = (*MOODS[:2], (Kind.CHECK_IN, 4.0), *MOODS[2:])
ROUGH = (*MOODS[:2], (Kind.ROUGH, 4.0), *MOODS[2:])
RESTED = (MOODS[0], (Kind.ROUGH, 4.0), (Kind.BREAK, 4.5), *MOODS[2:])
SHIFT_BY_SHIFT = (QUIET, ROUGH, QUIET, RESTED)
PAGE = "/my/insights"
MEGABYTE = 1024**2
LEFT_BEHIND = 1.0  # MB


def run() -> list[Result]:
    """Ask for the page again and again; return the processor's seconds for one, and what memory it took."""
    with tempfile.TemporaryDirectory() as folder:
        made = site.make(Path(folder) / "site")
        entries = list(_five_years())
        client, rows = _open(made, entries)
        pages.seconds(client, PAGE)
        taken = [_processor_seconds(client) for _ in range(ROUNDS)]
        peak, left = _memory(client)
    if left > LEFT_BEHIND:
        raise RuntimeError(f"{left:.1f} MB stay behind after the page")
    note = f"{median(taken):.2f} s of processor time for the page over {len(entries):,} entries in {rows:,} "
    note += f"sealed rows; {peak:.0f} MB at its peak, {left:.2f} MB left behind"
    return [summarise("insights_5_years", taken, 1, "lower", note)]


def _five_years() -> Iterator[Entry]:
    draw = Random(5)  # noqa: S311 -- made-up moods
    begun = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=OF_DAYS)
    for shift in range(SHIFTS):
        start = begun + timedelta(days=shift * OF_DAYS // SHIFTS)
        for kind, hours in SHIFT_BY_SHIFT[shift % len(SHIFT_BY_SHIFT)]:
            at = start + timedelta(hours=hours)
            if kind is Kind.BREAK:
                yield Entry(kind, at, at, break_kind="walk", minutes=5)
            else:
                yield Entry(kind, at, at, mood=draw.randint(1, 5))


def _open(made: Site, entries: list[Entry]) -> tuple[FlaskClient, int]:
    """Let the manager of the site keep a diary, and open it in their browser; return how many rows it has."""
    found: Config = made.app.extensions["config"]
    with made.app.app_context():
        person = db.session.scalars(sa.select(SignIn.person_id)).one()
        begun = opening.begin(db.session(), person, None)
        db.session.commit()
        with db.engine.begin() as connection:
            keeping.keep(connection, found.secrets.server_key, person, entries)
        secret = unlocking.unlock(db.session(), site.SIGN_IN, begun.private, datetime.now(UTC))
        rows = db.session.scalar(sa.select(sa.func.count()).select_from(DiaryEntry)) or 0
    client = pages.browser(made)
    with client.session_transaction() as session:
        session[SECRET] = urlsafe_b64encode(secret).decode()
    return client, rows


def _processor_seconds(client: FlaskClient) -> float:
    wait_until_quiet()
    begun = time.process_time()
    pages.seconds(client, PAGE)
    return time.process_time() - begun


def _memory(client: FlaskClient) -> tuple[float, float]:
    """Return the megabytes that one page takes at its peak, and those that it leaves behind."""
    gc.collect()
    tracemalloc.start()
    pages.seconds(client, PAGE)
    peak = tracemalloc.get_traced_memory()[1]
    gc.collect()
    left = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return peak / MEGABYTE, left / MEGABYTE
