"""What the machine was like: waits for it to be quiet, and asks its disk how long durability takes."""

import os
import tempfile
import time
from pathlib import Path
from statistics import median

BUSY = 0.15
PATIENCE = 20  # seconds


def wait_until_quiet() -> bool:
    """Wait until other programs leave the processors alone for half a second; return whether they did."""
    deadline = time.monotonic() + PATIENCE
    while True:
        if _busy_share(0.5) <= BUSY:
            return True
        if time.monotonic() > deadline:
            return False


def _busy_share(seconds: float) -> float:
    idle, total = _processor_time()
    time.sleep(seconds)
    idle_after, total_after = _processor_time()
    return 1 - (idle_after - idle) / max(total_after - total, 1)


def _processor_time() -> tuple[int, int]:
    stat = Path("/proc/stat")
    if not stat.exists():
        return time.monotonic_ns(), time.monotonic_ns()
    ticks = [int(field) for field in stat.read_text().splitlines()[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def fdatasync_seconds(folder: Path, times: int = 20) -> float:
    """Return the median time of making 4 kB durable in ``folder``."""
    taken = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(times):
            file.write(os.urandom(4096))
            file.flush()
            begun = time.monotonic()
            os.fdatasync(file.fileno())
            taken.append(time.monotonic() - begun)
    return median(taken)
