"""Log lines for machines: one JSON object a line, and in none what somebody sent, said or is called."""

import json
import logging
import sys
import threading
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

# The number of the request that this thread answers; none for whatever nobody may follow.
request_id: ContextVar[str] = ContextVar("request_id", default="")
# Whether this thread answers a tablet, a phone, or somebody about themselves: then no line says when (R15).
apart: ContextVar[bool] = ContextVar("apart", default=False)

# Only these are known to quote nothing. Of others the place is told, and what they say is left out.
OURS = ("wellbeing", "_granian")
LEFT_OUT = "left out, because it may quote what somebody sent"
# What a line may hold beside its message; a closed set, so that nothing gets in by the way.
FIELDS = ("method", "endpoint", "status", "ms")
LONGEST, PLACES = 500, 8

logger = logging.getLogger(__name__)


class Form(StrEnum):
    """How log lines look."""

    JSON = "json"
    PLAIN = "plain"


class AsJson(logging.Formatter):
    """Makes one line of JSON of each record: its message, and of an error its kind and its places alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; whatever the message holds, it stays one line and JSON."""
        told: dict[str, Any] = {
            "time": _moment(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if request_id.get():
            told["request"] = request_id.get()
        told |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            told |= {"error": record.exc_info[0].__name__, "at": _places(record.exc_info[2])}
        return json.dumps(told)


def _moment(created: float) -> str:
    moment = datetime.fromtimestamp(created, UTC).replace(microsecond=0)
    if apart.get():
        moment = moment.replace(minute=0, second=0)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in OURS:
        return f"{LEFT_OUT} ({Path(record.pathname).name}:{record.lineno})"
    # The server puts the trace of an error below its first line, with its text.
    return record.getMessage().partition("\n")[0][:LONGEST]


def _places(trace: TracebackType | None) -> list[str]:
    """Return where an error came by, the newest last; no values, and no text of it."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-PLACES:]


def begin(form: Form) -> None:
    """Let this process write its log in a form; plain lines stay as Python makes them, from warnings on."""
    if form is Form.PLAIN:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson())
    logging.getLogger().handlers = [handler]
    logging.getLogger("wellbeing").setLevel(logging.INFO)
    logging.captureWarnings(True)
    threading.excepthook = lambda ended: _ended(ended.exc_type, ended.exc_value, ended.exc_traceback)
    sys.excepthook = _ended


def _ended(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    logger.critical("ended by %s", kind.__name__, exc_info=(kind, error or kind(), trace))


def of_server(form: Form) -> dict[str, Any] | None:
    """Return how the server itself is to log, for logging.config; None: as it does by itself."""
    if form is Form.PLAIN:
        return None
    return {
        "formatters": {"json": {"()": AsJson}},
        "handlers": {
            "json": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
        },
        "loggers": {
            "_granian": {"handlers": ["json"], "level": "INFO", "propagate": False},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
