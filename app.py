"""Serve Second Wind: `python app.py`."""

import sys

from wellbeing import create_app, logs, serve, ticker
from wellbeing.config import ConfigError

try:
    app = create_app()
except ConfigError as refused:
    sys.exit(str(refused))
logs.begin(app.extensions["config"].log_form)
ticker.start(app)

if __name__ == "__main__":
    serve.main(app)
