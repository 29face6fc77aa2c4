"""The whole app on a benchmark's site, as the server loads it; a POST to /tick runs what is due beside it."""

import json
import os
import threading
import time
from pathlib import Path

from flask.typing import ResponseReturnValue

from bench.waiting import TIMES
from wellbeing import config, create_app, jobs, ticker
from wellbeing.extensions import csrf
from wellbeing.models.base import db
from wellbeing.web.access import public

FOLDER = Path(os.environ["BENCH_FOLDER"])

settings = config.load(os.environ, FOLDER)
app = create_app(settings)


def _run_jobs() -> None:
    start = time.monotonic()
    with app.app_context():
        due = jobs.tick_is_due(db.engine)
        ticker.run_due(settings)
        left = jobs.tick_is_due(db.engine)
    (FOLDER / TIMES).write_text(json.dumps([start, time.monotonic(), due and not left]))


@app.post("/tick")
@csrf.exempt
@public
def tick() -> ResponseReturnValue:
    """Start what is due in a thread of this process, as the ticker does."""
    threading.Thread(target=_run_jobs, name="ticker").start()
    return "", 202
