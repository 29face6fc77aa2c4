"""The whole app on a benchmark's site, as the server loads it."""

import os
from pathlib import Path

from wellbeing import config, create_app

app = create_app(config.load(os.environ, Path(os.environ["BENCH_FOLDER"])))
