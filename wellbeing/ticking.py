"""How the rounds of this process's ticker went, for a monitor."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge

# A round takes longer when more waits, so its length is told in steps that say no more than "stuck".
STEPS_SECONDS = (10, 60, 600, 1800)


class Rounds:
    """The figures of one process: rounds that went well and badly, and about how long the last one took."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._rounds = Counter(
            "second_wind_jobs_rounds", "Rounds of the jobs.", ["outcome"], registry=self.registry
        )
        self._seconds = Gauge(
            "second_wind_jobs_seconds_at_most",
            "The last round took no longer: 10, 60, 600 or 1800 s.",
            registry=self.registry,
        )

    @contextmanager
    def one(self) -> Iterator[None]:
        """Measure a round, which may raise."""
        began, outcome = time.monotonic(), "failed"
        try:
            yield
            outcome = "done"
        finally:
            took = time.monotonic() - began
            self._rounds.labels(outcome).inc()
            self._seconds.set(next((step for step in STEPS_SECONDS if took <= step), STEPS_SECONDS[-1]))
