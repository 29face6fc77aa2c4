"""Which requests are counted and logged, by kind of page: never acts at the counter, nor one's own pages."""

import logging
import re
import secrets
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram

from wellbeing import logs
from wellbeing.config import Config

# An allow-list: a room that is not named here leaves no line and no number, so a new one tells nothing until
# somebody has thought about it. Left out on purpose are whatever a token opens, people's own pages, the
# check-up, what is sent by name, the wall, care, clips (somebody watches one in a break), and the monitors.
KINDS = {
    **dict.fromkeys(
        ("team", "monday", "notes", "changes", "looked", "checkup_results", "hr", "external"), "figures"
    ),
    **dict.fromkeys(("floor", "cases", "case_acts", "case_figures"), "floor"),
    **dict.fromkeys(("people", "badges", "tablets", "roster"), "people"),
    **dict.fromkeys(
        ("admin", "setup", "units", "settings", "lists", "content", "readers", "company", "privacy"), "admin"
    ),
    **dict.fromkeys(("audit_log", "status"), "admin"),
    "auth": "sign-in",
}
# Where nothing is at an address, its beginning tells whether somebody meant a door that leaves no line.
UNKNOWN = "unknown"
DOORS = re.compile(r"/(?:counter|phone|my|static)(?:/|$)")
GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
HEADER = "X-Request-Id"
# Seconds. Few and coarse: how long a page takes can hang on what a database does besides.
BUCKETS = (0.1, 0.3, 1, 3, 10)

logger = logging.getLogger(__name__)


def init_app(app: Flask, config: Config) -> None:
    """Give each request that may be followed its number, its line and its place in the figures."""
    registry = CollectorRegistry()
    seconds = Histogram(
        "second_wind_request_seconds",
        "Seconds until a page was there, of the pages that are counted.",
        ["kind", "status"],
        buckets=BUCKETS,
        registry=registry,
    )
    app.extensions["requests"] = registry

    @app.before_request
    def begin() -> None:
        g.kind, g.began = kind(), time.perf_counter()
        logs.apart.set(g.kind is None)
        logs.request_id.set(_number(config.behind_proxy) if g.kind else "")

    @app.after_request
    def end(response: Response) -> Response:
        if g.get("kind"):
            took = max(0.0, time.perf_counter() - g.began)
            seconds.labels(g.kind, f"{response.status_code // 100}xx").observe(took)
            response.headers[HEADER] = logs.request_id.get()
            _tell(response.status_code, took)
        return response

    app.teardown_request(_forget)
    app.jinja_env.globals["request_number"] = logs.request_id.get


def kind() -> str | None:
    """Return which kind of page was asked for; None where nobody may count or follow it."""
    if request.endpoint is None:
        return None if DOORS.match(request.path) else UNKNOWN
    return KINDS.get(request.blueprint or "")


def _number(behind_proxy: bool) -> str:
    given = request.headers.get(HEADER, "")
    return given if behind_proxy and GIVEN.fullmatch(given) else secrets.token_hex(8)


def _tell(status: int, took: float) -> None:
    """Write the request's line; how long it took is no part of its text, which is the same every time."""
    endpoint = request.endpoint or UNKNOWN
    facts = {"method": _method(), "endpoint": endpoint, "status": status, "ms": round(took * 100) * 10}
    logger.info("%s %s %d", facts["method"], endpoint, status, extra=facts)


def _method() -> str:
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"


def _forget(_error: BaseException | None) -> None:
    logs.request_id.set("")
    logs.apart.set(False)
